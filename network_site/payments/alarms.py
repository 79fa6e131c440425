"""The incidents of payments: what staff are told, in one place."""

from django.utils import timezone

from network_site.base.dates import when
from network_site.base.incidents import open_incident, resolve_incident
from network_site.base.models import Incident
from network_site.base.money import pounds
from network_site.payments.errors import PaymentError
from network_site.payments.gateway import DisputeFacts, SessionFacts
from network_site.payments.models import CheckoutAttempt, Payment, Refund, WebhookEvent

SUBJECT_LENGTH = 80


def payments_refused(gateway_name: str, *, about: str, error: PaymentError) -> Incident:
    """The gateway says no to what we ask; most often a key that is wrong or was withdrawn."""
    return open_incident(
        "payments_refused",
        subject=f"gateway:{gateway_name}",
        sentence="The payment service refused us, so visitors may be unable to pay or be refunded. "
        f"First seen with {about}: {error.detail}",
        advice="Check the payment service's key in the settings and its status page, then try a booking yourself.",
        data={"about": about, "detail": error.detail},
    )


def mismatch(attempt: CheckoutAttempt, *, facts: SessionFacts, wrong: dict[str, list[str]]) -> Incident:
    """A page was paid, but not as we asked; nothing is handed out for it."""
    named = ", ".join(f"{name} {got} instead of {asked}" for name, (asked, got) in wrong.items())
    return open_incident(
        "payment_mismatch",
        subject=attempt.reference,
        sentence=f"A payment came in that is not the one we asked for: {named}. Nothing was handed out for it.",
        advice=f"Look at session {facts.session_id} in the payment service. Refund it there, or put the booking right.",
        data={"session": facts.session_id, "payment": facts.payment_id, "wrong": wrong},
    )


def unknown_money(facts: SessionFacts) -> Incident:
    """Somebody paid on a page we know nothing of."""
    return open_incident(
        "unknown_payment",
        subject=f"session:{facts.session_id}"[:SUBJECT_LENGTH],
        sentence=f"{pounds(facts.amount_pence)} was paid on a page this site did not make. "
        f"It names “{facts.reference or 'nothing'}”.",
        advice="Find it in the payment service. If it is not from another site of yours, refund it there.",
        data={"session": facts.session_id, "payment": facts.payment_id, "reference": facts.reference},
    )


def page_stuck(attempt: CheckoutAttempt, *, error: PaymentError) -> Incident:
    """A page is long over its time and the gateway does not say what became of it."""
    return open_incident(
        "payment_stuck",
        subject=attempt.reference,
        sentence="We cannot find out whether this was paid, so what it pays for stays held. "
        f"The payment service says: {error.detail}",
        advice="Nothing to do if the payment service is down: we ask again every few minutes. Otherwise look there.",
        data={"attempt": attempt.idempotency_key, "detail": error.detail},
    )


def page_unstuck(attempt: CheckoutAttempt) -> None:
    """The gateway answered after all."""
    for incident in Incident.objects.filter(kind="payment_stuck", subject=attempt.reference, resolved_at=None):
        resolve_incident(incident, by=None, resolution="The payment service answered.")


def refund_failed(refund: Refund, *, why: str) -> Incident:
    """Money did not go back, perhaps days after it seemed to."""
    return open_incident(
        "refund_failed",
        subject=refund.payment.reference,
        sentence=f"A refund of {pounds(refund.amount_pence)} did not reach the buyer: {why}.",
        advice="Ask the buyer for another way to pay it back, or request the refund again.",
        data={"refund": refund.pk, "external_id": refund.external_id or "", "why": why},
    )


def refund_unclear(refund: Refund, *, error: PaymentError) -> Incident:
    """We cannot tell whether a refund was made."""
    return open_incident(
        "refund_unclear",
        subject=refund.payment.reference,
        sentence=f"We cannot tell whether a refund of {pounds(refund.amount_pence)} was made: {error.detail}",
        advice="Look at the payment in the payment service before refunding again.",
        data={"refund": refund.pk, "detail": error.detail},
    )


def dispute_opened(payment: Payment, *, facts: DisputeFacts) -> Incident:
    """Somebody asked their bank for the money back."""
    due = f" before {when(facts.due_at.date())}" if facts.due_at else ""
    return open_incident(
        "dispute",
        subject=payment.reference,
        sentence=f"The buyer asked their bank for {pounds(facts.amount_pence)} back. Answer{due}, or it is lost.",
        advice="Answer in the payment service's dashboard. Refunds of this payment are stopped until it is over.",
        data={"dispute": facts.dispute_id, "due_at": facts.due_at.isoformat() if facts.due_at else None},
    )


def dispute_over(payment: Payment, *, facts: DisputeFacts) -> None:
    """The bank decided; when the money is gone a human decides about what it paid for."""
    for incident in Incident.objects.filter(kind="dispute", subject=payment.reference, resolved_at=None):
        if incident.data.get("dispute") == facts.dispute_id:
            resolve_incident(incident, by=None, resolution=f"The dispute is over: {facts.status}.", now=timezone.now())
    if facts.status == "lost":
        open_incident(
            "dispute_lost",
            subject=payment.reference,
            sentence=f"The bank gave {pounds(facts.amount_pence)} back to the buyer.",
            advice="Decide whether what was paid for is kept or cancelled.",
            data={"dispute": facts.dispute_id},
        )


def wrong_mode(event: WebhookEvent) -> Incident:
    """Test messages reach the live site, or the other way round."""
    return open_incident(
        "payments_mode",
        subject="webhook",
        sentence="The payment service sends messages of its "
        + ("live" if event.is_live else "test")
        + " mode to a site that uses the other. They are not acted on.",
        advice="Check which mode the webhook and the key in the settings belong to.",
        data={"event": event.external_id},
    )


def message_failing(event: WebhookEvent) -> Incident:
    """A message of the gateway was tried so often that a human should look."""
    return open_incident(
        "payment_message_failing",
        subject=f"event:{event.external_id}"[:SUBJECT_LENGTH],
        sentence=f"A message of the payment service ({event.kind}) could not be handled: {event.error}",
        advice="Look at the object it is about in the payment service, then try the message again.",
        data={"event": event.external_id, "kind": event.kind},
    )
