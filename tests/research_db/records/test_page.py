"""What a record's page says to people."""

import re

import pytest
from django.test import Client

from research_db.models import Notice, Publication, ReadingList, ReadingListEntry, Relation
from tests.pages.reading import Html
from tests.research_db.records.conftest import Make


def read(client: Client, record: Publication) -> Html:
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return Html(response.content.decode())


def test_everything_known_is_said(client: Client, full: Publication) -> None:
    page = read(client, full)
    for said in (
        "Journal article, 2021",
        '<cite>Journal of Invented Examples</cite>12(3), 107–9.<time datetime="2021-03-12">12 March 2021</time>',
        "People felt less alone.",
        "Background: we asked 31 people.",
        '<a href="/research/?population=older-people">Older people</a>',
        'href="https://doi.org/10.5555/spn.1"',
        "CC BY 4.0",
        "Moderate confidence",
        "This was corrected",
        "https://orcid.org/0000-0002-1825-0097",
        "(editor)",
        "Planned in",
        "Brought up to date by",
        "/research/lists/start-here/",
    ):
        assert said in page, said
    assert "Hidden" not in page


def test_what_one_came_for_has_a_short_way(client: Client, full: Publication) -> None:
    page = read(client, full)
    assert page.index('href="#cite"') < page.index("What it is about") < page.index('id="cite"')


def test_the_summary_comes_before_the_abstract(client: Client, full: Publication) -> None:
    page = read(client, full)
    assert page.index("People felt less alone.</p>") < page.index("<p>Background: we asked")


def test_next_to_nothing_is_no_fault(client: Client, make: Make) -> None:
    page = read(client, make(authors=0, year=None))
    assert "We have no abstract of this." in page
    assert "None" not in page.partition("<main")[2]


def test_a_retraction_stands_before_the_title(client: Client, full: Publication) -> None:
    Notice.objects.create(publication=full, kind="retraction", words="The figures were invented.")
    page = read(client, full)
    assert page.index("This was retracted: do not rely on it") < page.index("<h1")
    assert page.index("This was retracted") < page.index("This was corrected")


@pytest.mark.parametrize(
    ("older", "kind", "newer", "says"),
    [
        ("The review", "updates", "The review again", "Brought up to date by"),
        ("A preprint", "preprint-of", "The article", "Later published as"),
    ],
)
def test_what_to_read_instead_stands_before_the_title(
    client: Client, make: Make, older: str, kind: str, newer: str, says: str
) -> None:
    old, new = make(title=older), make(title=newer)
    first, other = (new, old) if kind == "updates" else (old, new)
    Relation.objects.create(publication=first, kind=kind, other=other)
    page = read(client, old)
    told = page.index(f'{says}<a href="{new.get_absolute_url()}">{newer}</a>')
    assert page.index("There is a newer version") < told < page.index("<h1")
    assert "There is a newer version" not in read(client, new)
    Publication.objects.filter(pk=new.pk).update(live=False)
    old.save()
    assert "There is a newer version" not in read(client, old)


def test_what_visitors_wrote_in_other_tongues_is_escaped(client: Client, make: Make) -> None:
    page = read(client, make(title="<script>alert(1)</script> & more", abstract="<b>x</b>"))
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("authors", [1, 3, 30])
def test_as_many_questions_for_thirty_authors_as_for_one(
    client: Client, make: Make, full: Publication, django_assert_max_num_queries: object, authors: int
) -> None:
    record = make(authors=authors)
    client.get("/research/lists/")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(record.get_absolute_url())


def test_everything_known_takes_no_more_questions(
    client: Client, full: Publication, django_assert_max_num_queries: object
) -> None:
    client.get("/research/lists/")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(full.get_absolute_url())


def test_a_change_shows_at_once(client: Client, full: Publication) -> None:
    read(client, full)
    full.plain_summary = "People felt much less alone."
    full.save()
    assert "much less alone" in read(client, full)


def test_reading_lists_show_what_is_public(client: Client, full: Publication) -> None:
    index = Html(client.get("/research/lists/").content.decode())
    assert "Start here" in index
    assert "1 publication" in index
    page = Html(client.get("/research/lists/start-here/").content.decode())
    assert "Short and clear." in page
    assert "Name0 and Name1" in page
    Publication.objects.filter(pk=full.pk).update(live=False)
    assert "Nothing is in this list yet." in client.get("/research/lists/start-here/").content.decode()


def test_a_reading_list_says_of_each_what_is_known(client: Client, make: Make) -> None:
    found = ReadingList.objects.create(slug="start", title="Start")
    for place, facts in enumerate([{"authors": 0}, {"authors": 1}, {"authors": 0, "publisher": "Press"}]):
        ReadingListEntry.objects.create(reading_list=found, publication=make(**facts), sort_order=place)
    page = Html(client.get(found.get_absolute_url()).content.decode())
    lines = [" ".join(line.split()) for line in re.findall(r'<p class="small muted">(.*?)</p>', page, re.DOTALL)]
    assert lines[:2] == ["Name0.", "Press"]
