"""What organisers change about a conference and its room."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain.errors import TicketingError, is_whole
from events.domain.money_path import money_path
from events.models import Conference, Quota, TicketType
from network_site.base import audit, freshness
from network_site.base.dates import Precision
from network_site.people.models import User


def move(conference: Conference, *, to: str, by: User | None, now: datetime) -> None:
    """Announce it, put it on sale, close booking, postpone or cancel it; subscribers' calendars learn of it."""
    status = Conference.Status(to)
    if status == Conference.Status.ON_SALE:
        _check_sellable(conference)
    allowed = [before for before, after in Conference.ALLOWED.items() if status in after]
    with transaction.atomic():
        if not Conference.objects.filter(pk=conference.pk, status__in=allowed).update(status=status):
            raise TicketingError(_cannot_move(conference, status))
        audit.record("moved", subject=f"conference:{conference.pk}", by=by, to=str(status))
        note_change(conference, now=now)
    conference.refresh_from_db()


def _check_sellable(conference: Conference) -> None:
    if conference.precision != Precision.DAY:
        raise TicketingError(_("Only a conference whose day is known can be sold. Give its date first."))
    offered = TicketType.objects.filter(conference=conference, is_hidden=False, session=None)
    if not offered.filter(quotas__isnull=False).exists():
        raise TicketingError(_("There is nothing to sell yet. Make a ticket type that draws on a quota first."))


def _cannot_move(conference: Conference, status: Conference.Status) -> str:
    conference.refresh_from_db()
    return _("“%(title)s” is “%(now)s” and cannot become “%(to)s”. Nothing was changed.") % {
        "title": conference.title,
        "now": conference.get_status_display().lower(),
        "to": str(status.label).lower(),
    }


def note_change(conference: Conference, *, now: datetime) -> None:
    """Its time, place or status changed: calendars that took it in must take it in again."""
    Conference.objects.filter(pk=conference.pk).update(calendar_sequence=F("calendar_sequence") + 1, changed_at=now)
    freshness.touch_words()
    conference.refresh_from_db(fields=["calendar_sequence", "changed_at"])


def resize(quota: Quota, *, size: int | None, by: User | None) -> None:
    """Change how many places there are, never to fewer than are taken; None: it never runs out."""
    if size is not None and not (is_whole(size) and 0 <= size <= MOST_PLACES):
        raise TicketingError(_("Give a whole number of places, or nothing if it never runs out."))
    enough = Q() if size is None else Q(taken__lte=size)
    with money_path():
        before = Quota.objects.values_list("size", flat=True).get(pk=quota.pk)
        if not Quota.objects.filter(enough, pk=quota.pk).update(size=size):
            raise TicketingError(_too_small(quota))
        audit.record("resized", subject=f"quota:{quota.pk}", by=by, before=before, after=size)
        freshness.touch()
    quota.refresh_from_db()


# More than any hall holds, and far below what a database integer can.
MOST_PLACES = 1_000_000


def _too_small(quota: Quota) -> str:
    quota.refresh_from_db()
    sentence = ngettext(
        "%(taken)s place of “%(quota)s” is taken, so it cannot be smaller. Close it instead to sell no more.",
        "%(taken)s places of “%(quota)s” are taken, so it cannot be smaller. Close it instead to sell no more.",
        quota.taken,
    )
    return sentence % {"taken": quota.taken, "quota": quota.name}


def close(quota: Quota, *, by: User | None) -> None:
    """Sell nothing more from a quota, whatever room it has."""
    _set_closed(quota, is_closed=True, verb="closed", by=by)


def reopen(quota: Quota, *, by: User | None) -> None:
    """Sell from a quota again."""
    _set_closed(quota, is_closed=False, verb="reopened", by=by)


def _set_closed(quota: Quota, *, is_closed: bool, verb: str, by: User | None) -> None:
    with money_path():
        if Quota.objects.filter(pk=quota.pk).exclude(is_closed=is_closed).update(is_closed=is_closed):
            audit.record(verb, subject=f"quota:{quota.pk}", by=by)
            freshness.touch()
    quota.refresh_from_db()
