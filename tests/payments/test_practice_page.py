"""The page on which practice money is paid: three buttons, no script, no cookie, and never on the public site."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.checks import Error
from django.test import Client

from network_site.payments import attempts, practice_gateway
from network_site.payments.checks import payments_are_safe
from network_site.payments.models import CheckoutAttempt, PracticeSession
from network_site.payments.settlement import Outcome, settle
from tests.payments.conftest import NOW, opened, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(clock, told) -> CheckoutAttempt:
    return opened()


def page(attempt: CheckoutAttempt) -> str:
    attempt.refresh_from_db()
    assert attempt.page_url == f"https://spn.example/payments/practice/{attempt.session_id}/"
    return attempt.page_url.removeprefix("https://spn.example")


def press(attempt: CheckoutAttempt, choice: str):
    return Client(enforce_csrf_checks=True).post(page(attempt), {"choice": choice})


def read(attempt: CheckoutAttempt) -> str:
    return unescape(Client().get(page(attempt)).text)


def test_the_page_shows_the_bill_and_three_ways(attempt) -> None:
    answer = Client().get(page(attempt))
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert "no-store" in answer["Cache-Control"]
    text = answer.text
    for words in ("Pay £290.00", "Let the card be declined", "Leave without paying", "2 × NHS and public sector"):
        assert words in text
    assert "This page can be paid until 10.35." in text


def test_paying_leads_back_and_is_settled(attempt, told) -> None:
    answer = press(attempt, "pay")
    assert answer.status_code == 302
    assert answer["Location"] == f"https://spn.example/orders/ABC123/s/return/?session={attempt.session_id}"
    assert settle(session_of(attempt)) == Outcome.PAID
    assert told == [("settled", 29000)]


def test_paying_twice_is_paying_once(attempt, told) -> None:
    press(attempt, "pay")
    payment = PracticeSession.objects.get().payment_id
    assert press(attempt, "pay")["Location"] == page(attempt)
    assert PracticeSession.objects.get().payment_id == payment
    assert "This is paid" in read(attempt)
    assert "Pay £290.00" not in read(attempt)


def test_a_declined_card_says_what_was_kept(attempt) -> None:
    assert press(attempt, "decline")["Location"] == page(attempt)
    text = read(attempt)
    assert "The card was declined." in text
    assert "Nothing was taken, and what you chose is still held. You can try again." in text
    assert settle(session_of(attempt)) == Outcome.OPEN


def test_leaving_leads_back_and_the_page_stays_open(attempt) -> None:
    assert press(attempt, "abandon")["Location"] == "https://spn.example/orders/ABC123/s/back/"
    assert settle(session_of(attempt)) == Outcome.OPEN


@pytest.mark.parametrize("choice", ["", "steal"])
def test_anything_else_is_refused_with_a_sentence(attempt, choice) -> None:
    answer = press(attempt, choice)
    assert answer.status_code == 400
    assert "Choose one of the three buttons. Nothing was taken." in answer.text


def test_a_post_without_a_choice_is_refused_too(attempt) -> None:
    answer = Client(enforce_csrf_checks=True).post(page(attempt), {"other": "x"})
    assert answer.status_code == 400


def test_a_form_of_another_site_is_refused(attempt) -> None:
    answer = Client().post(page(attempt), {"choice": "pay"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert PracticeSession.objects.get().status == "open"


def test_a_closed_page_says_so(attempt, clock) -> None:
    attempts.close(attempt)
    assert "This payment page is closed" in read(attempt)
    assert "Nothing was taken." in read(attempt)


def test_a_page_past_its_time_cannot_be_paid(attempt, clock, told) -> None:
    clock.shift(timedelta(minutes=36))
    assert "This payment page is closed" in read(attempt)
    assert press(attempt, "pay")["Location"] == page(attempt)
    assert settle(session_of(attempt)) == Outcome.EXPIRED
    assert told == []


def test_an_unknown_page_is_not_found() -> None:
    assert Client().get("/payments/practice/nobody/").status_code == 404


def test_with_a_real_gateway_there_is_no_practice_page(attempt, stripe) -> None:
    assert Client().get(page(attempt)).status_code == 404
    assert press(attempt, "pay").status_code == 404


def test_its_address_cannot_be_guessed_from_the_reference(attempt, settings) -> None:
    here = session_of(attempt)
    settings.SECRET_KEY = "another site's secret"
    params = attempt.frozen_params
    PracticeSession.objects.all().delete()
    there = practice_gateway.PracticeGateway().open_session(params, idempotency_key=attempt.idempotency_key)
    assert there.session_id != here


def test_a_bill_on_this_site_keeps_its_host_and_port(clock) -> None:
    from dataclasses import replace

    from tests.payments.conftest import make_bill

    bill = replace(make_bill(), success_url="http://127.0.0.1:8123/orders/A/s/return/")
    attempt = attempts.begin(bill, now=NOW, expires_at=NOW + timedelta(minutes=35))
    assert attempts.open_page(attempt).startswith("http://127.0.0.1:8123/payments/practice/practice_")


def test_it_is_quick(attempt, django_assert_num_queries) -> None:
    """Opening writes once, paying reads once and writes once, asking reads once."""
    gateway = practice_gateway.PracticeGateway()
    params = gateway.freeze(bill_of(attempt), expires_at=expiry(), key="cs:other")
    with django_assert_num_queries(3):  # a savepoint, the row, its release
        session = gateway.open_session(params, idempotency_key="cs:other")
    with django_assert_num_queries(2):
        press_session(session.session_id)
    with django_assert_num_queries(1):
        gateway.look_up(session.session_id)


def bill_of(attempt: CheckoutAttempt):
    from tests.payments.conftest import make_bill

    return make_bill(attempt.reference)


def expiry() -> datetime:
    return NOW + timedelta(minutes=35)


def press_session(session_id: str) -> None:
    Client().post(f"/payments/practice/{session_id}/", {"choice": "pay"})


# --- never on the public site -------------------------------------------------------------------------


def ids() -> list[str]:
    found = payments_are_safe(None)
    assert all(isinstance(error, Error) and error.hint for error in found)
    return [str(error.id) for error in found]


def test_practice_money_is_refused_on_the_public_site(settings) -> None:
    assert ids() == []
    settings.IS_DEMONSTRATION = False
    assert ids() == ["payments.E001"]
    settings.DEBUG = True
    assert ids() == []


def test_stripe_without_a_webhook_secret_is_refused(settings) -> None:
    settings.PAYMENTS_GATEWAY = "network_site.payments.stripe_gateway.StripeGateway"
    settings.STRIPE_WEBHOOK_SECRET = " "
    assert ids() == ["payments.E002"]
    settings.STRIPE_WEBHOOK_SECRET = "whsec_a"
    assert ids() == []


def test_a_demonstration_with_a_live_key_is_refused(settings) -> None:
    settings.PAYMENTS_GATEWAY = "network_site.payments.stripe_gateway.StripeGateway"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_a"
    settings.STRIPE_SECRET_KEY = "sk_live_a"
    assert ids() == ["payments.E003"]


def test_the_check_runs_with_all_the_others() -> None:
    from django.core.checks import registry

    assert payments_are_safe in registry.registry.registered_checks
