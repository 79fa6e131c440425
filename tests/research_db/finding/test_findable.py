"""What a search of the whole site finds of the research database."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from network_site.search import corpus
from research_db import findable
from research_db.finding.index import Index
from research_db.models import Publication, ReadingList, ReadingListEntry, ResearchPage
from tests.pages.reading import Html
from tests.research_db.finding.test_page import page  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page")]
Read = Callable[[str], Html]


@pytest.fixture(autouse=True)
def _from_nothing() -> Iterator[None]:
    corpus.site.forget()
    yield
    corpus.site.forget()


@pytest.fixture
def read(client: Client) -> Read:
    def get(question: str) -> Html:
        response = client.get(f"/search/{question}")
        assert response.status_code == 200
        return Html(response.content.decode())

    return get


def four(**facts: object) -> list[Publication]:
    return [
        Publication.objects.create(title=f"Zebras & people {place}", year=2020 + place, **facts) for place in range(4)
    ]


def test_the_best_few_and_the_way_to_all(read: Read) -> None:
    made = four()
    html = read("?q=zebras")
    assert "In the research database" in html
    assert html.count("<mark>Zebras</mark> &amp; people") == findable.BEST
    assert f'href="{made[0].get_absolute_url()}"' in html
    assert '<a class="more" href="/research/?q=zebras">All 4 publications</a>' in html
    assert "Try fewer words" not in html


def test_fewer_are_all_shown(read: Read) -> None:
    Publication.objects.create(title="One quagga")
    assert "One <mark>quagga</mark>" in read("?q=quagga")
    assert "All 1" not in read("?q=quagga")


@pytest.mark.parametrize(
    "question", ["?q=xylophone", "?q=zebras&kind=pages", "?q=zebras&page=2", "?q=zebras+xylophone"]
)
def test_where_nothing_stands_beside(read: Read, question: str) -> None:
    four()
    assert "In the research database" not in read(question)


def test_drafts_are_not_found(read: Read) -> None:
    four(live=False)
    assert "In the research database" not in read("?q=zebras")


def test_without_a_page_that_shows_the_list_there_is_nowhere_to_lead(read: Read) -> None:
    four()
    ResearchPage.objects.update(live=False)
    assert "In the research database" not in read("?q=zebras")


@pytest.mark.parametrize("question", ["?q=begin", "?q=okapis&kind=lists", "?q=clearest"])
def test_reading_lists_are_found_by_what_is_in_them(read: Read, question: str) -> None:
    found = ReadingList.objects.create(slug="start", title="Start <here>", introduction="For people who begin.")
    found.entries.add(ReadingListEntry(publication=Publication.objects.create(title="On okapis"), why="The clearest."))
    found.save()
    assert '<a href="/research/lists/start/">Start &lt;here&gt;</a>' in read(question)


def test_a_list_says_nothing_of_drafts_and_a_draft_of_a_list_nothing() -> None:
    found = ReadingList.objects.create(slug="start", title="Start")
    found.entries.add(ReadingListEntry(publication=Publication.objects.create(title="Draft", live=False)))
    found.save()
    before = findable.stamps()
    assert [one.text for one in findable.documents([str(found.pk)])] == [""]
    Publication.objects.update(live=True)
    assert findable.stamps() != before
    assert [one.text for one in findable.documents([str(found.pk)])] == ["Draft\n"]
    ReadingList.objects.update(live=False)
    assert findable.stamps() == {}
    assert list(findable.documents([str(found.pk)])) == []


def test_the_same_queries_for_one_three_and_thirty(
    read: Read, found: Index, django_assert_max_num_queries: Callable[..., object]
) -> None:
    numbers = []
    for more in (1, 2, 27):
        for place in range(more):
            made = ReadingList.objects.create(slug=f"l{more}-{place}", title="Gnus", introduction="On gnus.")
            gnu = Publication.objects.create(title="Gnus")
            ReadingListEntry.objects.create(reading_list=made, publication=gnu)
        found.catch_up_with_all()
        read("?q=gnus")
        with django_assert_max_num_queries(60) as asked:
            read("?q=gnus")
        numbers.append(len(asked))  # type: ignore[arg-type]
    assert numbers[0] == numbers[1] == numbers[2]
