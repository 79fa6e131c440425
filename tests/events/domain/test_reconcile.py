"""The job that brings orders and money together again."""

from datetime import timedelta

import pytest

from events.domain import checkout, reconcile
from events.domain.reconcile import converge
from events.models import Order
from network_site.base.models import Incident
from network_site.mail.models import OutgoingMail
from network_site.payments.errors import GatewayUnreachable
from network_site.payments.models import Payment, Refund
from network_site.payments.practice_gateway import PracticeGateway
from network_site.payments.settlement import settle
from network_site.payments.signals import payment_settled
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory

LATE = NOW + checkout.PAGE_LIFE + checkout.GRACE


def state(order) -> str:
    order.refresh_from_db()
    return order.status


def silent(*_facts, **_more):
    raise GatewayUnreachable("…")


def test_all_in_order_is_left_alone() -> None:
    kind = TicketTypeFactory()
    made = [make(kind) for make in (orders.held, orders.paying, orders.booked, orders.expired, orders.cancelled)]
    before = [order.status for order in made]
    assert converge(now=NOW) == 0
    assert [state(order) for order in made] == before


def test_a_page_nobody_paid_is_closed_and_its_places_let_go() -> None:
    kind = TicketTypeFactory(quota__size=1)
    order = orders.paying(kind)
    assert converge(now=LATE - timedelta(seconds=1)) == 0
    assert converge(now=LATE) == 1
    assert (state(order), kind.quotas.get().taken) == ("expired", 0)
    assert [(mail.kind, mail.to) for mail in OutgoingMail.objects.all()] == [("events.hold_lost", order.buyer_email)]
    assert not orders.pay(order)


def test_a_page_that_was_paid_is_booked_however_late_it_is() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.pay(order)
    converge(now=LATE + timedelta(days=3))
    assert state(order) == "paid"


def test_a_silent_gateway_keeps_the_places_and_after_a_while_asks_staff(monkeypatch) -> None:
    order = orders.paying(TicketTypeFactory())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PracticeGateway, "expire", silent)
        converge(now=LATE)
        assert (state(order), Incident.objects.count()) == ("awaiting_payment", 0)
        converge(now=LATE + timedelta(minutes=15))
        converge(now=LATE + timedelta(minutes=16))
    incident = Incident.objects.get(kind=reconcile.STUCK)
    assert (state(order), incident.subject) == ("awaiting_payment", order.subject)
    converge(now=LATE + timedelta(minutes=20))
    incident.refresh_from_db()
    assert (state(order), incident.resolution) == ("expired", "The payment service answered.")


def test_an_order_whose_page_ended_early_is_held_again_while_there_is_time() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.close_page(order)
    converge(now=NOW + timedelta(minutes=5))
    assert (state(order), order.hold_until) == ("held", NOW + timedelta(minutes=40))


def test_an_order_whose_page_ended_long_ago_is_let_go() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.close_page(order)
    converge(now=LATE)
    assert state(order) == "expired"


def test_another_tabs_new_page_is_not_let_go() -> None:
    order = orders.paying(TicketTypeFactory())
    assert not reconcile.let_go_of_unpaid(order, now=LATE)
    assert state(order) == "awaiting_payment"


def test_money_that_was_recorded_while_nobody_listened_is_received() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.pay(order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(payment_settled, "send", lambda **_facts: [])
        settle(orders.session_of(order), now=NOW)
    assert (state(order), Payment.objects.count()) == ("awaiting_payment", 1)
    converge(now=NOW)
    assert state(order) == "paid"


def test_money_that_went_back_meanwhile_books_nothing() -> None:
    order = orders.expired(TicketTypeFactory())
    payment = Payment.objects.create(
        reference=order.subject, method="practice", external_id="x", amount_pence=4500, received_at=NOW
    )
    Refund.objects.create(
        payment=payment, amount_pence=4500, status="succeeded", external_id="x", idempotency_key="x", requested_at=NOW
    )
    converge(now=NOW)
    assert state(order) == "expired"


def test_late_money_goes_back_after_a_day() -> None:
    order = orders.refund_due(TicketTypeFactory())
    assert converge(now=NOW + timedelta(hours=24) - timedelta(seconds=1)) == 0
    assert converge(now=NOW + timedelta(hours=24)) == 1
    assert (state(order), order.cancelled_by, Refund.objects.get().status) == ("cancelled", None, "succeeded")


def test_one_order_that_fails_does_not_stop_the_rest(monkeypatch, caplog) -> None:
    first, second = orders.paying(TicketTypeFactory()), orders.paying(TicketTypeFactory())
    Order.objects.filter(pk=first.pk).update(hold_until=LATE - timedelta(minutes=1))
    closed = reconcile.page_is_closed

    def break_the_first(order, *, now):
        if order.pk == first.pk:
            raise RuntimeError("broken")
        return closed(order, now=now)

    monkeypatch.setattr(reconcile, "page_is_closed", break_the_first)
    assert converge(now=LATE) == 2
    assert (state(first), state(second)) == ("awaiting_payment", "expired")
    assert f"Order {first.reference} could not be brought up to date" in caplog.text
