"""The home page: who we are, the next conference, a moment, the newest writing."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from events.models import Conference
from network_site.base import freshness
from network_site.base.models import Freshness
from network_site.base.offers import Offers, Writing
from network_site.history.models import Era, TimelineEvent
from network_site.pages import writing
from network_site.pages.models import ExplainerPage, HomePage, StandardPage
from network_site.pages.next_conference import Room, largest_room, next_conference
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, SessionFactory, TicketTypeFactory
from tests.factories.pages import raw
from tests.pages.reading import Html

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spring() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return Html(answer.content.decode())


def moment(**changes: Any) -> TimelineEvent:
    era, _made = Era.objects.get_or_create(slug="early", defaults={"title": "Early", "starts_on": date(2015, 1, 1)})
    number = TimelineEvent.objects.count()
    facts = {
        "title": "To Parliament",
        "starts_on": date(2016, 3, 9),
        "precision": "day",
        "summary": "The report goes to Westminster.",
        "is_milestone": True,
    }
    return TimelineEvent.objects.create(era=era, slug=f"moment-{number}", **{**facts, **changes})


def entry(page: Any, **changes: Any) -> tuple[str, dict[str, Any]]:
    return "entry", {"page": page.pk, "kind": "guide", "title": "", "text": "", **changes}


# --- the next conference ----------------------------------------------------------------------------
def test_with_no_conference_the_loop_is_empty_and_says_so(home: HomePage, client: Client) -> None:
    html = read(client)
    assert "No date yet" in html
    assert 'href="/conferences/"' in html
    assert "places left" not in html


def test_the_next_conference_says_when_where_and_how_full(home: HomePage, client: Client) -> None:
    conference = ConferenceFactory(two_days=True, title="Closer to home", slug="closer")
    TicketTypeFactory(conference=conference, quota=QuotaFactory(conference=conference, size=400, taken=210))
    html = read(client)
    assert '<time datetime="2027-06-16">16 and 17 June 2027</time>' in html
    assert "Closer to home<br>The Old Mill, Leeds" in html
    assert "<strong>190 of 400</strong> places left" in html
    assert 'href="/conferences/closer/"' in html


def test_a_full_conference_is_sold_out(home: HomePage, client: Client) -> None:
    conference = ConferenceFactory()
    TicketTypeFactory(conference=conference, quota=QuotaFactory(conference=conference, size=50, taken=50))
    html = read(client)
    assert "<strong>Sold out</strong>" in html
    assert "places left" not in html


@pytest.mark.parametrize("state", ["draft", "cancelled", "postponed", "past"])
def test_a_conference_that_is_not_to_come_is_not_shown(home: HomePage, client: Client, state: str) -> None:
    ConferenceFactory(**{state: True})
    assert "No date yet" in read(client)


def test_an_announced_conference_is_shown_without_places() -> None:
    conference = ConferenceFactory(announced=True)
    TicketTypeFactory(conference=conference, quota=QuotaFactory(conference=conference, size=50))
    found = next_conference(today=TODAY)
    assert found
    assert (found.conference, found.room, found.is_on_sale) == (conference, None, False)


def test_what_can_be_booked_comes_before_what_is_only_announced() -> None:
    ConferenceFactory(announced=True, starts_on=date(2027, 4, 1))
    later = ConferenceFactory(starts_on=date(2027, 9, 1))
    ConferenceFactory(starts_on=date(2027, 10, 1))
    found = next_conference(today=TODAY)
    assert found
    assert found.conference == later
    assert found.is_on_sale


def test_on_its_last_day_a_conference_is_still_shown_and_the_day_after_it_is_not() -> None:
    conference = ConferenceFactory(two_days=True)
    found = next_conference(today=date(2027, 6, 17))
    assert found
    assert found.conference == conference
    assert next_conference(today=date(2027, 6, 18)) is None


def conference_with(*rooms: tuple[int | None, dict[str, Any]]) -> Conference:
    conference: Conference = ConferenceFactory()
    for size, facts in rooms:
        quota = QuotaFactory(conference=conference, size=size, taken=3)
        TicketTypeFactory(conference=conference, quota=quota, **facts)
    return conference


def test_the_room_is_the_venue_s_largest_and_not_the_online_one() -> None:
    conference = conference_with((40, {}), (120, {}), (500, {"is_online": True}), (900, {"is_hidden": True}))
    assert largest_room(conference) == Room(size=120, taken=3)


def test_an_online_conference_shows_the_online_room() -> None:
    assert largest_room(conference_with((500, {"is_online": True}))) == Room(size=500, taken=3)


def test_a_workshop_is_no_room_of_the_conference() -> None:
    conference = ConferenceFactory()
    workshop = QuotaFactory(conference=conference, size=30)
    TicketTypeFactory(conference=conference, quota=workshop, session=SessionFactory(conference=conference))
    assert largest_room(conference) is None


def test_places_that_never_run_out_are_not_counted() -> None:
    assert largest_room(conference_with((None, {}))) is None


# --- this month in history ----------------------------------------------------------------------------
def test_the_moment_of_this_month_is_shown(home: HomePage, client: Client) -> None:
    moment()
    moment(title="In May", starts_on=date(2017, 5, 1), precision="month")
    html = read(client)
    assert "March in our history" in html
    assert '<time datetime="2016-03-09">9 March 2016</time>. The report goes to Westminster.' in html
    assert "In May" not in html


def test_a_month_without_a_moment_leaves_no_hole(home: HomePage, client: Client) -> None:
    moment(starts_on=date(2017, 5, 1))
    html = read(client)
    assert "in our history" not in html
    assert "cross-hs" in html


def test_a_draft_is_nobody_s_history(home: HomePage, client: Client) -> None:
    moment(live=False)
    assert "in our history" not in read(client)


def test_midnight_in_london_begins_the_month(home: HomePage, client: Client) -> None:
    moment(starts_on=date(2017, 7, 1), title="July begins")
    with time_machine.travel(datetime(2027, 6, 30, 23, 30, tzinfo=UTC), tick=False):
        assert "July begins" in read(client)


# --- the newest writing -----------------------------------------------------------------------------
def test_the_first_of_the_writing_is_large_and_the_others_hang_on_the_thread(
    home: HomePage, add: Callable[..., Any], client: Client
) -> None:
    guide = add(ExplainerPage, title="What is it?", summary="All of it.")
    about = add(StandardPage, title="About us", summary="Who we are.")
    home.writing = raw(entry(guide), entry(about, kind="history", title="How it began", text="In 2015."))
    home.save()
    html = read(client)
    assert f'<h3 class="big"><a href="{guide.url}">What is it?</a></h3> <p>All of it.</p>' in html
    assert (
        f'<p class="tag tag--time">History</p> <h3><a href="{about.url}">How it began</a></h3> <p>In 2015.</p>' in html
    )


def test_what_is_under_a_closed_branch_is_left_out(home: HomePage, add: Callable[..., Any], client: Client) -> None:
    branch = add(StandardPage, title="Members")
    branch.view_restrictions.create(restriction_type="login")
    home.writing = raw(entry(add(StandardPage, under=branch, title="Minutes")))
    home.save()
    assert "Minutes" not in read(client)


def test_writing_nobody_may_read_is_left_out(home: HomePage, add: Callable[..., Any], client: Client) -> None:
    draft = add(StandardPage, title="A draft", live=False)
    secret = add(StandardPage, title="A secret")
    secret.view_restrictions.create(restriction_type="login")
    gone = add(StandardPage, title="Gone")
    home.writing = raw(entry(draft), entry(secret), entry(gone), entry(add(StandardPage, title="Open")))
    home.save()
    gone.delete()
    html = read(client)
    assert re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", html) == ["Open"]


def test_four_are_shown_at_most(home: HomePage, add: Callable[..., Any], client: Client) -> None:
    home.writing = raw(*[entry(add(StandardPage, title=f"Piece {n}")) for n in range(6)])
    home.save()
    assert re.findall(r"Piece \d", read(client)) == ["Piece 0", "Piece 1", "Piece 2", "Piece 3"]


def test_what_rooms_publish_comes_by_itself_newest_first(
    home: HomePage, add: Callable[..., Any], client: Client
) -> None:
    def publish(title: str, day: int, **more: Any) -> Any:
        return add(ExplainerPage, title=title, first_published_at=datetime(2026, 5, day, tzinfo=UTC), **more)

    publish("Old", 1), publish("New", 3), publish("Middle", 2), publish("A draft", 4, live=False)
    add(StandardPage, title="Privacy")  # not writing
    assert headings(client) == ["New", "Middle", "Old"]
    home.writing = raw(entry(ExplainerPage.objects.get(title="Old")))
    home.save()
    assert headings(client) == ["Old", "New", "Middle"]


def test_every_room_may_offer_writing(home: HomePage, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms: Offers[Callable[[int], list[Writing]]] = Offers()
    monkeypatch.setattr(writing, "newest_writing", rooms)
    rooms.add("a")(lambda most: [piece(f"A {day}", day) for day in (9, 5, 1)][:most])
    rooms.add("b")(lambda most: [piece(f"B {day}", day) for day in (7, 6, 2)][:most])
    assert headings(client) == ["A 9", "B 7", "B 6", "A 5"]
    rooms.add("a")(lambda most: [])
    assert headings(client) == ["B 7", "B 6", "B 2"]


def piece(title: str, day: int) -> Writing:
    return Writing(published_on=date(2027, 2, day), url=f"/{title}/", title=title, text="", kind="news")


def headings(client: Client) -> list[str]:
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", read(client))


def test_without_writing_the_place_is_left_out(home: HomePage, client: Client) -> None:
    assert "Newest writing" not in read(client)


# --- the whole --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("has_moment", "has_writing", "crossings"),
    [
        (False, False, ["hs"]),
        (True, False, ["hm", "ms"]),
        (False, True, ["hl", "ls"]),
        (True, True, ["hm", "ml", "ls"]),
    ],
)
def test_the_thread_reaches_the_spool_whatever_is_there(
    home: HomePage, add: Callable[..., Any], client: Client, has_moment: bool, has_writing: bool, crossings: list[str]
) -> None:
    if has_moment:
        moment()
    home.writing = raw(*[entry(add(StandardPage))] * has_writing)
    home.save()
    html = read(client)
    assert re.findall(r"cross-(\w\w)", html) == crossings
    assert html.count("spool--top") == 1


def test_links_under_the_lead_lead_somewhere(home: HomePage, add: Callable[..., Any], client: Client) -> None:
    shown, hidden = add(StandardPage, title="About us"), add(StandardPage, title="Hidden", live=False)
    home.links = raw(
        ("link", {"text": "", "page": shown.pk, "url": ""}), ("link", {"text": "", "page": hidden.pk, "url": ""})
    )
    home.save()
    html = read(client)
    assert f'<a class="more" href="{shown.url}">About us</a>' in html
    assert "Hidden" not in html


def asked(client: Client) -> int:
    """How many questions a visit costs while no whole page is kept."""
    freshness.seen.forget()
    with CaptureQueriesContext(connection) as queries:
        read(client)
    return len([query for query in queries if "base_freshness" not in query["sql"]])


def test_the_home_page_costs_few_queries_however_much_it_shows(
    home: HomePage, add: Callable[..., Any], client: Client, settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "page_cache" not in name]
    conference = ConferenceFactory()
    TicketTypeFactory(conference=conference, quota=QuotaFactory(conference=conference, size=400, taken=210))
    home.writing = raw(entry(add(StandardPage)))
    home.save()
    moment()
    add(ExplainerPage, title="Guide", first_published_at=datetime(2026, 5, 1, tzinfo=UTC))
    read(client)
    assert asked(client) <= 5
    after_a_change = asked_after_a_change(client)
    home.writing = raw(*[entry(add(StandardPage)) for _ in range(4)])
    home.save()
    for day in range(1, 13):
        moment()
        add(ExplainerPage, title=f"Guide {day}", first_published_at=datetime(2026, 5, day, tzinfo=UTC))
        ConferenceFactory(starts_on=date(2027, 11, 3))
    assert asked_after_a_change(client) <= after_a_change
    assert asked(client) <= 5


def asked_after_a_change(client: Client) -> int:
    Site.get_site_root_paths()  # kept by Wagtail between changes of the tree
    Freshness.objects.get_or_create(pk=1)
    Freshness.objects.update(words=F("words") + 1)
    return asked(client)
