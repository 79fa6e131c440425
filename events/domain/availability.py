"""What can be bought at this moment, at which price, and how much room is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Prefetch, Sum

from events.models import CapacityClaim, Conference, Order, Quota, TicketType, TypeQuota
from network_site.base.dates import LONDON


class OfferState(StrEnum):
    """Whether a ticket type can be bought, and if not, why."""

    ON_SALE = "on_sale"
    SOLD_OUT = "sold_out"
    NOT_YET = "not_yet"
    OVER = "over"
    CLOSED = "closed"


@dataclass(frozen=True)
class Offer:
    """A ticket type as a buyer sees it; `left` is None where it never runs out, `most` is what one order may take."""

    ticket_type: TicketType
    price_pence: int
    full_price_pence: int
    is_early: bool
    left: int | None
    most: int
    state: OfferState


@dataclass(frozen=True)
class Room:
    """A quota as the public sees it."""

    quota: Quota
    size: int | None
    taken: int
    left: int | None


def is_early(ticket_type: TicketType, *, now: datetime) -> bool:
    """Whether the early price still holds."""
    return ticket_type.early_until is not None and now < ticket_type.early_until


def price_pence(ticket_type: TicketType, *, now: datetime) -> int:
    """What a place costs at this moment, in pence."""
    if is_early(ticket_type, now=now) and ticket_type.early_price_pence is not None:
        return ticket_type.early_price_pence
    return ticket_type.price_pence


def is_bookable(conference: Conference, *, now: datetime) -> bool:
    """Whether places can be held at all: it is on sale and its last day is not over in London."""
    return conference.status == Conference.Status.ON_SALE and now.astimezone(LONDON).date() <= conference.last_day


def window(ticket_type: TicketType, *, now: datetime) -> OfferState:
    """Where `now` lies in the type's time of sale, whatever room there is."""
    if ticket_type.on_sale_from is not None and now < ticket_type.on_sale_from:
        return OfferState.NOT_YET
    if ticket_type.on_sale_until is not None and now >= ticket_type.on_sale_until:
        return OfferState.OVER
    if ticket_type.session is not None and now >= ticket_type.session.starts_at:
        return OfferState.OVER
    return OfferState.ON_SALE


def offers(conference: Conference, *, now: datetime) -> list[Offer]:
    """Everything the public may choose from, places first, then what is added to them; three queries."""
    draws = TypeQuota.objects.select_related("quota")
    types = (
        TicketType.objects.filter(conference=conference, is_hidden=False)
        .select_related("session")
        .prefetch_related(Prefetch("type_quotas", queryset=draws))
    )
    back = _coming_back(conference, now=now)
    found = [_offer(ticket_type, conference=conference, back=back, now=now) for ticket_type in types]
    return sorted(found, key=lambda offer: offer.ticket_type.is_addon)


def rooms(conference: Conference) -> list[Room]:
    """How full each quota is, by the ledger."""
    return [Room(quota, quota.size, quota.taken, quota.left) for quota in Quota.objects.filter(conference=conference)]


def _coming_back(conference: Conference, *, now: datetime) -> dict[int, int]:
    """Units of holds that ran out and are released by whoever asks for them next."""
    lapsed = CapacityClaim.objects.filter(
        status=CapacityClaim.Status.ACTIVE,
        order_line__order__conference=conference,
        order_line__order__status=Order.Status.HELD,
        order_line__order__hold_until__lte=now,
    )
    return dict(lapsed.order_by("quota_id").values_list("quota_id").annotate(units=Sum("units")))


def _offer(ticket_type: TicketType, *, conference: Conference, back: dict[int, int], now: datetime) -> Offer:
    draws = list(ticket_type.type_quotas.all())
    left = _left(draws, back)
    most = ticket_type.max_per_order if left is None else min(left, ticket_type.max_per_order)
    state = _state(ticket_type, draws, left, now=now) if is_bookable(conference, now=now) else OfferState.CLOSED
    return Offer(
        ticket_type=ticket_type,
        price_pence=price_pence(ticket_type, now=now),
        full_price_pence=ticket_type.price_pence,
        is_early=is_early(ticket_type, now=now),
        left=left,
        most=most if state == OfferState.ON_SALE else 0,
        state=state,
    )


def _left(draws: Iterable[TypeQuota], back: dict[int, int]) -> int | None:
    """Whole places that the scarcest of the quotas can still give."""
    limits = [
        (draw.quota.left + back.get(draw.quota_id, 0)) // draw.weight for draw in draws if draw.quota.left is not None
    ]
    return min(limits, default=None)


def _state(ticket_type: TicketType, draws: list[TypeQuota], left: int | None, *, now: datetime) -> OfferState:
    by_time = window(ticket_type, now=now)
    if by_time != OfferState.ON_SALE:
        return by_time
    if left == 0:
        return OfferState.SOLD_OUT
    # Without a quota nothing counts the places, so none is sold.
    if not draws or any(draw.quota.is_closed for draw in draws):
        return OfferState.CLOSED
    return OfferState.ON_SALE
