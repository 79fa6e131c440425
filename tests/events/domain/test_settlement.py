"""Money comes in: in time, late, twice, wrong, or for nobody."""

from datetime import timedelta

import pytest

from events.domain import cancellation, checkout, ledger, money, programme, queries, settlement
from events.domain.errors import TicketingError
from events.models import Order, Quota
from network_site.base.models import AuditEntry, Incident
from network_site.mail.models import OutgoingMail
from network_site.payments import reconcile as payments_reconcile
from network_site.payments.models import CheckoutAttempt, Dispute, Payment, PracticeSession, Refund
from network_site.payments.practice_gateway import PracticeGateway
from network_site.payments.settlement import settle
from network_site.payments.signals import payment_refunded, payment_settled
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", "to"))


def paid_in(reference: str, *, pence: int = 4500) -> Payment:
    """Money that came in, as payments tells it."""
    payment = Payment.objects.create(
        reference=reference,
        method="practice",
        external_id=f"x{Payment.objects.count()}",
        amount_pence=pence,
        received_at=NOW,
    )
    payment_settled.send(sender=Payment, payment=payment)
    return payment


def test_each_delegate_with_another_address_gets_their_own_place() -> None:
    order = orders.held(TicketTypeFactory(), 4)
    people = {1: ("Ada", "ADA@example.org"), 2: ("Bo", "bo@example.org"), 3: ("Cy", ""), 4: ("Di", "di@example.org")}
    orders.name(order, email="ada@example.org", people=people)
    checkout.start(order, now=NOW, site_url=orders.SITE)
    orders.pay(order)
    checkout.refresh(order, now=NOW)
    assert mails() == [
        ("events.order_paid", "ada@example.org"),
        ("events.place", "bo@example.org"),
        ("events.place", "di@example.org"),
    ]
    line = order.lines.get(number=2)
    assert OutgoingMail.objects.get(to="bo@example.org").payload == {"order": order.pk, "line": line.pk}


def test_booking_is_written_in_the_audit_trail() -> None:
    order = orders.booked(TicketTypeFactory())
    entry = AuditEntry.objects.get(verb="booked")
    assert (entry.subject, entry.by, entry.data) == (order.subject, None, {"pence": 4500})


def test_late_money_takes_the_places_if_they_are_still_free() -> None:
    kind = TicketTypeFactory(quota__size=2)
    order = orders.paid_behind_our_back(kind, 2)
    assert (order.status, kind.quotas.get().taken) == ("expired", 0)
    settle(orders.session_of(order), now=NOW)
    order.refresh_from_db()
    assert (order.status, kind.quotas.get().taken) == ("paid", 2)
    assert [line.status for line in order.lines.all()] == ["valid", "valid"]
    assert Incident.objects.count() == 0


def test_late_money_takes_places_of_holds_that_ran_out() -> None:
    kind = TicketTypeFactory(quota__size=1)
    order = orders.paid_behind_our_back(kind)
    slow = orders.held(kind)
    later = NOW + timedelta(hours=1)
    settle(orders.session_of(order), now=later)
    order.refresh_from_db()
    slow.refresh_from_db()
    assert (order.status, slow.status) == ("paid", "expired")


def test_late_money_is_taken_even_when_sales_are_closed() -> None:
    kind = TicketTypeFactory()
    order = orders.paid_behind_our_back(kind)
    programme.close(kind.quotas.get(), by=None)
    programme.move(kind.conference, to="closed", by=None, now=NOW)
    settle(orders.session_of(order), now=NOW)
    order.refresh_from_db()
    assert order.status == "paid"


def test_late_money_without_room_waits_for_a_decision() -> None:
    order = orders.refund_due(TicketTypeFactory(name="Student"))
    incident = queries.incidents_of(order).get()
    assert (order.status, order.refund_due_at) == ("refund_due", NOW)
    assert incident.sentence == (
        f"£45 for order {order.reference} came after its places were let go, and there is no room for them."
    )
    assert mails() == [("events.hold_lost", order.buyer_email), ("events.late_money", order.buyer_email)]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_late_money_for_a_day_that_does_not_take_place_is_not_booked(status) -> None:
    order = orders.paid_behind_our_back(TicketTypeFactory())
    programme.move(order.conference, to=status, by=None, now=NOW)
    settle(orders.session_of(order), now=NOW)
    order.refresh_from_db()
    assert order.status == "refund_due"


def test_money_for_an_order_that_was_cancelled_unpaid_waits_for_a_decision() -> None:
    order = cancelled_but_paid()
    assert order.status == "refund_due"


def cancelled_but_paid() -> Order:
    """Staff cancelled it while its buyer paid on a page that we thought was over."""
    order = orders.paying(TicketTypeFactory(quota__size=1))
    orders.pay(order)
    CheckoutAttempt.objects.update(status=CheckoutAttempt.Status.EXPIRED)
    cancellation.cancel_order(order, by=None, now=NOW, refund=True)
    assert (order.status, order.paid_at) == ("cancelled", None)
    settle(orders.session_of(order), now=NOW)
    order.refresh_from_db()
    return order


# --- Deciding ---


def test_seating_makes_room_and_says_so(staff) -> None:
    kind = TicketTypeFactory(quota__size=3)
    order = orders.refund_due(kind, 2)
    settlement.seat_late(order, by=staff, now=NOW)
    quota = kind.quotas.get()
    assert (order.status, order.refund_due_at, quota.size, quota.taken) == ("paid", None, 5, 5)
    entry = AuditEntry.objects.filter(verb="booked").get()
    assert (entry.by, entry.data) == (staff, {"pence": 9000, "late": True, "grown": {str(quota.pk): 2}})
    incident = queries.incidents_of(order).get()
    assert (incident.resolved_by, incident.resolution) == (staff, "Seated.")
    assert mails()[-1] == ("events.order_paid", order.buyer_email)


def test_seating_where_room_came_back_makes_nothing_larger(staff) -> None:
    kind = TicketTypeFactory(quota__size=1)
    order = orders.refund_due(kind)
    ledger.let_go(kind.quotas.get().staff_holds.get(), by=staff, now=NOW)
    settlement.seat_late(order, by=staff, now=NOW)
    assert (kind.quotas.get().size, kind.quotas.get().taken) == (1, 1)


def test_seating_in_a_quota_without_end() -> None:
    kind = TicketTypeFactory(quota__endless=True)
    order = orders.paid_behind_our_back(kind)
    programme.move(kind.conference, to="postponed", by=None, now=NOW)
    settle(orders.session_of(order), now=NOW)
    order.refresh_from_db()
    settlement.seat_late(order, by=None)
    assert (order.status, kind.quotas.get().size, kind.quotas.get().taken) == ("paid", None, 1)


def test_seating_what_had_been_cancelled_brings_it_back(staff) -> None:
    order = cancelled_but_paid()
    settlement.seat_late(order, by=staff, now=NOW)
    line = order.lines.get()
    assert (order.status, order.cancelled_at, line.status, line.cancelled_at) == ("paid", None, "valid", None)


def test_sending_late_money_back(staff) -> None:
    order = orders.refund_due(TicketTypeFactory(), 2)
    settlement.refund_late(order, by=staff, now=NOW)
    refund = Refund.objects.get()
    assert (order.status, order.cancelled_by, order.cancelled_at) == ("cancelled", staff, NOW)
    assert (refund.amount_pence, refund.status, refund.origin, refund.requested_by) == (
        9000,
        "succeeded",
        "late_money",
        staff,
    )
    assert queries.incidents_of(order).get().resolution == "The money goes back."
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.kind, mail.payload) == (
        "events.order_cancelled",
        {"order": order.pk, "lines": [1, 2], "refund_pence": 9000},
    )


@pytest.mark.parametrize("decide", [settlement.seat_late, settlement.refund_late])
def test_late_money_is_decided_once(decide) -> None:
    order = orders.refund_due(TicketTypeFactory())
    settlement.refund_late(order, by=None)
    with pytest.raises(TicketingError) as refused:
        decide(order, by=None, now=NOW)
    assert str(refused.value) == "Somebody decided about this order before. Nothing was changed. Look at it again."


def test_money_that_left_elsewhere_seats_nobody() -> None:
    order = orders.refund_due(TicketTypeFactory())
    payment = Payment.objects.get()
    Refund.objects.create(
        payment=payment, amount_pence=4500, status="succeeded", origin="gateway", idempotency_key="x", external_id="x",
        requested_at=NOW,
    )  # fmt: skip
    with pytest.raises(TicketingError) as refused:
        settlement.seat_late(order, by=None, now=NOW)
    assert str(refused.value) == "The money is already on its way back, so these places cannot be booked with it."
    order.refresh_from_db()
    assert order.status == "refund_due"


def test_disputed_money_does_not_go_back() -> None:
    order = orders.refund_due(TicketTypeFactory())
    Dispute.objects.create(
        payment=Payment.objects.get(), external_id="d", status="needs_response", amount_pence=4500, opened_at=NOW
    )
    with pytest.raises(TicketingError, match=r"^The money cannot go back: .* Nothing was changed\.$"):
        settlement.refund_late(order, by=None, now=NOW)
    order.refresh_from_db()
    assert (order.status, Refund.objects.count()) == ("refund_due", 0)


# --- What should not happen ---


@pytest.mark.parametrize("make", [orders.booked, orders.cancelled])
def test_money_that_comes_twice_goes_back_by_itself(make) -> None:
    order = make(TicketTypeFactory())
    before = order.status
    extra = paid_in(order.subject)
    order.refresh_from_db()
    assert (order.status, money.remaining_pence(extra)) == (before, 0)
    refund = Refund.objects.get(payment=extra)
    assert (refund.status, refund.reason) == ("requested", "The order had been paid before.")
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.kind, mail.payload["is_extra"]) == ("events.late_money", True)


def test_money_that_comes_twice_while_late_money_is_undecided_goes_back() -> None:
    order = orders.refund_due(TicketTypeFactory())
    extra = paid_in(order.subject)
    order.refresh_from_db()
    assert (order.status, money.remaining_pence(extra), money.kept_pence(order)) == ("refund_due", 0, 4500)


@pytest.mark.parametrize(("pence", "said"), [(4499, "£44.99"), (9000, "£90")])
def test_the_wrong_amount_books_nothing(pence, said) -> None:
    order = orders.held(TicketTypeFactory())
    paid_in(order.subject, pence=pence)
    order.refresh_from_db()
    incident = Incident.objects.get()
    assert order.status == "held"
    assert incident.sentence == f"{said} came in for order {order.reference}, which costs £45. Nothing was booked."
    Payment.objects.all().delete()


def test_money_for_an_order_that_does_not_exist_is_asked_about() -> None:
    paid_in("order:NOBODY")
    assert Incident.objects.get().sentence == "£45 came in for an order that does not exist."


def test_another_features_money_is_not_ours() -> None:
    payment = paid_in("award:7")
    payment_refunded.send(sender=Refund, refund=Refund(payment=payment, amount_pence=1))
    assert (Incident.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_a_tampered_amount_books_nothing() -> None:
    order = orders.paying(TicketTypeFactory())
    PracticeSession.objects.update(amount_pence=1)
    orders.pay(order)
    assert checkout.refresh(order, now=NOW).status == "awaiting_payment"
    assert (Payment.objects.count(), Incident.objects.count()) == (0, 1)


def test_money_sent_back_at_the_gateway_asks_what_becomes_of_the_places() -> None:
    order = orders.booked(TicketTypeFactory())
    refund = Refund.objects.create(
        payment=Payment.objects.get(), amount_pence=4500, status="succeeded", origin="gateway", idempotency_key="x",
        external_id="x", requested_at=NOW,
    )  # fmt: skip
    payment_refunded.send(sender=Refund, refund=refund)
    assert Incident.objects.get().sentence == (
        f"£45 of order {order.reference} was sent back at the payment service, but its places are booked."
    )


def test_a_refund_the_gateway_does_not_take_now_is_tried_again(monkeypatch) -> None:
    order = orders.booked(TicketTypeFactory())
    from network_site.payments.errors import GatewayUnreachable

    def silent(*_facts, **_more):
        raise GatewayUnreachable("…")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PracticeGateway, "refund", silent)
        cancellation.cancel_order(order, by=None, now=NOW, refund=True)
    assert (order.status, Refund.objects.get().status) == ("cancelled", "requested")
    later = NOW + timedelta(hours=1)
    with orders.at(later):
        payments_reconcile.run(now=later)
    assert Refund.objects.get().status == "succeeded"


def test_the_quota_grows_only_by_what_is_missing() -> None:
    quota = TicketTypeFactory(quota__size=5).quotas.get()
    Quota.objects.filter(pk=quota.pk).update(taken=4)
    assert ledger.claim_and_grow({quota.pk: 3}) == {quota.pk: 2}
    quota.refresh_from_db()
    assert (quota.size, quota.taken) == (7, 7)
    Quota.objects.filter(pk=quota.pk).update(taken=0)
