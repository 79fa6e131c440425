"""Holding places for a buyer, and letting go of holds that ran out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain import ledger
from events.domain.choices import Choice, places_for_addons, read_choices, units_of
from events.domain.errors import SoldOut, TicketingError
from events.domain.money_path import money_path
from events.models import CapacityClaim, Conference, Order, OrderLine, Quota
from network_site.base import freshness
from network_site.base.tokens import reference

REFERENCE_TRIES = 5
# Room may come back between a refusal and a look at it: holds run out.
TRIES = 3
# What `freshness.touch` does after a commit; in SQL for the same reason as the claim itself.
COUNT_CHANGE = "UPDATE base_freshness SET version = version + 1 WHERE id = 1"


def place_hold(conference: Conference, *, choices: Mapping[int, int], now: datetime) -> Order:
    """Hold places for `conference.hold_minutes`.

    Args:
        conference: what the places are for.
        choices: ticket type key -> how many; zeros are ignored.
        now: the moment.

    Raises:
        SoldOut: too few are free, with how many would fit.
        TicketingError: anything else that cannot be held, with what to do. Nothing is held in either case.
    """
    chosen = read_choices(conference, choices=choices, now=now)
    given = places_for_addons(chosen)
    for _try in range(TRIES):
        try:
            return _with_new_reference(conference, chosen, given, now=now)
        except ledger.NoRoom as error:
            quota_id = error.quota_id
        if not expire_lapsed(now=now, conference=conference):
            _refuse_unless_room(chosen, quota_id)
    raise TicketingError(_("Somebody was a moment faster. Nothing was held. Try again: there is room now."))


def _with_new_reference(
    conference: Conference, chosen: list[Choice], given: dict[int, list[int]], *, now: datetime
) -> Order:
    for _attempt in range(REFERENCE_TRIES):
        ours = reference()
        try:
            return _hold(conference, chosen, given, ours=ours, now=now)
        except IntegrityError:
            if not Order.objects.filter(reference=ours).exists():
                raise
    raise TicketingError(_("Your places could not be held just now. Nothing was taken. Try again."))


def _hold(
    conference: Conference, chosen: list[Choice], given: dict[int, list[int]], *, ours: str, now: datetime
) -> Order:
    with money_path():
        ledger.claim(units_of(chosen))
        order = Order.objects.create(
            reference=ours,
            conference=conference,
            total_pence=sum(choice.price_pence * choice.number for choice in chosen),
            currency=conference.currency,
            placed_at=now,
            hold_until=now + timedelta(minutes=conference.hold_minutes),
        )
        _write_lines(order, chosen, given, now=now)
        _pages_look_different()
    return order


def _pages_look_different() -> None:
    """Count the change in this transaction, last of all: a commit of its own would double the price of a hold.

    The row is locked until the commit that follows at once, by a transaction that has its quota's row locked anyway.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT_CHANGE)
        if not cursor.rowcount:
            freshness.touch()


def _write_lines(order: Order, chosen: list[Choice], given: dict[int, list[int]], *, now: datetime) -> None:
    """One line for each place, then for each add-on, and their claims: two statements, or three."""
    mains, extras = _one_by_one(chosen, is_addon=False), _one_by_one(chosen, is_addon=True)
    places = _lines(order, mains, first=1, parents=[None] * len(mains))
    OrderLine.objects.bulk_create(places)
    parents = [places[number - 1] for choice in chosen for number in given.get(choice.ticket_type.pk, ())]
    addons = _lines(order, extras, first=len(places) + 1, parents=parents)
    OrderLine.objects.bulk_create(addons)
    CapacityClaim.objects.bulk_create(
        CapacityClaim(quota_id=quota_id, units=weight, order_line=line, created_at=now)
        for line, choice in zip(places + addons, mains + extras, strict=True)
        for quota_id, weight in choice.draws
    )


def _one_by_one(chosen: list[Choice], *, is_addon: bool) -> list[Choice]:
    return [choice for choice in chosen if choice.ticket_type.is_addon == is_addon for _place in range(choice.number)]


def _lines(order: Order, each: list[Choice], *, first: int, parents: Sequence[OrderLine | None]) -> list[OrderLine]:
    return [
        OrderLine(
            order=order,
            number=number,
            ticket_type=choice.ticket_type,
            price_pence=choice.price_pence,
            parent=parent,
        )
        for number, (choice, parent) in enumerate(zip(each, parents, strict=True), start=first)
    ]


def _refuse_unless_room(chosen: list[Choice], quota_id: int) -> None:
    """Say what `quota_id` cannot give; nothing is wrong when somebody let go of enough a moment ago."""
    quota = Quota.objects.get(pk=quota_id)
    left = quota.left
    for choice in chosen:
        weight = dict(choice.draws).get(quota_id)
        if weight and quota.is_closed:
            raise TicketingError(
                _("“%(name)s” is closed for booking. Nothing was held. Choose another.")
                % {"name": choice.ticket_type.name}
            )
        if weight and left is not None:
            fits = min(left // weight, choice.number)
            if fits < choice.number:
                raise _too_few(choice, fits)
            left -= weight * choice.number


def _too_few(choice: Choice, fits: int) -> SoldOut:
    name = choice.ticket_type.name
    if not fits:
        return SoldOut(
            _("“%(name)s” is sold out. Nothing was held. Choose another.") % {"name": name},
            ticket_type=choice.ticket_type,
            fits=0,
        )
    sentence = ngettext(
        "Only %(fits)s more of “%(name)s” is free. Nothing was held. Choose %(fits)s or another.",
        "Only %(fits)s more of “%(name)s” are free. Nothing was held. Choose %(fits)s or fewer, or another.",
        fits,
    )
    return SoldOut(sentence % {"fits": fits, "name": name}, ticket_type=choice.ticket_type, fits=fits)


def expire_lapsed(*, now: datetime, limit: int = 200, conference: Conference | None = None) -> int:
    """Let go of holds that ran out, the oldest first, each in a transaction of its own; returns how many.

    An order that waits for payment is never let go by the clock: `reconcile.converge` asks the gateway first.
    """
    lapsed = Order.objects.filter(status=Order.Status.HELD, hold_until__lte=now)
    if conference is not None:
        lapsed = lapsed.filter(conference=conference)
    return sum(expire(order, now=now) for order in lapsed.order_by("hold_until")[:limit])


def expire(order: Order, *, now: datetime) -> bool:
    """Let go of one hold that ran out; False when somebody else did, or the buyer went on."""
    with money_path():
        mine = Order.objects.filter(pk=order.pk, status=Order.Status.HELD, hold_until__lte=now)
        if not mine.update(status=Order.Status.EXPIRED):
            return False
        let_go(order, now=now)
    return True


def let_go(order: Order, *, now: datetime) -> None:
    """Release the places of an order that was just moved to expired, inside that transaction."""
    ledger.release(CapacityClaim.objects.filter(order_line__order=order), now=now)
    order.lines.filter(status=OrderLine.Status.HELD).update(status=OrderLine.Status.RELEASED)
