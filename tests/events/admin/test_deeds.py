"""What a manager does with an order: done once however often it is asked, and said in a sentence."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.domain import fsck
from events.models import Order, OrderLine
from network_site.base.models import AuditEntry, Incident
from network_site.mail.models import OutgoingMail
from network_site.payments.models import Payment, Refund
from tests.events.admin.conftest import logged_in, said, sees, with_rights
from tests.factories.conferences import NOW, TicketTypeFactory
from tests.factories.orders import at, booked, held, pay, paying, refund_due

pytestmark = pytest.mark.django_db
DESK = ("events.view_order", "events.change_order")


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with at(NOW):
        yield
        assert fsck.findings(now=NOW) == []


def send(client: Client, deed: str, order: Order, *more: object, **fields: object) -> Any:
    return client.post(reverse(f"orders:{deed}", args=[order.pk, *more]), fields, follow=True)


def state(order: Order) -> str:
    order.refresh_from_db()
    return order.status


def test_an_order_is_cancelled_and_refunded_once(manager: Client) -> None:
    order = booked(TicketTypeFactory(), 2)
    assert said(send(manager, "cancel", order, refund="on", reason="Ill")) == [f"Order {order.reference} is cancelled."]
    again = said(send(manager, "cancel", order, refund="on", reason="Ill"))
    assert again == ["This order is “cancelled”, so there is nothing to cancel. Nothing was changed."]
    assert state(order) == Order.Status.CANCELLED
    assert order.cancelled_by.email == "manager@example.org"
    refund = Refund.objects.get()
    assert (refund.amount_pence, refund.reason, refund.requested_by) == (9000, "Ill", order.cancelled_by)
    assert OutgoingMail.objects.filter(kind="events.order_cancelled").count() == 1


def test_an_order_is_cancelled_without_the_money(manager: Client) -> None:
    order = booked(TicketTypeFactory())
    send(manager, "cancel", order)
    assert state(order) == Order.Status.CANCELLED
    assert Refund.objects.count() == 0


def test_whoever_may_not_give_money_back_cannot_sneak_it_in() -> None:
    client = logged_in(with_rights("door@example.org", *DESK))
    order = booked(TicketTypeFactory())
    assert "You may not give money back" in sees(client.get(reverse("orders:cancel", args=[order.pk])))
    send(client, "cancel", order, refund="on")
    assert state(order) == Order.Status.CANCELLED
    assert Refund.objects.count() == 0


def test_looking_is_not_doing() -> None:
    client = logged_in(with_rights("looks@example.org", "events.view_order"))
    order = booked(TicketTypeFactory())
    response = send(client, "cancel", order, refund="on")
    assert response.redirect_chain[-1][0] == "/admin/"
    assert state(order) == Order.Status.PAID


@pytest.mark.parametrize("deed", ["cancel", "resend", "seat", "refund", "refresh", "buyer"])
def test_a_question_changes_nothing(manager: Client, deed: str) -> None:
    order = booked(TicketTypeFactory())
    rows = list(Order.objects.values()), AuditEntry.objects.count(), OutgoingMail.objects.count()
    manager.get(reverse(f"orders:{deed}", args=[order.pk]))
    assert (list(Order.objects.values()), AuditEntry.objects.count(), OutgoingMail.objects.count()) == rows


def test_an_order_being_paid_is_cancelled_with_its_page(manager: Client) -> None:
    order = paying(TicketTypeFactory())
    send(manager, "cancel", order, refund="on")
    assert state(order) == Order.Status.CANCELLED
    assert pay(order) is False


def test_an_order_paid_meanwhile_is_refunded(manager: Client) -> None:
    order = paying(TicketTypeFactory())
    pay(order)
    send(manager, "cancel", order, refund="on")
    assert state(order) == Order.Status.CANCELLED
    assert (Payment.objects.count(), Refund.objects.get().amount_pence) == (1, 4500)


def test_one_place_is_cancelled_once(manager: Client) -> None:
    order = booked(TicketTypeFactory(), 2)
    line = order.lines.first()
    assert line
    assert said(send(manager, "cancel_line", order, line.pk, refund="on")) == ["The place is cancelled."]
    again = said(send(manager, "cancel_line", order, line.pk, refund="on"))
    assert again == ["This place is not booked, so there is nothing to cancel. Nothing was changed."]
    assert (state(order), Refund.objects.get().amount_pence) == (Order.Status.PAID, 4500)
    assert [one.status for one in order.lines.all()] == [OrderLine.Status.CANCELLED, OrderLine.Status.VALID]


def test_the_workshops_that_go_with_a_place_are_named(manager: Client) -> None:
    place = TicketTypeFactory()
    workshop = TicketTypeFactory(workshop=True, conference=place.conference, name="Walking groups")
    order = booked(place, addons={workshop: 1})
    line = order.lines.get(parent=None)
    assert "With it: Walking groups." in sees(manager.get(reverse("orders:cancel_line", args=[order.pk, line.pk])))


def test_another_orders_place_is_not_found(manager: Client) -> None:
    place = TicketTypeFactory()
    one, other = booked(place), booked(place)
    line = other.lines.get()
    for deed in ("cancel_line", "correct_place"):
        assert send(manager, deed, one, line.pk, attendee_name="x").status_code == 404
    assert state(other) == Order.Status.PAID


def test_the_confirmation_is_sent_again_when_it_was_sent(manager: Client) -> None:
    order = booked(TicketTypeFactory())
    assert said(send(manager, "resend", order)) == ["This letter is already on its way."]
    mail = OutgoingMail.objects.get(kind="events.order_paid")
    OutgoingMail.objects.filter(pk=mail.pk).update(status="sent", sent_at=NOW, message_id="<1@x>", next_attempt_at=None)
    assert said(send(manager, "resend", order)) == [f"The confirmation is on its way to {order.buyer_email}."]
    assert said(send(manager, "resend", order)) == ["This letter is already on its way."]
    mail.refresh_from_db()
    assert (mail.status, mail.copies, OutgoingMail.objects.count()) == ("queued", 1, 1)


def test_after_a_corrected_address_the_confirmation_goes_there(manager: Client) -> None:
    order = booked(TicketTypeFactory(), email="wrong@example.org")
    fields = {"buyer_name": "Ada Lovelace", "buyer_email": "right@example.org", "organisation": ""}
    assert said(send(manager, "buyer", order, **fields)) == [
        "Saved. Send the confirmation again if the address was wrong."
    ]
    send(manager, "buyer", order, **fields)
    order.refresh_from_db()
    assert (order.buyer_name, order.buyer_email, order.organisation) == ("Ada Lovelace", "right@example.org", "")
    assert AuditEntry.objects.filter(verb="corrected the buyer").count() == 1
    send(manager, "resend", order)
    send(manager, "resend", order)
    mails = OutgoingMail.objects.filter(kind="events.order_paid").values_list("to", flat=True)
    assert sorted(mails) == ["right@example.org", "wrong@example.org"]


def test_only_a_booked_order_has_a_confirmation(manager: Client) -> None:
    order = held(TicketTypeFactory())
    sentence = f"Order {order.reference} is not booked, so there is nothing to confirm."
    assert said(send(manager, "resend", order)) == [sentence]


@pytest.mark.parametrize("fields", [{}, {"buyer_name": "Ada", "buyer_email": "nonsense"}])
def test_a_buyer_has_a_name_and_an_address(manager: Client, fields: dict[str, str]) -> None:
    order = booked(TicketTypeFactory())
    response = send(manager, "buyer", order, **fields)
    assert "buyer_email" in response.context["form"].errors
    assert AuditEntry.objects.filter(verb="corrected the buyer").count() == 0


def test_a_name_is_corrected_and_the_ticket_stays_good(manager: Client) -> None:
    place = TicketTypeFactory()
    workshop = TicketTypeFactory(workshop=True, conference=place.conference)
    order = booked(place, addons={workshop: 1})
    line, beside = order.lines.order_by("number")
    token = line.token
    fields = {"attendee_name": "Zoë Correct", "attendee_email": "zoe@example.org"}
    assert said(send(manager, "correct_place", order, line.pk, **fields)) == ["Saved."]
    assert said(send(manager, "correct_place", order, line.pk, **fields)) == ["Saved."]
    line.refresh_from_db()
    beside.refresh_from_db()
    assert (line.attendee_name, line.attendee_email, line.token) == ("Zoë Correct", "zoe@example.org", token)
    assert (beside.attendee_name, beside.attendee_email) == ("Zoë Correct", "zoe@example.org")
    assert AuditEntry.objects.filter(verb="corrected a place").count() == 1
    assert [mail.to for mail in OutgoingMail.objects.filter(kind="events.place")] == ["zoe@example.org"]


def test_a_place_that_is_only_held_sends_no_ticket(manager: Client) -> None:
    order = held(TicketTypeFactory())
    line = order.lines.get()
    send(manager, "correct_place", order, line.pk, attendee_name="Zoë", attendee_email="zoe@example.org")
    assert OutgoingMail.objects.count() == 0


def test_late_money_is_seated_once(manager: Client) -> None:
    place = TicketTypeFactory(quota__size=3)
    order = refund_due(place, 2)
    quota = place.quotas.get()
    assert quota.left == 0
    assert said(send(manager, "seat", order)) == [f"Order {order.reference} is booked."]
    again = said(send(manager, "seat", order))
    assert again == ["Somebody decided about this order before. Nothing was changed. Look at it again."]
    quota.refresh_from_db()
    assert (state(order), quota.size, quota.taken) == (Order.Status.PAID, 5, 5)
    assert Incident.objects.filter(resolved_at=None).count() == 0


def test_late_money_goes_back_once(manager: Client) -> None:
    order = refund_due(TicketTypeFactory(quota__size=3), 2)
    assert said(send(manager, "refund", order)) == [f"The money of {order.reference} is on its way back."]
    assert len(said(send(manager, "refund", order))) == 1
    assert (state(order), Refund.objects.get().amount_pence) == (Order.Status.CANCELLED, 9000)


def test_giving_late_money_back_needs_the_right() -> None:
    client = logged_in(with_rights("door@example.org", *DESK))
    order = refund_due(TicketTypeFactory(quota__size=3))
    assert send(client, "refund", order).redirect_chain[-1][0] == "/admin/"
    assert state(order) == Order.Status.REFUND_DUE


def test_asking_the_payment_service_books_what_was_paid(manager: Client) -> None:
    order = paying(TicketTypeFactory())
    pay(order)
    assert said(send(manager, "refresh", order)) == [f"Order {order.reference}: Booked."]
    assert said(send(manager, "refresh", order)) == [f"Order {order.reference}: Booked."]
    assert (Payment.objects.count(), state(order)) == (1, Order.Status.PAID)


def test_a_deed_returns_only_to_our_own_pages(manager: Client) -> None:
    order = booked(TicketTypeFactory())
    url = reverse("orders:refresh", args=[order.pk])
    assert manager.post(url, {"next": "https://evil.example/"})["Location"] == reverse("orders:order", args=[order.pk])
    assert manager.post(url, {"next": "/admin/orders/"})["Location"] == "/admin/orders/"


def test_a_request_from_another_site_is_refused(manager: Client, manager_user: Any) -> None:
    order = booked(TicketTypeFactory())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(manager_user)
    assert strict.post(reverse("orders:cancel", args=[order.pk])).status_code == 403
    assert state(order) == Order.Status.PAID
