"""A gateway on which nobody pays, used where no key is set; it keeps to the rules of the real one."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from network_site.payments import errors
from network_site.payments.gateway import (
    Bill,
    DisputeFacts,
    EventFacts,
    PaymentFacts,
    RefundFacts,
    SessionFacts,
    SessionState,
)
from network_site.payments.models import PracticeRefund, PracticeSession

SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(hours=24)
A_SECOND = timedelta(seconds=1)  # lost when the moment is frozen in whole seconds
OPEN = PracticeSession.Status.OPEN


class PracticeGateway:
    """Pay, decline or abandon on a page of our own; no money moves."""

    name = "practice"
    is_live = False

    def freeze(self, bill: Bill, *, expires_at: datetime, key: str) -> dict[str, Any]:
        """The bill as JSON."""
        return {
            "reference": bill.reference,
            "attempt": key,
            "currency": bill.currency,
            "lines": [[line.name, line.unit_pence, line.quantity] for line in bill.lines],
            "success_url": bill.success_url,
            "cancel_url": bill.cancel_url,
            "expires_at": int(expires_at.timestamp()),
        }

    def open_session(self, params: dict[str, Any], *, idempotency_key: str) -> SessionFacts:
        """Write a session down, or find the one written with this key."""
        fresh = PracticeSession(
            session_id=f"practice_{salted_hmac('practice session', idempotency_key).hexdigest()}",
            idempotency_key=idempotency_key,
            params=params,
            amount_pence=sum(unit * quantity for _name, unit, quantity in params["lines"]),
            created_at=timezone.now(),
            expires_at=datetime.fromtimestamp(params["expires_at"], tz=timezone.get_current_timezone()),
        )
        if not SHORTEST - A_SECOND <= fresh.expires_at - fresh.created_at <= LONGEST:
            return _facts(_same(idempotency_key, params))
        try:
            with transaction.atomic():
                fresh.save(force_insert=True)
        except IntegrityError:
            return _facts(_same(idempotency_key, params))
        return _facts(fresh)

    def look_up(self, session_id: str) -> SessionFacts:
        """Read a session."""
        return _facts(_find(session_id=session_id))

    def expire(self, session_id: str) -> SessionFacts:
        """Close an open session."""
        if not _open_ones(session_id).update(status=PracticeSession.Status.EXPIRED):
            _find(session_id=session_id)
            raise errors.SessionNotOpen(_("This payment page is no longer open."))
        return self.look_up(session_id)

    def look_up_payment(self, payment_id: str) -> PaymentFacts:
        """Read which attempt a payment belongs to."""
        found = _find(payment_id=payment_id)
        return PaymentFacts(
            payment_id=payment_id,
            reference=found.params["reference"],
            key=found.params["attempt"],
            problem=found.problem,
        )

    def refund(self, *, payment_id: str, amount_pence: int, idempotency_key: str, reference: str) -> RefundFacts:
        """Write a refund down; never more than was paid."""
        with transaction.atomic():
            session = PracticeSession.objects.select_for_update().filter(payment_id=payment_id).first()
            if session is None:
                raise errors.UnknownToGateway(_("The payment service does not know this payment."))
            before = session.refunds.filter(idempotency_key=idempotency_key).first()
            if before is not None and before.amount_pence == amount_pence:
                return _refund(before)
            if before is not None:
                raise errors.KeyReused(_("This refund was asked for before with another amount."))
            if amount_pence + _refunded(session) > session.amount_pence:
                raise errors.GatewayRefused(_("This is more than was paid."))
            return _refund(
                session.refunds.create(
                    refund_id=f"practice_refund_{uuid4().hex}",
                    idempotency_key=idempotency_key,
                    amount_pence=amount_pence,
                    created_at=timezone.now(),
                )
            )

    def look_up_refund(self, refund_id: str) -> RefundFacts:
        """Read a refund."""
        found = PracticeRefund.objects.select_related("session").filter(refund_id=refund_id).first()
        if found is None:
            raise errors.UnknownToGateway(_("The payment service does not know this refund."))
        return _refund(found)

    def refunds_of(self, payment_id: str) -> list[RefundFacts]:
        """Read every refund of a payment."""
        refunds = PracticeRefund.objects.select_related("session").filter(session__payment_id=payment_id)
        return [_refund(refund) for refund in refunds]

    def look_up_dispute(self, dispute_id: str) -> DisputeFacts:
        """Nobody disputes practice money."""
        raise errors.UnknownToGateway(_("The payment service does not know this dispute."))

    def read_event(self, body: bytes, *, signature: str) -> EventFacts:
        """The practice gateway sends no messages, so whatever comes is not its own."""
        raise errors.BadSignature(_("This message could not be verified."))


def decide(session_id: str, choice: str) -> bool:
    """What the visitor pressed ("pay", "decline" or "abandon"); True when the page was open and is now paid."""
    if choice == "decline":
        _open_ones(session_id).update(problem=str(_("The card was declined.")))
    if choice != "pay":
        return False
    paid = {"status": PracticeSession.Status.COMPLETE, "payment_id": f"practice_payment_{uuid4().hex}", "problem": ""}
    return bool(_open_ones(session_id).update(**paid))


def way_on(session: PracticeSession, *, choice: str, is_paid: bool) -> str:
    """Where the browser goes after a choice, as the real gateway would send it."""
    if is_paid:
        return success_url(session)
    if choice == "abandon":
        return str(session.params["cancel_url"])
    return reverse("payments:practice", args=[session.session_id])


def success_url(session: PracticeSession) -> str:
    """Where the browser goes after paying."""
    return str(session.params["success_url"]).replace("{CHECKOUT_SESSION_ID}", session.session_id)


def bill(session: PracticeSession) -> dict[str, Any]:
    """What the page shows: the lines with their sums, the total, and both ways out."""
    lines = [
        {"name": name, "quantity": quantity, "pence": unit * quantity}
        for name, unit, quantity in session.params["lines"]
    ]
    return {
        "lines": lines,
        "total_pence": session.amount_pence,
        "back_url": session.params["cancel_url"],
        "done_url": success_url(session),
    }


def _open_ones(session_id: str) -> "QuerySet[PracticeSession]":
    return PracticeSession.objects.filter(session_id=session_id, status=OPEN, expires_at__gt=timezone.now())


def _find(**name: str) -> PracticeSession:
    found = PracticeSession.objects.filter(**name).first()
    if found is None:
        raise errors.UnknownToGateway(_("The payment service does not know this payment."))
    return found


def _same(idempotency_key: str, params: dict[str, Any]) -> PracticeSession:
    """The session made before with this key; refused when there is none or it was asked for differently."""
    found = PracticeSession.objects.filter(idempotency_key=idempotency_key).first()
    if found is None:
        raise errors.GatewayRefused(_("A payment page must stay open for 30 minutes to 24 hours."))
    if found.params != params:
        raise errors.KeyReused(_("This payment was asked for before in another form."))
    return found


def _refunded(session: PracticeSession) -> int:
    return session.refunds.aggregate(sum=Sum("amount_pence"))["sum"] or 0


def state(session: PracticeSession) -> SessionState:
    """Open, complete or expired; an open page past its time counts as expired."""
    is_over = session.status == OPEN and session.expires_at <= timezone.now()
    return SessionState.EXPIRED if is_over else SessionState(session.status)


def _facts(session: PracticeSession) -> SessionFacts:
    params = session.params
    return SessionFacts(
        session_id=session.session_id,
        state=state(session),
        is_paid=session.status == PracticeSession.Status.COMPLETE,
        amount_pence=session.amount_pence,
        currency=params["currency"],
        reference=params["reference"],
        is_live=False,
        url=urljoin(params["success_url"], reverse("payments:practice", args=[session.session_id])),
        payment_id=session.payment_id or "",
        key=params["attempt"],
    )


def _refund(refund: PracticeRefund) -> RefundFacts:
    return RefundFacts(
        refund_id=refund.refund_id,
        status="succeeded",
        amount_pence=refund.amount_pence,
        payment_id=refund.session.payment_id or "",
        key=refund.idempotency_key,
    )
