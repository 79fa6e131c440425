"""What every gateway promises, tried on Stripe (the real SDK over a fake network) and on the practice gateway."""

import json
from datetime import timedelta

import pytest

from network_site.payments.errors import BadSignature, GatewayRefused, KeyReused, SessionNotOpen, UnknownToGateway
from network_site.payments.gateway import Gateway, SessionFacts, SessionState
from tests.contracts.conftest import KEY, Till

pytestmark = pytest.mark.django_db


def test_it_says_who_it_is(till: Till) -> None:
    gateway: Gateway = till.gateway
    assert gateway.name in {"stripe", "practice"}
    assert gateway.is_live is False


def test_a_page_asks_for_the_sum_of_the_bill(till: Till) -> None:
    session = till.open()
    assert session == SessionFacts(
        session_id=session.session_id,
        state=SessionState.OPEN,
        is_paid=False,
        amount_pence=29500,
        currency="GBP",
        reference="order:ABC123",
        is_live=False,
        url=session.url,
        payment_id="",
        key=KEY,
    )
    assert session.url.startswith("https://")
    assert till.gateway.look_up(session.session_id) == session


def test_frozen_parameters_survive_the_database(till: Till) -> None:
    params = till.params()
    again = json.loads(json.dumps(params))
    assert again == params
    first = till.gateway.open_session(params, idempotency_key=KEY)
    shuffled = dict(sorted(again.items(), reverse=True))
    assert till.gateway.open_session(shuffled, idempotency_key=KEY).session_id == first.session_id


def test_the_same_question_gets_the_same_page(till: Till) -> None:
    assert till.open() == till.open()


def test_the_same_question_gets_the_same_page_when_it_is_late(till: Till, clock) -> None:
    first = till.open()
    clock.shift(timedelta(minutes=20))
    assert till.open().session_id == first.session_id


def test_another_key_gets_another_page(till: Till) -> None:
    assert till.open().session_id != till.open(key="cs:order:ABC123:2").session_id


def test_the_same_key_for_something_else_is_refused(till: Till) -> None:
    till.open()
    with pytest.raises(KeyReused):
        till.gateway.open_session(till.params(pence=1), idempotency_key=KEY)


@pytest.mark.parametrize("minutes", [-5, 29, 24 * 60 + 1])
def test_a_page_lives_half_an_hour_to_a_day(till: Till, minutes: int) -> None:
    with pytest.raises(GatewayRefused):
        till.open(minutes=minutes)


@pytest.mark.parametrize("minutes", [30, 35, 24 * 60])
def test_a_page_may_live_that_long(till: Till, minutes: int) -> None:
    assert till.open(minutes=minutes).state == SessionState.OPEN


def test_a_paid_page_is_complete_and_names_the_payment(till: Till) -> None:
    session = till.paid()
    assert (session.state, session.is_paid, session.amount_pence) == (SessionState.COMPLETE, True, 29500)
    assert session.payment_id


def test_a_declined_card_leaves_the_page_open(till: Till) -> None:
    session = till.open()
    till.decline(session.session_id)
    assert till.gateway.look_up(session.session_id) == session
    till.pay(session.session_id)
    assert till.gateway.look_up(session.session_id).is_paid


def test_a_page_past_its_time_is_expired(till: Till, clock) -> None:
    session = till.open()
    clock.shift(timedelta(minutes=35))
    assert till.gateway.look_up(session.session_id).state == SessionState.EXPIRED


def test_a_page_can_be_expired_once(till: Till) -> None:
    session = till.open()
    expired = till.gateway.expire(session.session_id)
    assert (expired.state, expired.is_paid) == (SessionState.EXPIRED, False)
    with pytest.raises(SessionNotOpen):
        till.gateway.expire(session.session_id)


def test_a_paid_page_cannot_be_expired(till: Till) -> None:
    session = till.paid()
    with pytest.raises(SessionNotOpen):
        till.gateway.expire(session.session_id)
    assert till.gateway.look_up(session.session_id).is_paid


def test_a_page_past_its_time_cannot_be_expired(till: Till, clock) -> None:
    session = till.open()
    clock.shift(timedelta(hours=1))
    with pytest.raises(SessionNotOpen):
        till.gateway.expire(session.session_id)


@pytest.mark.parametrize("verb", ["look_up", "expire", "look_up_payment", "look_up_refund", "look_up_dispute"])
def test_what_it_never_heard_of(till: Till, verb: str) -> None:
    with pytest.raises(UnknownToGateway):
        getattr(till.gateway, verb)("nobody")


def test_a_payment_names_its_attempt(till: Till) -> None:
    session = till.paid()
    payment = till.gateway.look_up_payment(session.payment_id)
    assert (payment.payment_id, payment.reference, payment.key) == (session.payment_id, "order:ABC123", KEY)


def test_money_goes_back_in_parts(till: Till) -> None:
    payment = till.paid().payment_id
    first, second = till.refund(payment, 9000), till.refund(payment, 20500, "re:2")
    assert (first.status, first.amount_pence, first.payment_id, first.key) == ("succeeded", 9000, payment, "re:1")
    assert till.gateway.look_up_refund(first.refund_id) == first
    assert sorted(till.gateway.refunds_of(payment), key=lambda facts: facts.key) == [first, second]


def test_a_refund_is_made_once_however_often_it_is_asked_for(till: Till) -> None:
    payment = till.paid().payment_id
    assert till.refund(payment, 29500) == till.refund(payment, 29500)
    assert len(till.gateway.refunds_of(payment)) == 1


def test_a_refunds_key_is_for_one_amount(till: Till) -> None:
    payment = till.paid().payment_id
    till.refund(payment, 9000)
    with pytest.raises(KeyReused):
        till.refund(payment, 1)


def test_no_more_goes_back_than_came_in(till: Till) -> None:
    payment = till.paid().payment_id
    till.refund(payment, 9000)
    with pytest.raises(GatewayRefused):
        till.refund(payment, 20501, "re:2")
    assert len(till.gateway.refunds_of(payment)) == 1


def test_what_was_not_paid_is_not_refunded(till: Till) -> None:
    with pytest.raises(UnknownToGateway):
        till.refund("nobody", 100)
    assert till.gateway.refunds_of("nobody") == []


@pytest.mark.parametrize("signature", ["", "t=1,v1=abc"])
def test_an_unsigned_message_is_not_read(till: Till, signature: str) -> None:
    with pytest.raises(BadSignature):
        till.gateway.read_event(b'{"id": "evt_1"}', signature=signature)
