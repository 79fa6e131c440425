"""Giving places up, with and without money back."""

import pytest

from events.domain import checkout
from events.domain.cancellation import cancel_line, cancel_order
from events.domain.errors import TicketingError
from events.models import CapacityClaim, Order, OrderLine
from network_site.base.models import AuditEntry
from network_site.mail.models import OutgoingMail
from network_site.payments.errors import GatewayUnreachable
from network_site.payments.models import CheckoutAttempt, Payment, Refund
from network_site.payments.practice_gateway import PracticeGateway
from tests.events.domain.test_holds import workshop
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory


def cancel(order, *, by=None, refund=True, reason="") -> None:
    cancel_order(order, by=by, now=NOW, refund=refund, reason=reason)


def letter() -> OutgoingMail:
    return OutgoingMail.objects.filter(kind="events.order_cancelled").latest("pk")


def test_cancelling_lets_go_of_the_places_and_sends_the_money_back(staff) -> None:
    kind = TicketTypeFactory(quota__size=2)
    order = orders.booked(kind, 2)
    cancel(order, by=staff, reason="The train did not go")
    assert (order.status, order.cancelled_at, order.cancelled_by) == ("cancelled", NOW, staff)
    assert {(line.status, line.cancelled_at, line.cancelled_by) for line in order.lines.all()} == {
        ("cancelled", NOW, staff)
    }
    assert (kind.quotas.get().taken, CapacityClaim.objects.filter(status="active").count()) == (0, 0)
    refund = Refund.objects.get()
    assert (refund.status, refund.amount_pence, refund.reason) == ("succeeded", 9000, "The train did not go")
    entry = AuditEntry.objects.get(verb="cancelled")
    assert (entry.by, entry.data) == (staff, {"refund_pence": 9000, "reason": "The train did not go"})
    assert letter().payload == {"order": order.pk, "lines": [1, 2], "refund_pence": 9000}


def test_without_a_refund_the_money_stays() -> None:
    order = orders.booked(TicketTypeFactory())
    cancel(order, refund=False)
    assert (order.status, Refund.objects.count(), letter().payload["refund_pence"]) == ("cancelled", 0, 0)


def test_free_and_unnamed_orders_are_cancelled_without_money_or_letters() -> None:
    free, unnamed = orders.booked(TicketTypeFactory(free=True)), orders.held(TicketTypeFactory())
    cancel(free)
    cancel(unnamed)
    assert (free.status, unnamed.status, Refund.objects.count()) == ("cancelled", "cancelled", 0)
    assert [mail.to for mail in OutgoingMail.objects.filter(kind="events.order_cancelled")] == [free.buyer_email]


def test_a_page_is_closed_before_its_order_is_cancelled() -> None:
    order = orders.paying(TicketTypeFactory())
    cancel(order)
    assert (order.status, CheckoutAttempt.objects.get().status) == ("cancelled", "expired")
    assert not orders.pay(order)


def test_a_page_that_turns_out_paid_is_booked_cancelled_and_paid_back() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.pay(order)
    cancel(order)
    assert (order.status, order.paid_at) == ("cancelled", NOW)
    assert Refund.objects.get().amount_pence == 4500


def test_nothing_is_cancelled_while_the_gateway_is_silent(monkeypatch) -> None:
    order = orders.paying(TicketTypeFactory())

    def silent(*_facts, **_more):
        raise GatewayUnreachable("…")

    monkeypatch.setattr(PracticeGateway, "expire", silent)
    with pytest.raises(TicketingError, match=r"may still be paid\. Nothing was cancelled\."):
        cancel(order)
    order.refresh_from_db()
    assert order.status == "awaiting_payment"


def test_a_buyer_who_went_to_pay_meanwhile_is_not_cancelled() -> None:
    order = orders.named(TicketTypeFactory())
    as_staff_saw_it = Order.objects.get(pk=order.pk)
    checkout.start(order, now=NOW, site_url=orders.SITE)
    with pytest.raises(TicketingError) as refused:
        cancel(as_staff_saw_it)
    assert str(refused.value) == "The buyer has just gone to pay. Nothing was cancelled. Try again."


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (orders.cancelled, "cancelled"),
        (orders.expired, "hold ran out"),
        (orders.refund_due, "paid too late; to be decided"),
    ],
)
def test_what_holds_nothing_is_not_cancelled(make, word) -> None:
    order = make(TicketTypeFactory())
    with pytest.raises(TicketingError) as refused:
        cancel(order)
    assert str(refused.value) == f"This order is “{word}”, so there is nothing to cancel. Nothing was changed."


# --- One place ---


def test_one_place_goes_with_its_workshop_and_its_money(staff) -> None:
    place = TicketTypeFactory(quota__size=3)
    extra = workshop(place.conference, quota__size=3)
    order = orders.booked(place, 3, addons={extra: 2})
    cancel_line(order.lines.get(number=1), by=staff, now=NOW, refund=True)
    order.refresh_from_db()
    states = dict(order.lines.values_list("number", "status"))
    assert order.status == "paid"
    assert states == {1: "cancelled", 2: "valid", 3: "valid", 4: "cancelled", 5: "valid"}
    assert (place.quotas.get().taken, extra.quotas.get().taken) == (2, 1)
    assert (Refund.objects.get().amount_pence, Refund.objects.get().status) == (6000, "succeeded")
    assert AuditEntry.objects.get(verb="cancelled places").data == {"refund_pence": 6000, "places": [1, 4]}
    assert letter().payload == {"order": order.pk, "lines": [1, 4], "refund_pence": 6000}


def test_a_workshop_alone_can_be_given_up() -> None:
    place = TicketTypeFactory()
    order = orders.booked(place, addons={workshop(place.conference): 1})
    cancel_line(order.lines.get(number=2), by=None, now=NOW, refund=False)
    order.refresh_from_db()
    assert (order.status, Refund.objects.count()) == ("paid", 0)
    assert dict(order.lines.values_list("number", "status")) == {1: "valid", 2: "cancelled"}


def test_with_the_last_place_the_order_is_cancelled() -> None:
    order = orders.booked(TicketTypeFactory(), 2)
    first, second = order.lines.all()
    cancel_line(first, by=None, now=NOW, refund=True)
    cancel_line(second, by=None, now=NOW, refund=True)
    order.refresh_from_db()
    assert (order.status, sum(Refund.objects.values_list("amount_pence", flat=True))) == ("cancelled", 9000)
    assert OutgoingMail.objects.filter(kind="events.order_cancelled").count() == 2


def test_the_last_place_gives_back_what_is_left_even_after_a_smaller_refund() -> None:
    order = orders.booked(TicketTypeFactory(), 2)
    cancel_line(order.lines.get(number=1), by=None, now=NOW, refund=False)
    cancel(order)
    assert Refund.objects.get().amount_pence == 9000


@pytest.mark.parametrize("make", [orders.held, orders.paying, orders.expired, orders.cancelled, orders.refund_due])
def test_a_place_that_is_not_booked_is_not_cancelled(make) -> None:
    order = make(TicketTypeFactory())
    before = order.lines.get().status
    with pytest.raises(TicketingError) as refused:
        cancel_line(order.lines.get(), by=None, now=NOW, refund=True)
    assert str(refused.value) == "This place is not booked, so there is nothing to cancel. Nothing was changed."
    assert order.lines.get().status == before


def test_a_place_is_cancelled_once() -> None:
    order = orders.booked(TicketTypeFactory(), 2)
    line = order.lines.get(number=1)
    cancel_line(line, by=None, now=NOW, refund=True)
    with pytest.raises(TicketingError):
        cancel_line(OrderLine.objects.get(pk=line.pk), by=None, now=NOW, refund=True)
    assert (Refund.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_refund_is_taken_from_several_payments_if_need_be() -> None:
    order = orders.booked(TicketTypeFactory(), 2)
    Payment.objects.update(amount_pence=4000)
    Payment.objects.create(
        reference=order.subject, method="practice", external_id="second", amount_pence=5000, received_at=NOW
    )
    Payment.objects.create(
        reference=order.subject, method="practice", external_id="third", amount_pence=100, received_at=NOW
    )
    cancel_line(order.lines.get(number=1), by=None, now=NOW, refund=True)
    assert sorted(Refund.objects.values_list("amount_pence", flat=True)) == [500, 4000]
