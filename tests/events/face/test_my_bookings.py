"""A logged-in person's own bookings, by proved addresses only."""

import pytest
from allauth.account.models import EmailAddress

from events.domain import names
from tests.events.face.conftest import well_formed
from tests.factories import orders
from tests.factories.conferences import NOW
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    user = UserFactory(email="ada@example.org")
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email="ada@example.org", verified=True, primary=True)
    client.force_login(user)
    return user


def my_page(client) -> str:
    response = client.get("/my/")
    assert response.status_code == 200
    well_formed(response.content)
    return response.content.decode()


def test_what_somebody_bought_is_on_their_page(client, ada, place) -> None:
    order = orders.booked(place, email="Ada@Example.org")
    assert order.get_absolute_url() in my_page(client)


def test_a_place_somebody_else_booked_is_there_too(client, ada, place) -> None:
    order = orders.booked(place)
    names.change_names(order, attendees={1: ("Ada", "ada@example.org")}, now=NOW)
    text = my_page(client)
    assert f"/places/{order.lines.get().token}/" in text
    assert order.secret not in text


def test_ones_own_place_is_shown_once(client, ada, place) -> None:
    order = orders.booked(place, email="ada@example.org")
    names.change_names(order, attendees={1: ("Ada", "ada@example.org")}, now=NOW)
    assert order.lines.get().token not in my_page(client)


def test_an_unfinished_payment_says_so(client, ada, place) -> None:
    orders.paying(place, email="ada@example.org")
    assert "Waiting for payment" in my_page(client)


def test_an_address_that_is_not_proved_shows_nothing(client, ada, place) -> None:
    orders.booked(place, email="ada@example.org")
    EmailAddress.objects.update(verified=False)
    assert "My bookings" not in my_page(client)


def test_without_a_booking_there_is_no_panel(client, ada, place) -> None:
    orders.booked(place)
    assert "My bookings" not in my_page(client)
