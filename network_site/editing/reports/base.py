"""What all reports have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from network_site.base.safe_csv import safe_cell
from network_site.editing import tree

# Whoever may do one of these with some page reads reports about pages.
PAGE_ACTIONS = ("add", "change", "publish")


def page_policy() -> Any:
    """Who may do what with pages."""
    return policy_registry.get_by_type(Page)


def edit_url(page: Page) -> str:
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def kind_of(page: Page) -> str:
    """What editors call this kind of page."""
    return str(page.specific_class.get_verbose_name()) if page.specific_class else ""


def state_of(page: Page) -> str:
    """Published, changed since, or not published."""
    if not page.live:
        return force_str(_("draft"))
    return force_str(_("published, with changes") if page.has_unpublished_changes else _("published"))


class SafeCellsMixin:
    """Spreadsheets that stay text, whatever an editor called a page."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Wagtail's value; text that a spreadsheet program would run gets an apostrophe."""
        found = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return safe_cell(found) if isinstance(found, str) else found


class HouseReport(SafeCellsMixin, ReportView):
    """A list with a sentence about what it is for, filters, and downloads."""

    template_name = "editing/reports/report.html"
    results_template_name = "editing/reports/results.html"
    header_icon = "list-ul"
    any_permission_required = list(PAGE_ACTIONS)
    is_searchable = False
    # What the list shows and what to do about it.
    lead: Any = ""
    nothing: Any = _("Nothing to do here.")
    guide_topic = ""

    @cached_property
    def permission_policy(self) -> Any:
        """Reports are for those who work on pages, whatever they list."""
        return page_policy()

    @cached_property
    def no_results_message(self) -> Any:
        """What an empty list says."""
        return _("Nothing matches these filters.") if self.is_filtering else self.nothing

    # What a file says of a row where it is not simply a field of it.
    cells: ClassVar[dict[str, Callable[[Any], object]]] = {}

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {field: self.cell(item, field) for field in self.list_export}

    def cell(self, item: Any, field: str) -> object:
        """One cell of a file; nothing where there is nothing."""
        found = self.cells[field](item) if field in self.cells else getattr(item, field, None)
        return "" if found is None else found

    def get_filename(self) -> str:
        return str(self.index_url_name).rpartition(":")[2].replace("_", "-")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "lead": self.lead, "guide_topic": self.guide_topic}


def title_column() -> TitleColumn:
    """A page's title, leading to where it is edited."""
    return TitleColumn(
        "title",
        label=_("Title"),
        accessor="get_admin_display_title",
        get_url=edit_url,
        get_title_id=lambda page: f"page_{page.pk}_title",
        sort_key="title",
    )


class PagesReport(HouseReport):
    """A list of pages the user may change."""

    model = Page
    default_ordering = "title"
    more_columns: tuple[Column, ...] = ()
    columns_of_pages = (
        Column("kind", label=_("Kind"), accessor=kind_of),
        Column("owner", label=_("Owner")),
        StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda page: page.live),
    )
    cells: ClassVar[dict[str, Callable[[Any], object]]] = {"kind": kind_of, "state": state_of}
    list_export = ["title", "full_url", "kind", "owner", "state", "last_published_at"]
    export_headings = {
        "title": _("Title"),
        "full_url": _("Address"),
        "kind": _("Kind"),
        "owner": _("Owner"),
        "state": _("State"),
        "said": _("Summary"),
        "review_on": _("Read again by"),
        "last_published_at": _("Last published"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        return [title_column(), *self.more_columns, *self.columns_of_pages]

    def get_base_queryset(self) -> "QuerySet[Page]":
        return tree.pages_for(self.request.user, "change", "publish").select_related("owner", "content_type")


def published_column() -> DateColumn:
    """When readers last got a new version."""
    return DateColumn("last_published_at", label=_("Last published"), sort_key="last_published_at")


class ReportItem(MenuItem):
    """Shown to whoever may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_policy().user_has_any_permission(request.user, set(PAGE_ACTIONS)))
