"""Money came in: book the places, or decide what becomes of money that came too late."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain import ledger, money, notices
from events.domain.errors import TicketingError
from events.domain.holds import expire_lapsed
from events.domain.money_path import money_path
from events.models import CapacityClaim, Conference, Order, OrderLine
from network_site.base import audit
from network_site.base.dates import LONDON
from network_site.base.incidents import open_incident, resolve_incident
from network_site.base.models import Incident
from network_site.base.money import pounds
from network_site.payments.models import Payment, Refund
from network_site.people.models import User

LATE = "events.late_money"


def on_payment_settled(sender: Any, *, payment: Payment, **_more: Any) -> None:
    """Receiver of `payment_settled`, inside the transaction that writes the payment down."""
    if payment.reference.startswith(money.PREFIX):
        receive(payment, now=payment.received_at)


def on_payment_refunded(sender: Any, *, refund: Refund, **_more: Any) -> None:
    """Receiver of `payment_refunded`: money that left without a decision here needs one about the places."""
    order = money.order_of(refund.payment.reference) if refund.payment.reference.startswith(money.PREFIX) else None
    if order is None:
        return
    audit.record("refunded", subject=order.subject, pence=refund.amount_pence, refund=refund.pk)
    if refund.origin == Refund.Origin.GATEWAY and order.status in Order.HOLDING:
        open_incident(
            "events.refunded_elsewhere",
            subject=order.subject,
            sentence=_("%(amount)s of order %(ref)s was sent back at the payment service, but its places are booked.")
            % {"amount": pounds(refund.amount_pence), "ref": order.reference},
            advice=_("Cancel the places that were paid back, without another refund."),
        )


def receive(payment: Payment, *, now: datetime) -> None:
    """Let an order's money do what it can: book, book late, wait for a decision, or go back."""
    order = money.order_of(payment.reference)
    if order is None:
        _nobody_knows(payment)
    elif (payment.amount_pence, payment.currency) != (order.total_pence, order.currency):
        _wrong_amount(order, payment)
    elif not book(order, now=now):
        _receive_late(Order.objects.select_for_update().get(pk=order.pk), payment, now=now)


def book(order: Order, *, now: datetime) -> bool:
    """Turn a hold into booked places, inside the caller's transaction; False when it is a hold no longer."""
    mine = Order.objects.filter(pk=order.pk, status__in=[Order.Status.HELD, Order.Status.AWAITING_PAYMENT])
    if not mine.update(status=Order.Status.PAID, paid_at=now):
        return False
    _confirm(order, now=now)
    return True


def book_free(order: Order, *, now: datetime) -> bool:
    """Book a hold that costs nothing, inside the caller's transaction; False when it is a hold no longer."""
    mine = Order.objects.filter(pk=order.pk, status=Order.Status.HELD, hold_until__gt=now, total_pence=0)
    if not mine.update(status=Order.Status.PAID, paid_at=now):
        return False
    _confirm(order, now=now)
    return True


def _confirm(order: Order, *, now: datetime, by: User | None = None, **data: Any) -> None:
    """What follows once an order is paid, whichever way it came there."""
    lines = order.lines.all()
    lines.update(status=OrderLine.Status.VALID, cancelled_at=None, cancelled_by=None)
    audit.record("booked", subject=order.subject, by=by, pence=order.total_pence, **data)
    notices.booked(order, lines=lines)
    order.status, order.paid_at = Order.Status.PAID, now


def _receive_late(order: Order, payment: Payment, *, now: datetime) -> None:
    if order.paid_at is not None or order.status == Order.Status.REFUND_DUE:
        _send_extra_back(order, payment, now=now)
    elif order.status == Order.Status.EXPIRED and _is_still_on(order.conference, now=now) and _claim_again(order, now):
        Order.objects.filter(pk=order.pk).update(status=Order.Status.PAID, paid_at=now)
        _confirm(order, now=now, late=True)
    else:
        _decide_later(order, payment, now=now)


def _is_still_on(conference: Conference, *, now: datetime) -> bool:
    welcome = {Conference.Status.ON_SALE, Conference.Status.CLOSED}
    return conference.status in welcome and now.astimezone(LONDON).date() <= conference.last_day


def _claim_again(order: Order, now: datetime) -> bool:
    """Take the room that an expired order had, if it is still or again there."""
    had = _what_it_had(order)
    if not _claimed(had) and not (expire_lapsed(now=now, conference=order.conference) and _claimed(had)):
        return False
    _write_claims(had, now=now)
    return True


def _claimed(had: dict[tuple[int, int], int]) -> bool:
    """Try to count these units as taken; where one quota has too little, none is counted."""
    try:
        with transaction.atomic():
            ledger.claim(_summed(had), even_if_closed=True)
    except ledger.NoRoom:
        return False
    return True


def _what_it_had(order: Order) -> dict[tuple[int, int], int]:
    """(line key, quota key) -> units of the claims an order let go of."""
    claims = CapacityClaim.objects.filter(order_line__order=order).order_by()
    had = claims.values_list("order_line_id", "quota_id").annotate(units=Max("units"))
    return {(line_id, quota_id): units for line_id, quota_id, units in had if line_id is not None}


def _summed(had: dict[tuple[int, int], int]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for (_line_id, quota_id), units in had.items():
        sums[quota_id] = sums.get(quota_id, 0) + units
    return sums


def _write_claims(had: dict[tuple[int, int], int], *, now: datetime) -> None:
    CapacityClaim.objects.bulk_create(
        CapacityClaim(order_line_id=line_id, quota_id=quota_id, units=units, created_at=now)
        for (line_id, quota_id), units in had.items()
    )


def _decide_later(order: Order, payment: Payment, *, now: datetime) -> None:
    """No room: staff seat them or send the money back; after a day it goes back by itself."""
    Order.objects.filter(pk=order.pk).update(status=Order.Status.REFUND_DUE, refund_due_at=now)
    audit.record("paid too late", subject=order.subject, pence=payment.amount_pence, payment=payment.pk)
    notices.late_money(order, payment=payment, is_extra=False)
    open_incident(
        LATE,
        subject=order.subject,
        sentence=_("%(amount)s for order %(ref)s came after its places were let go, and there is no room for them.")
        % {"amount": pounds(payment.amount_pence), "ref": order.reference},
        advice=_(
            "Seat them, which makes room for them, or send the money back. After 24 hours it goes back by itself."
        ),
    )


def _send_extra_back(order: Order, payment: Payment, *, now: datetime) -> None:
    """Somebody paid an order that needs no more money: it goes back, and the worker submits it."""
    reason = _("The order had been paid before.")
    money.ask_back_of(payment, pence=payment.amount_pence, reason=reason, by=None, now=now, origin="late_money")
    audit.record("paid twice", subject=order.subject, pence=payment.amount_pence, payment=payment.pk)
    notices.late_money(order, payment=payment, is_extra=True)


def _nobody_knows(payment: Payment) -> None:
    open_incident(
        "events.unknown_order",
        subject=payment.reference,
        sentence=_("%(amount)s came in for an order that does not exist.") % {"amount": pounds(payment.amount_pence)},
        advice=_("Find out who paid and send the money back at the payment service."),
        data={"payment": payment.pk},
    )


def _wrong_amount(order: Order, payment: Payment) -> None:
    open_incident(
        "events.wrong_amount",
        subject=order.subject,
        sentence=_("%(paid)s came in for order %(ref)s, which costs %(total)s. Nothing was booked.")
        % {
            "paid": pounds(payment.amount_pence),
            "ref": order.reference,
            "total": pounds(order.total_pence),
        },
        advice=_("Ask the buyer, then send the money back at the payment service."),
        data={"payment": payment.pk},
    )


def seat_late(order: Order, *, by: User | None, now: datetime | None = None) -> None:
    """Book an order whose money came too late, making quotas larger where they are full; logged."""
    now = now or timezone.now()
    with money_path():
        mine = Order.objects.filter(pk=order.pk, status=Order.Status.REFUND_DUE)
        if not mine.update(
            status=Order.Status.PAID, paid_at=now, refund_due_at=None, cancelled_at=None, cancelled_by=None
        ):
            raise TicketingError(_decided())
        if money.kept_pence(order) < order.total_pence:
            raise TicketingError(_("The money is already on its way back, so these places cannot be booked with it."))
        had = _what_it_had(order)
        grown = ledger.claim_and_grow(_summed(had))
        _write_claims(had, now=now)
        _confirm(order, now=now, by=by, late=True, grown={str(key): units for key, units in grown.items()})
        settle_incidents(order, by=by, now=now, resolution=_("Seated."))
    order.refresh_from_db()


def refund_late(order: Order, *, by: User | None, now: datetime | None = None) -> None:
    """Send back money that came too late; the order is cancelled."""
    now = now or timezone.now()
    with money_path():
        mine = Order.objects.filter(pk=order.pk, status=Order.Status.REFUND_DUE)
        if not mine.update(status=Order.Status.CANCELLED, cancelled_at=now, cancelled_by=by):
            raise TicketingError(_decided())
        lines = list(order.lines.all())
        order.lines.update(status=OrderLine.Status.CANCELLED, cancelled_at=now, cancelled_by=by)
        reason = _("It came after the places were gone.")
        asked = money.ask_back(order, pence=None, reason=reason, by=by, now=now, origin="late_money")
        sent = sum(refund.amount_pence for refund in asked)
        audit.record("late money sent back", subject=order.subject, by=by, pence=sent)
        notices.cancelled(order, lines=lines, refund_pence=sent)
        settle_incidents(order, by=by, now=now, resolution=_("The money goes back."))
    money.send_back(asked)
    order.refresh_from_db()


def _decided() -> str:
    return _("Somebody decided about this order before. Nothing was changed. Look at it again.")


def settle_incidents(order: Order, *, by: User | None, now: datetime, resolution: str, kind: str = LATE) -> None:
    """Close what staff were asked about an order."""
    for incident in Incident.objects.filter(kind=kind, subject=order.subject, resolved_at=None):
        resolve_incident(incident, by=by, resolution=resolution, now=now)
