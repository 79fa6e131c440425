"""A delegate's own ticket, and what the door sees."""

import pytest
from django.contrib.auth.models import Permission

from events.domain.cancellation import cancel_line
from events.models import OrderLine
from events.verification import verify_address
from tests.events.face.conftest import well_formed
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def path_to_verify(line: OrderLine) -> str:
    return verify_address(line).removeprefix("http://testserver")


def test_a_delegate_sees_their_ticket(read, place, workshop) -> None:
    order = orders.booked(place, addons={workshop: 1})
    line = order.lines.get(parent=None)
    status, text = read(f"/places/{line.token}/")
    assert status == 200
    for words in (
        "Delegate 1",
        "Closer to home",
        "Wednesday 16 June 2027",
        "Counting",
        "<svg",
        "ticket.pdf",
        "calendar.ics",
    ):
        assert words in text
    assert order.secret not in text


def test_a_workshop_has_no_page_of_its_own(client, place, workshop) -> None:
    order = orders.booked(place, addons={workshop: 1})
    assert client.get(f"/places/{order.lines.exclude(parent=None).get().token}/").status_code == 404


@pytest.mark.parametrize("rest", ["", "ticket.pdf", "calendar.ics"])
def test_a_wrong_link_finds_nothing(client, place, rest) -> None:
    orders.booked(place)
    assert client.get(f"/places/{'x' * 22}/{rest}").status_code == 404


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (orders.held, "Not booked yet"),
        (orders.paying, "Not booked yet"),
        (orders.expired, "This ticket is no longer good"),
        (orders.cancelled, "This ticket is no longer good"),
    ],
)
def test_a_place_that_is_not_booked_says_so(client, read, place, make, words) -> None:
    line = make(place).lines.get()
    status, text = read(f"/places/{line.token}/")
    assert status == 200
    assert words in text
    for paper in ("ticket.pdf", "calendar.ics"):
        assert client.get(f"/places/{line.token}/{paper}")["Location"] == f"/places/{line.token}/"


@pytest.mark.parametrize(
    ("status", "words"), [("cancelled", "This conference is cancelled."), ("postponed", "Your ticket stays good.")]
)
def test_a_ticket_says_what_became_of_its_conference(read, place, status, words) -> None:
    line = orders.booked(place).lines.get()
    type(place.conference).objects.update(status=status)
    assert words in read(f"/places/{line.token}/")[1]


def test_the_papers_are_the_delegates_own(client, place) -> None:
    order = orders.booked(place, 2)
    line = order.lines.get(number=2)
    pdf = client.get(f"/places/{line.token}/ticket.pdf")
    ics = client.get(f"/places/{line.token}/calendar.ics")
    assert pdf["Content-Disposition"] == f'attachment; filename="ticket-{order.reference}-2.pdf"'
    assert pdf.content.startswith(b"%PDF-")
    assert ics.content.startswith(b"BEGIN:VCALENDAR")
    assert pdf["Cache-Control"] == ics["Cache-Control"] == "private, no-store"


def test_the_whole_orders_tickets_come_as_one_file(client, place) -> None:
    order = orders.booked(place, 2)
    response = client.get(f"{order.get_absolute_url()}tickets.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="tickets-{order.reference}.pdf"'


# --- the door ----------------------------------------------------------------------------------------------


def test_a_good_ticket_is_good_and_shows_initials_only(read, place) -> None:
    line = orders.booked(place).lines.get()
    status, text = read(path_to_verify(line))
    assert status == 200
    assert "This ticket is good" in text
    assert "D.1." in text
    assert "Delegate 1" not in text
    assert line.token not in text


def test_staff_see_the_name(client, place) -> None:
    line = orders.booked(place).lines.get()
    staff = UserFactory()
    staff.user_permissions.add(Permission.objects.get(codename="view_order", content_type__app_label="events"))
    client.force_login(staff)
    response = client.get(path_to_verify(line))
    well_formed(response.content)
    assert "Delegate 1" in response.content.decode()


@pytest.mark.parametrize(
    ("make", "words"),
    [(orders.cancelled, "This ticket was cancelled"), (orders.held, "This ticket is not booked")],
)
def test_a_ticket_that_is_not_good_says_why(read, place, make, words) -> None:
    line = make(place).lines.get()
    status, text = read(path_to_verify(line))
    assert status == 200
    assert words in text
    assert "This ticket is good" not in text


def test_a_made_up_ticket_is_not_ours(read, place) -> None:
    status, text = read("/tickets/ABC347-1-0123456789abcdef01234567/verify")
    assert status == 404
    assert "This is not one of our tickets" in text


def test_a_cancelled_place_of_a_booking_is_not_shown_among_the_others(read, conference) -> None:
    place = TicketTypeFactory(conference=conference, free=True)
    order = orders.booked(place, 2)
    cancel_line(order.lines.get(number=2), by=None, now=NOW, refund=False)
    _, text = read(order.get_absolute_url())
    assert "Delegate 1" in text
    assert "Delegate 2" not in text
