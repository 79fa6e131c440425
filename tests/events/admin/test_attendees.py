"""The list of attendees as a spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Order, OrderLine
from network_site.base.models import AuditEntry
from tests.events.admin.conftest import logged_in, sees, with_rights
from tests.factories.conferences import ConferenceFactory, TicketTypeFactory
from tests.factories.orders import booked, cancelled, held

pytestmark = pytest.mark.django_db


def address(conference: Any) -> str:
    return reverse("conferences:attendees", args=[conference.pk])


def rows(client: Client, conference: Any, **fields: str) -> list[list[str]]:
    response = client.post(address(conference), fields)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text, newline="")))


def test_booked_places_and_workshops_are_listed(manager: Client) -> None:
    place = TicketTypeFactory(name="Full place")
    workshop = TicketTypeFactory(workshop=True, conference=place.conference, name="Walking groups")
    order = booked(place, 1, addons={workshop: 1}, email="ada@example.org")
    cancelled(place)
    waiting = held(place)
    booked(TicketTypeFactory())
    head, *listed = rows(manager, place.conference)
    assert head[:7] == ["Order", "Place", "Beside place", "Ticket", "State", "Name", "E-mail"]
    common = ["Example NHS Trust", "Ada Buyer", "ada@example.org"]
    assert listed == [
        [order.reference, "1", "", "Full place", "Booked", "Delegate 1", "", *common, "£45.00"],
        [order.reference, "2", "1", "Walking groups", "Booked", "Delegate 1", "", *common, "£15.00"],
    ]
    assert {row[0] for row in rows(manager, place.conference, held="on")[1:]} == {order.reference, waiting.reference}


def test_no_formula_and_no_secret_leaves_the_house(manager: Client) -> None:
    order = booked(TicketTypeFactory())
    order.lines.update(attendee_name='=HYPERLINK("http://evil","x")', attendee_email="+1@example.org")
    Order.objects.filter(pk=order.pk).update(organisation="@SUM(A1)")
    listed = rows(manager, order.conference)
    assert listed[1][5:8] == ['\'=HYPERLINK("http://evil","x")', "'+1@example.org", "'@SUM(A1)"]
    text = str(listed)
    assert order.secret not in text
    assert order.lines.get().token not in text


def test_taking_the_list_is_noted_and_looking_is_not(manager: Client) -> None:
    order = booked(TicketTypeFactory(), 2)
    assert "with 2 booked places" in sees(manager.get(address(order.conference)))
    assert AuditEntry.objects.filter(verb="took the list of attendees").count() == 0
    rows(manager, order.conference)
    entry = AuditEntry.objects.get(verb="took the list of attendees")
    assert (entry.subject, entry.data, entry.by.email) == (  # type: ignore[union-attr]
        f"conference:{order.conference_id}", {"rows": 2}, "manager@example.org",
    )  # fmt: skip


def test_seeing_orders_is_not_enough_to_take_the_list() -> None:
    client = logged_in(with_rights("looks@example.org", "events.view_order"))
    assert client.post(address(ConferenceFactory()))["Location"] == "/admin/"


@pytest.mark.parametrize("number", [1, 30])
def test_a_long_list_costs_the_same_number_of_queries(
    manager: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    place = TicketTypeFactory(price_pence=0, max_per_order=30, quota__size=100)
    booked(place, number)
    with django_assert_max_num_queries(16):
        assert len(rows(manager, place.conference)) == number + 1
    assert OrderLine.objects.count() == number
