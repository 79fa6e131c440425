"""A record’s page for every kind, notice and relation, and what others are told of it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from network_site.sharing.cards import Card
from research_db.domain.reading import BACKWARD, FORWARD
from research_db.models import Identifier, Notice, Publication, ReadingList, ReadingListEntry, Relation
from research_db.structured import LONGEST, addresses, publication, publication_card, reading_list
from tests.pages.reading import Html
from tests.research_db.records.conftest import Make, relate


def read(client: Client, record: Publication) -> Html:
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return Html(response.content.decode())


@pytest.mark.parametrize("kind", Publication.Kind.values)
def test_every_kind_has_a_page_that_says_it(client: Client, make: Make, kind: str) -> None:
    one = make(kind=kind)
    assert f'<p class="tag tag--research">{one.get_kind_display()}, 2021</p>' in read(client, one)


@pytest.mark.parametrize(
    ("kind", "said", "is_alarm"),
    [
        ("retraction", "This was retracted: do not rely on it", True),
        ("concern", "The publisher has concerns about this", True),
        ("correction", "This was corrected", False),
    ],
)
def test_every_notice_is_shown_as_grave_as_it_is(
    client: Client, make: Make, kind: str, said: str, is_alarm: bool
) -> None:
    one = make()
    Notice.objects.create(publication=one, kind=kind, words="See there.", url="https://example.org/notice")
    page = read(client, one)
    assert page.index(said) < page.index("<h1")
    assert ("record__alarm" in page) is is_alarm
    assert 'href="https://example.org/notice"' in page


@pytest.mark.parametrize("kind", Relation.Kind.values)
def test_a_relation_is_read_from_both_ends(client: Client, make: Make, kind: str) -> None:
    one, other = make(title="The first of two"), make(title="The second of two")
    relate(one, kind, other)
    ahead, back = read(client, one), read(client, other)
    assert f'{FORWARD[Relation.Kind(kind)]}</p><h3><a href="{other.get_absolute_url()}">' in ahead
    assert f'{BACKWARD[Relation.Kind(kind)]}</p><h3><a href="{one.get_absolute_url()}">' in back


def test_no_two_relations_are_said_in_the_same_words() -> None:
    words = [str(label) for labels in (FORWARD, BACKWARD) for label in labels.values()]
    assert len(FORWARD) == len(BACKWARD) == len(Relation.Kind.values)
    assert sorted(word for word in set(words) if words.count(word) > 1) == ["Corrects"] * (words.count("Corrects") > 1)


@pytest.mark.parametrize(
    ("scheme", "value", "address"),
    [
        ("doi", "10.5555/a", "https://doi.org/10.5555/a"),
        ("pmid", "77", "https://pubmed.ncbi.nlm.nih.gov/77/"),
        ("pmcid", "PMC77", "https://pmc.ncbi.nlm.nih.gov/articles/PMC77/"),
        ("arxiv", "2101.00001", "https://arxiv.org/abs/2101.00001"),
        ("openalex", "W9", "https://openalex.org/W9"),
        ("handle", "2027/x", "https://hdl.handle.net/2027/x"),
        ("isbn", "9780306406157", ""),
    ],
)
def test_a_number_leads_to_where_it_is_known(client: Client, make: Make, scheme: str, value: str, address: str) -> None:
    one = make()
    Identifier.objects.create(publication=one, scheme=scheme, value=value)
    page = read(client, one)
    assert (f'<a href="{address}" rel="external">{value}</a>' in page) is bool(address)
    assert value in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client: Client, make: Make, method: str) -> None:
    for address in (make().get_absolute_url(), "/doi/10.5555/a", "/research/lists/", "/research/lists/start/"):
        assert getattr(client, method)(address).status_code == 405


def test_a_hidden_list_is_not_there(client: Client, db: None) -> None:
    ReadingList.objects.create(slug="hidden", title="Hidden", live=False)
    assert client.get("/research/lists/hidden/").status_code == 404
    assert client.get("/research/lists/nothing/").status_code == 404
    assert "Hidden" not in client.get("/research/lists/").content.decode()


def test_what_was_merged_into_something_withdrawn_is_gone(client: Client, make: Make) -> None:
    kept = make(live=False)
    merged = make(live=False, merged_into=kept)
    assert client.get(merged.get_absolute_url()).status_code == 410


def test_a_list_is_in_the_editors_order(client: Client, make: Make) -> None:
    found = ReadingList.objects.create(slug="start", title="Start")
    for place, title in [(2, "Third"), (0, "First"), (1, "Second")]:
        ReadingListEntry.objects.create(reading_list=found, publication=make(title=title), sort_order=place)
    page = read(client, found)
    assert page.index(">First</a>") < page.index(">Second</a>") < page.index(">Third</a>")


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_list_of_thirty_asks_as_much_as_one(
    client: Client, make: Make, django_assert_max_num_queries: Any, number: int
) -> None:
    found = ReadingList.objects.create(slug="start", title="Start")
    for place in range(number):
        ReadingListEntry.objects.create(reading_list=found, publication=make(authors=2), sort_order=place)
    client.get("/research/lists/")
    with django_assert_max_num_queries(8):
        client.get("/research/lists/start/")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"plain_summary": "In short.", "abstract": "At length."}, "In short."),
        ({"abstract": "At length."}, "At length."),
        ({}, "Company on prescription"),
    ],
)
def test_what_is_shared_is_the_plainest_there_is(make: Make, facts: dict[str, str], said: str) -> None:
    assert publication(make(**facts)).description == said


def test_what_is_shared_is_short(make: Make) -> None:
    assert len(publication(make(abstract="Word " * 100)).description) <= LONGEST
    assert reading_list(ReadingList(slug="a", title="Title")).description == "Title"


def test_a_card_says_who_and_where(full: Publication, make: Make) -> None:
    card = publication_card(full)
    assert isinstance(card, Card)
    assert (card.title, card.tag, card.facts[0]) == ("Company on prescription", "Journal article", "Name0 and Name1")
    assert publication_card(make(authors=0)).facts == ("2021",)


def test_the_sitemap_has_what_is_public(make: Make) -> None:
    shown, hidden = make(last_published_at=timezone.now()), make(live=False)
    ReadingList.objects.create(slug="hidden", title="Hidden", live=False)
    ReadingList.objects.create(slug="shown", title="Shown")
    found = {place.path for place in addresses()}
    assert found == {shown.get_absolute_url(), "/research/lists/shown/"}
    assert hidden.get_absolute_url() not in found
