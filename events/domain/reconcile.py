"""Bringing orders into line with the money, whatever was interrupted; the worker runs it every minute."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from events.domain import money, notices, settlement
from events.domain.checkout import hold_again, page_is_closed
from events.domain.holds import let_go
from events.domain.money_path import money_path
from events.models import Order
from network_site.base.incidents import open_incident
from network_site.payments.models import CheckoutAttempt, Payment

logger = logging.getLogger(__name__)
STUCK_AFTER = timedelta(minutes=15)
DECIDE_WITHIN = timedelta(hours=24)
STUCK = "events.payment_page_stuck"


def converge(*, now: datetime, limit: int = 200) -> int:
    """Bring every order up to date; returns how many were looked at. One that fails does not stop the rest."""
    steps: list[tuple[QuerySet[Order, Order], Callable[[Order, datetime], object]]] = [
        (paid_but_not_booked(), _receive_again),
        (waiting_without_a_page(), _stop_waiting),
        (waiting_too_long(now=now), _ask_and_stop_waiting),
        (undecided(now=now), _send_late_money_back),
    ]
    return sum(_each(orders[:limit], step, now=now) for orders, step in steps)


def _each(orders: Iterable[Order], step: Callable[[Order, datetime], object], *, now: datetime) -> int:
    seen = 0
    for order in orders:
        seen += 1
        try:
            step(order, now)
        except Exception:
            logger.exception("Order %s could not be brought up to date", order.reference)
    return seen


def paid_but_not_booked() -> QuerySet[Order, Order]:
    """Orders whose money came in although they know nothing of it."""
    paid = Payment.objects.filter(reference=money.reference_of_outer_order(), amount_pence=OuterRef("total_pence"))
    open_states = [Order.Status.HELD, Order.Status.AWAITING_PAYMENT, Order.Status.EXPIRED]
    return Order.objects.filter(Exists(paid), status__in=open_states)


def waiting_without_a_page() -> QuerySet[Order, Order]:
    """Orders that wait for payment although no page can be paid any more."""
    payable = CheckoutAttempt.objects.filter(reference=money.reference_of_outer_order(), status__in=money.PAYABLE)
    return Order.objects.filter(~Exists(payable), status=Order.Status.AWAITING_PAYMENT)


def waiting_too_long(*, now: datetime) -> QuerySet[Order, Order]:
    """Orders whose page should be over by the clock; only the gateway knows."""
    return Order.objects.filter(status=Order.Status.AWAITING_PAYMENT, hold_until__lte=now).order_by("hold_until")


def undecided(*, now: datetime) -> QuerySet[Order, Order]:
    """Late money nobody decided about in time."""
    return Order.objects.filter(status=Order.Status.REFUND_DUE, refund_due_at__lte=now - DECIDE_WITHIN)


def _receive_again(order: Order, now: datetime) -> None:
    with money_path():
        payment = Payment.objects.filter(reference=order.subject, amount_pence=order.total_pence).first()
        if payment is not None and money.remaining_pence(payment):
            settlement.receive(payment, now=now)


def _stop_waiting(order: Order, now: datetime) -> None:
    """Held again while there is time, let go otherwise."""
    if order.hold_until is not None and order.hold_until > now:
        hold_again(order, now=now)
    else:
        let_go_of_unpaid(order, now=now)


def _ask_and_stop_waiting(order: Order, now: datetime) -> None:
    if page_is_closed(order, now=now):
        let_go_of_unpaid(order, now=now)
        settlement.settle_incidents(order, by=None, now=now, resolution=_("The payment service answered."), kind=STUCK)
    elif order.hold_until is not None and order.hold_until + STUCK_AFTER <= now:
        open_incident(
            STUCK,
            subject=order.subject,
            sentence=_("Whether order %(ref)s was paid cannot be found out: the payment service does not answer.")
            % {"ref": order.reference},
            advice=_("Its places stay held. It is asked again every minute; look at the payment service's own page."),
        )


def let_go_of_unpaid(order: Order, *, now: datetime) -> bool:
    """Waiting for payment -> expired, once no page can be paid; the buyer is told."""
    with money_path():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.status != Order.Status.AWAITING_PAYMENT or money.payable_attempt(locked) is not None:
            return False
        Order.objects.filter(pk=order.pk).update(status=Order.Status.EXPIRED)
        let_go(locked, now=now)
        notices.hold_lost(locked)
    return True


def _send_late_money_back(order: Order, now: datetime) -> None:
    settlement.refund_late(order, by=None, now=now)
