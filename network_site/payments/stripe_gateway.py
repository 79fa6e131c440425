"""Stripe behind the Gateway protocol; the only file that knows its SDK."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from network_site.payments import errors
from network_site.payments.gateway import (
    Bill,
    BillLine,
    DisputeFacts,
    EventFacts,
    PaymentFacts,
    RefundFacts,
    SessionFacts,
    SessionState,
)

if TYPE_CHECKING:
    from stripe import HTTPClient, StripeClient, StripeError, StripeObject
    from stripe.params import RefundCreateParams
    from stripe.params.checkout import SessionCreateParams

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 15
RETRIES = 2
NAME_LENGTH = 250  # of a product, at Stripe
PAGE_OF_REFUNDS = 100
# The states of a payment in which nothing more will come of a completed session.
FAILED_FOR_GOOD = frozenset({"requires_payment_method", "canceled"})
REFUND_STATUS = {
    "pending": "submitted",
    "requires_action": "submitted",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "cancelled",
}
DISPUTE_IS_OVER = frozenset({"won", "lost", "warning_closed", "prevented"})
# What is kept of an event: enough to read the object again, and nothing about a person.
KEPT_OF_AN_OBJECT = ("id", "object", "status", "payment_status", "payment_intent", "charge", "amount", "metadata")


@cache
def process_client(key: str, version: str) -> "StripeClient":
    """The client every call of this process shares; its connections are kept open."""
    from stripe import RequestsClient

    return new_client(key, version, RequestsClient(timeout=TIMEOUT_SECONDS))


def new_client(key: str, version: str, http_client: "HTTPClient") -> "StripeClient":
    """A client that repeats a call twice when the network fails."""
    from stripe import StripeClient

    return StripeClient(key, stripe_version=version, max_network_retries=RETRIES, http_client=http_client)


class StripeGateway:
    """Card payments on a page that Stripe hosts."""

    name = "stripe"

    def __init__(self, *, http_client: "HTTPClient | None" = None) -> None:
        identity = settings.STRIPE_SECRET_KEY, settings.STRIPE_API_VERSION
        self.is_live = "_live_" in settings.STRIPE_SECRET_KEY
        self.client = new_client(*identity, http_client) if http_client else process_client(*identity)

    def freeze(self, bill: Bill, *, expires_at: datetime, key: str) -> dict[str, Any]:
        """Checkout Session parameters: cards only, in the currency asked, nothing personal but the address."""
        ours = {"reference": bill.reference, "attempt": key}
        return {
            "mode": "payment",
            "allowed_payment_method_types": ["card"],
            "adaptive_pricing": {"enabled": False},
            "line_items": [_line_item(line, bill.currency) for line in bill.lines],
            "client_reference_id": bill.reference,
            **({"customer_email": bill.email} if bill.email else {}),
            "locale": "en-GB",
            "submit_type": "pay",
            "metadata": ours,
            "payment_intent_data": {"metadata": ours, "description": bill.reference},
            "success_url": bill.success_url,
            "cancel_url": bill.cancel_url,
            "expires_at": int(expires_at.timestamp()),
        }

    def open_session(self, params: dict[str, Any], *, idempotency_key: str) -> SessionFacts:
        """Create a Checkout Session; the order of parameters is fixed so that a repetition is byte-identical."""
        same = json.loads(json.dumps(params, sort_keys=True))
        with in_our_words():
            session = self.client.v1.checkout.sessions.create(
                cast("SessionCreateParams", same), {"idempotency_key": idempotency_key}
            )
        return _session(session)

    def look_up(self, session_id: str) -> SessionFacts:
        """Retrieve a Checkout Session with its payment."""
        with in_our_words():
            session = self.client.v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]})
        return _session(session)

    def expire(self, session_id: str) -> SessionFacts:
        """Expire a Checkout Session; Stripe refuses it for one that is not open."""
        try:
            with in_our_words():
                return _session(self.client.v1.checkout.sessions.expire(session_id))
        except (errors.UnknownToGateway, errors.WrongKey, errors.KeyReused):
            raise
        except errors.GatewayRefused as error:
            raise errors.SessionNotOpen(str(error)) from error.__cause__

    def look_up_payment(self, payment_id: str) -> PaymentFacts:
        """Retrieve a payment intent."""
        with in_our_words():
            intent = self.client.v1.payment_intents.retrieve(payment_id)
        found = intent.to_dict()
        ours = found.get("metadata") or {}
        return PaymentFacts(
            payment_id=found["id"],
            reference=ours.get("reference", ""),
            key=ours.get("attempt", ""),
            problem=(found.get("last_payment_error") or {}).get("message", ""),
        )

    def refund(self, *, payment_id: str, amount_pence: int, idempotency_key: str, reference: str) -> RefundFacts:
        """Create a refund that carries our own name for it."""
        params: RefundCreateParams = {
            "payment_intent": payment_id,
            "amount": amount_pence,
            "reason": "requested_by_customer",
            "metadata": {"reference": reference, "refund": idempotency_key},
        }
        with in_our_words():
            return _refund(self.client.v1.refunds.create(params, {"idempotency_key": idempotency_key}))

    def look_up_refund(self, refund_id: str) -> RefundFacts:
        """Retrieve a refund."""
        with in_our_words():
            return _refund(self.client.v1.refunds.retrieve(refund_id))

    def refunds_of(self, payment_id: str) -> list[RefundFacts]:
        """List the refunds of a payment intent."""
        with in_our_words():
            found = self.client.v1.refunds.list({"payment_intent": payment_id, "limit": PAGE_OF_REFUNDS})
        return [_refund(refund) for refund in found.data]

    def look_up_dispute(self, dispute_id: str) -> DisputeFacts:
        """Retrieve a dispute."""
        with in_our_words():
            found = self.client.v1.disputes.retrieve(dispute_id).to_dict()
        due_by = (found.get("evidence_details") or {}).get("due_by")
        return DisputeFacts(
            dispute_id=found["id"],
            payment_id=_id(found.get("payment_intent")),
            status=found["status"],
            amount_pence=found["amount"],
            is_open=found["status"] not in DISPUTE_IS_OVER,
            opened_at=datetime.fromtimestamp(found["created"], tz=UTC),
            due_at=datetime.fromtimestamp(due_by, tz=UTC) if due_by else None,
        )

    def read_event(self, body: bytes, *, signature: str) -> EventFacts:
        """Verify the raw body against Stripe's signature header; older than five minutes is refused."""
        from stripe import SignatureVerificationError, WebhookSignature

        try:
            WebhookSignature.verify_header(body, signature, settings.STRIPE_WEBHOOK_SECRET, tolerance=300)
            event = json.loads(body)
            about = event["data"]["object"]
            return EventFacts(
                event_id=event["id"],
                kind=event["type"],
                is_live=event["livemode"],
                payload={name: about[name] for name in KEPT_OF_AN_OBJECT if name in about},
            )
        except (SignatureVerificationError, ValueError, KeyError, TypeError) as error:
            raise errors.BadSignature(_("This message could not be verified.")) from error


def _line_item(line: BillLine, currency: str) -> dict[str, Any]:
    return {
        "quantity": line.quantity,
        "price_data": {
            "currency": currency.lower(),
            "unit_amount": line.unit_pence,
            "product_data": {"name": line.name[:NAME_LENGTH]},
        },
    }


def _session(session: "StripeObject") -> SessionFacts:
    found = session.to_dict()
    ours = found.get("metadata") or {}
    return SessionFacts(
        session_id=found["id"],
        state=_state(found),
        is_paid=found["payment_status"] == "paid",
        amount_pence=found["amount_total"],
        currency=found["currency"].upper(),
        reference=found.get("client_reference_id") or "",
        is_live=found["livemode"],
        url=found.get("url") or "",
        payment_id=_id(found.get("payment_intent")),
        key=ours.get("attempt", ""),
    )


def _state(found: dict[str, Any]) -> SessionState:
    """Complete means paid or still being paid; completed and then failed is as good as expired."""
    payment = found.get("payment_intent")
    unpaid = found["status"] == "complete" and found["payment_status"] == "unpaid"
    if unpaid and isinstance(payment, dict) and payment["status"] in FAILED_FOR_GOOD:
        return SessionState.EXPIRED
    return SessionState(found["status"])


def _refund(refund: "StripeObject") -> RefundFacts:
    found = refund.to_dict()
    return RefundFacts(
        refund_id=found["id"],
        status=REFUND_STATUS[found["status"]],
        amount_pence=found["amount"],
        payment_id=_id(found.get("payment_intent")),
        key=(found.get("metadata") or {}).get("refund", ""),
    )


def _id(reference: str | dict[str, Any] | None) -> str:
    """The id of an object that may have been expanded."""
    return reference["id"] if isinstance(reference, dict) else reference or ""


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn every error of Stripe into one of ours; what Stripe said goes to the log and stays as the cause."""
    from stripe import StripeError

    try:
        yield
    except StripeError as error:
        log.warning("Stripe: %r", error)
        raise translate(error) from error


def translate(error: "StripeError") -> errors.PaymentError:
    """Our error for Stripe's: a clear no, or an outcome that is unknown."""
    import stripe

    match error:
        case stripe.AuthenticationError() | stripe.PermissionError():
            return errors.WrongKey(_("We cannot reach our payment service at the moment. Nothing was taken."))
        case stripe.IdempotencyError():
            return errors.KeyReused(
                _("This payment was asked for before in another form, so we stopped. Nothing more was taken.")
            )
        case stripe.InvalidRequestError(code="resource_missing"):
            return errors.UnknownToGateway(_("The payment service does not know this payment. Nothing was taken."))
        case stripe.InvalidRequestError() | stripe.CardError():
            return errors.GatewayRefused(_("The payment service refused this. Nothing was taken."))
    return errors.GatewayUnreachable(
        _("The payment service did not answer clearly. Please try again in a minute; nothing is paid twice.")
    )
