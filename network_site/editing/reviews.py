"""Reading pages again: which are due, and saying that one was read."""

import calendar
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from network_site.base.pages import BasePage
from network_site.editing import tree
from network_site.people.models import User

REVIEWED = "editing.reviewed"
MONTHS = 12


def due(user: User, *, today: date) -> "QuerySet[Page]":
    """Published pages the user may edit that should have been read again by now, longest overdue first."""
    return tree.pages_for(user).filter(live=True, review_on__lte=today).order_by("review_on", "pk")


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def mark_reviewed(page: Page, *, by: User, today: date, months: int = MONTHS) -> date | None:
    """Say that a page was read and is right, and when to read it next; returns that date.

    Publishes nothing: the date is set on the page and in its newest draft, so that neither undoes the other. None for
    a kind of page that keeps no such date.
    """
    kind = page.specific_class
    if kind is None or not issubclass(kind, BasePage):
        return None
    again_on = months_later(today, months)
    kind.objects.filter(pk=page.pk).update(review_on=again_on)
    _tell_draft(page, again_on)
    log(instance=page, action=REVIEWED, user=by, data={"again_on": again_on.isoformat()})
    return again_on


def _tell_draft(page: Page, again_on: date) -> None:
    """The newest draft, and the one that will be published by itself."""
    drafts = Revision.page_revisions.filter(object_id=str(page.pk))
    waiting = drafts.filter(approved_go_live_at__isnull=False)
    for draft in drafts.filter(pk=page.latest_revision_id) | waiting:
        draft.content["review_on"] = again_on.isoformat()
        draft.save(update_fields=["content"])
