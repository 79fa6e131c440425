"""Giving up places: a whole order, or one place of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.domain import ledger, money, notices
from events.domain.checkout import page_is_closed
from events.domain.errors import TicketingError
from events.domain.money_path import money_path
from events.models import CapacityClaim, Order, OrderLine
from network_site.base import audit
from network_site.payments.models import Refund
from network_site.people.models import User


def cancel_order(order: Order, *, by: User | None, now: datetime, refund: bool, reason: str = "") -> None:
    """Cancel a held, waiting or booked order; with `refund`, all its money goes back.

    A page that can still be paid is closed at the gateway first; if it turns out paid, that money is refunded too.
    """
    if order.status == Order.Status.AWAITING_PAYMENT and not page_is_closed(order, now=now):
        raise TicketingError(
            _("The payment service does not answer, so the page for paying may still be paid. Nothing was cancelled. "
              "Try again in a few minutes.")
        )  # fmt: skip
    with money_path():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.status not in Order.HOLDING or money.payable_attempt(locked) is not None:
            raise TicketingError(_cannot(locked))
        asked = _cancel_whole(locked, by=by, now=now, refund=refund, reason=reason)
    money.send_back(asked)
    order.refresh_from_db()


def _cannot(order: Order) -> str:
    if order.status == Order.Status.AWAITING_PAYMENT:
        return _("The buyer has just gone to pay. Nothing was cancelled. Try again.")
    return _("This order is “%(status)s”, so there is nothing to cancel. Nothing was changed.") % {
        "status": order.get_status_display().lower()
    }


def _cancel_whole(order: Order, *, by: User | None, now: datetime, refund: bool, reason: str) -> list[Refund]:
    Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED, cancelled_at=now, cancelled_by=by)
    lines = list(order.lines.exclude(status=OrderLine.Status.CANCELLED))
    _give_up(lines, by=by, now=now)
    why = reason or _("The order was cancelled.")
    asked = money.ask_back(order, pence=None, reason=why, by=by, now=now) if refund else []
    _write_down("cancelled", order, lines, asked, by=by, reason=reason)
    return asked


def cancel_line(line: OrderLine, *, by: User | None, now: datetime, refund: bool) -> None:
    """Cancel one booked place and the add-ons beside it; with the last place the order is cancelled.

    With `refund`, what these lines cost goes back.
    """
    with money_path():
        order = Order.objects.select_for_update().get(pk=line.order_id)
        valid = list(order.lines.filter(status=OrderLine.Status.VALID))
        gone = [other for other in valid if line.pk in {other.pk, other.parent_id}]
        if order.status != Order.Status.PAID or line.pk not in {other.pk for other in gone}:
            raise TicketingError(_("This place is not booked, so there is nothing to cancel. Nothing was changed."))
        if len(gone) == len(valid):
            asked = _cancel_whole(order, by=by, now=now, refund=refund, reason="")
        else:
            asked = _cancel_some(order, gone, by=by, now=now, refund=refund)
    money.send_back(asked)
    line.refresh_from_db()


def _cancel_some(order: Order, lines: list[OrderLine], *, by: User | None, now: datetime, refund: bool) -> list[Refund]:
    _give_up(lines, by=by, now=now)
    pence = sum(line.price_pence for line in lines)
    why = _("A place was cancelled.")
    asked = money.ask_back(order, pence=pence, reason=why, by=by, now=now) if refund else []
    _write_down("cancelled places", order, lines, asked, by=by, places=[line.number for line in lines])
    return asked


def _give_up(lines: list[OrderLine], *, by: User | None, now: datetime) -> None:
    keys = [line.pk for line in lines]
    OrderLine.objects.filter(pk__in=keys).update(status=OrderLine.Status.CANCELLED, cancelled_at=now, cancelled_by=by)
    ledger.release(CapacityClaim.objects.filter(order_line__in=keys), now=now)


def _write_down(
    verb: str, order: Order, lines: list[OrderLine], asked: list[Refund], *, by: User | None, **data: object
) -> None:
    pence = sum(refund.amount_pence for refund in asked)
    audit.record(verb, subject=order.subject, by=by, refund_pence=pence, **data)
    notices.cancelled(order, lines=lines, refund_pence=pence)
