"""The order of moments that share a date."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.ui.tables.orderable import OrderableTableMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network_site.base.audit import record
from network_site.editing.desk.pages import Guarded
from network_site.history.models import TimelineEvent
from network_site.people.models import User

LAST = 99_999
MAY_ORDER = "history.publish_timelineevent"


def next_place(starts_on: date) -> int:
    """The place after every other moment of this date."""
    last = TimelineEvent.objects.filter(starts_on=starts_on).aggregate(last=Max("tie_order"))["last"]
    return 0 if last is None else last + 1


def ties() -> list[list[TimelineEvent]]:
    """The moments that share era and date with others, a list for each; one query."""
    groups = groupby(TimelineEvent.objects.in_order(), key=lambda event: (event.era_id, event.starts_on))
    return [found for _key, group in groups if len(found := list(group)) > 1]


@transaction.atomic
def move(event: TimelineEvent, *, to: int, by: User) -> None:
    """Put a moment at this place among those of its era and date, counted from 0; beyond the last is the last."""
    beside = TimelineEvent.objects.filter(era=event.era_id, starts_on=event.starts_on).exclude(pk=event.pk)
    others = list(beside.select_for_update().in_order())
    others.insert(min(to, len(others)), event)
    for place, one in enumerate(others):
        if one.tie_order != place:
            one.tie_order = place
            one.save(update_fields=["tie_order"])
    record("ordered", subject=f"moment:{event.pk}", by=by, to=others.index(event))


class TieTable(OrderableTableMixin, Table):
    """The moments of one date, to be dragged or moved with the arrow keys."""


def table(events: Sequence[TimelineEvent]) -> TieTable:
    """One date’s moments."""
    columns = [
        TitleColumn(
            "title",
            label=_("Moments of this date, the first on top"),
            get_url=lambda event: reverse("history_moments:edit", args=[quote(event.pk)]),
        ),
        Column("when", label=_("Date as visitors read it")),
    ]
    url = reverse("history_moments:reorder", args=[999999])
    return TieTable(columns, events, sort_order_field="tie_order", reorder_url=url)


class Ties(Guarded, WagtailAdminTemplateMixin, TemplateView):
    """Every date with more than one moment."""

    needs = (MAY_ORDER,)
    page_title = _("Order moments of one date")
    header_icon = "list-ul"
    template_name = "history/editing/ties.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        moments = {"url": reverse("history_moments:list"), "label": _("Moments")}
        return [*super().get_breadcrumbs_items(), moments, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [(group[0].starts_on, table(group)) for group in ties()]
        return {**super().get_context_data(**kwargs), "ties": found}


class Reorder(Guarded, View):
    """Where Wagtail’s dragging tells what was moved."""

    needs = (MAY_ORDER,)

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        event = get_object_or_404(TimelineEvent, pk=pk)
        place = re.fullmatch(r"[0-9]{1,5}", request.GET.get("position", ""))
        move(event, to=int(place[0]) if place else LAST, by=request.user)  # type: ignore[arg-type]
        return JsonResponse({"success": True})
