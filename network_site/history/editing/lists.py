"""The list of moments: columns, filters, and the file to download."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.admin.widgets.button import Button
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.views.snippets import IndexView

from network_site.base.safe_csv import lines
from network_site.history.cells import COLUMNS, LISTS, RELATED, line, rows
from network_site.history.editing.checks import needing_attention
from network_site.history.editing.ties import MAY_ORDER
from network_site.history.models import TimelineEvent

# What Wagtail asks of each row, asked once.
WORKFLOWS = Prefetch(
    "_workflow_states",
    queryset=WorkflowState.objects.active().select_related("current_task_state__task"),
    to_attr="_current_workflow_states",
)
# Columns a telephone has no room for.
WIDE_ONLY = "history-wide"
MAY_IMPORT = ("history.add_timelineevent", "history.change_timelineevent")


class MomentFilters(WagtailFilterSet):
    """Ways to narrow the list."""

    needs_attention = django_filters.BooleanFilter(
        label=_("Needs attention"), method="attention", widget=BooleanRadioSelect
    )

    class Meta:
        model = TimelineEvent
        fields = ("era", "themes", "is_milestone", "is_sold_out", "is_around_us", "live")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["themes"].extra["widget"] = forms.CheckboxSelectMultiple
        self.filters["live"].label = _("Published")

    def attention(self, moments: QuerySet[TimelineEvent], name: str, value: bool) -> QuerySet[TimelineEvent]:
        """Moments with a note of “Before you publish”, or those without any."""
        keys = needing_attention(timezone.localdate())
        return moments.filter(pk__in=keys) if value else moments.exclude(pk__in=keys)


def is_scheduled() -> Exists:
    """Whether a version of a moment waits for its time, asked together with the moments."""
    revisions = Revision.objects.filter(
        base_content_type=TimelineEvent.get_base_content_type(),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return Exists(revisions)


def status(event: TimelineEvent) -> str:
    """Draft, live, scheduled: Wagtail’s words, without its query for each row."""
    event.__dict__["scheduled_revision"] = True if event.is_scheduled else None
    return str(event.status_string)


def themes(event: TimelineEvent) -> str:
    """Their names in a line."""
    return ", ".join(theme.name for theme in event.themes.all())


def milestone(event: TimelineEvent) -> str:
    """A word for those that are, nothing for the others: a cross would look like a fault."""
    return str(_("Milestone")) if event.is_milestone else ""


class MomentIndex(IndexView):
    """Every moment, oldest first; the download has the columns of the public file and of the import."""

    default_ordering = ("starts_on", "tie_order", "pk")
    list_display = (
        "title",
        Column("when", label=_("Date"), sort_key="starts_on", width="15%"),
        Column("era", label=_("Era"), sort_key="era__starts_on", classname=WIDE_ONLY),
        Column("themes", accessor=themes, label=_("Themes"), classname=WIDE_ONLY),
        Column("milestone", accessor=milestone, label=_("Milestone"), sort_key="is_milestone", classname=WIDE_ONLY),
        StatusTagColumn(
            "status", accessor=status, label=_("Status"), sort_key="live", primary=lambda event: event.live
        ),
        UpdatedAtColumn(classname=WIDE_ONLY),
    )
    add_item_label = _("Add a moment")
    search_fields = ("title", "summary", "slug")
    search_backend_name = None
    filterset_class = MomentFilters
    list_export = tuple(COLUMNS)
    export_filename = "history"

    def get_base_queryset(self) -> QuerySet[TimelineEvent]:
        found = TimelineEvent.objects.select_related(*RELATED).prefetch_related(*LISTS, WORKFLOWS)
        return found.annotate(is_scheduled=is_scheduled())

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What can be done with many moments at once, for those who may."""
        buttons, may = super().header_more_buttons, self.request.user.has_perms
        if may(MAY_IMPORT):
            buttons.append(
                Button(
                    _("Import a spreadsheet"), url=reverse("history_moments:import"), icon_name="upload", priority=50
                )
            )
        if may((MAY_ORDER,)):
            ties = reverse("history_moments:ties")
            buttons.append(Button(_("Order moments of one date"), url=ties, icon_name="list-ul", priority=60))
        return buttons

    def get_heading(self, queryset: QuerySet[TimelineEvent], field: str) -> str:
        """The columns are called what the import reads."""
        return field

    def to_row_dict(self, item: TimelineEvent) -> dict[str, str]:
        return dict(zip(COLUMNS, line(item), strict=True))

    def stream_csv(self, queryset: QuerySet[TimelineEvent]) -> Iterator[str]:
        """The file a line at a time; no spreadsheet program runs what is in it."""
        return lines(COLUMNS, rows(queryset))
