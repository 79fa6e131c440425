"""The first page of the admin: what waits for me, what comes next, what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision

from network_site.base.offers import Waiting, waiting
from network_site.editing import tree
from network_site.editing.reports.base import edit_url, kind_of

SHOWN = 6
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Dated:
    """Something with a title, a place to work on it, what it is, and a time."""

    title: str
    url: str
    kind: str
    at: datetime


def what_waits(request: HttpRequest) -> list[Waiting]:
    """What every room has for this person to do, as rooms are named; nothing with a number of nought."""
    return [one for offer in waiting.all() for one in offer(request) if one.number]


def published_lately(user: Any, *, now: datetime) -> list[Dated]:
    """What readers got this week, the newest first."""
    mine = tree.pages_for(user, "add", "change", "publish")
    pages = mine.filter(live=True, last_published_at__gte=now - WEEK).order_by("-last_published_at", "-pk")
    return [_page(page, page.last_published_at) for page in pages.select_related("content_type")[:SHOWN]]


def coming(user: Any, *, now: datetime) -> list[Dated]:
    """What will be published by itself, the next first: pages, moments and whatever else has drafts."""
    drafts = Revision.objects.filter(approved_go_live_at__gte=now).order_by("approved_go_live_at", "pk")
    finder = AdminURLFinder(user)
    found = (_draft(draft, finder) for draft in drafts.select_related("content_type")[: SHOWN * 3])
    return [one for one in found if one is not None][:SHOWN]


def _page(page: Page, at: datetime) -> Dated:
    return Dated(page.get_admin_display_title(), edit_url(page), kind_of(page), at)


def _draft(draft: Revision, finder: AdminURLFinder) -> Dated | None:
    """None for what this person may not edit: what is to come is not for everybody."""
    kind: ContentType = draft.content_type
    model = kind.model_class()
    url = finder.get_edit_url(draft.as_object()) if model else None
    return Dated(draft.object_str, url, str(kind.name), draft.approved_go_live_at) if url else None


class WaitingPanel(Component):
    """What waits for whoever looks."""

    name = "house_waiting"
    order = 50
    template_name = "editing/dashboard/waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"waiting": what_waits(parent_context["request"])}


class TimesPanel(Component):
    """What comes next and what was published this week."""

    name = "house_times"
    order = 230
    template_name = "editing/dashboard/times.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user, now = parent_context["request"].user, timezone.now()
        return {"coming": coming(user, now=now), "published": published_lately(user, now=now)}
