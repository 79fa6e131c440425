"""Conferences as calendar files: feeds to subscribe to and entries for a ticket. Nothing secret is ever inside."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from events.models import Conference, Order, OrderLine, Session
from network_site.base.dates import LONDON, Precision

if TYPE_CHECKING:
    from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=12)
OFF = {Conference.Status.CANCELLED, Conference.Status.POSTPONED}


@dataclass(frozen=True)
class Feed:
    """A calendar file with what a cache needs to know of it."""

    body: bytes
    changed_at: datetime | None

    @property
    def etag(self) -> str:
        """The same for the same bytes, and only then."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def programme_feed() -> Feed:
    """Every announced conference whose day is known, for people who subscribe."""
    found = Conference.objects.exclude(status=Conference.Status.DRAFT).filter(precision=Precision.DAY)
    conferences = list(found.order_by("starts_on", "pk"))
    title = _("%(site)s: conferences") % {"site": settings.SITE_NAME}
    return _feed(conferences, uid="conferences", title=title, path="/conferences/calendar.ics")


def conference_feed(conference: Conference) -> Feed:
    """One conference, for people who subscribe to it; empty while its day is not known."""
    known = [conference] if conference.precision == Precision.DAY else []
    path = f"{conference.get_absolute_url()}calendar.ics"
    return _feed(known, uid=f"feed-{conference.uuid}", title=conference.title, path=path)


def order_calendar(order: Order) -> Feed:
    """What the places of an order are for: the conference and the workshops booked."""
    lines = order.lines.filter(status=OrderLine.Status.VALID).select_related("ticket_type__session").order_by("number")
    sessions = {line.ticket_type.session for line in lines if line.ticket_type.session}
    return _entries(order.conference, sessions=sessions)


def place_calendar(line: OrderLine) -> Feed:
    """What one delegate goes to: the conference and their workshops."""
    addons = line.addons.filter(status=OrderLine.Status.VALID).select_related("ticket_type__session").order_by("number")
    sessions = {addon.ticket_type.session for addon in addons if addon.ticket_type.session}
    return _entries(line.order.conference, sessions=sessions)


def cancellation(conference: Conference) -> Feed:
    """What takes a conference out of the calendar of somebody who no longer comes."""
    from icalendar import STATUS

    calendar = _calendar(uid=f"ticket-{conference.uuid}", title=conference.title, method="CANCEL")
    event = _conference_event(conference, is_mine=True)
    event.status = STATUS.CANCELLED
    event.sequence = conference.calendar_sequence + 1
    calendar.add_component(event)
    return _finish(calendar, conferences=[conference])


def _feed(conferences: list[Conference], *, uid: str, title: str, path: str) -> Feed:
    calendar = _calendar(uid=uid, title=title, path=path)
    for conference in conferences:
        calendar.add_component(_conference_event(conference))
    return _finish(calendar, conferences=conferences)


def _entries(conference: Conference, *, sessions: set[Session]) -> Feed:
    calendar = _calendar(uid=f"ticket-{conference.uuid}", title=conference.title)
    calendar.add_component(_conference_event(conference, is_mine=True))
    for session in sorted(sessions, key=lambda session: (session.starts_at, session.pk)):
        calendar.add_component(_session_event(conference, session))
    return _finish(calendar, conferences=[conference])


def _calendar(*, uid: str, title: str, path: str = "", method: str = "PUBLISH") -> "Calendar":
    """`path` is set for feeds: they say where they come from and how often to look again."""
    from icalendar import Calendar, vText

    more: dict[str, Any] = {"refresh_interval": REFRESH, "source": settings.SITE_URL + path} if path else {}
    product = f"-//{settings.SITE_NAME}//Conferences//EN-GB"
    calendar = Calendar.new(uid=_uid(uid), prodid=product, calscale="GREGORIAN", method=method, **more)
    for name in ("NAME", "X-WR-CALNAME"):
        calendar[name] = vText(title)  # the library's own `name=` leaves commas and semicolons bare
    if path:
        # RFC 7986 wants the value types said; the library leaves them out.
        calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
        calendar["SOURCE"].params["VALUE"] = "URI"
        calendar.add("X-PUBLISHED-TTL", "PT12H")
    return calendar


def _finish(calendar: "Calendar", *, conferences: Iterable[Conference]) -> Feed:
    days = [day for conference in conferences for day in (conference.starts_on, conference.last_day)]
    if days:
        year = timedelta(days=366)
        calendar.add_missing_timezones(first_date=min(days) - year, last_date=max(days) + year)
        for zone in calendar.timezones:
            zone.pop("COMMENT", None)
    changed = [conference.changed_at for conference in conferences]
    return Feed(body=calendar.to_ical(), changed_at=max(changed, default=None))


def _conference_event(conference: Conference, *, is_mine: bool = False) -> "Event":
    from icalendar import TRANSP, Event

    start, end = _span(conference)
    return Event.new(
        uid=_uid(f"event-{conference.uuid}"),
        summary=_prefix(conference) + conference.title,
        description=_description(conference),
        start=start,
        end=end,
        location=conference.where or None,
        url=settings.SITE_URL + conference.get_absolute_url(),
        transparency=TRANSP.OPAQUE if is_mine else TRANSP.TRANSPARENT,
        **_state(conference),
    )


def _session_event(conference: Conference, session: Session) -> "Event":
    from icalendar import Event

    return Event.new(
        uid=_uid(f"session-{conference.uuid}-{session.pk}"),
        summary=f"{_prefix(conference)}{session.title}, {conference.title}",
        description=session.summary or None,
        start=session.starts_at.astimezone(LONDON),
        end=(session.ends_at or session.starts_at + timedelta(hours=1)).astimezone(LONDON),
        location=conference.where or None,
        url=settings.SITE_URL + conference.get_absolute_url(),
        **_state(conference),
    )


def _state(conference: Conference) -> dict[str, Any]:
    """What tells a calendar which version this is, and whether it still takes place."""
    from icalendar import STATUS

    changed = conference.changed_at.astimezone(UTC)
    return {
        "status": STATUS.CANCELLED if conference.status in OFF else STATUS.CONFIRMED,
        "sequence": conference.calendar_sequence,
        "stamp": changed,
        "last_modified": changed,
    }


def _span(conference: Conference) -> tuple[date | datetime, date | datetime]:
    """Start and end: times where both are known, and whole days (the end not included) where not."""
    if conference.opens is None or conference.closes is None:
        return conference.starts_on, conference.last_day + timedelta(days=1)
    start = datetime.combine(conference.starts_on, conference.opens, LONDON)
    end = datetime.combine(conference.last_day, conference.closes, LONDON)
    return (start, end) if end > start else (conference.starts_on, conference.last_day + timedelta(days=1))


def _prefix(conference: Conference) -> str:
    words = {Conference.Status.CANCELLED: _("Cancelled: "), Conference.Status.POSTPONED: _("Postponed: ")}
    return words.get(Conference.Status(conference.status), "")


def _description(conference: Conference) -> str | None:
    return "\n".join(part for part in (conference.series, conference.strapline) if part) or None


def _uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"
