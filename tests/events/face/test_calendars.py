"""Calendar files: valid, the same bytes for the same facts, versions that count up, and nothing secret inside."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from events import calendar
from events.models import Conference
from network_site.base.dates import LONDON, Precision
from tests.factories import orders
from tests.factories.conferences import ConferenceFactory, SessionFactory, TicketTypeFactory

pytestmark = pytest.mark.django_db


def only_event(feed: calendar.Feed):
    (event,) = Calendar.from_ical(feed.body).walk("VEVENT")
    return event


def test_a_feed_has_what_calendars_need(conference) -> None:
    feed = calendar.conference_feed(conference)
    lines = feed.body.decode().replace("\r\n ", "").split("\r\n")
    for line in (
        "METHOD:PUBLISH",
        "CALSCALE:GREGORIAN",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "SOURCE;VALUE=URI:http://testserver/conferences/closer/calendar.ics",
        "DTSTART;TZID=Europe/London:20270616T093000",
        "DTEND;TZID=Europe/London:20270616T170000",
        "DTSTAMP:20270301T120000Z",
        "LAST-MODIFIED:20270301T120000Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        f"UID:event-{conference.uuid}@testserver",
        "URL:http://testserver/conferences/closer/",
        "LOCATION:The Old Mill\\, Leeds",
        "TZID:Europe/London",
    ):
        assert line in lines
    assert not [line for line in lines if line.startswith("COMMENT")]
    assert all(len(line.encode()) <= 75 for line in feed.body.decode().split("\r\n"))


def test_a_feed_is_valid_and_small(conference) -> None:
    feed = calendar.conference_feed(conference)
    read = Calendar.from_ical(feed.body)
    read.validate()
    assert not read.errors
    assert len(feed.body) < 2000


def test_the_same_facts_are_the_same_bytes(conference, place) -> None:
    order = orders.booked(place)
    for make in (
        calendar.programme_feed,
        lambda: calendar.conference_feed(conference),
        lambda: calendar.order_calendar(order),
    ):
        first, second = make(), make()
        assert first.body == second.body
        assert first.etag == second.etag


def test_names_are_escaped(conference) -> None:
    conference.title = "Closer; to, home\r\nX-EVIL:1"
    lines = calendar.conference_feed(conference).body.decode().split("\r\n")
    assert "NAME:Closer\\; to\\, home\\nX-EVIL:1" in lines
    assert "SUMMARY:Closer\\; to\\, home\\nX-EVIL:1" in lines
    assert not [line for line in lines if line.startswith("X-EVIL")]


def test_without_times_a_conference_lasts_whole_days() -> None:
    conference = ConferenceFactory(two_days=True, opens=None, closes=None)
    event = only_event(calendar.conference_feed(conference))
    assert (event.start, event.end) == (date(2027, 6, 16), date(2027, 6, 18))


def test_with_only_an_opening_time_too() -> None:
    event = only_event(calendar.conference_feed(ConferenceFactory(closes=None)))
    assert (event.start, event.end) == (date(2027, 6, 16), date(2027, 6, 17))


def test_times_that_end_before_they_start_are_not_believed() -> None:
    event = only_event(calendar.conference_feed(ConferenceFactory(opens=time(17), closes=time(9))))
    assert event.start == date(2027, 6, 16)


def test_two_days_with_times_run_from_the_first_to_the_last() -> None:
    event = only_event(calendar.conference_feed(ConferenceFactory(two_days=True)))
    assert event.start == datetime(2027, 6, 16, 9, 30, tzinfo=LONDON)
    assert event.end == datetime(2027, 6, 17, 17, 0, tzinfo=LONDON)


@pytest.mark.parametrize(("trait", "prefix"), [("cancelled", "Cancelled: "), ("postponed", "Postponed: ")])
def test_what_does_not_take_place_stays_and_says_so(trait, prefix) -> None:
    conference = ConferenceFactory(title="Closer", calendar_sequence=3, **{trait: True})
    event = only_event(calendar.programme_feed())
    assert (str(event["SUMMARY"]), str(event["STATUS"]), event["SEQUENCE"]) == (f"{prefix}Closer", "CANCELLED", 3)
    assert event == only_event(calendar.conference_feed(conference))
    assert str(event["UID"]) == f"event-{conference.uuid}@testserver"


def test_the_feed_of_all_leaves_out_what_is_secret_or_has_no_day() -> None:
    shown = ConferenceFactory(past=True)
    ConferenceFactory(draft=True)
    ConferenceFactory(month_only=True)
    assert str(only_event(calendar.programme_feed())["UID"]) == f"event-{shown.uuid}@testserver"


def test_a_conference_without_a_day_has_an_empty_feed() -> None:
    feed = calendar.conference_feed(ConferenceFactory(status="announced", precision=Precision.YEAR))
    assert Calendar.from_ical(feed.body).walk("VEVENT") == []
    assert feed.changed_at is None


def test_a_bare_conference_has_no_empty_lines() -> None:
    feed = calendar.conference_feed(ConferenceFactory(series="", strapline="", venue="", town=""))
    event = only_event(feed)
    assert "DESCRIPTION" not in event
    assert "LOCATION" not in event


def test_a_ticket_has_its_workshops(conference, place) -> None:
    session = SessionFactory(conference=conference, title="Counting", workshop=True, ends_at=None)
    extra = TicketTypeFactory(conference=conference, session=session, price_pence=0)
    order = orders.booked(place, 2, addons={extra: 1})
    whole = Calendar.from_ical(calendar.order_calendar(order).body).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in whole] == ["Closer to home", "Counting, Closer to home"]
    assert whole[1].end - whole[1].start == timedelta(hours=1)
    first, second = order.lines.filter(parent=None).order_by("number")
    assert len(Calendar.from_ical(calendar.place_calendar(first).body).walk("VEVENT")) == 2
    assert len(Calendar.from_ical(calendar.place_calendar(second).body).walk("VEVENT")) == 1


def test_a_ticket_is_busy_time_and_a_feed_is_not(conference, place) -> None:
    order = orders.booked(place)
    assert str(only_event(calendar.order_calendar(order))["TRANSP"]) == "OPAQUE"
    assert str(only_event(calendar.conference_feed(conference))["TRANSP"]) == "TRANSPARENT"


def test_nothing_secret_is_in_any_calendar(conference, place) -> None:
    order = orders.booked(place, 2)
    secrets = [order.secret, order.reference, order.buyer_email, *order.lines.values_list("token", flat=True)]
    for feed in (
        calendar.order_calendar(order),
        calendar.place_calendar(order.lines.first()),
        calendar.programme_feed(),
        calendar.cancellation(conference),
    ):
        assert not [secret for secret in secrets if secret in feed.body.decode().replace("\r\n ", "")]


def test_a_cancellation_names_the_same_event_in_a_later_version(conference) -> None:
    conference.calendar_sequence = 4
    feed = calendar.cancellation(conference)
    event = only_event(feed)
    assert str(Calendar.from_ical(feed.body)["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"event-{conference.uuid}@testserver", 5)
    assert str(event["STATUS"]) == "CANCELLED"


# --- over the web ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/conferences/calendar.ics", "/conferences/closer/calendar.ics"])
def test_feeds_are_kept_for_an_hour_and_asked_for_cheaply(client, conference, address) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "max-age=3600"
    assert response["Last-Modified"] == "Mon, 01 Mar 2027 12:00:00 GMT"
    assert not response.cookies
    for header in ({"If-None-Match": response["ETag"]}, {"If-Modified-Since": response["Last-Modified"]}):
        again = client.get(address, headers=header)
        assert (again.status_code, again.content) == (304, b"")


def test_a_changed_conference_is_sent_again(client, conference) -> None:
    etag = client.get("/conferences/closer/calendar.ics")["ETag"]
    Conference.objects.update(
        starts_on=date(2027, 6, 17), calendar_sequence=1, changed_at=datetime(2027, 3, 2, tzinfo=UTC)
    )
    again = client.get("/conferences/closer/calendar.ics", headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert b"SEQUENCE:1" in again.content


def test_a_draft_has_no_feed(client) -> None:
    ConferenceFactory(slug="secret", draft=True)
    assert client.get("/conferences/secret/calendar.ics").status_code == 404


def test_an_empty_programme_is_still_a_calendar(client) -> None:
    response = client.get("/conferences/calendar.ics")
    assert response.status_code == 200
    assert "Last-Modified" not in response
    Calendar.from_ical(response.content)


def test_papers_of_an_order_come_as_files(client, place) -> None:
    order = orders.booked(place)
    response = client.get(f"{order.get_absolute_url()}calendar.ics")
    assert response["Content-Disposition"] == 'attachment; filename="closer.ics"'
    assert response["Cache-Control"] == "private, no-store"
    assert response.content == calendar.order_calendar(order).body
