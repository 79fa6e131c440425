"""Orders in every state, made as visitors make them: through the verbs, with the practice gateway."""

from datetime import datetime, timedelta

import time_machine

from events.domain import cancellation, checkout, holds, ledger, reconcile
from events.models import Order, Quota, TicketType
from network_site.payments import attempts, practice_gateway
from network_site.payments.models import CheckoutAttempt
from network_site.payments.settlement import settle
from tests.factories.conferences import NOW

SITE = "http://testserver"


def at(moment: datetime):
    """Everybody's clock, the gateway's too, stands at `moment`."""
    return time_machine.travel(moment, tick=False)


def held(ticket_type: TicketType, number: int = 1, *, addons: dict[TicketType, int] | None = None, now=NOW) -> Order:
    """Places somebody holds and has not named."""
    choices = {ticket_type.pk: number} | {addon.pk: count for addon, count in (addons or {}).items()}
    return holds.place_hold(ticket_type.conference, choices=choices, now=now)


def name(order: Order, *, email: str = "", people: dict[int, tuple[str, str]] | None = None, now=NOW) -> Order:
    """Say who books and who comes."""
    places = order.lines.filter(parent=None).values_list("number", flat=True)
    checkout.name_people(
        order,
        buyer_name="Ada Buyer",
        buyer_email=email or f"{order.reference.lower()}@example.org",
        organisation="Example NHS Trust",
        attendees=people or {number: (f"Delegate {number}", "") for number in places},
        now=now,
    )
    return order


def named(ticket_type: TicketType, number: int = 1, *, email: str = "", now=NOW, **more) -> Order:
    """Places that are held and named."""
    return name(held(ticket_type, number, now=now, **more), email=email, now=now)


def paying(ticket_type: TicketType, number: int = 1, *, now=NOW, **more) -> Order:
    """An order whose page for paying is open."""
    order = named(ticket_type, number, now=now, **more)
    with at(now):
        checkout.start(order, now=now, site_url=SITE)
    return order


def session_of(order: Order) -> str:
    """The gateway's name for the order's newest page."""
    attempt = CheckoutAttempt.objects.filter(reference=order.subject).order_by("number").last()
    return str(attempt.session_id) if attempt else ""


def pay(order: Order, *, now=NOW) -> bool:
    """The buyer pays on the page; the site does not know yet."""
    with at(now):
        return practice_gateway.decide(session_of(order), "pay")


def booked(ticket_type: TicketType, number: int = 1, *, now=NOW, **more) -> Order:
    """Booked places; paid for, or free."""
    if not ticket_type.price_pence:
        order = named(ticket_type, number, now=now, **more)
        checkout.start(order, now=now, site_url=SITE)
        return order
    order = paying(ticket_type, number, now=now, **more)
    pay(order, now=now)
    with at(now):
        return checkout.refresh(order, now=now)


def expired(ticket_type: TicketType, number: int = 1, *, now=NOW, **more) -> Order:
    """Places that were held until now and let go."""
    long_ago = now - timedelta(days=1)
    order = held(ticket_type, number, now=long_ago, **more)
    holds.expire(order, now=now)
    order.refresh_from_db()
    return order


def cancelled(ticket_type: TicketType, number: int = 1, *, now=NOW, refund: bool = True, **more) -> Order:
    """Booked places that were cancelled."""
    order = booked(ticket_type, number, now=now, **more)
    with at(now):
        cancellation.cancel_order(order, by=None, now=now, refund=refund, reason="Changed plans")
    return order


def paid_behind_our_back(ticket_type: TicketType, number: int = 1, *, now=NOW, **more) -> Order:
    """An order we let go of, whose page was paid before it was closed: the money is at the gateway, unknown to us."""
    order = paying(ticket_type, number, now=now, **more)
    pay(order, now=now)
    # As after a crash or a lost answer: our books say that the page is over.
    CheckoutAttempt.objects.filter(reference=order.subject).update(status=CheckoutAttempt.Status.EXPIRED)
    later = now + checkout.PAGE_LIFE + checkout.GRACE
    reconcile.let_go_of_unpaid(order, now=later)
    order.refresh_from_db()
    return order


def refund_due(ticket_type: TicketType, number: int = 1, *, now=NOW, **more) -> Order:
    """Money that came too late and found no room: what the quotas had left is kept back."""
    order = paid_behind_our_back(ticket_type, number, now=now, **more)
    for quota in Quota.objects.filter(type_quotas__ticket_type=ticket_type, size__isnull=False):
        if quota.left:
            ledger.keep_back(quota, units=quota.left, reason="Nobody, to fill the room", by=None, now=now)
    with at(now):
        settle(session_of(order), now=now)
    order.refresh_from_db()
    return order


def close_page(order: Order, *, now=NOW) -> None:
    """The page for paying is closed at the gateway; the order does not know yet."""
    with at(now):
        attempts.close(CheckoutAttempt.objects.get(session_id=session_of(order)), now=now)
