"""What records lack, as questions the list can be narrowed by and a report can count."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network_site.editing.desk.pages import DeskPage, crumb
from network_site.editing.models import LinkCheck
from research_db.models import AddressUse, Contribution, Facet, Identifier, Publication

MAY_SEE = "research_db.view_publication"
Condition = Callable[[], Any]


def _without_terms() -> Any:
    return ~Exists(Publication.terms.through.objects.filter(publication=OuterRef("pk")))


def _without_authors() -> Any:
    return ~Exists(Contribution.objects.filter(publication=OuterRef("pk")))


def _without_doi() -> Any:
    return ~Exists(Identifier.objects.filter(publication=OuterRef("pk"), scheme="doi", is_container=False))


def _with_a_broken_address() -> Any:
    return Exists(AddressUse.objects.filter(publication=OuterRef("pk"), link__status=LinkCheck.Status.BROKEN))


LACKS: dict[str, tuple[Any, Condition]] = {
    "abstract": (_("No abstract"), lambda: Q(abstract="")),
    "summary": (_("No summary in plain language"), lambda: Q(plain_summary="")),
    "doi": (_("No DOI"), _without_doi),
    "terms": (_("No terms"), _without_terms),
    "authors": (_("Nobody named who made it"), _without_authors),
    "year": (_("No year"), lambda: Q(year=None)),
    "source": (_("No journal or book"), lambda: Q(source=None)),
    "free": (_("Not known whether it is free to read"), lambda: Q(open_access="")),
    "address": (_("An address that no longer answers"), _with_a_broken_address),
}
# In front of the key of a facet of which a record has no term.
OF_FACET = "facet:"


def choices() -> list[tuple[str, Any]]:
    """Everything that may be missing, with its words: what LACKS has, then a term of each facet; one query."""
    said = _("No term for “%(facet)s”")
    facets = Facet.objects.values_list("key", "label")
    return [
        *((name, label) for name, (label, _condition) in LACKS.items()),
        *((f"{OF_FACET}{key}", said % {"facet": label}) for key, label in facets),
    ]


def lacking(publications: QuerySet[Publication], what: str) -> QuerySet[Publication]:
    """Those that lack this, by the names of `choices`."""
    if what in LACKS:
        return publications.filter(LACKS[what][1]())
    return publications.exclude(terms__facet__key=what.removeprefix(OF_FACET))


@dataclass(frozen=True)
class Line:
    """How many public records lack something, and where they are listed."""

    label: Any
    number: int
    percent: int
    url: str


def lines() -> tuple[int, list[Line]]:
    """How many public records there are, and what they lack; three queries."""
    counts = {name: Count("pk", filter=Q(condition())) for name, (_label, condition) in LACKS.items()}
    found = Publication.objects.public().aggregate(
        all=Count("pk"), **{f"lacks_{name}": n for name, n in counts.items()}
    )
    total = found["all"]
    described = _described()
    listing = reverse("research_publications:list")

    def line(name: str, label: Any) -> Line:
        number = found[f"lacks_{name}"] if name in LACKS else total - described.get(name.removeprefix(OF_FACET), 0)
        return Line(label, number, round(100 * number / (total or 1)), f"{listing}?lacks={quote(name)}&live=true")

    return total, [line(name, label) for name, label in choices()]


def _described() -> dict[str, int]:
    """How many public records have a term of each facet, by its key."""
    ties: Any = Publication.terms.through.objects.filter(publication__live=True)
    rows = ties.values_list("term__facet__key").annotate(number=Count("publication", distinct=True))
    return dict(rows.order_by())


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
