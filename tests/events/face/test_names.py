"""Names on booked places."""

from datetime import UTC, datetime, timedelta

import pytest

from events.domain import names
from events.domain.errors import TicketingError
from network_site.base.models import AuditEntry
from network_site.mail.models import OutgoingMail
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, TicketTypeFactory

pytestmark = pytest.mark.django_db


def letters_to(address: str) -> int:
    return OutgoingMail.objects.filter(to=address, kind="events.place").count()


def test_a_new_person_gets_their_own_ticket_once(place) -> None:
    order = orders.booked(place)
    for _ in range(2):
        names.change_names(order, attendees={1: ("Tom", "tom@example.org")}, now=NOW)
    assert letters_to("tom@example.org") == 1
    assert order.lines.get().attendee_name == "Tom"


def test_a_place_handed_on_has_a_new_link_and_code(place) -> None:
    order = orders.booked(place)
    names.change_names(order, attendees={1: ("Tom", "tom@example.org")}, now=NOW)
    before = order.lines.get().token
    names.change_names(order, attendees={1: ("Una", "una@example.org")}, now=NOW)
    assert order.lines.get().token != before
    assert letters_to("una@example.org") == 1


def test_a_corrected_name_keeps_its_link_and_sends_nothing(place) -> None:
    order = orders.booked(place)
    names.change_names(order, attendees={1: ("Tom", "tom@example.org")}, now=NOW)
    before = order.lines.get().token
    names.change_names(order, attendees={1: ("Thomas", "TOM@example.org")}, now=NOW)
    assert (order.lines.get().token, order.lines.get().attendee_name) == (before, "Thomas")
    assert OutgoingMail.objects.filter(kind="events.place").count() == 1


def test_the_buyers_own_address_gets_no_second_letter(place) -> None:
    order = orders.booked(place)
    names.change_names(order, attendees={1: ("Ada", order.buyer_email.upper())}, now=NOW)
    assert OutgoingMail.objects.filter(kind="events.place").count() == 0


def test_workshops_follow_their_place(place, workshop) -> None:
    order = orders.booked(place, 2, addons={workshop: 1})
    addon = order.lines.exclude(parent=None).get()
    names.change_names(order, attendees={addon.parent.number: ("Tom", "")}, now=NOW)
    addon.refresh_from_db()
    assert addon.attendee_name == "Tom"


def test_places_not_named_keep_what_they_had(place) -> None:
    order = orders.booked(place, 2)
    changed = names.change_names(order, attendees={2: ("Tom", "")}, now=NOW)
    assert [line.number for line in changed] == [2]
    assert [line.attendee_name for line in order.lines.order_by("number")] == ["Delegate 1", "Tom"]
    assert AuditEntry.objects.get(verb="renamed").data == {"places": [2]}


def test_nothing_changed_is_nothing_recorded(place) -> None:
    order = orders.booked(place)
    assert names.change_names(order, attendees={1: ("Delegate 1", "")}, now=NOW) == []
    assert not AuditEntry.objects.filter(verb="renamed").exists()


@pytest.mark.parametrize("make", [orders.held, orders.paying, orders.cancelled])
def test_only_booked_places_are_renamed(place, make) -> None:
    order = make(place)
    with pytest.raises(TicketingError, match="Nothing was changed"):
        names.change_names(order, attendees={1: ("Tom", "")}, now=NOW)


def test_names_may_change_until_the_doors_open() -> None:
    order = orders.booked(TicketTypeFactory(conference=ConferenceFactory()))
    opens = datetime(2027, 6, 16, 8, 30, tzinfo=UTC)
    assert names.can_change(order, now=opens - timedelta(seconds=1))
    assert not names.can_change(order, now=opens)


def test_without_a_known_hour_until_the_day_begins() -> None:
    order = orders.booked(TicketTypeFactory(conference=ConferenceFactory(opens=None)))
    midnight = datetime(2027, 6, 15, 23, 0, tzinfo=UTC)
    assert names.can_change(order, now=midnight - timedelta(seconds=1))
    assert not names.can_change(order, now=midnight)
