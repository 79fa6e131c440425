"""Calendars to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from events import calendar
from events.models import Conference

HOUR = 3600


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """All conferences."""
    return _answer(request, calendar.programme_feed(), name="conferences.ics")


@require_safe
def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference."""
    found = get_object_or_404(Conference.objects.exclude(status=Conference.Status.DRAFT), slug=slug)
    return _answer(request, calendar.conference_feed(found), name=f"{found.slug}.ics")


def _answer(request: HttpRequest, feed: calendar.Feed, *, name: str) -> HttpResponse:
    changed = int(feed.changed_at.timestamp()) if feed.changed_at else None
    headers = {
        "ETag": feed.etag,
        "Cache-Control": f"max-age={HOUR}",
        "Content-Disposition": f'inline; filename="{name}"',
    }
    if changed is not None:
        headers["Last-Modified"] = http_date(changed)
    response = HttpResponse(feed.body, content_type=calendar.CONTENT_TYPE, headers=headers)
    found = get_conditional_response(request, etag=feed.etag, last_modified=changed, response=response)
    return found or response
