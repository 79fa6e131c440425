"""Stripe's errors in our words: what a visitor reads says nothing about the inside, what staff read says it all."""

import json

import pytest
import stripe as sdk

from network_site.payments import stripe_gateway
from network_site.payments.errors import (
    GatewayRefused,
    GatewayUnreachable,
    KeyReused,
    PaymentError,
    UnknownToGateway,
    WrongKey,
)
from network_site.payments.stripe_gateway import StripeGateway, translate

SECRETS = "sk_test_secret acct_1 req_9"


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (sdk.APIConnectionError(SECRETS), GatewayUnreachable),
        (sdk.RateLimitError(SECRETS, http_status=429), GatewayUnreachable),
        (sdk.APIError(SECRETS, http_status=500), GatewayUnreachable),
        (sdk.APIError(SECRETS, http_status=409), GatewayUnreachable),
        (sdk.APIError(SECRETS, http_status=200), GatewayUnreachable),
        (sdk.AuthenticationError(SECRETS, http_status=401), WrongKey),
        (sdk.PermissionError(SECRETS, http_status=403), WrongKey),
        (sdk.IdempotencyError(SECRETS, http_status=400), KeyReused),
        (sdk.InvalidRequestError(SECRETS, None, code="resource_missing"), UnknownToGateway),
        (sdk.InvalidRequestError(SECRETS, None, code="amount_too_small"), GatewayRefused),
        (sdk.CardError(SECRETS, None, "card_declined"), GatewayRefused),
    ],
    ids=lambda value: getattr(value, "__name__", f"{type(value).__name__} {getattr(value, 'http_status', '')}"),
)
def test_every_error_has_one_of_ours(error: sdk.StripeError, ours: type[PaymentError]) -> None:
    said = translate(error)
    assert type(said) is ours
    assert not set(SECRETS.split()) & set(str(said).split())


@pytest.mark.parametrize(
    ("fault", "ours"),
    [
        ("timeout", GatewayUnreachable),
        ("timeout after", GatewayUnreachable),
        ("409", GatewayUnreachable),
        ("429", GatewayUnreachable),
        ("500", GatewayUnreachable),
        ("503", GatewayUnreachable),
        ("401", WrongKey),
        ("403", WrongKey),
    ],
)
def test_faults_on_the_line(stripe, fault: str, ours: type[PaymentError]) -> None:
    stripe.fail_next(fault)
    with pytest.raises(ours) as caught:
        StripeGateway().look_up("cs_test_1")
    assert caught.value.__cause__ is not None
    assert type(caught.value.__cause__).__name__ in caught.value.detail


def test_a_short_fault_is_not_noticed(stripe) -> None:
    stripe.fail_next("timeout", times=2)
    with pytest.raises(UnknownToGateway):
        StripeGateway().look_up("cs_test_1")


def test_a_key_in_use_is_not_a_no(stripe) -> None:
    stripe.in_use.add("re:1")
    with pytest.raises(GatewayUnreachable):
        StripeGateway().refund(payment_id="pi_1", amount_pence=1, idempotency_key="re:1", reference="order:A")


def test_another_api_version_is_refused(stripe) -> None:
    stripe.version = "2020-01-01.old"
    with pytest.raises(GatewayRefused):
        StripeGateway().look_up("cs_test_1")


def test_one_client_serves_the_whole_process(settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_only_here"
    assert StripeGateway().client is StripeGateway().client
    settings.STRIPE_SECRET_KEY = "sk_test_another"
    other = StripeGateway().client
    settings.STRIPE_SECRET_KEY = "sk_test_only_here"
    assert other is not StripeGateway().client
    stripe_gateway.process_client.cache_clear()


def test_calls_give_up_after_fifteen_seconds_and_are_tried_thrice(settings) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_only_here"
    requestor = StripeGateway().client._requestor
    assert requestor._get_http_client()._timeout == 15
    assert requestor._options.max_network_retries == 2
    assert requestor._options.stripe_version == settings.STRIPE_API_VERSION
    stripe_gateway.process_client.cache_clear()


@pytest.mark.parametrize(("key", "is_live"), [("sk_test_a", False), ("sk_live_a", True), ("rk_live_a", True)])
def test_it_knows_from_the_key_whether_money_is_real(settings, key: str, is_live: bool) -> None:
    settings.STRIPE_SECRET_KEY = key
    assert StripeGateway(http_client=sdk.RequestsClient()).is_live is is_live


def test_a_bill_without_an_address_asks_stripe_for_one(stripe) -> None:
    from dataclasses import replace

    from tests.payments.conftest import NOW, make_bill

    params = StripeGateway().freeze(replace(make_bill(), email=""), expires_at=NOW, key="cs:1")
    assert "customer_email" not in params


def test_long_names_are_cut_to_what_stripe_takes(stripe) -> None:
    from tests.payments.conftest import NOW, Bill, BillLine

    bill = Bill("order:A", (BillLine("x" * 300, 1, 1),), "a@example.org", "https://a/", "https://b/")
    (item,) = StripeGateway().freeze(bill, expires_at=NOW, key="cs:1")["line_items"]
    assert item["price_data"]["product_data"]["name"] == "x" * 250


def test_the_fake_refuses_what_stripe_does_not_know(stripe) -> None:
    client = StripeGateway().client
    with pytest.raises(sdk.InvalidRequestError, match="Received unknown parameter: payment_method_types"):
        client.v1.checkout.sessions.create({"payment_method_types": ["card"]})
    with pytest.raises(sdk.InvalidRequestError, match="Unrecognized request URL"):
        client.v1.customers.create({})
    with pytest.raises(sdk.InvalidRequestError, match="Unrecognized request URL"):
        client.v1.customers.list({})


def test_the_answers_are_the_sdks_own_objects_not_dictionaries(stripe) -> None:
    """Sites lost every message when dictionaries stood in for these in their tests."""
    from tests.payments.conftest import NOW, make_bill

    gateway = StripeGateway()
    params = gateway.freeze(make_bill(), expires_at=NOW.replace(hour=11), key="cs:1")
    session = gateway.client.v1.checkout.sessions.create(params)
    assert not isinstance(session, dict)
    assert session.metadata["attempt"] == "cs:1"


def test_only_what_is_needed_is_kept_of_a_message(stripe) -> None:
    stripe._emit("checkout.session.completed", {"id": "cs_1", "customer_details": {"email": "a@example.org"}})
    body = json.dumps(stripe.events[0])
    facts = StripeGateway().read_event(body.encode(), signature=stripe.sign(body))
    assert (facts.kind, facts.is_live, facts.payload) == ("checkout.session.completed", False, {"id": "cs_1"})
