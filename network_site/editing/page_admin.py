"""Wagtail's screens for pages, with the columns editors ask for and comments that are told of by letter."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from network_site.editing import comments
from network_site.editing.approving import PageApproval

# Before which of Wagtail's columns ours stand.
BEFORE = "latest_revision_created_at"
OURS = (
    Column("owner", label=_("Owner"), width="12%"),
    DateColumn("review_on", label=_("Read again by"), width="12%"),
)


def with_ours(columns: list[Any]) -> list[Any]:
    """Wagtail's columns with ours among them."""
    place = next((place for place, column in enumerate(columns) if column.name == BEFORE), len(columns))
    return [*columns[:place], *OURS, *columns[place:]]


class Explorer(ExplorableIndexView):
    """The list of pages, with owner and review date."""

    base_columns: ClassVar[list[Any]] = with_ours(ExplorableIndexView.base_columns)

    def annotate_queryset(self, pages: "QuerySet[Page]") -> "QuerySet[Page]":
        """All owners at once."""
        return super().annotate_queryset(pages.prefetch_related("owner"))


class Editor(EditView):
    """The editor; a comment is told of through the outbox."""

    def send_commenting_notifications(self, changes: dict[str, list[Any]]) -> None:
        """Wagtail would open a line to the mail server while the editor waits."""
        comments.tell_of(changes, page=self.page, by=self.request.user)


class HousePageViewSet(PageViewSet):
    """For every kind of page that has no screens of its own."""

    model = Page
    index_view_class = Explorer
    edit_view_class = Editor
    workflow_action_view_class = PageApproval
