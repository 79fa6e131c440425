"""What the pages of conferences show, read in a constant number of queries."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from events.models import Conference, ConferencePage, Quota, Session, TypeQuota
from events.views.panels import Panel, draws_of, main_rooms, panel_of, tightest
from network_site.base.dates import LONDON, begins
from network_site.base.remembered import remembered
from network_site.people.models import Organisation
from network_site.ui.remembered import values_of
from network_site.ui.thread.loops import radius

SOLD = {Conference.Status.ANNOUNCED, Conference.Status.ON_SALE}
# Radii from which a loop needs more room beside it.
SMALL, LARGE = 66, 90
COLOURS = {
    Session.Kind.AWARDS: "c-ochre",
    Session.Kind.WORKSHOP: "c-sage",
    Session.Kind.BREAK: "c-muted",
    Session.Kind.TALK: "",
}


@dataclass(frozen=True)
class Item:
    """One line of the programme as it hangs on the thread."""

    session: Session
    quota: Quota | None = None

    @property
    def room(self) -> tuple[int, int | None] | None:
        """How many places of its workshop are taken, and how many there are."""
        return (self.quota.taken, self.quota.size) if self.quota else None

    @property
    def is_sold_out(self) -> bool:
        """Whether its workshop has no place left."""
        return self.quota is not None and self.quota.left == 0

    @property
    def mark(self) -> str:
        """What is tied into the thread: loop, knot or stitch."""
        if self.is_sold_out:
            return "loop"
        return "knot" if self.session.is_highlight else "stitch"

    @property
    def colour(self) -> str:
        """The yarn's colour class."""
        return COLOURS[Session.Kind(self.session.kind)]

    @property
    def starts(self) -> datetime:
        """When it starts, in London."""
        return self.session.starts_at.astimezone(LONDON)


@dataclass(frozen=True)
class Day:
    """One day of the programme."""

    on: date
    items: list[Item]


@dataclass
class Face:
    """A conference as its page shows it."""

    conference: Conference
    is_over: bool
    room: Quota | None
    days: list[Day]
    partners: list[Organisation]
    panel: Panel | None = None

    @property
    def state(self) -> str:
        """over, sold_out, not_yet, or the conference's own status."""
        conference = self.conference
        if self.is_over and conference.status != Conference.Status.CANCELLED:
            return "over"
        if conference.status == Conference.Status.ON_SALE and self.panel and not self.panel.is_open:
            return "sold_out" if self.panel.is_sold_out else "not_yet"
        return str(conference.status)

    @property
    def figure_radius(self) -> float:
        """How big the loop of a past conference is; its figure stands inside."""
        return radius(self.conference.delegates)

    @property
    def figure_size(self) -> str:
        """The class that keeps room for the loop; empty where there is none."""
        if not (self.conference.delegates or self.conference.was_sold_out):
            return ""
        return "fig-s" if self.figure_radius < SMALL else "fig-m" if self.figure_radius < LARGE else "fig-l"

    @property
    def has_online_places(self) -> bool:
        """Whether one can take part from home without a limit."""
        rows = self.panel.places if self.panel else []
        return any(row.offer.ticket_type.is_online and row.offer.left is None for row in rows)

    @property
    def webcal(self) -> str:
        """The address that calendars subscribe to."""
        return webcal(f"{self.conference.get_absolute_url()}calendar.ics")

    @property
    def shown(self) -> tuple[Hashable, ...]:
        """Everything that what it tells and sells depends on, while nothing was answered."""
        return (
            self.is_over,
            values_of(self.conference),
            self.room and (self.room.taken, self.room.size),
            tuple((item.room, values_of(item.session)) for day in self.days for item in day.items),
            tuple(row.shown for row in self.panel.rows) if self.panel else None,
        )


@dataclass
class Listing:
    """All conferences: the next ones and the past ones."""

    coming: list["Entry"] = field(default_factory=list)
    past: list["Entry"] = field(default_factory=list)

    @property
    def webcal(self) -> str:
        """The address that calendars subscribe to."""
        return webcal("/conferences/calendar.ics")


@dataclass(frozen=True)
class Entry:
    """One conference in the list."""

    page: ConferencePage
    room: Quota | None = None
    is_first_of_year: bool = False

    @property
    def conference(self) -> Conference:
        """Its facts."""
        return self.page.conference


def face_of(conference: Conference, *, now: datetime | None = None) -> Face:
    """Everything a conference's page shows."""
    now = now or timezone.now()
    over = is_over(conference, today=now.astimezone(LONDON).date())
    panel = panel_of(conference, now=now) if conference.status in SOLD and not over else None
    draws = panel.draws if panel else draws_of([conference])
    sessions, partners = remembered("events.words", shown=conference.pk, make=lambda: _words(conference))
    return Face(
        conference=conference,
        is_over=over,
        room=None if over else main_rooms(draws).get(conference.pk),
        days=programme_of(sessions, draws=draws),
        partners=partners,
        panel=panel,
    )


def _words(conference: Conference) -> tuple[list[Session], list[Organisation]]:
    """What is told of it and not sold: its programme and its partners."""
    return list(conference.sessions.all()), list(conference.partners.all())


def face_once(conference: Conference) -> Face:
    """The same, made once for this object: a page and what search engines are told of it show one state."""
    known = vars(conference)
    if "_face" not in known:
        known["_face"] = face_of(conference)
    face: Face = known["_face"]
    return face


def listing_of(pages: Iterable[ConferencePage], *, now: datetime | None = None) -> Listing:
    """Pages of conferences, parted by today: the next first, then the past with the newest first."""
    today = (now or timezone.now()).astimezone(LONDON).date()
    ordered = sorted(pages, key=lambda page: (page.conference.starts_on, page.pk))
    over = {page.pk for page in ordered if is_over(page.conference, today=today)}
    return Listing(
        coming=_coming([page for page in ordered if page.pk not in over]),
        past=_past([page for page in reversed(ordered) if page.pk in over]),
    )


def _coming(pages: list[ConferencePage]) -> list[Entry]:
    rooms = main_rooms(draws_of([page.conference for page in pages]))
    return [Entry(page, rooms.get(page.conference_id)) for page in pages]


def _past(pages: list[ConferencePage]) -> list[Entry]:
    years = [page.conference.starts_on.year for page in pages]
    return [
        Entry(page, is_first_of_year=year not in years[:n])
        for n, (page, year) in enumerate(zip(pages, years, strict=True))
    ]


def is_over(conference: Conference, *, today: date) -> bool:
    """Whether the last day it can be on, as far as that is known, has passed."""
    return conference.last_day < begins(today, conference.precision)


def programme_of(sessions: Iterable[Session], *, draws: Sequence[TypeQuota]) -> list[Day]:
    """The programme by days, each workshop with the quota of its places."""
    limits = tightest(draws)
    by_session = {draw.ticket_type.session_id: limits.get(draw.ticket_type_id) for draw in draws}
    days: dict[date, Day] = {}
    for session in sessions:
        item = Item(session, by_session.get(session.pk))
        days.setdefault(item.starts.date(), Day(item.starts.date(), [])).items.append(item)
    return list(days.values())


def webcal(path: str) -> str:
    """The same address with the scheme that opens a calendar program."""
    return "webcal://" + settings.SITE_URL.partition("://")[2] + path
