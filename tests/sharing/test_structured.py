"""What search engines require of each kind of thing is there, for conferences of every kind and state."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Conference, ConferencePage
from events.structured import offers
from network_site.base.dates import Precision
from network_site.pages.models import ExplainerPage, HomePage
from network_site.sharing.registry import ByModel
from network_site.sharing.shared import shared
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, TicketTypeFactory
from tests.sharing.conftest import Head, Node, types

pytestmark = pytest.mark.django_db
Read = Callable[[Any], Head]
Make = Callable[..., ConferencePage]
SCHEMA = "https://schema.org/"
# From the pages of Google's documentation on each rich result, written down by hand: what a result cannot do without,
# and what makes it better.
REQUIRED = {
    "Event": {"name", "startDate", "location"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Offer": {"price", "priceCurrency", "url", "availability"},
    "Place": {"name", "address"},
    "VirtualLocation": {"url"},
    "Organization": {"name"},
    "WebSite": {"name", "url"},
    "SearchAction": {"target", "query-input"},
    "Article": {"headline", "image", "author"},
    "NewsArticle": {"headline", "image", "author"},
    "Person": {"name"},
}
RECOMMENDED = {
    "Event": {
        "description", "endDate", "eventAttendanceMode", "eventStatus", "image", "offers", "organizer",
    },
    "Article": {"datePublished", "dateModified"},
    "Organization": {"url"},
}  # fmt: skip


def nodes(value: Any) -> list[Node]:
    """Every node in a graph, however deep."""
    if isinstance(value, list):
        return [node for part in value for node in nodes(part)]
    if not isinstance(value, dict):
        return []
    own = [value] if "@type" in value else []
    return own + [node for part in value.values() for node in nodes(part)]


def missing(graph: list[Node], rules: dict[str, set[str]]) -> list[str]:
    return [
        f"{kind}.{name}"
        for node in nodes(graph)
        for kind in types(node)
        for name in sorted(rules.get(kind, set()) - set(node))
    ]


def test_home_and_articles_have_all_they_need(home: HomePage, add: Callable[..., Any], read: Read) -> None:
    article = add(ExplainerPage, title="A guide", summary="About.")
    article.save_revision().publish()
    for page in ("/", article):
        graph = read(page).graph
        assert missing(graph, REQUIRED) == []
        assert missing(graph, RECOMMENDED) == []


@pytest.mark.parametrize("mode", Conference.Mode.values)
def test_a_conference_has_all_it_needs(conference_page: Make, read: Read, mode: str) -> None:
    page = conference_page(mode=mode, ends_on=date(2027, 6, 17))
    TicketTypeFactory(conference=page.conference)
    head = read(page)
    assert missing(head.graph, REQUIRED) == []
    assert missing(head.graph, RECOMMENDED) == []
    event = head.node("Event")
    assert event["startDate"] == "2027-06-16T09:30:00+01:00"
    assert event["endDate"] == "2027-06-17T17:00:00+01:00"
    assert event["image"] == [head.meta("og:image")]
    kinds = [node["@type"] for node in nodes(event["location"])]
    assert (
        kinds
        == {
            "in_person": ["Place", "PostalAddress"],
            "virtual": ["VirtualLocation"],
            "hybrid": ["Place", "PostalAddress", "VirtualLocation"],
        }[mode]
    )
    assert event["eventAttendanceMode"] == SCHEMA + {
        "in_person": "OfflineEventAttendanceMode",
        "virtual": "OnlineEventAttendanceMode",
        "hybrid": "MixedEventAttendanceMode",
    }[mode]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("announced", "EventScheduled"),
        ("on_sale", "EventScheduled"),
        ("closed", "EventScheduled"),
        ("postponed", "EventPostponed"),
        ("cancelled", "EventCancelled"),
    ],
)
def test_its_state_is_told(conference_page: Make, read: Read, status: str, said: str) -> None:
    assert read(conference_page(status=status)).node("Event")["eventStatus"] == SCHEMA + said


def test_what_is_not_announced_is_no_event(conference_page: Make, read: Read) -> None:
    assert "Event" not in [kind for node in read(conference_page(draft=True)).graph for kind in types(node)]


def test_where_nobody_knows_where_there_is_no_event(conference_page: Make, read: Read) -> None:
    page = conference_page(past=True, venue="", town="")
    assert "Event" not in [kind for node in read(page).graph for kind in types(node)]


def test_a_venue_without_a_town_is_its_own_address(conference_page: Make, read: Read) -> None:
    [place] = nodes(read(conference_page(town="")).node("Event")["location"])
    assert (place["name"], place["address"]) == ("The Old Mill", "The Old Mill")


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [("month", "2016-01", None), ("season", "2016", None), ("year", "2016", None), ("day", "2016-01-20", "2016-01-20")],
)
def test_a_date_is_told_no_finer_than_it_is_known(
    conference_page: Make, read: Read, precision: str, start: str, end: str | None
) -> None:
    page = conference_page(
        past=True, starts_on=date(2016, 1, 20), precision=precision, opens=None, closes=None, ends_on=None
    )
    event = read(page).node("Event")
    assert (event["startDate"], event.get("endDate")) == (start, end)


def test_a_span_of_months_ends(conference_page: Make, read: Read) -> None:
    page = conference_page(past=True, precision=Precision.MONTH, ends_on=date(2019, 9, 1))
    assert read(page).node("Event")["endDate"] == "2019-09"


def test_the_strapline_describes_it(conference_page: Make, read: Read) -> None:
    head = read(conference_page())
    assert head.meta("og:description") == "A day about people and places"
    assert head.meta("description") == head.meta("og:description")
    assert head.meta("og:image:alt") == "Conference: " + head.meta("og:title") + ". 16 June 2027. The Old Mill, Leeds"


def told_offers(page: ConferencePage, *, now: datetime = NOW) -> dict[str, tuple[str, str]]:
    found = offers(page.conference, shared(page), now=now)
    return {offer["name"]: (offer["price"], offer["availability"].removeprefix(SCHEMA)) for offer in found}


def test_what_a_place_costs_and_whether_there_is_one(conference_page: Make) -> None:
    page = conference_page()
    of = {"conference": page.conference}
    TicketTypeFactory(name="Usual", **of)
    TicketTypeFactory(name="Early", early=True, **of)
    TicketTypeFactory(name="Free", free=True, **of)
    TicketTypeFactory(name="Full", quota=QuotaFactory(size=0, **of), **of)
    TicketTypeFactory(name="Closed", quota=QuotaFactory(closed=True, **of), **of)
    TicketTypeFactory(name="Endless", quota=QuotaFactory(endless=True, **of), **of)
    TicketTypeFactory(name="Later", not_yet=True, **of)
    TicketTypeFactory(name="Over", over=True, **of)
    TicketTypeFactory(name="Hidden", hidden=True, **of)
    TicketTypeFactory(name="Workshop", workshop=True, **of)
    assert told_offers(page) == {
        "Usual": ("45.00", "InStock"),
        "Early": ("35.00", "InStock"),
        "Free": ("0.00", "InStock"),
        "Full": ("45.00", "SoldOut"),
        "Closed": ("45.00", "SoldOut"),
        "Endless": ("45.00", "InStock"),
        "Later": ("45.00", "PreOrder"),
        "Over": ("45.00", "SoldOut"),
    }


@pytest.mark.parametrize("status", ["closed", "cancelled", "postponed"])
def test_nothing_is_offered_that_cannot_be_had(conference_page: Make, status: str) -> None:
    page = conference_page(status=status)
    TicketTypeFactory(conference=page.conference)
    assert told_offers(page) == {}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_offers_cost_one_query(conference_page: Make, number: int) -> None:
    page = conference_page()
    for _ in range(number):
        TicketTypeFactory(conference=page.conference)
    said = shared(page)
    with CaptureQueriesContext(connection) as queries:
        assert len(offers(page.conference, said, now=NOW)) == number
    assert len(queries) == 1


def test_a_room_speaks_for_what_is_made_from_its_models(db: None) -> None:
    says: ByModel[Callable[[Any], str]] = ByModel()
    says(Conference)(lambda _thing: "conference")
    assert says.of(ConferencePage()) is None
    says(ConferencePage)(lambda _thing: "page")
    said = says.of(ConferencePage())
    assert said
    assert said(ConferencePage()) == "page"
    assert ConferenceFactory.build()
