"""The list of conferences and the conference page in every state, with a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.ledger import keep_back
from events.models import Conference, ConferencePage
from events.views.faces import face_of, listing_of
from events.views.panels import panel_of
from network_site.base.dates import Precision
from network_site.people.models import Organisation
from tests.factories import orders
from tests.factories.conferences import (
    NOW,
    ConferenceFactory,
    QuotaFactory,
    SessionFactory,
    TicketTypeFactory,
)

pytestmark = pytest.mark.django_db


def fill(ticket_type) -> None:
    for draw in ticket_type.type_quotas.select_related("quota"):
        keep_back(draw.quota, units=draw.quota.left, reason="Full", by=None, now=NOW)


def queries_of(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    # Whether an editor changed something is asked by the clock, at most twice a second.
    return len([query for query in asked if "base_freshness" not in query["sql"]])


def conference_with(number: int, publish) -> Conference:
    conference = ConferenceFactory(slug=f"with-{number}")
    for n in range(number):
        session = SessionFactory(conference=conference, workshop=True, starts_at=NOW + timedelta(days=107, hours=n))
        TicketTypeFactory(conference=conference, session=session)
        TicketTypeFactory(conference=conference)
        conference.partners.add(Organisation.objects.create(name=f"Partner {number}-{n}"))
    publish(conference)
    return conference


def test_the_page_asks_the_same_for_1_3_and_30_items(client, publish) -> None:
    counts = {queries_of(client, conference_with(number, publish).get_absolute_url()) for number in (1, 3, 30)}
    assert len(counts) == 1
    assert counts.pop() <= 15


def test_the_list_asks_the_same_for_1_3_and_30_conferences(client, index, publish) -> None:
    counts = []
    for number in (1, 2, 27):
        for _ in range(number):
            publish(TicketTypeFactory().conference)
            publish(ConferenceFactory(past=True))
        counts.append(queries_of(client, "/conferences/"))
    assert len(set(counts)) == 1
    assert counts[0] <= 15


def test_a_conference_on_sale_shows_facts_programme_and_panel(read, conference, place, workshop, publish) -> None:
    conference.partners.add(Organisation.objects.create(name="Leeds Threads", website="https://threads.example/"))
    SessionFactory(conference=conference, title="A choir", is_highlight=True)
    publish(conference, who_for="Link workers")
    status, text = read("/conferences/closer/")
    assert status == 200
    for words in (
        "7th International Conference", "Closer to home", "A day about people and places",
        "Wednesday 16 June 2027", "9.30 to 17.00", "The Old Mill, Leeds", "Link workers", "100 of 100",
        "A choir", "Counting", "£45", "Workshops, for people with a place", "Leeds Threads",
        "We hold your places for 35 minutes", "webcal://testserver/conferences/closer/calendar.ics",
    ):  # fmt: skip
        assert words in text
    assert f'name="places-{place.pk}"' in text
    assert 'action="/conferences/closer/tickets/" method="post"' in " ".join(text.split())


def test_a_full_workshop_hangs_in_a_loop_and_is_not_offered(read, conference, place, workshop, publish) -> None:
    fill(workshop)
    publish(conference)
    _, text = read("/conferences/closer/")
    assert "All 30 places are taken." in text
    assert f'name="places-{workshop.pk}"' not in text
    assert [item.mark for day in face_of(conference, now=NOW).days for item in day.items] == ["loop"]


def test_marks_and_colours_follow_the_session() -> None:
    conference = ConferenceFactory()
    for kind, is_highlight in (("talk", True), ("awards", False), ("break", False)):
        SessionFactory(conference=conference, kind=kind, is_highlight=is_highlight)
    items = face_of(conference, now=NOW).days[0].items
    assert [(item.mark, item.colour) for item in items] == [("knot", ""), ("stitch", "c-ochre"), ("stitch", "c-muted")]


def test_days_are_londons() -> None:
    conference = ConferenceFactory(two_days=True)
    SessionFactory(conference=conference, starts_at=datetime(2027, 6, 16, 22, 30, tzinfo=UTC))
    SessionFactory(conference=conference, starts_at=datetime(2027, 6, 16, 23, 30, tzinfo=UTC))
    assert [day.on for day in face_of(conference, now=NOW).days] == [date(2027, 6, 16), date(2027, 6, 17)]


@pytest.mark.parametrize(
    ("trait", "state", "words"),
    [
        ("announced", "announced", "Booking is not open. When it opens, it will be here."),
        ("closed", "closed", "Booking has closed"),
        ("postponed", "postponed", "This conference is postponed"),
        ("cancelled", "cancelled", "This conference is cancelled"),
    ],
)
def test_every_status_has_its_own_words_and_sells_nothing(read, publish, trait, state, words) -> None:
    conference = ConferenceFactory(slug="other", **{trait: True})
    place = TicketTypeFactory(conference=conference)
    publish(conference)
    _, text = read("/conferences/other/")
    assert face_of(conference, now=NOW).state == state
    assert words in text
    assert f'name="places-{place.pk}"' not in text


def test_an_announced_conference_says_when_booking_opens_and_what_it_will_cost(read, publish) -> None:
    conference = ConferenceFactory(slug="soon", announced=True)
    TicketTypeFactory(conference=conference, on_sale_from=datetime(2027, 4, 1, 9, 0, tzinfo=UTC))
    publish(conference)
    _, text = read("/conferences/soon/")
    assert "Booking opens on Thursday 1 April 2027 at 10.00." in text
    assert "£45" in text


def test_tickets_that_are_not_on_sale_say_why(read, conference, place, publish) -> None:
    TicketTypeFactory(conference=conference, name="Later", not_yet=True)
    TicketTypeFactory(conference=conference, name="Before", over=True)
    full = TicketTypeFactory(conference=conference, name="Student", quota__size=3)
    fill(full)
    publish(conference)
    _, text = read("/conferences/closer/")
    for words in ("Not on sale yet", "No longer on sale", "Sold out"):
        assert text.count(words) == 1


def test_a_sold_out_conference_says_so(read, conference, place, publish) -> None:
    fill(place)
    publish(conference)
    _, text = read("/conferences/closer/")
    assert face_of(conference, now=NOW).state == "sold_out"
    assert "Every place is taken." in text


def test_on_sale_with_everything_still_to_come_is_not_yet(conference) -> None:
    TicketTypeFactory(conference=conference, not_yet=True)
    face = face_of(conference, now=NOW)
    assert face.state == "not_yet"
    assert face.panel
    assert face.panel.opens_at == NOW + timedelta(days=1)


def test_early_prices_say_how_long_they_hold(read, conference, publish) -> None:
    TicketTypeFactory(conference=conference, early=True)
    publish(conference)
    _, text = read("/conferences/closer/")
    assert "Early prices until Wednesday 31 March 2027, 13.00." in text
    assert "£35" in text
    assert "£45" in text


def test_places_at_home_do_not_run_out(read, conference, place, publish) -> None:
    endless = QuotaFactory(conference=conference, endless=True)
    TicketTypeFactory(conference=conference, name="Online", is_online=True, quota=endless)
    publish(conference)
    _, text = read("/conferences/closer/")
    assert "Online places do not run out." in text
    assert "Places do not run out." in text


def test_only_a_ticket_with_less_room_than_the_hall_has_a_row_of_its_own(conference, place) -> None:
    small = TicketTypeFactory(conference=conference, name="Student", quota__size=50)
    rows = panel_of(conference, now=NOW).rows
    assert {row.offer.ticket_type: row.is_limited_alone for row in rows} == {place: False, small: True}


@pytest.mark.parametrize(
    ("facts", "heading", "words"),
    [
        ({"delegates": 350, "was_sold_out": True}, "It was sold out", "350 delegates"),
        ({"delegates": 1000, "was_sold_out": False}, "It has taken place", "1,000 delegates"),
        ({"delegates": 1, "was_sold_out": False}, "It has taken place", "1 delegate"),
        ({"delegates": None, "was_sold_out": True}, "It was sold out", "sold"),
        ({"delegates": None, "was_sold_out": False}, "It has taken place", "See what is next"),
        ({"delegates": None, "delegates_note": "over 1,000"}, "It was sold out", "Over 1,000 delegates"),
    ],
)
def test_the_past_shows_figures_instead_of_a_panel(read, publish, facts, heading, words) -> None:
    conference = ConferenceFactory(slug="past", past=True, **facts)
    SessionFactory(conference=conference, starts_at=datetime(2019, 7, 11, 9, tzinfo=UTC))
    publish(conference)
    _, text = read("/conferences/past/")
    assert heading in text
    assert words in text
    assert 'class="tickets"' not in text


@pytest.mark.parametrize(("delegates", "size"), [(20, "fig-s"), (300, "fig-m"), (2000, "fig-l")])
def test_room_is_kept_for_the_loop(delegates, size) -> None:
    assert face_of(ConferenceFactory(past=True, delegates=delegates), now=NOW).figure_size == size


def test_a_long_title_is_set_smaller(read, publish) -> None:
    conference = ConferenceFactory(slug="long", title="A title that goes on " * 5)
    publish(conference)
    _, text = read("/conferences/long/")
    assert '<h1 class="is-long">' in text


def test_the_list_parts_next_from_past(read, conference, place, publish) -> None:
    publish(conference)
    publish(ConferenceFactory(slug="soon", title="Later on", announced=True, starts_on=date(2028, 1, 1)))
    publish(ConferenceFactory(slug="off", title="Off", cancelled=True))
    publish(ConferenceFactory(slug="old", title="From system to local", past=True))
    publish(ConferenceFactory(slug="old-off", title="Never was", cancelled=True, starts_on=date(2019, 3, 1)))
    publish(ConferenceFactory(slug="open", title="Had room", past=True, was_sold_out=False, delegates_note="over 900"))
    _, text = read("/conferences/")
    for words in ("Next", "So far", "100 of 100", "Book places", "Announced", "Cancelled", "350 delegates", "Over 900"):
        assert words in text
    assert text.index("Closer to home") < text.index("Later on") < text.index("So far") < text.index("From system")


def test_the_list_leads_straight_to_the_tickets(read, conference, place, publish) -> None:
    publish(conference)
    _, html = read("/conferences/")
    assert f'href="{conference.get_absolute_url()}tickets/"' in html


@pytest.mark.parametrize(("note", "is_only_for_paper"), [("", True), ("over 900", False)])
def test_what_the_loop_says_is_written_for_listeners_and_paper(read, publish, note, is_only_for_paper) -> None:
    past = ConferenceFactory(slug="old", past=True, delegates_note=note)
    publish(past)
    _, html = read(past.get_absolute_url())
    assert ("sr on-paper" in html) == is_only_for_paper


def test_a_full_next_conference_offers_reading_not_booking(read, conference, place, publish) -> None:
    fill(place)
    publish(conference)
    _, text = read("/conferences/")
    assert "Read more" in text
    assert "Book places" not in text


def test_a_list_with_nothing_in_it_says_so(read, index) -> None:
    _, text = read("/conferences/")
    assert "The next conference is being planned." in text
    assert "So far" not in text


def test_each_year_is_named_once(publish) -> None:
    pages = [publish(ConferenceFactory(past=True, starts_on=day)) for day in (date(2018, 6, 1), date(2018, 11, 6))]
    pages.append(publish(ConferenceFactory(past=True, starts_on=date(2016, 1, 1), precision=Precision.MONTH)))
    entries = listing_of(pages, now=NOW).past
    assert [(entry.conference.starts_on.year, entry.is_first_of_year) for entry in entries] == [
        (2018, True),
        (2018, False),
        (2016, True),
    ]


def test_the_number_left_follows_the_ledger(read, conference, place, publish) -> None:
    publish(conference)
    orders.booked(place, 3)
    _, text = read("/conferences/closer/")
    assert "97 of 100" in text


def test_a_page_takes_its_address_from_its_conference(conference) -> None:
    page = ConferencePage(title="Any", slug="other", conference=conference)
    page.clean()
    assert page.slug == "closer"
    bare = ConferencePage(title="Any", slug="other")
    bare.clean()
    assert bare.slug == "other"
