"""Which pages help, and which do not: a list, the sentences, and a spreadsheet."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from network_site.contact.admin import rights
from network_site.contact.domain.opinions import worst_first
from network_site.contact.models import Opinion
from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import Guarded, crumb
from network_site.editing.reports.base import SafeCellsMixin

PERIODS = {"30": gettext_lazy("The last 30 days"), "365": gettext_lazy("The last year")}


class PeriodFilters(WagtailFilterSet):
    """Since when."""

    since = django_filters.ChoiceFilter(
        choices=list(PERIODS.items()), label=gettext_lazy("Time"), method="all_of_it",
        empty_label=gettext_lazy("All we keep"), widget=forms.RadioSelect,
    )  # fmt: skip

    class Meta:
        model = Page
        fields: list[str] = []

    def all_of_it(self, queryset: QuerySet[Page], name: str, value: str) -> QuerySet[Page]:
        """The view counts within the time already."""
        return queryset


def since(request: HttpRequest) -> date | None:
    """The first day that counts."""
    days = request.GET.get("since", "")
    return timezone.localdate() - timedelta(days=int(days)) if days in PERIODS else None


def percent(page: Any) -> int:
    """How many in a hundred found it useful."""
    return round(100 * page.useful / page.answers)


class OpinionReport(SafeCellsMixin, Guarded, ReportView):
    """The least useful pages first."""

    needs = (rights.SEE_OPINIONS,)
    model = Page
    page_title = gettext_lazy("Page feedback")
    header_icon = "pick"
    index_url_name = "page_feedback:index"
    index_results_url_name = "page_feedback:index_results"
    filterset_class = PeriodFilters
    export_filename = "page-feedback"
    list_export = ["title", "url", "answers", "useful", "percent", "comments"]
    export_headings = {
        "title": gettext_lazy("Page"),
        "url": gettext_lazy("Address"),
        "answers": gettext_lazy("Answers"),
        "useful": gettext_lazy("Useful"),
        "percent": gettext_lazy("Useful, per cent"),
        "comments": gettext_lazy("Sentences"),
    }

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("title", label=_("Page"), url_name="page_feedback:page"),
            Column("percent", label=_("Found it useful"), accessor=lambda page: f"{percent(page)}%"),
            Column("answers", label=_("Answers")),
            Column("comments", label=_("Sentences")),
        ]

    def get_queryset(self) -> QuerySet[Page]:
        return worst_first(since(self.request))

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        item.percent = percent(item)
        row: dict[str, Any] = super().to_row_dict(item)
        return row


class SentencesOfPage(SafeCellsMixin, Guarded, ReportView):
    """What readers of one page wrote, the newest first."""

    needs = (rights.SEE_OPINIONS,)
    model = Opinion
    page_title = gettext_lazy("Page feedback")
    header_icon = "pick"
    index_url_name = "page_feedback:page"
    index_results_url_name = "page_feedback:page_results"
    list_export = ["given_on", "is_useful", "comment"]
    export_headings = {
        "given_on": gettext_lazy("Day"),
        "is_useful": gettext_lazy("Useful"),
        "comment": gettext_lazy("Sentence"),
    }
    export_filename = "page-feedback"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["pk"])

    @cached_property
    def columns(self) -> list[Any]:
        return [
            Column("comment", label=_("What would make it better")),
            BooleanColumn("is_useful", label=_("Useful")),
            Column("given_on", label=_("Day"), accessor=lambda one: date_format(one.given_on, "j F Y")),
        ]

    def get_index_url(self) -> str:
        return self._at("page")

    def get_index_results_url(self) -> str:
        return self._at("page_results")

    def _at(self, name: str) -> str:
        return reverse(f"page_feedback:{name}", args=[self.page.pk])

    def get_page_subtitle(self) -> str:
        return str(self.page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        start = [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Page feedback"), "page_feedback:index")]
        return [*start, crumb(self.page.title)]

    def get_queryset(self) -> QuerySet[Opinion]:
        return Opinion.objects.filter(page=self.page).exclude(comment="")


class OpinionViewSet(ViewSet):
    """The addresses of the report."""

    name = "page_feedback"
    url_prefix = "page-feedback"
    icon = "pick"
    menu_label = gettext_lazy("Page feedback")
    menu_item_class = GuardedItem.for_right(rights.SEE_OPINIONS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", OpinionReport.as_view(), name="index"),
            path("results/", OpinionReport.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", SentencesOfPage.as_view(), name="page"),
            path("<int:pk>/results/", SentencesOfPage.as_view(results_only=True), name="page_results"),
        ]
