"""Sending money back: requested in the feature's transaction, submitted outside, and never more than came in."""

from datetime import datetime
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.base.audit import record as record_deed
from network_site.base.money import pounds
from network_site.payments import alarms, transactions
from network_site.payments.errors import GatewayRefused, KeyReused, PaymentError, WrongKey
from network_site.payments.gateway import RefundFacts, current_gateway
from network_site.payments.models import Payment, Refund
from network_site.payments.signals import payment_refunded
from network_site.people.models import User

Status = Refund.Status
GONE_WRONG = (Status.FAILED, Status.CANCELLED)
REASON_LENGTH = 300


def refundable_pence(payment: Payment) -> int:
    """What may still go back of a payment: what came in, less every refund that did not fail."""
    gone = payment.refunds.exclude(status__in=GONE_WRONG).aggregate(sum=Sum("amount_pence"))["sum"] or 0
    return max(payment.amount_pence - gone, 0)


def request(
    payment: Payment,
    *,
    amount_pence: int,
    reason: str,
    by: User | None,
    now: datetime | None = None,
    origin: str = Refund.Origin.STAFF,
) -> Refund:
    """Decide a refund, in a transaction; `submit` carries it out after the commit, or the worker does.

    Raises PaymentError when it is nothing, more than is left of the payment, or a dispute is open.
    """
    with transactions.short(durable=False):
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        _check(locked, amount_pence)
        refund = Refund.objects.create(
            payment=locked,
            amount_pence=amount_pence,
            origin=origin,
            reason=reason[:REASON_LENGTH],
            idempotency_key=f"re:{locked.reference}:{locked.pk}:{locked.refunds.count() + 1}",
            requested_at=now or timezone.now(),
            requested_by=by,
        )
        record_deed("refund requested", subject=locked.reference, by=by, amount_pence=amount_pence, reason=reason)
    return refund


def submit(refund: Refund, *, now: datetime | None = None) -> Refund:
    """Ask the gateway to send the money; may be repeated.

    Raises GatewayUnreachable (it is tried again), or GatewayRefused: the refund has failed and staff are told, unless
    the no was not about this refund (a wrong key), when it waits.
    """
    refund.refresh_from_db()
    if refund.status != Status.REQUESTED:
        return refund
    payment = refund.payment
    try:
        facts = current_gateway().refund(
            payment_id=payment.external_id,
            amount_pence=refund.amount_pence,
            idempotency_key=refund.idempotency_key,
            reference=payment.reference,
        )
    except WrongKey as error:
        alarms.payments_refused(payment.method, about=payment.reference, error=error)
        raise
    except KeyReused as error:
        alarms.refund_unclear(refund, error=error)
        raise
    except GatewayRefused as error:
        _fail(refund, error=error, now=now or timezone.now())
        raise
    return apply(refund, facts=facts, now=now or timezone.now())


def catch_up(refund: Refund, *, now: datetime | None = None) -> Refund:
    """Find out what became of a refund, and submit it if the gateway never heard of it; may be repeated.

    A key is remembered by the gateway for a day only, so an old request is looked for before it is made again.
    """
    now = now or timezone.now()
    gateway = current_gateway()
    if refund.external_id:
        return apply(refund, facts=gateway.look_up_refund(refund.external_id), now=now)
    for facts in gateway.refunds_of(refund.payment.external_id):
        if facts.key == refund.idempotency_key:
            return apply(refund, facts=facts, now=now)
    return submit(refund, now=now)


def apply(refund: Refund, *, facts: RefundFacts, now: datetime) -> Refund:
    """Record what the gateway says of a refund; tells the features once when it succeeded, staff when it failed."""
    with transactions.short():
        moved = _move(refund, to=facts.status, now=now, external_id=facts.refund_id)
        refund.refresh_from_db()
        if moved and refund.status == Status.SUCCEEDED:
            payment_refunded.send(sender=Refund, refund=refund)
        if moved and refund.status in GONE_WRONG:
            alarms.refund_failed(refund, why=f"the payment service calls it {refund.get_status_display().lower()}")
    return refund


def adopt(payment: Payment, *, facts: RefundFacts, now: datetime | None = None) -> Refund:
    """Bring a refund up to date that the gateway speaks of; one made in its own dashboard is written down first."""
    now = now or timezone.now()
    with transactions.short():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        refund = _known(locked, facts) or Refund.objects.create(
            payment=locked,
            amount_pence=facts.amount_pence,
            status=Status.SUBMITTED,
            origin=Refund.Origin.GATEWAY,
            idempotency_key=f"gateway:{facts.refund_id}",
            external_id=facts.refund_id,
            requested_at=now,
        )
    return apply(refund, facts=facts, now=now)


def _known(payment: Payment, facts: RefundFacts) -> Refund | None:
    """Ours by the gateway's name for it, or by our own name when its message overtook our writing it down."""
    by_name = Q(external_id=facts.refund_id)
    return payment.refunds.filter(by_name | Q(idempotency_key=facts.key) if facts.key else by_name).first()


def _check(payment: Payment, amount_pence: int) -> None:
    if amount_pence <= 0:
        raise PaymentError(_("A refund must be more than nothing."))
    if payment.disputes.filter(is_open=True).exists():
        raise PaymentError(
            _("The buyer has asked their bank for this money, so it cannot be refunded as well. Answer the bank first.")
        )
    left = refundable_pence(payment)
    if amount_pence > left:
        raise PaymentError(
            _("Only %(left)s of this payment is left to refund. Nothing was refunded; ask for less.")
            % {"left": pounds(left, exact=True)}
        )


def _move(refund: Refund, *, to: str, now: datetime, external_id: str = "") -> bool:
    """Compare and set; the caller that gets True does what follows from it."""
    before = [state for state, after in Refund.ALLOWED.items() if to in after]
    facts: dict[str, Any] = {"external_id": external_id} if external_id else {}
    ends = {} if to == Status.SUBMITTED else {"settled_at": now}
    rows = Refund.objects.filter(pk=refund.pk)
    moved = rows.filter(status__in=before).update(status=to, checked_at=now, **facts, **ends)
    if not moved:
        rows.update(checked_at=now)
    return bool(moved)


def _fail(refund: Refund, *, error: GatewayRefused, now: datetime) -> None:
    with transactions.short():
        if _move(refund, to=Status.FAILED, now=now):
            alarms.refund_failed(refund, why=error.detail)
    refund.refresh_from_db()
