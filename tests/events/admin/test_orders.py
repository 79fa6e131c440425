"""The orders desk: finding orders, and everything about one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Order
from network_site.base.incidents import open_incident
from tests.events.admin.conftest import logged_in, questions, sees, with_rights
from tests.factories.conferences import NOW, TicketTypeFactory
from tests.factories.orders import at, booked, cancelled, held, named, paying, refund_due

pytestmark = pytest.mark.django_db
INDEX = "/admin/orders/results/"


def found(client: Client, **asked: Any) -> list[Order]:
    return list(client.get(INDEX, asked).context["object_list"])


def test_orders_are_found_by_what_people_say_on_the_telephone(manager: Client) -> None:
    place = TicketTypeFactory()
    ada = booked(place, email="ada@example.org")
    other = booked(place, email="bob@example.org")
    Order.objects.filter(pk=other.pk).update(buyer_name="Bob", organisation="Leeds Teaching Hospitals")
    other.lines.update(attendee_name="Carol Delegate", attendee_email="carol@example.org")
    assert found(manager, q=ada.reference.lower()) == [ada]
    for text in ("bob", "teaching hosp", "carol", "carol@example"):
        assert found(manager, q=text) == [other], text
    assert set(found(manager)) == {ada, other}
    assert found(manager, q="nobody") == []


def test_an_order_of_many_places_is_listed_once(manager: Client) -> None:
    order = booked(TicketTypeFactory(), 5)
    listed = found(manager, q="delegate")
    assert listed == [order]
    assert listed[0].places == 5


def test_orders_are_filtered_by_conference_and_status(manager: Client) -> None:
    one, other = TicketTypeFactory(), TicketTypeFactory()
    paid, waiting, elsewhere = booked(one), paying(one), booked(other)
    assert set(found(manager, conference=one.conference.pk)) == {paid, waiting}
    assert set(found(manager, status="paid")) == {paid, elsewhere}
    assert found(manager, conference=one.conference.pk, status="paid") == [paid]
    assert found(manager, conference=one.conference.pk, status="paid", q="xyz") == []


def test_the_totals_are_those_of_what_is_listed(manager: Client) -> None:
    one, other = TicketTypeFactory(price_pence=4500), TicketTypeFactory(price_pence=1000)
    booked(one, 2)
    cancelled(one, 1)
    booked(other, 1)
    held(other, 1)
    assert manager.get(INDEX).context["totals"] == {"number": 4, "booked": 3, "paid": 14500, "back": 4500}
    totals = manager.get(INDEX, {"conference": one.conference.pk}).context["totals"]
    assert totals == {"number": 2, "booked": 2, "paid": 13500, "back": 4500}
    assert "£135.00 came in" in sees(manager.get(INDEX, {"conference": one.conference.pk}))


def test_without_the_right_to_see_money_no_money_is_summed() -> None:
    order = booked(TicketTypeFactory())
    client = logged_in(with_rights("door@example.org", "events.view_order"))
    assert client.get(INDEX).context["totals"] == {"number": 1, "booked": 1}
    page = client.get(reverse("orders:order", args=[order.pk]))
    for hidden in ("payments", "attempts", "incidents", "mails", "trail"):
        assert hidden not in page.context, hidden
    assert page.context["deeds"] == []
    assert "practice_payment" not in page.content.decode()


def test_an_order_page_tells_everything_but_the_secrets(manager: Client) -> None:
    place = TicketTypeFactory(name="Full place")
    with at(NOW):
        order = cancelled(place, 2)
    open_incident("odd", subject=order.subject, sentence="Something odd.", advice="Look at it.")
    response = manager.get(reverse("orders:order", args=[order.pk]))
    page = sees(response)
    for fact in ("Full place", "Ada Buyer", "Example NHS Trust", "£90.00", "−£90.00", "Something odd.", "Look at it.",
                 "events.order_paid", "events.order_cancelled", "given back", "Changed plans", "by the house itself"):  # fmt: skip
        assert fact in page, fact
    html = response.content.decode()
    assert order.secret not in html
    assert not any(line.token in html for line in order.lines.all())


@pytest.mark.parametrize(
    ("make", "deeds"),
    [
        (held, ["Correct who booked", "Ask the payment service again", "Cancel the order"]),
        (named, ["Correct who booked", "Ask the payment service again", "Cancel the order"]),
        (paying, ["Correct who booked", "Ask the payment service again", "Cancel the order"]),
        (booked, ["Send the confirmation again", "Correct who booked", "Ask the payment service again", "Cancel the order"]),
        (cancelled, ["Correct who booked", "Ask the payment service again"]),
        (refund_due, ["Seat them", "Give the money back", "Correct who booked", "Ask the payment service again"]),
    ],
)  # fmt: skip
def test_what_is_offered_fits_the_state(manager: Client, make: Any, deeds: list[str]) -> None:
    order = make(TicketTypeFactory())
    page = manager.get(reverse("orders:order", args=[order.pk]))
    assert [str(deed.label) for deed in page.context["deeds"]] == deeds


def test_an_order_that_does_not_exist(manager: Client) -> None:
    assert manager.get(reverse("orders:order", args=[404])).status_code == 404


def test_the_list_asks_the_same_number_of_questions(manager: Client) -> None:
    place = TicketTypeFactory(price_pence=0)

    def more(number: int) -> None:
        for _n in range(number):
            booked(place, 2)

    assert len(questions(manager, "/admin/orders/", [1, 2, 27], more)) == 1


def test_an_order_page_asks_the_same_number_of_questions(manager: Client) -> None:
    counts = set()
    for number in (1, 3, 10):
        order = booked(TicketTypeFactory(), number)
        counts |= questions(manager, reverse("orders:order", args=[order.pk]), [0], lambda _n: None)
    assert len(counts) == 1
