"""Which letters an order causes; each is promised once, in the transaction of what it tells of."""

from collections.abc import Iterable

from events.models import Order, OrderLine
from network_site.mail.outbox import queue
from network_site.payments.models import Payment


def booked(order: Order, *, lines: Iterable[OrderLine]) -> None:
    """The confirmation to the buyer, and each delegate's own place to everybody with another address."""
    queue(
        "events.order_paid",
        to=order.buyer_email,
        dedupe_key=f"order_paid:{order.reference}",
        payload={"order": order.pk},
    )
    for line in lines:
        address = line.attendee_email
        if line.parent_id is None and address and address.casefold() != order.buyer_email.casefold():
            queue(
                "events.place",
                to=address,
                # The same key as when a name is changed later: back to the first name is no reason to write again.
                dedupe_key=f"place:{order.reference}:{line.number}:{address.casefold()}"[:160],
                payload={"order": order.pk, "line": line.pk},
            )


def cancelled(order: Order, *, lines: Iterable[OrderLine], refund_pence: int) -> None:
    """What was cancelled, and how much money goes back; one letter for each set of places."""
    numbers = sorted(line.number for line in lines)
    if order.buyer_email and numbers:
        queue(
            "events.order_cancelled",
            to=order.buyer_email,
            dedupe_key=f"order_cancelled:{order.reference}:{numbers[0]}",
            payload={"order": order.pk, "lines": numbers, "refund_pence": refund_pence},
        )


def late_money(order: Order, *, payment: Payment, is_extra: bool) -> None:
    """Money came when the places were gone (`is_extra`: or had been paid already)."""
    queue(
        "events.late_money",
        to=order.buyer_email,
        dedupe_key=f"late_money:{order.reference}:{payment.pk}",
        payload={"order": order.pk, "payment": payment.pk, "is_extra": is_extra},
    )


def hold_lost(order: Order) -> None:
    """The page for paying was closed and the places let go: the page may still be on somebody's screen."""
    queue(
        "events.hold_lost",
        to=order.buyer_email,
        dedupe_key=f"hold_lost:{order.reference}",
        payload={"order": order.pk},
    )
