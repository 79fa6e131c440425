"""Putting a fake gateway in the place of the real one."""

from types import SimpleNamespace

import pytest
from django.conf import settings as project

from network_site.payments import stripe_gateway
from tests.fakes.stripe_transport import StripeTransport

KEY = "sk_test_fake"
SECRET = "whsec_fake"


def stripe_transport(*, livemode: bool = False) -> StripeTransport:
    """A Stripe that knows our test key."""
    return StripeTransport(
        key=KEY.replace("test", "live") if livemode else KEY,
        version=project.STRIPE_API_VERSION,
        webhook_secret=SECRET,
        livemode=livemode,
    )


def use_stripe(transport: StripeTransport, *, settings: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the whole site pay at `transport`, through the real SDK."""
    settings.STRIPE_SECRET_KEY = transport.key
    settings.STRIPE_WEBHOOK_SECRET = transport.webhook_secret
    settings.PAYMENTS_GATEWAY = "network_site.payments.stripe_gateway.StripeGateway"
    monkeypatch.setattr(
        stripe_gateway, "process_client", lambda key, version: stripe_gateway.new_client(key, version, transport)
    )
