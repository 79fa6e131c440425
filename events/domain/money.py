"""An order's money, as payments knows it: its bill, its payable page, what came in and what goes back."""

import logging
from collections import Counter
from datetime import datetime

from django.db.models import CharField, OuterRef, Sum, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from events.domain.errors import TicketingError
from events.models import Order, OrderLine
from network_site.payments import refunds
from network_site.payments.errors import PaymentError
from network_site.payments.gateway import Bill, BillLine
from network_site.payments.models import CheckoutAttempt, Payment, Refund
from network_site.people.models import User

logger = logging.getLogger(__name__)
PREFIX = "order:"
GONE = (Refund.Status.FAILED, Refund.Status.CANCELLED)
PAYABLE = (CheckoutAttempt.Status.CREATING, CheckoutAttempt.Status.OPEN)


def order_of(reference: str) -> Order | None:
    """The order that a payment's reference names; None when there is none."""
    return Order.objects.filter(reference=reference.removeprefix(PREFIX)).first()


def reference_of_outer_order() -> Concat:
    """The name in payments of the order that a subquery stands in."""
    return Concat(Value(PREFIX), OuterRef("reference"), output_field=CharField())


def bill(order: Order, lines: list[OrderLine], *, site_url: str) -> Bill:
    """What the buyer is asked to pay: one line for each kind of place at each price."""
    kinds = Counter((line.ticket_type.name, line.price_pence) for line in lines if line.price_pence)
    address = f"{site_url.rstrip('/')}{order.get_absolute_url()}"
    return Bill(
        reference=order.subject,
        lines=tuple(
            BillLine(name=f"{order.conference.title}: {name}", unit_pence=pence, quantity=number)
            for (name, pence), number in kinds.items()
        ),
        email=order.buyer_email,
        success_url=f"{address}return/",
        cancel_url=f"{address}back/",
        currency=order.currency,
    )


def payable_attempt(order: Order) -> CheckoutAttempt | None:
    """The order's page that can still be paid, as far as we know."""
    return CheckoutAttempt.objects.filter(reference=order.subject, status__in=PAYABLE).first()


def unsettled_attempt(order: Order) -> CheckoutAttempt | None:
    """The order's newest page that the gateway knows and that brought no money yet."""
    known = CheckoutAttempt.objects.filter(reference=order.subject, session_id__isnull=False)
    return known.exclude(status=CheckoutAttempt.Status.COMPLETE).order_by("-number").first()


def kept_pence(order: Order) -> int:
    """What came in and is not on its way back."""
    return sum(remaining_pence(payment) for payment in Payment.objects.filter(reference=order.subject))


def remaining_pence(payment: Payment) -> int:
    """What of one payment is not on its way back."""
    going = payment.refunds.exclude(status__in=GONE).aggregate(pence=Sum("amount_pence"))["pence"]
    return payment.amount_pence - (going or 0)


def ask_back(
    order: Order, *, pence: int | None, reason: str, by: User | None, now: datetime, origin: str = "staff"
) -> list[Refund]:
    """Ask for `pence` of an order's money to go back (None: all that is left), in the caller's transaction.

    The caller hands the refunds to `send_back` once it has committed. Raises TicketingError where payments says no.
    """
    asked = []
    for payment in Payment.objects.filter(reference=order.subject).order_by("pk"):
        left = remaining_pence(payment)
        amount = left if pence is None else min(left, pence)
        if amount > 0:
            asked.append(ask_back_of(payment, pence=amount, reason=reason, by=by, now=now, origin=origin))
            pence = None if pence is None else pence - amount
    return asked


def ask_back_of(
    payment: Payment, *, pence: int, reason: str, by: User | None, now: datetime, origin: str = "staff"
) -> Refund:
    """Ask for part of one payment to go back, in the caller's transaction."""
    try:
        return refunds.request(payment, amount_pence=pence, reason=reason[:300], by=by, now=now, origin=origin)
    except PaymentError as error:
        raise TicketingError(_("The money cannot go back: %(why)s Nothing was changed.") % {"why": error}) from error


def send_back(asked: list[Refund]) -> None:
    """Hand refunds to the gateway, outside transactions; what fails now is tried again by the worker."""
    for refund in asked:
        try:
            refunds.submit(refund)
        except PaymentError:
            logger.warning("Refund %s was not taken by the gateway; the worker tries again", refund.pk, exc_info=True)
