"""The letters about bookings: what they say, what they carry, and that they are true when they are sent."""

import pytest
from icalendar import Calendar

from events.domain import cancellation, checkout
from network_site.mail import kinds
from network_site.mail.letters import Letter
from network_site.mail.models import OutgoingMail
from network_site.payments.models import Payment
from tests.events.face.test_documents import pages
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory

pytestmark = pytest.mark.django_db


def letters(kind: str) -> list[Letter]:
    """Everything queued of this kind, as it would be sent now; both forms can be made."""
    found = [kinds.write(mail.kind, mail.payload) for mail in OutgoingMail.objects.filter(kind=kind).order_by("pk")]
    for letter in found:
        assert letter.html()
        assert letter.text()
    return found


def test_the_buyer_gets_all_tickets_and_a_calendar_entry(place) -> None:
    order = orders.booked(place, 2)
    (letter,) = letters("events.order_paid")
    pdf, ics = letter.attachments
    assert letter.subject == "Your places at Closer to home"
    assert (pdf.filename, pdf.content_type) == (f"tickets-{order.reference}.pdf", "application/pdf")
    assert len(pages(pdf.content)) == 2
    assert (ics.filename, ics.content_type) == ("conference.ics", "text/calendar; method=PUBLISH; charset=utf-8")
    assert len(Calendar.from_ical(ics.content).walk("VEVENT")) == 1
    text = letter.text()
    for words in (
        "Dear Ada Buyer,",
        "Wednesday 16 June 2027",
        "£90",
        order.reference,
        f"http://testserver{order.get_absolute_url()}",
    ):
        assert words in text


def test_one_free_place_is_said_so(conference) -> None:
    orders.booked(TicketTypeFactory(conference=conference, free=True))
    (letter,) = letters("events.order_paid")
    assert letter.subject == "Your place at Closer to home"
    assert "Paid: Free" in letter.text()


def test_a_delegate_gets_only_their_own(place) -> None:
    order = orders.name(orders.held(place, 2), people={1: ("Ada", ""), 2: ("Tom Example", "tom@example.org")})
    checkout.start(order, now=NOW, site_url=orders.SITE)
    orders.pay(order)
    checkout.refresh(order, now=NOW)
    (letter,) = letters("events.place")
    line = order.lines.get(number=2)
    ((text, _),) = pages(letter.attachments[0].content)
    assert "Tom Example" in text
    assert "Ada Buyer booked a place for you at Closer to home." in " ".join(letter.text().split())
    assert f"http://testserver/places/{line.token}/" in letter.text()
    assert order.secret not in letter.text() + letter.html()


def test_a_cancelled_booking_leaves_the_calendar_and_says_what_goes_back(place) -> None:
    order = orders.cancelled(place, 2)
    (letter,) = letters("events.order_cancelled")
    (ics,) = letter.attachments
    assert letter.subject == "Cancelled: Closer to home"
    assert ics.content_type == "text/calendar; method=CANCEL; charset=utf-8"
    text = " ".join(letter.text().split())
    assert "Delegate 1 (NHS), Delegate 2 (NHS)" in text
    assert "£90 goes back to the card it was paid with." in text
    assert order.reference in text


def test_without_a_refund_the_letter_says_so(place) -> None:
    orders.cancelled(place, refund=False)
    (letter,) = letters("events.order_cancelled")
    assert "No money goes back." in letter.text()


def test_one_place_of_two_cancelled_keeps_the_calendar(place) -> None:
    order = orders.booked(place, 2)
    cancellation.cancel_line(order.lines.get(number=2), by=None, now=NOW, refund=True)
    (letter,) = letters("events.order_cancelled")
    assert letter.attachments == ()
    text = " ".join(letter.text().split())
    assert "a part of your booking for Closer to home is cancelled." in text
    assert "Delegate 2 (NHS)" in text
    assert "Delegate 1" not in text


def test_money_that_came_too_late_is_explained(place) -> None:
    orders.refund_due(place)
    (letter,) = letters("events.late_money")
    text = " ".join(letter.text().split())
    assert "your payment of £45 for Closer to home reached us after your places had been let go" in text
    assert "at the latest after 24 hours" in text


def test_money_that_came_twice_goes_back(place) -> None:
    order = orders.booked(place)
    payment = Payment.objects.get()
    letter = kinds.write("events.late_money", {"order": order.pk, "payment": payment.pk, "is_extra": True})
    text = " ".join(letter.text().split())
    assert "You paid more than once" in text
    assert "the whole amount goes back to your card" in text


def test_a_lost_hold_shows_the_way_back(place) -> None:
    order = orders.paying(place)
    letter = kinds.write("events.hold_lost", {"order": order.pk})
    text = " ".join(letter.text().split())
    assert "ended at 12.40, so your places are on sale again. Nothing was taken from you." in text
    assert f"http://testserver{order.get_absolute_url()}" in text


def test_a_letter_to_nobody_in_particular_says_hello(place) -> None:
    order = orders.held(place)
    type(order).objects.update(hold_until=NOW, buyer_name="")
    letter = kinds.write("events.hold_lost", {"order": order.pk})
    assert "Hello, the time for paying" in " ".join(letter.text().split())
