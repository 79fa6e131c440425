"""What records lack, as questions the list can be narrowed by and a report can count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network_site.editing.desk.pages import DeskPage, crumb
from research_db.models import Contribution, Identifier, Publication

MAY_SEE = "research_db.view_publication"
Condition = Callable[[], Any]


def _without_terms() -> Any:
    return ~Exists(Publication.terms.through.objects.filter(publication=OuterRef("pk")))


def _without_authors() -> Any:
    return ~Exists(Contribution.objects.filter(publication=OuterRef("pk")))


def _without_doi() -> Any:
    return ~Exists(Identifier.objects.filter(publication=OuterRef("pk"), scheme="doi", is_container=False))


LACKS: dict[str, tuple[Any, Condition]] = {
    "abstract": (_("No abstract"), lambda: Q(abstract="")),
    "summary": (_("No summary in plain language"), lambda: Q(plain_summary="")),
    "doi": (_("No DOI"), _without_doi),
    "terms": (_("No terms"), _without_terms),
    "authors": (_("Nobody named who made it"), _without_authors),
    "year": (_("No year"), lambda: Q(year=None)),
}


def lacking(publications: QuerySet[Publication], what: str) -> QuerySet[Publication]:
    """Those that lack this, by the names of LACKS."""
    return publications.filter(LACKS[what][1]())


@dataclass(frozen=True)
class Line:
    """How many public records lack something, and where they are listed."""

    label: Any
    number: int
    percent: int
    url: str


def lines() -> tuple[int, list[Line]]:
    """How many public records there are, and what they lack; one query."""
    counts = {f"lacks_{name}": Count("pk", filter=Q(condition())) for name, (_label, condition) in LACKS.items()}
    found = Publication.objects.public().aggregate(all=Count("pk"), **counts)
    listing = reverse("research_publications:list")
    total = found["all"]
    return total, [
        Line(
            label, found[f"lacks_{name}"], round(100 * found[f"lacks_{name}"] / (total or 1)), f"{listing}?lacks={name}"
        )
        for name, (label, _condition) in LACKS.items()
    ]


class Completeness(DeskPage):
    """What is missing in the records visitors see."""

    needs = (MAY_SEE,)
    page_title = _("What records lack")
    header_icon = "list-ul"
    template_name = "research_db/admin/completeness.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = crumb(_("Publications"), "research_publications:list")
        return [*super().get_breadcrumbs_items(), listing, crumb(self.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        total, found = lines()
        return {**super().get_context_data(**kwargs), "total": total, "lines": found}
