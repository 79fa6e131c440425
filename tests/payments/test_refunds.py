"""Money going back: decided under a lock, sent once, and never more than came in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.base.models import AuditEntry, Incident
from network_site.payments import balance, refunds
from network_site.payments.errors import GatewayRefused, GatewayUnreachable, KeyReused, PaymentError, WrongKey
from network_site.payments.models import (
    Dispute,
    Payment,
    PracticeRefund,
    PracticeSession,
    Refund,
    WebhookEvent,
)
from network_site.people.models import User
from tests.payments.conftest import NOW, paid

pytestmark = pytest.mark.django_db
Status = Refund.Status


def ask(payment: Payment, pence: int) -> Refund:
    return refunds.request(payment, amount_pence=pence, reason="Cannot come", by=None, now=NOW)


def test_a_refund_is_decided_then_sent_then_told_once(stripe, told) -> None:
    payment = paid(stripe)
    by = User.objects.create_user("staff@example.org")
    refund = refunds.request(payment, amount_pence=9000, reason="Ill", by=by, now=NOW)
    assert (refund.status, refund.requested_by, refund.origin) == ("requested", by, "staff")
    assert AuditEntry.objects.get().verb == "refund requested"
    sent = refunds.submit(refund, now=NOW)
    assert (sent.status, sent.settled_at) == ("succeeded", NOW)
    assert refunds.submit(refund) == sent
    assert told == [("settled", 29000), ("refunded", 9000)]
    assert stripe.objects[sent.external_id]["metadata"] == {
        "reference": "order:ABC123",
        "refund": sent.idempotency_key,
    }


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (0, "A refund must be more than nothing."),
        (-5, "A refund must be more than nothing."),
        (29001, "Only £290.00 of this payment is left to refund. Nothing was refunded; ask for less."),
    ],
)
def test_too_little_or_too_much_is_refused(stripe, pence, words) -> None:
    with pytest.raises(PaymentError) as caught:
        ask(paid(stripe), pence)
    assert str(caught.value) == words
    assert Refund.objects.count() == 0


def test_what_is_on_its_way_counts_as_gone(stripe) -> None:
    payment = paid(stripe)
    ask(payment, 20000)
    with pytest.raises(PaymentError, match=r"Only £90\.00"):
        ask(payment, 9001)
    assert ask(payment, 9000).amount_pence == 9000


def test_what_failed_may_be_asked_for_again(stripe) -> None:
    payment = paid(stripe)
    refund = ask(payment, 29000)
    Refund.objects.update(status=Status.FAILED)
    again = ask(payment, 29000)
    assert again.idempotency_key != refund.idempotency_key


def test_a_time_out_after_the_work_sends_the_money_once(stripe, told) -> None:
    refund = ask(paid(stripe), 9000)
    stripe.fail_next("timeout after")
    with pytest.raises(GatewayUnreachable):
        refunds.submit(refund)
    refund.refresh_from_db()
    assert refund.status == Status.REQUESTED
    assert refunds.submit(refund).status == Status.SUCCEEDED
    assert len([key for key in stripe.objects if key.startswith("re_")]) == 1
    assert told[1:] == [("refunded", 9000)]


def test_a_slow_bank_is_waited_for(stripe, told) -> None:
    stripe.next_refund_status = "pending"
    refund = refunds.submit(ask(paid(stripe), 9000))
    assert (refund.status, told[1:]) == ("submitted", [])
    stripe.objects[refund.external_id]["status"] = "succeeded"
    assert refunds.catch_up(refund).status == Status.SUCCEEDED
    assert told[1:] == [("refunded", 9000)]


def test_a_refund_that_fails_days_later_is_an_incident(stripe, told) -> None:
    refund = refunds.submit(ask(paid(stripe), 9000))
    stripe.objects[refund.external_id]["status"] = "failed"
    assert refunds.catch_up(refund).status == Status.FAILED
    assert refunds.catch_up(refund).status == Status.FAILED
    incident = Incident.objects.get()
    assert (incident.kind, incident.subject) == ("refund_failed", "order:ABC123")
    assert incident.sentence == ("A refund of £90 did not reach the buyer: the payment service calls it failed.")
    assert refunds.refundable_pence(refund.payment) == 29000


def test_a_clear_no_fails_the_refund_and_tells_staff(stripe) -> None:
    payment = paid(stripe)
    refund = ask(payment, 29000)
    stripe.refund_in_dashboard(payment.external_id, 1)
    with pytest.raises(GatewayRefused) as caught:
        refunds.submit(refund)
    assert "greater than unrefunded" not in str(caught.value)
    assert refund.status == Status.FAILED
    assert "greater than unrefunded" in Incident.objects.get().sentence


def test_a_wrong_key_makes_the_refund_wait(stripe) -> None:
    refund = ask(paid(stripe), 9000)
    stripe.key = "sk_test_another"
    with pytest.raises(WrongKey):
        refunds.submit(refund)
    refund.refresh_from_db()
    assert refund.status == Status.REQUESTED
    assert Incident.objects.get().kind == "payments_refused"


def test_a_key_used_for_something_else_makes_the_refund_wait(stripe) -> None:
    refund = ask(paid(stripe), 9000)
    refunds.current_gateway().refund(
        payment_id=refund.payment.external_id,
        amount_pence=1,
        idempotency_key=refund.idempotency_key,
        reference="order:ABC123",
    )
    with pytest.raises(KeyReused):
        refunds.submit(refund)
    refund.refresh_from_db()
    assert refund.status == Status.REQUESTED
    assert Incident.objects.get().kind == "refund_unclear"


def test_an_old_request_is_looked_for_before_it_is_made_again(stripe, told) -> None:
    """The gateway forgets keys after a day; a request whose answer was lost must not be paid twice."""
    refund = ask(paid(stripe), 9000)
    stripe.fail_next("timeout after")
    with pytest.raises(GatewayUnreachable):
        refunds.submit(refund)
    stripe.answers.clear()
    assert refunds.catch_up(refund).status == Status.SUCCEEDED
    assert len([key for key in stripe.objects if key.startswith("re_")]) == 1


def test_a_request_the_gateway_never_heard_of_is_made(stripe, told) -> None:
    payment = paid(stripe)
    refunds.submit(ask(payment, 1000))
    refund = ask(payment, 9000)
    assert refunds.catch_up(refund).status == Status.SUCCEEDED


def test_while_a_dispute_is_open_nothing_is_refunded(stripe) -> None:
    payment = paid(stripe)
    payment.disputes.create(external_id="dp_1", status="needs_response", amount_pence=29000, opened_at=NOW)
    with pytest.raises(PaymentError, match="Answer the bank first"):
        ask(payment, 9000)
    payment.disputes.update(is_open=False)
    assert ask(payment, 9000).status == Status.REQUESTED


def test_a_no_that_comes_too_late_changes_nothing(stripe) -> None:
    refund = refunds.submit(ask(paid(stripe), 9000))
    Refund.objects.update(status=Status.CANCELLED)
    refunds._fail(refund, error=GatewayRefused("no"), now=NOW)
    assert (refund.status, Incident.objects.count()) == (Status.CANCELLED, 0)


def test_everything_has_a_name_for_the_log(stripe) -> None:
    payment = paid(stripe)
    assert str(payment) == f"stripe {payment.external_id}"
    assert str(payment.attempt) == "cs:order:ABC123:1"
    assert str(ask(payment, 1)) == f"re:order:ABC123:{payment.pk}:1"
    assert str(Dispute(external_id="dp_1")) == "dp_1"
    assert str(WebhookEvent(kind="refund.created", external_id="evt_1")) == "refund.created evt_1"
    assert str(PracticeSession(session_id="practice_1")) == "practice_1"
    assert str(PracticeRefund(refund_id="practice_refund_1")) == "practice_refund_1"


def test_the_balance_adds_up(stripe) -> None:
    payment = paid(stripe)
    refunds.submit(ask(payment, 5000))
    ask(payment, 4000)
    payment.disputes.create(external_id="dp_1", status="lost", amount_pence=1000, is_open=False, opened_at=NOW)
    paid(stripe, "order:OTHER")
    reference = payment.reference
    assert balance.paid_pence(reference) == 29000
    assert balance.refunded_pence(reference) == 5000
    assert balance.going_back_pence(reference) == 4000
    assert balance.lost_pence(reference) == 1000
    assert balance.balance_pence(reference) == 19000
    assert list(balance.payments_of(reference)) == [payment]
    assert balance.paid_pence("order:NOBODY") == balance.balance_pence("order:NOBODY") == 0


def test_what_staff_should_look_at(stripe) -> None:
    payment = paid(stripe)
    waiting = ask(payment, 4000)
    dispute = payment.disputes.create(external_id="dp_1", status="needs_response", amount_pence=1, opened_at=NOW)
    assert list(balance.refunds_on_their_way()) == [waiting]
    assert list(balance.open_disputes()) == [dispute]
    assert list(balance.messages_in_trouble()) == []
    assert list(balance.attempts_of(payment.reference)) == [payment.attempt]
    assert balance.payable_attempt(payment.reference) is None


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "submit", "fail later", "dashboard", "lost answer", "reconcile"]),
        st.integers(min_value=-10, max_value=400),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, status=st.sampled_from(["succeeded", "pending"]))
def test_refunds_never_exceed_payments(stripe, told, steps, status) -> None:
    """Whatever is asked, lost, failed or done elsewhere, the gateway and our books agree that no more went back."""
    payment = paid(stripe, f"order:{len(stripe.objects)}", pence=100, quantity=3)
    stripe.next_refund_status = status
    for step, pence in steps:
        take(step, pence, payment, stripe)
        assert_sane(payment, stripe)
    stripe.next_refund_status = "succeeded"


def take(step: str, pence: int, payment: Payment, stripe) -> None:
    mine = list(payment.refunds.all())
    chosen = mine[pence % len(mine)] if mine else None
    try:
        if step == "ask":
            ask(payment, pence)
        elif step == "dashboard" and pence > 0:
            left = 300 - at_the_gateway(payment, stripe)
            if pence <= left:
                facts = refunds.current_gateway().look_up_refund(stripe.refund_in_dashboard(payment.external_id, pence))
                refunds.adopt(payment, facts=facts)
        elif chosen is not None:
            act_on(step, chosen, stripe)
    except PaymentError:
        pass


def act_on(step: str, refund: Refund, stripe) -> None:
    refund.refresh_from_db()
    if step == "submit":
        refunds.submit(refund)
    elif step == "lost answer":
        stripe.fail_next("timeout after")
        try:
            refunds.submit(refund)
        finally:
            stripe.faults.clear()
    elif step == "fail later" and refund.external_id:
        stripe.objects[refund.external_id]["status"] = "failed"
        refunds.catch_up(refund)
    elif step == "reconcile" and refund.status in {"requested", "submitted"}:
        refunds.catch_up(refund)


def at_the_gateway(payment: Payment, stripe) -> int:
    return sum(
        one["amount"]
        for one in stripe.objects.values()
        if one["object"] == "refund" and one["payment_intent"] == payment.external_id and one["status"] != "failed"
    )


def assert_sane(payment: Payment, stripe) -> None:
    assert at_the_gateway(payment, stripe) <= payment.amount_pence
    arrived = balance.refunded_pence(payment.reference)
    assert arrived <= payment.amount_pence
    assert 0 <= refunds.refundable_pence(payment) <= payment.amount_pence
    asked_here = sum(refund.amount_pence for refund in payment.refunds.exclude(origin="gateway") if is_counted(refund))
    assert asked_here <= payment.amount_pence
    for refund in payment.refunds.filter(status="succeeded"):
        assert stripe.objects[refund.external_id]["amount"] == refund.amount_pence


def is_counted(refund: Refund) -> bool:
    return refund.status not in {"failed", "cancelled"}
