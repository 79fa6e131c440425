"""What we send is what the installed SDK says Stripe takes, and the fake looks like what Stripe published."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import stripe
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from network_site.payments.stripe_gateway import StripeGateway
from tests.contracts.conftest import KEY, bill
from tests.fakes.stripe_params import unknown_parameters, wrong_values
from tests.fakes.stripe_transport import SHAPES

PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/stripe/fixtures3.json"


@pytest.fixture
def params(settings) -> dict[str, Any]:
    settings.STRIPE_SECRET_KEY = "sk_test_fake"
    expires_at = datetime(2027, 3, 1, 10, 35, tzinfo=UTC) + timedelta(minutes=35)
    return StripeGateway(http_client=stripe.RequestsClient()).freeze(bill(), expires_at=expires_at, key=KEY)


def test_every_parameter_is_known(params) -> None:
    assert list(unknown_parameters(params, SessionCreateParams)) == []


def test_every_value_is_of_the_right_type_and_word(params) -> None:
    assert list(wrong_values(params, SessionCreateParams)) == []


def test_parameters_that_left_the_api_are_caught(params) -> None:
    params["payment_method_types"] = ["card"]
    params["line_items"][1]["price_data"]["unit_price"] = 1
    params["idempotency_key"] = "an option, not a parameter"
    assert list(unknown_parameters(params, SessionCreateParams)) == [
        "line_items[1][price_data][unit_price]",
        "payment_method_types",
        "idempotency_key",
    ]


def test_wrong_values_are_caught(params) -> None:
    params |= {"locale": "en-XX", "expires_at": "tomorrow", "submit_type": 3}
    params["adaptive_pricing"]["enabled"] = "no"
    params["line_items"][0]["quantity"] = {"a": 1}
    assert sorted(wrong_values(params, SessionCreateParams)) == [
        "adaptive_pricing[enabled]='no'",
        "expires_at='tomorrow'",
        "line_items[quantity]={'a': 1}",
        "locale='en-XX'",
        "submit_type=3",
    ]


def test_a_refunds_parameters_are_known() -> None:
    sent = {
        "payment_intent": "pi_1",
        "amount": 100,
        "reason": "requested_by_customer",
        "metadata": {"reference": "order:ABC123", "refund": "re:1"},
    }
    assert list(unknown_parameters(sent, RefundCreateParams)) == []
    assert list(wrong_values(sent, RefundCreateParams)) == []


def test_the_version_asked_for_is_the_one_the_sdk_was_made_for(settings) -> None:
    """A newer SDK changes parameters and answers; the version is raised with it, deliberately."""
    assert stripe.api_version == settings.STRIPE_API_VERSION


def test_the_fake_has_the_fields_stripe_published() -> None:
    if not PUBLISHED.exists():
        pytest.skip(f"Stripe's published fixtures are not at {PUBLISHED}")
    published = json.loads(PUBLISHED.read_text())["resources"]
    missing = {name: sorted(set(shape) - set(published[name])) for name, shape in SHAPES.items()}
    assert missing == {name: [] for name in SHAPES}
