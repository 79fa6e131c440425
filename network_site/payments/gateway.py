"""What any payment gateway can do for us, in our words."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class BillLine:
    """One line of a bill; `unit_pence` includes tax."""

    name: str
    unit_pence: int
    quantity: int


@dataclass(frozen=True)
class Bill:
    """What a visitor is asked to pay for.

    `success_url` may hold `{CHECKOUT_SESSION_ID}`, which the gateway fills in.
    """

    reference: str
    lines: tuple[BillLine, ...]
    email: str
    success_url: str
    cancel_url: str
    currency: str = "GBP"

    @property
    def total_pence(self) -> int:
        """The sum of the lines in pence."""
        return sum(line.unit_pence * line.quantity for line in self.lines)


class SessionState(StrEnum):
    """Whether a payable page can still be paid."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


@dataclass(frozen=True)
class SessionFacts:
    """What the gateway knows of a payable page; `payment_id` is what a refund names, `key` is the attempt's."""

    session_id: str
    state: SessionState
    is_paid: bool
    amount_pence: int
    currency: str
    reference: str
    is_live: bool
    url: str = ""
    payment_id: str = ""
    key: str = ""


@dataclass(frozen=True)
class PaymentFacts:
    """What the gateway knows of money it took or tried to take; `problem` is what it told the payer last."""

    payment_id: str
    reference: str
    key: str
    problem: str = ""


@dataclass(frozen=True)
class RefundFacts:
    """What the gateway knows of a refund; `status` is one of `Refund.Status` except requested, `key` is ours."""

    refund_id: str
    status: str
    amount_pence: int
    payment_id: str
    key: str = ""


@dataclass(frozen=True)
class DisputeFacts:
    """What the gateway knows of a dispute."""

    dispute_id: str
    payment_id: str
    status: str
    amount_pence: int
    is_open: bool
    opened_at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True)
class EventFacts:
    """A verified message: its id, its kind, the name of the object it is about, and no more than is needed to tell."""

    event_id: str
    kind: str
    is_live: bool
    payload: dict[str, Any] = field(default_factory=dict)


class Gateway(Protocol):
    """Every call has a time-out and may be repeated.

    All raise GatewayUnreachable when the outcome is unknown and GatewayRefused when the answer is no
    (UnknownToGateway, WrongKey and KeyReused are particular noes).
    """

    name: str
    is_live: bool

    def freeze(self, bill: Bill, *, expires_at: datetime, key: str) -> dict[str, Any]:
        """The parameters `open_session` will be asked with: plain JSON, the same whenever it is repeated."""
        ...

    def open_session(self, params: dict[str, Any], *, idempotency_key: str) -> SessionFacts:
        """Make the payable page, or get the one made before with the same key and parameters."""
        ...

    def look_up(self, session_id: str) -> SessionFacts:
        """What the gateway knows now."""
        ...

    def expire(self, session_id: str) -> SessionFacts:
        """Make the page unpayable; SessionNotOpen when it is paid or expired already."""
        ...

    def look_up_payment(self, payment_id: str) -> PaymentFacts:
        """Which of our attempts a payment belongs to, and what went wrong with it last."""
        ...

    def refund(self, *, payment_id: str, amount_pence: int, idempotency_key: str, reference: str) -> RefundFacts:
        """Send money back."""
        ...

    def look_up_refund(self, refund_id: str) -> RefundFacts:
        """What became of a refund."""
        ...

    def refunds_of(self, payment_id: str) -> list[RefundFacts]:
        """Every refund of a payment that the gateway knows, also those made elsewhere; newest first."""
        ...

    def look_up_dispute(self, dispute_id: str) -> DisputeFacts:
        """What became of a dispute."""
        ...

    def read_event(self, body: bytes, *, signature: str) -> EventFacts:
        """Verify and read a message; BadSignature when it is not the gateway's."""
        ...


def current_gateway() -> Gateway:
    """The gateway this site uses, from `settings.PAYMENTS_GATEWAY`."""
    gateway: Gateway = import_string(settings.PAYMENTS_GATEWAY)()
    return gateway
