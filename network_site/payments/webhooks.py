"""The gateway's messages: verified, stored, then acted on by reading the object again, in any order and number."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from network_site.payments import alarms, disputes, refunds, transactions
from network_site.payments.errors import PaymentError
from network_site.payments.gateway import PaymentFacts, current_gateway
from network_site.payments.models import CheckoutAttempt, Payment, WebhookEvent
from network_site.payments.settlement import Outcome, settle

log = logging.getLogger(__name__)
Status = WebhookEvent.Status
TRIES_BEFORE_ALARM = 6
NOTE_LENGTH = 300


def receive(body: bytes, *, signature: str, now: datetime | None = None) -> WebhookEvent:
    """Verify a message, store it, act on it; a failure is stored and tried again by the worker.

    Raises BadSignature, with nothing stored, when it is not the gateway's.
    """
    now = now or timezone.now()
    facts = current_gateway().read_event(body, signature=signature)
    with transactions.short():
        event, _new = WebhookEvent.objects.get_or_create(
            external_id=facts.event_id,
            defaults={"kind": facts.kind, "is_live": facts.is_live, "payload": facts.payload, "received_at": now},
        )
    return process(event, now=now)


def process(event: WebhookEvent, *, now: datetime | None = None) -> WebhookEvent:
    """Act on a stored message; may be repeated, because all it does may be."""
    now = now or timezone.now()
    act = ACTIONS.get(event.kind)
    try:
        is_ours = act is not None and _is_our_mode(event) and act(event.payload, now)
    except Exception as error:
        log.exception("Event %s (%s) failed", event.external_id, event.kind)
        return _failed(event, error=error)
    return _mark(event, status=Status.DONE if is_ours else Status.IGNORED, now=now)


def _is_our_mode(event: WebhookEvent) -> bool:
    if event.is_live == current_gateway().is_live:
        return True
    alarms.wrong_mode(event)
    return False


def _mark(event: WebhookEvent, *, status: WebhookEvent.Status, now: datetime) -> WebhookEvent:
    with transactions.short():
        WebhookEvent.objects.filter(pk=event.pk).update(
            status=status, handled_at=now, attempts=F("attempts") + 1, error=""
        )
    event.refresh_from_db()
    return event


def _failed(event: WebhookEvent, *, error: Exception) -> WebhookEvent:
    said = error.detail if isinstance(error, PaymentError) else f"{type(error).__name__}: {error}"
    with transactions.short():
        # A copy that was handled in the meantime stays handled.
        WebhookEvent.objects.filter(pk=event.pk).exclude(status=Status.DONE).update(
            status=Status.FAILED, attempts=F("attempts") + 1, error=said
        )
        event.refresh_from_db()
        if event.status == Status.FAILED and event.attempts >= TRIES_BEFORE_ALARM:
            alarms.message_failing(event)
    return event


def _on_session(about: dict[str, Any], now: datetime) -> bool:
    return settle(about["id"], now=now) != Outcome.UNKNOWN


def _on_decline(about: dict[str, Any], now: datetime) -> bool:
    facts = current_gateway().look_up_payment(about["id"])
    noted = CheckoutAttempt.objects.filter(idempotency_key=facts.key, status=CheckoutAttempt.Status.OPEN).update(
        note=facts.problem[:NOTE_LENGTH]
    )
    return bool(noted)


def _on_charge(about: dict[str, Any], now: datetime) -> bool:
    """A charge says only that something was refunded; the refunds themselves are asked for."""
    payment = _payment(about.get("payment_intent"), now=now)
    if payment is None:
        return False
    for facts in current_gateway().refunds_of(payment.external_id):
        refunds.adopt(payment, facts=facts, now=now)
    return True


def _on_refund(about: dict[str, Any], now: datetime) -> bool:
    facts = current_gateway().look_up_refund(about["id"])
    payment = _payment(facts.payment_id, now=now)
    if payment is None:
        return False
    refunds.adopt(payment, facts=facts, now=now)
    return True


def _on_dispute(about: dict[str, Any], now: datetime) -> bool:
    facts = current_gateway().look_up_dispute(about["id"])
    payment = _payment(facts.payment_id, now=now)
    if payment is None:
        return False
    disputes.note(payment, facts=facts)
    return True


def _payment(payment_id: str | None, *, now: datetime) -> Payment | None:
    """Our record of a payment; when a refund's message overtook the payment's, the payment is settled first."""
    if not payment_id:
        return None
    gateway = current_gateway()
    known = Payment.objects.filter(method=gateway.name, external_id=payment_id)
    payment = known.first()
    if payment is None and _settle_first(gateway.look_up_payment(payment_id), now=now):
        payment = known.first()
    return payment


def _settle_first(facts: PaymentFacts, *, now: datetime) -> bool:
    attempt = CheckoutAttempt.objects.filter(idempotency_key=facts.key).first()
    if attempt is None:
        return False
    if attempt.session_id is None:
        raise PaymentError("The page this was paid on is not written down yet; tried again later.")
    settle(attempt.session_id, now=now)
    return True


ACTIONS: dict[str, Callable[[dict[str, Any], datetime], bool]] = {
    "checkout.session.completed": _on_session,
    "checkout.session.async_payment_succeeded": _on_session,
    "checkout.session.async_payment_failed": _on_session,
    "checkout.session.expired": _on_session,
    "payment_intent.payment_failed": _on_decline,
    "charge.refunded": _on_charge,
    "refund.created": _on_refund,
    "refund.updated": _on_refund,
    "refund.failed": _on_refund,
    "charge.dispute.created": _on_dispute,
    "charge.dispute.updated": _on_dispute,
    "charge.dispute.closed": _on_dispute,
    "charge.dispute.funds_withdrawn": _on_dispute,
    "charge.dispute.funds_reinstated": _on_dispute,
}
