"""A till: a fake Stripe in place, a bill to pay, and what the features were told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.dispatch import Signal

from network_site.payments import attempts
from network_site.payments.gateway import Bill, BillLine
from network_site.payments.models import CheckoutAttempt, Payment, Refund
from network_site.payments.settlement import settle
from network_site.payments.signals import payment_refunded, payment_settled
from tests.fakes.gateways import stripe_transport, use_stripe
from tests.fakes.stripe_transport import StripeTransport

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stripe(
    clock: time_machine.Traveller, told: list[tuple[str, int]], settings, monkeypatch: pytest.MonkeyPatch
) -> StripeTransport:
    transport = stripe_transport()
    use_stripe(transport, settings=settings, monkeypatch=monkeypatch)
    return transport


@pytest.fixture
def told() -> Iterator[list[tuple[str, int]]]:
    """What the features heard, in order: ("settled" or "refunded", pence)."""
    heard: list[tuple[str, int]] = []

    def on_settled(payment: Payment, **_: object) -> None:
        heard.append(("settled", payment.amount_pence))

    def on_refunded(refund: Refund, **_: object) -> None:
        heard.append(("refunded", refund.amount_pence))

    with only(payment_settled, on_settled), only(payment_refunded, on_refunded):
        yield heard


@contextmanager
def only(signal: Signal, receiver: Callable[..., None]) -> Iterator[None]:
    """One receiver and no other, so that these tests are about payments alone."""
    before, signal.receivers = signal.receivers, []
    signal.sender_receivers_cache.clear()
    signal.connect(receiver)
    yield
    signal.receivers = before
    signal.sender_receivers_cache.clear()


def make_bill(reference: str = "order:ABC123", *, pence: int = 14500, quantity: int = 2) -> Bill:
    return Bill(
        reference=reference,
        lines=(BillLine("NHS and public sector", pence, quantity), BillLine("A free workshop", 0, 1)),
        email="amira@example.org",
        success_url="https://spn.example/orders/ABC123/s/return/?session={CHECKOUT_SESSION_ID}",
        cancel_url="https://spn.example/orders/ABC123/s/back/",
    )


def begun(reference: str = "order:ABC123", *, now: datetime = NOW, **facts: int) -> CheckoutAttempt:
    """A page written down and not asked for yet."""
    return attempts.begin(make_bill(reference, **facts), now=now, expires_at=now + timedelta(minutes=35))


def opened(reference: str = "order:ABC123", **facts: int) -> CheckoutAttempt:
    """A page that can be paid."""
    attempt = begun(reference, **facts)
    attempts.open_page(attempt)
    return attempt


def session_of(attempt: CheckoutAttempt) -> str:
    attempt.refresh_from_db()
    assert attempt.session_id
    return attempt.session_id


def paid(stripe: StripeTransport, reference: str = "order:ABC123", **facts: int) -> Payment:
    """Money that came in."""
    attempt = opened(reference, **facts)
    stripe.pay(session_of(attempt))
    settle(session_of(attempt))
    return attempt.payment
