"""Lists of pages: due to be read again, without a summary, oldest, begun and never finished, with findings."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.models import Page

from network_site.editing import reviews
from network_site.editing.checks import RULES
from network_site.editing.reports.base import PagesReport, published_column
from network_site.editing.reports.filters import DraftFilters, PageFilters

MOST_NAMED = 3


class ReviewReport(PagesReport):
    """Published pages whose date for reading again has come, the longest overdue first."""

    template_name = "editing/reports/review.html"
    page_title = _("Due to be read again")
    header_icon = "calendar-check"
    lead = _(
        "Read each page as a visitor would: is it still true, do its links work, is anything missing? "
        "Then tick it and choose “Reviewed”: it comes back in a year."
    )
    nothing = _("No page is due. Those with a date come here by themselves.")
    guide_topic = "review-dates"
    index_url_name = "editing_reports:review"
    index_results_url_name = "editing_reports:review_results"
    filterset_class = PageFilters
    default_ordering = "review_on"
    list_export = ["title", "full_url", "kind", "owner", "review_on", "last_published_at"]
    more_columns = (
        DateColumn("review_on", label=_("Read again by"), sort_key="review_on"),
        published_column(),
    )

    @cached_property
    def columns(self) -> list[Column]:
        return [BulkActionsColumn("bulk_actions"), *super().columns]

    def get_base_queryset(self) -> "QuerySet[Page]":
        found = reviews.due(self.request.user, today=timezone.localdate())
        return found.select_related("owner", "content_type")


class SummaryReport(PagesReport):
    """Pages that say nothing of themselves in lists, searches and where they are shared."""

    page_title = _("Pages without a summary")
    header_icon = "form"
    lead = _("One or two plain sentences under “Promote”. Lists, searches and other sites show them.")
    nothing = _("Every page has a summary.")
    guide_topic = "making-a-page"
    index_url_name = "editing_reports:summaries"
    index_results_url_name = "editing_reports:summaries_results"
    filterset_class = PageFilters
    more_columns = (published_column(),)

    def get_base_queryset(self) -> "QuerySet[Page]":
        return super().get_base_queryset().filter(Q(said="") | Q(said=None), search_description="")


class OldestReport(PagesReport):
    """Published pages, those that changed longest ago first."""

    page_title = _("Oldest pages")
    header_icon = "time"
    lead = _("What nobody has changed for longest. Old is not wrong: but somebody should have looked.")
    nothing = _("Nothing is published yet.")
    guide_topic = "review-dates"
    index_url_name = "editing_reports:oldest"
    index_results_url_name = "editing_reports:oldest_results"
    filterset_class = PageFilters
    default_ordering = "last_published_at"
    list_export = ["title", "full_url", "kind", "owner", "last_published_at", "review_on"]
    more_columns = (
        published_column(),
        DateColumn("review_on", label=_("Read again by"), sort_key="review_on"),
    )

    def get_base_queryset(self) -> "QuerySet[Page]":
        return super().get_base_queryset().filter(live=True)

    def order_queryset(self, queryset: "QuerySet[Page]") -> "QuerySet[Page]":
        """A page made without an editor has no date: it is the oldest of all."""
        if self.ordering == "last_published_at":
            return queryset.order_by(F("last_published_at").asc(nulls_first=True), "pk")
        return super().order_queryset(queryset)


class DraftsReport(PagesReport):
    """What was begun and is not published, or changed and not published again."""

    page_title = _("Unfinished drafts")
    header_icon = "draft"
    lead = _("Finish them, send them in, or throw them away.")
    nothing = _("Every draft is published.")
    guide_topic = "workflow"
    index_url_name = "editing_reports:drafts"
    index_results_url_name = "editing_reports:drafts_results"
    filterset_class = DraftFilters
    default_ordering = "latest_revision_created_at"
    list_export = ["title", "kind", "owner", "state", "latest_revision_created_at"]
    more_columns = (
        DateColumn("latest_revision_created_at", label=_("Changed"), sort_key="latest_revision_created_at"),
    )

    def get_base_queryset(self) -> "QuerySet[Page]":
        return super().get_base_queryset().filter(has_unpublished_changes=True)


class FindingFilters(PageFilters):
    """And by what was found."""

    rule = django_filters.MultipleChoiceFilter(
        label=_("What was found"),
        method="filter_rule",
        choices=[(rule.name, rule.sentence) for rule in RULES],
        widget=forms.CheckboxSelectMultiple,
    )

    def filter_rule(self, pages: "QuerySet[Page]", name: str, value: list[str]) -> "QuerySet[Page]":
        wanted = Q()
        for rule in value:
            wanted |= Q(found__contains=f'"{rule}"')
        return pages.annotate(found=Cast("page_reading__findings", TextField())).filter(wanted)


class FindingsReport(PagesReport):
    """Published pages in which there is something to put right, the most first."""

    page_title = _("Worth putting right")
    header_icon = "glasses"
    lead = _("What the house noticed when it last read each page. It reads a page again soon after it changes.")
    nothing = _("Nothing was found, or no page has been read yet.")
    guide_topic = "accessibility"
    index_url_name = "editing_reports:findings"
    index_results_url_name = "editing_reports:findings_results"
    filterset_class = FindingFilters
    default_ordering = "-page_reading__finding_count"
    cells: ClassVar[dict[str, Callable[[Any], object]]] = {
        **PagesReport.cells,
        "finding_count": lambda page: page.page_reading.finding_count,
        "found_words": lambda page: "; ".join(kinds_of(page)),
        "reading_age": lambda page: page.page_reading.reading_age,
    }
    list_export = ["title", "full_url", "kind", "owner", "finding_count", "found_words", "reading_age"]
    export_headings = {
        **PagesReport.export_headings,
        "finding_count": _("Findings"),
        "found_words": _("What was found"),
        "reading_age": _("Reading age"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        count = Column(
            "findings",
            label=_("Findings"),
            accessor="page_reading.finding_count",
            sort_key="page_reading__finding_count",
        )
        age = Column(
            "age", label=_("Reading age"), accessor="page_reading.reading_age", sort_key="page_reading__reading_age"
        )
        title, *others = super().columns
        title._get_url_func = report_url
        return [title, count, Column("what", label=_("What was found"), accessor=named), age, *others[:2]]

    def get_base_queryset(self) -> "QuerySet[Page]":
        found = super().get_base_queryset().filter(live=True, page_reading__finding_count__gt=0)
        return found.select_related("owner", "content_type", "page_reading")


def report_url(page: Page) -> str:
    """The whole report about one page."""
    return reverse("editing:before_you_publish", args=[page.pk])


def kinds_of(page: Page) -> list[str]:
    """What was found on a page, each kind once."""
    return list(dict.fromkeys(one["sentence"] for one in page.page_reading.findings))


def named(page: Page) -> str:
    """The first few kinds of things that were found."""
    kinds = kinds_of(page)
    more = len(kinds) - MOST_NAMED
    words = " ".join(kinds[:MOST_NAMED])
    return f"{words} {ngettext('And %d other.', 'And %d others.', more) % more}" if more > 0 else words
