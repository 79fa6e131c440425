"""Settling: one verb for events, return pages, jobs and staff that turns what the gateway knows into a payment."""

from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from network_site.payments import alarms, transactions
from network_site.payments.errors import UnknownToGateway
from network_site.payments.gateway import Gateway, SessionFacts, SessionState, current_gateway
from network_site.payments.models import CheckoutAttempt, Payment
from network_site.payments.signals import payment_settled

Status = CheckoutAttempt.Status


class Outcome(StrEnum):
    """What became of a payable page."""

    PAID = "paid"  # recorded just now
    ALREADY_PAID = "already_paid"
    OPEN = "open"  # may still be paid
    EXPIRED = "expired"  # can no longer be paid
    MISMATCH = "mismatch"  # paid, but not what was asked for; staff are told, nothing is handed out
    UNKNOWN = "unknown"  # not a page of ours


def settle(session_id: str, *, now: datetime | None = None, attempt: CheckoutAttempt | None = None) -> Outcome:
    """Ask the gateway about a page and record what it says; may be repeated, by anybody, in any order.

    `attempt` is the page's own, where the caller has just read it.
    Money for a page that was given up here is recorded like any other; the feature decides what becomes of it.
    Raises GatewayUnreachable, GatewayRefused or PaymentBusy, with nothing changed.
    """
    attempt = attempt or _of_page(session_id)
    if attempt is not None and attempt.status == Status.COMPLETE:
        return Outcome.ALREADY_PAID
    gateway = current_gateway()
    try:
        facts = gateway.look_up(session_id)
    except UnknownToGateway:
        if attempt is None:
            return Outcome.UNKNOWN
        raise
    attempt = attempt or _unstamped(facts)
    if attempt is None:
        return _not_ours(facts)
    return _apply(attempt, facts=facts, gateway=gateway, now=_moment(now))


def _of_page(session_id: str) -> CheckoutAttempt | None:
    return CheckoutAttempt.objects.filter(session_id=session_id).first()


def _moment(now: datetime | None) -> datetime:
    return now or timezone.now()


def mark_over(attempt: CheckoutAttempt, *, now: datetime, note: str = "") -> bool:
    """Write down that a page can no longer be paid; False when that was known."""
    facts = {"note": note} if note else {}
    return bool(
        CheckoutAttempt.objects.filter(pk=attempt.pk, status__in=_before(Status.EXPIRED)).update(
            status=Status.EXPIRED, checked_at=now, **facts
        )
    )


def differences(attempt: CheckoutAttempt, *, facts: SessionFacts, is_live: bool) -> dict[str, list[str]]:
    """Where a page is not the one we asked for: name -> what we asked, what there is."""
    pairs = {
        "reference": (attempt.reference, facts.reference),
        "amount in pence": (attempt.amount_pence, facts.amount_pence),
        "currency": (attempt.currency, facts.currency),
        "live money": (is_live, facts.is_live),
    }
    return {name: [str(asked), str(got)] for name, (asked, got) in pairs.items() if asked != got}


def _apply(attempt: CheckoutAttempt, *, facts: SessionFacts, gateway: Gateway, now: datetime) -> Outcome:
    if facts.is_paid:
        wrong = differences(attempt, facts=facts, is_live=gateway.is_live)
        if wrong:
            alarms.mismatch(attempt, facts=facts, wrong=wrong)
            _note_answer(attempt, now=now)
            return Outcome.MISMATCH
        return _record(attempt, facts=facts, method=gateway.name, now=now)
    if facts.state == SessionState.EXPIRED:
        mark_over(attempt, now=now)
        return Outcome.EXPIRED
    _note_answer(attempt, now=now)
    return Outcome.OPEN


def _record(attempt: CheckoutAttempt, *, facts: SessionFacts, method: str, now: datetime) -> Outcome:
    with transactions.short():
        won = CheckoutAttempt.objects.filter(pk=attempt.pk, status__in=_before(Status.COMPLETE)).update(
            status=Status.COMPLETE, session_id=facts.session_id, checked_at=now, note=""
        )
        if not won:
            return Outcome.ALREADY_PAID
        payment = Payment.objects.create(
            reference=attempt.reference,
            method=method,
            external_id=facts.payment_id,
            amount_pence=facts.amount_pence,
            currency=facts.currency,
            received_at=now,
            attempt=attempt,
        )
        payment_settled.send(sender=Payment, payment=payment)
    return Outcome.PAID


def _before(status: CheckoutAttempt.Status) -> list[str]:
    """The states from which an attempt may come to `status`."""
    return [before for before, after in CheckoutAttempt.ALLOWED.items() if status in after]


def _note_answer(attempt: CheckoutAttempt, *, now: datetime) -> None:
    CheckoutAttempt.objects.filter(pk=attempt.pk).update(checked_at=now)


def _unstamped(facts: SessionFacts) -> CheckoutAttempt | None:
    """The attempt a page was made for by a process that died before it wrote the page's name down."""
    if not facts.key:
        return None
    return CheckoutAttempt.objects.filter(idempotency_key=facts.key, session_id=None).first()


def _not_ours(facts: SessionFacts) -> Outcome:
    if facts.is_paid:
        alarms.unknown_money(facts)
    return Outcome.UNKNOWN
