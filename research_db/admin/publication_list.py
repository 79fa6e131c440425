"""The list of publications: columns, filters, and what one can go on to."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import IndexView

from research_db.admin.completeness import choices, lacking
from research_db.domain.terms import below
from research_db.models import ImportBatch, Publication, Term

# What Wagtail asks of each row, asked once.
WORKFLOWS = Prefetch(
    "_workflow_states",
    queryset=WorkflowState.objects.active().select_related("current_task_state__task"),
    to_attr="_current_workflow_states",
)


class PublicationFilters(WagtailFilterSet):
    """Ways to narrow the list."""

    lacks = django_filters.ChoiceFilter(label=_("What is missing"), choices=choices, method="lack")
    year = django_filters.NumberFilter(label=_("Year"))
    term = django_filters.ModelChoiceFilter(
        label=_("Term"), queryset=Term.objects.select_related("facet").order_by("facet__order", "label"), method="about"
    )

    batch = django_filters.ModelChoiceFilter(
        label=_("Import"), queryset=ImportBatch.objects.filter(stage=ImportBatch.Stage.DONE), method="of_import"
    )

    class Meta:
        model = Publication
        fields = ("kind", "origin", "live")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["live"].label = _("Published")

    def lack(self, found: QuerySet[Publication], name: str, value: str) -> QuerySet[Publication]:
        """Records without this."""
        return lacking(found, value)

    def about(self, found: QuerySet[Publication], name: str, value: Term) -> QuerySet[Publication]:
        """Records about a term or about any of its parts."""
        links = Publication.terms.through.objects.filter(term__in=[value.pk, *below(value)])
        return found.filter(pk__in=links.values("publication"))

    def of_import(self, found: QuerySet[Publication], name: str, value: ImportBatch) -> QuerySet[Publication]:
        """Records that an import made or filled."""
        return found.filter(pk__in=value.rows.filter(publication__isnull=False).values("publication"))


def status(publication: Publication) -> str:
    """In a word, without asking anything more."""
    if publication.live:
        return str(_("public, with changes") if publication.has_unpublished_changes else _("public"))
    return str(_("withdrawn") if publication.first_published_at else _("draft"))


class PublicationIndex(IndexView):
    """Every publication, the last changed first."""

    default_ordering = ("-changed_at", "-pk")
    list_display = (
        "title",
        Column("kind", accessor="get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("year", label=_("Year"), sort_key="year"),
        StatusTagColumn("status", accessor=status, label=_("Status"), sort_key="live", primary=lambda one: one.live),
        DateColumn("changed_at", label=_("Changed"), sort_key="changed_at"),
    )
    add_item_label = _("Add a publication")
    search_fields = ("title", "code", "identifiers__value", "contributions__family")
    search_backend_name = None
    filterset_class = PublicationFilters

    def get_base_queryset(self) -> QuerySet[Publication]:
        return Publication.objects.defer("abstract", "extra").prefetch_related(WORKFLOWS)

    def search_queryset(self, queryset: QuerySet[Publication]) -> QuerySet[Publication]:
        """A record with two authors of the searched name is one record."""
        return super().search_queryset(queryset).distinct() if self.is_searching else queryset

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The ways to the reports."""
        reports = (("completeness", _("What records lack")), ("addresses", _("Addresses that no longer answer")))
        ways = [
            Button(label, url=reverse(f"research_publications:{name}"), icon_name="list-ul", priority=50 + place)
            for place, (name, label) in enumerate(reports)
        ]
        return [*super().header_more_buttons, *ways]
