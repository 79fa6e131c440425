"""Settling: once, whatever the order and number of askers; nothing is handed out for money that is not as asked."""

import pytest

from network_site.base.models import Incident
from network_site.payments.errors import GatewayRefused, GatewayUnreachable
from network_site.payments.models import CheckoutAttempt, Payment
from network_site.payments.settlement import Outcome, settle
from network_site.payments.signals import payment_settled
from tests.payments.conftest import NOW, begun, opened, session_of

pytestmark = pytest.mark.django_db


def test_money_is_recorded_and_told_once(stripe, told) -> None:
    attempt = opened()
    intent = stripe.pay(session_of(attempt))
    assert settle(session_of(attempt), now=NOW) == Outcome.PAID
    assert settle(session_of(attempt), now=NOW) == Outcome.ALREADY_PAID
    payment = Payment.objects.get()
    assert (payment.reference, payment.method, payment.external_id, payment.amount_pence, payment.currency) == (
        "order:ABC123",
        "stripe",
        intent,
        29000,
        "GBP",
    )
    assert (payment.received_at, payment.attempt) == (NOW, attempt)
    assert told == [("settled", 29000)]


def test_a_page_not_paid_yet_stays_open(stripe, told) -> None:
    attempt = opened()
    stripe.decline(session_of(attempt))
    assert settle(session_of(attempt), now=NOW) == Outcome.OPEN
    attempt.refresh_from_db()
    assert (attempt.status, attempt.checked_at, told) == ("open", NOW, [])


def test_an_expired_page_is_over(stripe, told, clock) -> None:
    attempt = opened()
    clock.shift(60 * 36)
    assert settle(session_of(attempt)) == Outcome.EXPIRED
    attempt.refresh_from_db()
    assert (attempt.status, told) == ("expired", [])


@pytest.mark.parametrize(
    ("intent_status", "outcome"), [("processing", Outcome.OPEN), ("requires_payment_method", Outcome.EXPIRED)]
)
def test_a_finished_page_without_money_is_not_a_payment(stripe, told, intent_status, outcome) -> None:
    attempt = opened()
    stripe.complete_unpaid(session_of(attempt), intent_status=intent_status)
    assert (settle(session_of(attempt)), told) == (outcome, [])


@pytest.mark.parametrize("status", ["expired", "abandoned"])
def test_late_money_is_recorded_like_any_other(stripe, told, status) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    CheckoutAttempt.objects.filter(pk=attempt.pk).update(status=status)
    assert settle(session_of(attempt)) == Outcome.PAID
    assert told == [("settled", 29000)]


def test_a_page_whose_name_was_never_written_down_is_found_by_its_key(stripe, told) -> None:
    attempt = begun()
    stripe.fail_next("timeout after")
    with pytest.raises(GatewayUnreachable):
        __import__("network_site.payments.attempts", fromlist=["open_page"]).open_page(attempt)
    (session,) = [key for key in stripe.objects if key.startswith("cs_")]
    stripe.pay(session)
    assert settle(session) == Outcome.PAID
    assert session_of(attempt) == session


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount_total": 100}, "amount in pence 100 instead of 29000"),
        ({"currency": "usd"}, "currency USD instead of GBP"),
        ({"client_reference_id": "order:ZZZ999"}, "reference order:ZZZ999 instead of order:ABC123"),
        ({"livemode": True}, "live money True instead of False"),
    ],
)
def test_money_that_is_not_as_asked_hands_out_nothing(stripe, told, change, words) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    stripe.objects[session_of(attempt)].update(change)
    assert settle(session_of(attempt)) == Outcome.MISMATCH
    assert settle(session_of(attempt)) == Outcome.MISMATCH
    assert (Payment.objects.count(), told) == (0, [])
    incident = Incident.objects.get()
    assert (incident.kind, incident.subject) == ("payment_mismatch", "order:ABC123")
    assert words in incident.sentence
    attempt.refresh_from_db()
    assert attempt.status == "open"


def test_an_unknown_page_is_nobodys_business_until_it_is_paid(stripe, told) -> None:
    attempt = opened()
    session = session_of(attempt)
    CheckoutAttempt.objects.all().delete()
    assert settle(session) == Outcome.UNKNOWN
    assert Incident.objects.count() == 0
    stripe.pay(session)
    assert settle(session) == Outcome.UNKNOWN
    incident = Incident.objects.get()
    assert incident.kind == "unknown_payment"
    assert "£290 was paid on a page this site did not make" in incident.sentence
    assert told == []


def test_a_page_made_elsewhere_carries_no_key(stripe) -> None:
    attempt = opened()
    session = session_of(attempt)
    stripe.objects[session]["metadata"] = {}
    CheckoutAttempt.objects.all().delete()
    assert settle(session) == Outcome.UNKNOWN


def test_an_invented_session_is_unknown(stripe) -> None:
    assert settle("cs_test_invented") == Outcome.UNKNOWN
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(("fault", "error"), [("timeout", GatewayUnreachable), ("500", GatewayUnreachable)])
def test_without_an_answer_nothing_changes(stripe, told, fault, error) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    stripe.fail_next(fault)
    with pytest.raises(error):
        settle(session_of(attempt))
    attempt.refresh_from_db()
    assert (attempt.status, told) == ("open", [])


def test_a_wrong_key_changes_nothing(stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    stripe.key = "sk_test_another"
    with pytest.raises(GatewayRefused):
        settle(session_of(attempt))
    assert told == []


def test_a_receiver_that_fails_takes_the_payment_back(stripe, told) -> None:
    """What the feature could not do did not happen: it is settled again later."""
    attempt = opened()
    stripe.pay(session_of(attempt))

    def broken(**_: object) -> None:
        raise RuntimeError("no room")

    payment_settled.connect(broken)
    with pytest.raises(RuntimeError, match="no room"):
        settle(session_of(attempt))
    payment_settled.disconnect(broken)
    assert Payment.objects.count() == 0
    assert settle(session_of(attempt)) == Outcome.PAID


def test_two_askers_who_both_saw_it_unpaid_record_it_once(stripe, told, monkeypatch) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    from network_site.payments import settlement

    record = settlement._record

    def overtaken(attempt, **facts):
        record(attempt, **facts)
        return record(attempt, **facts)

    monkeypatch.setattr(settlement, "_record", overtaken)
    assert settle(session_of(attempt)) == Outcome.ALREADY_PAID
    assert told == [("settled", 29000)]
