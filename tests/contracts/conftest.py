"""Every gateway, with the buyer's side of it: what holds for one must hold for the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from network_site.payments import practice_gateway
from network_site.payments.gateway import Bill, BillLine, Gateway, SessionFacts
from network_site.payments.practice_gateway import PracticeGateway
from network_site.payments.stripe_gateway import StripeGateway
from tests.fakes.gateways import stripe_transport, use_stripe

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
KEY = "cs:order:ABC123:1"


@dataclass
class Till:
    """A gateway and what a buyer can do at it."""

    gateway: Gateway
    pay: Callable[[str], object]
    decline: Callable[[str], object]

    def params(self, *, minutes: float = 35, key: str = KEY, pence: int = 14500) -> dict[str, Any]:
        return self.gateway.freeze(bill(pence), expires_at=NOW + timedelta(minutes=minutes), key=key)

    def open(self, **facts: Any) -> SessionFacts:
        return self.gateway.open_session(self.params(**facts), idempotency_key=facts.get("key", KEY))

    def paid(self, **facts: Any) -> SessionFacts:
        session = self.open(**facts)
        self.pay(session.session_id)
        return self.gateway.look_up(session.session_id)

    def refund(self, payment_id: str, pence: int, key: str = "re:1") -> Any:
        return self.gateway.refund(
            payment_id=payment_id, amount_pence=pence, idempotency_key=key, reference="order:ABC123"
        )


def bill(pence: int = 14500) -> Bill:
    return Bill(
        reference="order:ABC123",
        lines=(BillLine("NHS and public sector", pence, 2), BillLine("Workshop", 500, 1)),
        email="amira@example.org",
        success_url="https://spn.example/orders/ABC123/s/return/?session={CHECKOUT_SESSION_ID}",
        cancel_url="https://spn.example/orders/ABC123/s/back/",
    )


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(params=["stripe", "practice"])
def till(request, clock, settings, monkeypatch) -> Till:
    if request.param == "practice":
        return Till(
            PracticeGateway(),
            pay=lambda session: practice_gateway.decide(session, "pay"),
            decline=lambda session: practice_gateway.decide(session, "decline"),
        )
    transport = stripe_transport()
    use_stripe(transport, settings=settings, monkeypatch=monkeypatch)
    return Till(StripeGateway(), pay=transport.pay, decline=transport.decline)
