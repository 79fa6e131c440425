"""Any search as a feed: what came last is first, what stands in it, its pages, and what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from research_db.finding import index
from research_db.finding.index import Index
from research_db.models import Contribution, Facet, Notice, Publication, Term
from tests.research_db.factory import make_publications
from tests.research_db.finding.conftest import found

__all__ = ["found"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("found")]
A = "{http://www.w3.org/2005/Atom}"
FEED = "/research/feed.atom"
CAME = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def atom(client: Client, question: str = "") -> ET.Element:
    answer = client.get(FEED + question)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(answer.content)  # noqa: S314  our own feed


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{A}title", "") for entry in feed.findall(f"{A}entry")]


def links(feed: ET.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in feed.findall(f"{A}link")}


def publish(title: str, days: int = 0, **more: object) -> Publication:
    return Publication.objects.create(title=title, first_published_at=CAME + timedelta(days=days), **more)


def test_what_came_here_last_is_first_whenever_it_was_written(client: Client) -> None:
    for number, (title, year) in enumerate([("Walking", 2025), ("Singing", 1999), ("Walking on", 2010)]):
        publish(title, number, year=year)
    assert titles(atom(client)) == ["Walking on", "Singing", "Walking"]
    assert titles(atom(client, "?q=walking&sort=oldest")) == ["Walking on", "Walking"]
    assert titles(atom(client, "?year=..2000")) == ["Singing"]


def test_what_stands_in_an_entry(client: Client) -> None:
    who = Facet.objects.create(key="population", label="Who took part")
    adults = Term.objects.create(facet=who, slug="adults", label="Adults")
    one = publish("Walking <together> & \x0bon", kind="review", abstract="Long.\n\nStory & <b>bold</b>", code="7f3k2x")
    one.terms.add(Term.objects.create(facet=who, slug="carers", label="Carers & co", parent=adults))
    for place, (family, role) in enumerate([("Okafor", "author"), ("Price", "editor"), ("Ó Briain", "author")]):
        one.contributions.add(Contribution(family=family, given="Ada", role=role, sort_order=place))
    one.save()
    feed = atom(client, "?q=walking")
    (entry,) = feed.findall(f"{A}entry")
    assert entry.findtext(f"{A}title") == "Walking <together> & on"
    assert entry.findtext(f"{A}id") == "http://testserver/research/r/7f3k2x/"
    assert links(entry) == {"alternate": f"http://testserver{one.get_absolute_url()}"}
    assert [name.text for name in entry.findall(f"{A}author/{A}name")] == ["Ada Okafor", "Ada Ó Briain"]
    assert [(one.get("term"), one.get("label")) for one in entry.findall(f"{A}category")] == [
        ("kind/review", "Review"), ("population/adults", "Adults"), ("population/carers", "Carers & co"),
    ]  # fmt: skip
    summary = entry.find(f"{A}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert summary.text == "<p>Long.</p>\n\n<p>Story &amp; &lt;b&gt;bold&lt;/b&gt;</p>"
    assert entry.findtext(f"{A}published") == "2026-03-02T09:00:00+00:00"
    assert datetime.fromisoformat(entry.findtext(f"{A}updated", "")).replace(microsecond=0) == one.changed_at.replace(microsecond=0)  # fmt: skip
    assert feed.findtext(f"{A}title") == "Social Prescribing Network: “walking”"


def test_a_summary_in_plain_words_is_preferred_and_a_retraction_is_said_first(client: Client) -> None:
    one = publish("Walking", abstract="Jargon.", plain_summary="People walk.")
    one.notices.add(Notice(kind="retraction"))
    one.save()
    feed = atom(client)
    assert titles(feed) == ["Retracted: Walking"]
    assert feed.findtext(f"{A}entry/{A}summary") == "<p>People walk.</p>"
    # Atom asks for an author.
    assert feed.findtext(f"{A}entry/{A}author/{A}name") == "Social Prescribing Network"


def test_drafts_and_withdrawn_ones_are_in_no_feed(client: Client) -> None:
    publish("Public")
    publish("Withdrawn", live=False)
    Publication.objects.create(title="Draft", live=False)
    assert titles(atom(client)) == ["Public"]


def test_an_id_stays_when_the_title_changes(client: Client) -> None:
    one = publish("Walking")
    before = atom(client).findtext(f"{A}entry/{A}id")
    one.title = "Walking, corrected"
    one.save()
    assert atom(client).findtext(f"{A}entry/{A}id") == before
    assert client.get(before, follow=True).status_code == 200


def test_pages_lead_through_everything_once(client: Client) -> None:
    make_publications(45)
    index.site().catch_up_with_all()
    address, seen, self_link = f"http://testserver{FEED}?not.kind=review", [], "?not.kind=review"
    while self_link:
        feed = atom(client, self_link)
        assert links(feed)["self"] == f"http://testserver{FEED}{self_link}"
        assert links(feed)["first"] == address
        seen += [entry.findtext(f"{A}id") for entry in feed.findall(f"{A}entry")]
        self_link = links(feed).get("next", "").removeprefix(f"http://testserver{FEED}")
    expected = Publication.objects.public().exclude(kind="review")
    assert len(seen) == len(set(seen)) == expected.count()
    every = atom(client, "?page=2")
    assert set(links(every)) == {"self", "alternate", "first", "previous", "next", "last"}
    assert len(titles(every)) == 20


def test_a_reader_that_has_the_feed_is_told_so(client: Client) -> None:
    one = publish("Walking")
    first = client.get(FEED)
    for have in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get(FEED, headers=have).status_code == 304
    assert (first["Cache-Control"], client.head(FEED).status_code) == ("max-age=900", 200)
    assert client.post(FEED).status_code == 405
    one.title = "Singing"
    one.save()
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_the_same_every_time(client: Client) -> None:
    assert titles(atom(client, "?q=quagga")) == []
    assert client.get(FEED)["ETag"] == client.get(FEED)["ETag"]


def test_before_the_first_index_is_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FEW", -1)
    Publication.objects.create(title="Zebras")
    answer = client.get(FEED)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


@pytest.mark.parametrize(
    "question",
    ["?page=99999", "?page=-1", "?page=x", "?q=%00%0b", f"?q={quote('“(((NOT')}", "?kind=none", "?year=9..", "?sort=x",
     "?" + "&".join(f"kind=k{n}" for n in range(300)), f"?q={'a' * 5000}", "?%ff=%fe"],
)  # fmt: skip
def test_whatever_is_asked_there_is_a_feed(client: Client, question: str) -> None:
    publish("Walking")
    atom(client, question)


def test_the_same_queries_for_few_and_many(client: Client) -> None:
    counts = []
    for number in (1, 3, 30):
        while Publication.objects.count() < number:
            one = publish(f"Walking {Publication.objects.count()}")
            one.contributions.add(Contribution(family="Okafor"))
            one.save()
        index.site().catch_up_with_all()
        client.get(FEED)
        with CaptureQueriesContext(connection) as queries:
            client.get(FEED)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 8, counts


def test_the_list_says_where_its_feed_is(client: Client, found: Index, research: Callable[[], object]) -> None:
    research()
    publish("Walking", kind="review")
    said = client.get("/research/?q=walking&kind=review&sort=title&page=1").content.decode()
    assert f'href="{FEED}?q=walking&amp;kind=review"' in said
    assert 'type="application/atom+xml"' in said
