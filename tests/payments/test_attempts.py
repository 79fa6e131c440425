"""Payable pages: one at a time, repeatable, and closed for sure before anything is let go."""

from datetime import timedelta

import pytest

from network_site.base.models import AuditEntry, Incident
from network_site.payments import attempts, transactions
from network_site.payments.errors import (
    GatewayRefused,
    GatewayUnreachable,
    PaymentBusy,
    PaymentError,
    UnknownToGateway,
    WrongKey,
)
from network_site.payments.models import CheckoutAttempt, Payment
from network_site.payments.settlement import Outcome, settle
from network_site.people.models import User
from tests.payments.conftest import NOW, begun, make_bill, opened, session_of

pytestmark = pytest.mark.django_db
Status = CheckoutAttempt.Status


def test_a_page_is_written_down_before_the_gateway_is_asked(stripe) -> None:
    attempt = begun()
    assert (attempt.status, attempt.amount_pence, attempt.idempotency_key) == (
        "creating",
        29000,
        "cs:order:ABC123:1",
    )
    assert stripe.requests == []


def test_opening_a_page_gives_its_address(stripe) -> None:
    attempt = begun()
    url = attempts.open_page(attempt)
    assert url == stripe.objects[session_of(attempt)]["url"]
    assert attempt.status == Status.OPEN


def test_opening_again_gives_the_same_address_without_asking(stripe) -> None:
    attempt = begun()
    first = attempts.open_page(attempt)
    asked = len(stripe.requests)
    assert attempts.open_page(attempt) == first
    assert len(stripe.requests) == asked


def test_nothing_personal_but_the_address_reaches_the_gateway(stripe) -> None:
    attempt = begun()
    assert attempt.frozen_params["metadata"] == {"reference": "order:ABC123", "attempt": "cs:order:ABC123:1"}
    assert attempt.frozen_params["payment_intent_data"]["description"] == "order:ABC123"


def test_two_pages_that_can_be_paid_are_refused(stripe) -> None:
    begun()
    with pytest.raises(PaymentError, match="A payment page is open for this booking"):
        begun()


def test_two_pages_are_refused_by_the_database_too(stripe, monkeypatch) -> None:
    """Two tabs at once: neither sees the other's row, the partial unique index does."""
    begun()
    monkeypatch.setattr(attempts, "PAYABLE", frozenset())
    with pytest.raises(PaymentError, match="A payment page is open for this booking"):
        begun()
    assert CheckoutAttempt.objects.count() == 1


def test_after_a_closed_page_comes_another_with_another_key(stripe) -> None:
    attempts.close(opened())
    assert begun().idempotency_key == "cs:order:ABC123:2"


def test_a_bill_for_nothing_is_refused(stripe) -> None:
    with pytest.raises(PaymentError, match="There is nothing to pay"):
        attempts.begin(make_bill(pence=0), now=NOW, expires_at=NOW + timedelta(minutes=35))


def test_a_time_out_leaves_the_page_to_be_asked_for_again(stripe) -> None:
    attempt = begun()
    stripe.fail_next("timeout")
    with pytest.raises(GatewayUnreachable, match="did not answer clearly"):
        attempts.open_page(attempt)
    attempt.refresh_from_db()
    assert attempt.status == Status.CREATING
    assert attempts.open_page(attempt) == stripe.objects[session_of(attempt)]["url"]


def test_a_time_out_after_the_work_does_not_make_a_second_page(stripe) -> None:
    attempt = begun()
    stripe.fail_next("timeout after")
    with pytest.raises(GatewayUnreachable):
        attempts.open_page(attempt)
    attempts.open_page(attempt)
    assert [key for key in stripe.objects if key.startswith("cs_")] == [session_of(attempt)]


def test_a_wrong_key_says_what_was_kept_and_tells_staff_not_the_visitor(stripe) -> None:
    attempt = begun()
    stripe.key = "sk_test_another"
    with pytest.raises(WrongKey) as caught:
        attempts.open_page(attempt)
    assert str(caught.value) == (
        "We could not open the payment page. Your places are still held and nothing was taken. "
        "Please try again in a few minutes, or write to us."
    )
    assert "Invalid API Key" in caught.value.detail
    attempt.refresh_from_db()
    assert attempt.status == Status.ABANDONED
    incident = Incident.objects.get()
    assert (incident.kind, incident.subject) == ("payments_refused", "gateway:stripe")
    assert "Invalid API Key" in incident.sentence


def test_one_incident_however_many_visitors_meet_the_wrong_key(stripe) -> None:
    stripe.key = "sk_test_another"
    for reference in ("order:A", "order:B"):
        with pytest.raises(GatewayRefused):
            opened(reference)
    assert Incident.objects.count() == 1


def test_a_page_asked_for_too_late_is_abandoned_without_an_alarm(stripe, clock) -> None:
    attempt = begun()
    clock.shift(timedelta(minutes=10))
    with pytest.raises(GatewayRefused):
        attempts.open_page(attempt)
    attempt.refresh_from_db()
    assert attempt.status == Status.ABANDONED
    assert Incident.objects.count() == 0


def test_a_page_that_is_over_is_not_opened(stripe) -> None:
    attempt = opened()
    attempts.close(attempt)
    with pytest.raises(PaymentError, match="This payment page is closed"):
        attempts.open_page(attempt)


def test_a_page_given_up_while_it_was_made_is_withdrawn_at_the_gateway(stripe, monkeypatch) -> None:
    """Somebody abandons the attempt between the call and its stamp: nobody may be shown that page."""
    attempt = begun()
    create = type(attempts.current_gateway()).open_session

    def slow(self, params, *, idempotency_key):
        facts = create(self, params, idempotency_key=idempotency_key)
        CheckoutAttempt.objects.filter(pk=attempt.pk).update(status=Status.ABANDONED)
        return facts

    monkeypatch.setattr(type(attempts.current_gateway()), "open_session", slow)
    with pytest.raises(PaymentError, match="This payment page is closed"):
        attempts.open_page(attempt)
    assert [one["status"] for key, one in stripe.objects.items() if key.startswith("cs_")] == ["expired"]


def test_a_page_that_cannot_be_withdrawn_is_left_to_its_event(stripe, monkeypatch, caplog) -> None:
    stripe.fail_next("timeout")
    attempts._withdraw("cs_test_1")
    assert "Could not withdraw cs_test_1" in caplog.text


def test_two_that_open_the_same_page_get_the_same_address(stripe, monkeypatch) -> None:
    attempt = begun()
    create = type(attempts.current_gateway()).open_session

    def beaten(self, params, *, idempotency_key):
        facts = create(self, params, idempotency_key=idempotency_key)
        CheckoutAttempt.objects.filter(pk=attempt.pk).update(
            status=Status.OPEN, session_id=facts.session_id, page_url=facts.url
        )
        return facts

    monkeypatch.setattr(type(attempts.current_gateway()), "open_session", beaten)
    assert attempts.open_page(attempt) == stripe.objects[session_of(attempt)]["url"]


def test_one_that_opens_a_page_late_from_an_old_copy_gets_the_same_page(stripe) -> None:
    old = begun()
    first = attempts.open_page(CheckoutAttempt.objects.get())
    assert attempts.open_page(old) == first
    assert old.status == Status.OPEN


# --- closing ---------------------------------------------------------------------------------------


def test_closing_makes_the_page_unpayable(stripe) -> None:
    attempt = opened()
    assert attempts.close(attempt) == Outcome.EXPIRED
    assert stripe.objects[session_of(attempt)]["status"] == "expired"
    assert attempt.status == Status.EXPIRED


def test_closing_twice_is_closing_once(stripe) -> None:
    attempt = opened()
    attempts.close(attempt)
    asked = len(stripe.requests)
    assert attempts.close(attempt) == Outcome.EXPIRED
    assert len(stripe.requests) == asked


def test_closing_a_page_that_turns_out_paid_settles_it(stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    assert attempts.close(attempt) == Outcome.PAID
    assert attempts.close(attempt) == Outcome.ALREADY_PAID
    assert told == [("settled", 29000)]


def test_closing_a_page_never_asked_for_makes_it_and_closes_it(stripe) -> None:
    attempt = begun()
    assert attempts.close(attempt) == Outcome.EXPIRED
    assert stripe.objects[session_of(attempt)]["status"] == "expired"


def test_closing_a_page_that_was_made_and_paid_unknown_to_us_settles_it(stripe, told) -> None:
    attempt = begun()
    stripe.fail_next("timeout after")
    with pytest.raises(GatewayUnreachable):
        attempts.open_page(attempt)
    (session,) = [key for key in stripe.objects if key.startswith("cs_")]
    stripe.pay(session)
    assert attempts.close(attempt) == Outcome.PAID
    assert told == [("settled", 29000)]


def test_closing_a_page_the_gateway_refuses_to_make_is_enough(stripe, clock) -> None:
    attempt = begun()
    clock.shift(timedelta(minutes=40))
    assert attempts.close(attempt) == Outcome.EXPIRED


@pytest.mark.parametrize("is_open", [True, False])
def test_without_an_answer_nothing_is_let_go(stripe, is_open) -> None:
    attempt = opened() if is_open else begun()
    stripe.fail_next("timeout")
    with pytest.raises(GatewayUnreachable):
        attempts.close(attempt)
    attempt.refresh_from_db()
    assert attempt.status == ("open" if is_open else "creating")


def test_with_a_wrong_key_nothing_is_let_go_and_staff_are_told(stripe) -> None:
    attempt = opened()
    stripe.key = "sk_test_another"
    with pytest.raises(WrongKey):
        attempts.close(attempt)
    attempt.refresh_from_db()
    assert attempt.status == Status.OPEN
    assert Incident.objects.get().kind == "payments_refused"


def test_a_session_the_gateway_has_lost_is_not_let_go(stripe) -> None:
    attempt = opened()
    del stripe.objects[session_of(attempt)]
    with pytest.raises(UnknownToGateway):
        attempts.close(attempt)
    with pytest.raises(UnknownToGateway):
        settle(session_of(attempt))


def test_closing_while_another_abandons_it(stripe, monkeypatch) -> None:
    attempt = begun()

    def overtaken(attempt, *, now=None):
        CheckoutAttempt.objects.filter(pk=attempt.pk).update(status=Status.ABANDONED)
        raise PaymentError("closed")

    monkeypatch.setattr(attempts, "open_page", overtaken)
    assert attempts.close(attempt) == Outcome.EXPIRED


def test_staff_set_a_page_aside_and_say_why(stripe) -> None:
    attempt = opened()
    by = User.objects.create_user("staff@example.org")
    assert attempts.set_aside(attempt, by=by, reason="Refunded at Stripe")
    assert not attempts.set_aside(attempt, by=by, reason="Refunded at Stripe")
    attempt.refresh_from_db()
    assert (attempt.status, attempt.note) == ("expired", "Refunded at Stripe")
    assert AuditEntry.objects.get().subject == "order:ABC123"


def test_a_lock_waited_for_too_long_is_a_sentence(monkeypatch) -> None:
    from django.db import OperationalError

    with pytest.raises(PaymentBusy, match="being worked on at this moment"), transactions.short():
        raise OperationalError("database is locked")
    with pytest.raises(OperationalError, match="no such table"), transactions.short():
        raise OperationalError("no such table")


def test_money_is_the_sum_of_the_lines(stripe) -> None:
    attempt = opened(pence=1999, quantity=3)
    assert attempt.amount_pence == 5997
    assert stripe.objects[session_of(attempt)]["amount_total"] == 5997
    assert Payment.objects.count() == 0
