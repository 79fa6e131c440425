"""What people search for, for editors: how often, what it finds today, and what is suggested for it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.permissions import policy_registry

from network_site.base.safe_csv import safe_cell
from network_site.search import asking

DAYS = [("7", _("the last 7 days")), ("30", _("the last 30 days")), ("90", _("the last 90 days"))]
# Looked up one by one for the filter; the rarest after these are left out.
MOST_LOOKED_UP = 1000
RIGHTS = ("add", "change", "delete")


def promotion_policy() -> Any:
    """Who may suggest results also sees what people search for."""
    return policy_registry.get_by_type(SearchPromotion)


def counted(days: int | None = None) -> QuerySet[Query]:
    """Every search of the last days, or as long as they are kept, with `times`; the most frequent first."""
    since = Q(daily_hits__date__gt=timezone.localdate() - timedelta(days=days)) if days else None
    times = Sum("daily_hits__hits", filter=since, default=0)
    return Query.objects.annotate(times=times).filter(times__gt=0).order_by("-times", "query_string")


def with_findings(queries: Iterable[Query]) -> list[Query]:
    """Each with `finds`: how many things its words find now; and `suggested`: how many editors put first."""
    rows = list(queries)
    picks = SearchPromotion.objects.filter(query__in=rows).order_by().values("query").annotate(number=Count("pk"))
    suggested = {row["query"]: row["number"] for row in picks}
    now = timezone.now()
    for row in rows:
        row.finds = asking.how_many(row.query_string, now=now)
        row.suggested = suggested.get(row.pk, 0)
    return rows


class SearchesFilterSet(WagtailFilterSet):
    """By time, and by whether anything is found."""

    days = django_filters.ChoiceFilter(
        label=_("When"), choices=DAYS, method="of_days", empty_label=_("as long as kept")
    )
    nothing = django_filters.BooleanFilter(label=_("Finds nothing"), method="of_finding_nothing")

    class Meta:
        model = Query
        fields: list[str] = []

    def of_days(self, queries: QuerySet[Query], name: str, value: str) -> QuerySet[Query]:
        """Those of the last days, counted in them."""
        return counted(int(value)).filter(pk__in=queries.order_by().values("pk"))

    def of_finding_nothing(self, queries: QuerySet[Query], name: str, value: bool) -> QuerySet[Query]:
        """Those that find nothing today, or those that do."""
        rows = with_findings(queries[:MOST_LOOKED_UP])
        return queries.filter(pk__in=[row.pk for row in rows if (row.finds == 0) is value])


def promotion_of(query: Query) -> str:
    """Where editors suggest results for a search."""
    if query.suggested:
        return reverse("wagtailsearchpromotions:edit", args=[query.pk])
    return reverse("wagtailsearchpromotions:add")


class SearchesReport(ReportView):
    """The most frequent first; each leads to suggesting a result for it."""

    model = Query
    page_title = _("What people search for")
    header_icon = "search"
    index_url_name = "what_people_search_for"
    index_results_url_name = "what_people_search_for_results"
    filterset_class = SearchesFilterSet
    any_permission_required = list(RIGHTS)
    is_searchable = True
    search_fields = ["query_string"]
    columns = [
        TitleColumn("query_string", label=_("Words: open to suggest a result"), get_url=promotion_of),
        NumberColumn("times", label=_("Times")),
        NumberColumn("finds", label=_("Finds today")),
        NumberColumn("suggested", label=_("Suggested results")),
    ]
    list_export = ["query_string", "times", "finds", "suggested"]
    export_headings = {
        "query_string": _("Words"),
        "times": _("Times"),
        "finds": _("Finds today"),
        "suggested": _("Suggested results"),
    }
    export_filename = "what-people-search-for"

    @cached_property
    def permission_policy(self) -> Any:
        """As for suggesting results."""
        return promotion_policy()

    def get_base_queryset(self) -> QuerySet[Query]:
        return counted()

    def decorate_paginated_queryset(self, object_list: Iterable[Query]) -> list[Query]:
        """With what each finds now."""
        return with_findings(object_list)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Text that a spreadsheet program would run gets an apostrophe."""
        found = super().preprocess_field_value(field, value, export_format)
        return safe_cell(found) if isinstance(found, str) else found


class SearchesMenuItem(MenuItem):
    """Shown to those who may suggest results."""

    def is_shown(self, request: Any) -> bool:
        return bool(promotion_policy().user_has_any_permission(request.user, RIGHTS))
