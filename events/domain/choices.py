"""Reading what a visitor chose: every number is checked against what is really offered to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain.availability import OfferState, is_bookable, price_pence, window
from events.domain.errors import TicketingError, is_whole
from events.models import Conference, Order, Session, TicketType, TypeQuota

MOST_LINES = 100
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Choice:
    """Some places of one type, at the price of this moment; `draws` are (quota key, units a place takes)."""

    ticket_type: TicketType
    number: int
    price_pence: int
    draws: tuple[tuple[int, int], ...]


def read_choices(conference: Conference, *, choices: Mapping[int, int], now: datetime) -> list[Choice]:
    """What to hold, places first, then add-ons; one query. Raises TicketingError with what to do instead."""
    wanted = _numbers(choices)
    if not is_bookable(conference, now=now):
        raise TicketingError(_not_bookable(conference, now=now))
    types = _types(conference, wanted)
    chosen = []
    for key, number in wanted.items():
        if key not in types:
            raise TicketingError(
                _("One of the places you chose is not offered here. Nothing was held. Go back and choose again.")
            )
        draws = types[key]
        _check(draws[0].ticket_type, number, now=now)
        chosen.append(_choice(draws, number, now=now))
    chosen.sort(key=lambda choice: (choice.ticket_type.is_addon, choice.ticket_type.sort_order, choice.ticket_type.pk))
    _check_together(chosen)
    return chosen


def units_of(chosen: list[Choice]) -> dict[int, int]:
    """Quota key -> units that all the choices take together."""
    units: dict[int, int] = {}
    for choice in chosen:
        for quota_id, weight in choice.draws:
            units[quota_id] = units.get(quota_id, 0) + weight * choice.number
    return units


def places_for_addons(chosen: list[Choice]) -> dict[int, list[int]]:
    """Ticket type key of each add-on -> the numbers of the places it goes to, from 1.

    Nobody is put in two sessions at the same time; TicketingError when there are too few people for that.
    """
    places = _places(chosen)
    busy: dict[int, list[Session]] = {number: [] for number in range(1, places + 1)}
    given: dict[int, list[int]] = {}
    for session, choice in sorted(_with_sessions(chosen), key=lambda pair: pair[0].starts_at):
        free = [number for number, sessions in busy.items() if _is_free(session, sessions)]
        if len(free) < choice.number:
            raise TicketingError(_too_many_addons(choice.ticket_type, places))
        given[choice.ticket_type.pk] = free[: choice.number]
        for number in free[: choice.number]:
            busy[number].append(session)
    return given


def _places(chosen: list[Choice]) -> int:
    return sum(choice.number for choice in chosen if not choice.ticket_type.is_addon)


def _is_free(session: Session, others: list[Session]) -> bool:
    """Whether somebody in the other sessions can be in this one too."""
    return not any(_overlap(session, other) for other in others)


def _numbers(choices: Mapping[int, int]) -> dict[int, int]:
    """The choices that are more than nothing, each a whole number."""
    for number in choices.values():
        if not is_whole(number):
            raise TicketingError(
                _("The number of places must be a whole number, such as 2. Nothing was held. Change it and try again.")
            )
        if number < 0:
            raise TicketingError(
                _("The number of places cannot be less than 0. Nothing was held. Change it and try again.")
            )
    wanted = {key: number for key, number in choices.items() if number}
    if not wanted:
        raise TicketingError(_("Choose at least one place, then go on."))
    return wanted


def _not_bookable(conference: Conference, *, now: datetime) -> str:
    if conference.status == Conference.Status.ON_SALE:
        return _("%(title)s is over, so places can no longer be booked. Nothing was held.") % {
            "title": conference.title
        }
    return _("Places at %(title)s are not on sale at the moment. Nothing was held. Look at its page for news.") % {
        "title": conference.title
    }


def _types(conference: Conference, wanted: Mapping[int, int]) -> dict[int, list[TypeQuota]]:
    """Ticket type key -> what it draws on, for those chosen that this conference offers."""
    keys = [key for key in wanted if 0 < key <= LARGEST_KEY]
    draws = TypeQuota.objects.filter(ticket_type__in=keys).select_related("ticket_type")
    types: dict[int, list[TypeQuota]] = {}
    for draw in draws:
        ticket_type = draw.ticket_type
        if ticket_type.conference_id == conference.pk and not ticket_type.is_hidden:
            types.setdefault(draw.ticket_type_id, []).append(draw)
    return types


def _check(ticket_type: TicketType, number: int, *, now: datetime) -> None:
    name = ticket_type.name
    by_time = window(ticket_type, now=now)
    if by_time == OfferState.NOT_YET:
        raise TicketingError(_("“%(name)s” is not on sale yet. Nothing was held. Choose another.") % {"name": name})
    if by_time == OfferState.OVER:
        raise TicketingError(_("“%(name)s” is no longer on sale. Nothing was held. Choose another.") % {"name": name})
    if number > ticket_type.max_per_order:
        raise TicketingError(_too_many(ticket_type))


def _too_many(ticket_type: TicketType) -> str:
    most = ticket_type.max_per_order
    sentence = ngettext(
        "One order can have at most %(most)s “%(name)s”. Nothing was held. Choose fewer, or make a second order.",
        "One order can have at most %(most)s “%(name)s”. Nothing was held. Choose fewer, or make a second order.",
        most,
    )
    return sentence % {"most": most, "name": ticket_type.name}


def _choice(draws: list[TypeQuota], number: int, *, now: datetime) -> Choice:
    ticket_type = draws[0].ticket_type
    return Choice(
        ticket_type=ticket_type,
        number=number,
        price_pence=price_pence(ticket_type, now=now),
        draws=tuple((draw.quota_id, draw.weight) for draw in draws),
    )


def _check_together(chosen: list[Choice]) -> None:
    if all(choice.ticket_type.is_addon for choice in chosen):
        raise TicketingError(
            _("A workshop needs a place at the conference beside it. Nothing was held. Choose a place as well.")
        )
    if sum(choice.number for choice in chosen) > MOST_LINES:
        raise TicketingError(
            _("One order can have at most %(most)s places. Nothing was held. Choose fewer, or make a second order.")
            % {"most": MOST_LINES}
        )


def _with_sessions(chosen: list[Choice]) -> list[tuple[Session, Choice]]:
    return [(choice.ticket_type.session, choice) for choice in chosen if choice.ticket_type.session is not None]


def _overlap(one: Session, other: Session) -> bool:
    """Whether nobody can be in both; sessions without an end are only compared by their start."""
    if one.pk == other.pk:
        return True
    first, second = sorted((one, other), key=lambda session: session.starts_at)
    return second.starts_at < (first.ends_at or first.starts_at) or first.starts_at == second.starts_at


def _too_many_addons(ticket_type: TicketType, places: int) -> str:
    sentence = ngettext(
        "You chose %(places)s place, too few people for so many of “%(name)s” and what runs at the same time. "
        "Nothing was held. Choose fewer workshops or more places.",
        "You chose %(places)s places, too few people for so many of “%(name)s” and what runs at the same time. "
        "Nothing was held. Choose fewer workshops or more places.",
        places,
    )
    return sentence % {"places": places, "name": ticket_type.name}


def still_welcome(order: Order) -> None:
    """Refuse to go on with a hold when its day was cancelled or postponed; booking closed since does not matter."""
    if order.conference.status not in {Conference.Status.ON_SALE, Conference.Status.CLOSED}:
        raise TicketingError(
            _("%(title)s does not take place as announced, so nothing can be booked. Nothing was paid.")
            % {"title": order.conference.title}
        )
