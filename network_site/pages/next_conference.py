"""The next conference on the home page, and how full its largest room is."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from events.models import Conference, Quota
from network_site.base.dates import Precision, begins


@dataclass(frozen=True)
class Room:
    """How many places there are and how many are taken."""

    size: int
    taken: int

    @property
    def left(self) -> int:
        """Places that are free."""
        return self.size - self.taken


@dataclass(frozen=True)
class NextConference:
    """A conference still to come; `room` is None where places are not counted or not yet sold."""

    conference: Conference
    room: Room | None

    @property
    def is_on_sale(self) -> bool:
        """Whether places can be booked now."""
        return bool(self.conference.status == Conference.Status.ON_SALE)


def upcoming(today: date) -> QuerySet[Conference]:
    """Announced conferences that are not over, the first ones first."""
    shown = (Conference.Status.ON_SALE, Conference.Status.ANNOUNCED, Conference.Status.CLOSED)
    return _with_end().filter(_is_to_come(today), status__in=shown).order_by("starts_on", "pk")


def past(today: date) -> QuerySet[Conference]:
    """Conferences that were held, the last ones first."""
    never_held = (Conference.Status.DRAFT, Conference.Status.POSTPONED, Conference.Status.CANCELLED)
    ended = _with_end().filter(~_is_to_come(today))
    return ended.exclude(status__in=never_held).order_by("-starts_on", "pk")


def _with_end() -> QuerySet[Conference]:
    return Conference.objects.annotate(over_after=Coalesce("ends_on", "starts_on"))


def _is_to_come(today: date) -> Q:
    """Not over, as far as its day is known: what is only known to be in June is to come until June is over."""
    known = (Q(precision=one, over_after__gte=begins(today, one)) for one in Precision.values)
    return reduce(or_, known)


def next_conference(*, today: date) -> NextConference | None:
    """The one to show: the first on sale, otherwise the first to come."""
    coming = list(upcoming(today)[:20])
    on_sale = [conference for conference in coming if conference.status == Conference.Status.ON_SALE]
    chosen = next(iter(on_sale or coming), None)
    return NextConference(chosen, largest_room(chosen) if on_sale else None) if chosen else None


def largest_room(conference: Conference) -> Room | None:
    """The largest room main places draw on: the venue's where there is one, otherwise the online one."""
    main = Q(ticket_types__session=None, ticket_types__is_hidden=False)
    rooms = Quota.objects.filter(main, conference=conference, size__gt=0)
    at_venue = rooms.filter(main, ticket_types__is_online=False)
    found = at_venue.order_by("-size").first() or rooms.order_by("-size").first()
    return Room(size=found.size, taken=found.taken) if found and found.size else None
