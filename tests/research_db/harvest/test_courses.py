"""Lists in pages: nothing is left out, whatever happens meanwhile; and every change has its moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from network_site.people.models import User
from research_db.domain.merging import merge
from research_db.harvest import records
from research_db.harvest.tokens import Course
from research_db.models import (
    Datestamp,
    Facet,
    Publication,
    ReadingList,
    ReadingListEntry,
    SearchChange,
    Source,
    Term,
)
from tests.research_db.harvest.conftest import OAI, Ask, error, texts
from tests.research_db.records.conftest import Make

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 6, 1, 12, tzinfo=UTC)
LATER = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def seven(make: Make) -> Iterator[list[Publication]]:
    """Seven publications a minute apart, two of them in one moment; pages of three."""
    made = [make(title=f"Number {number}") for number in range(7)]
    for minute, one in zip((0, 1, 2, 2, 3, 4, 5), made, strict=True):
        Datestamp.objects.filter(publication=one).update(at=LONG_AGO + timedelta(minutes=minute, microseconds=7))
    with patch.object(records, "A_PAGE", 3):
        yield made


def codes(found: object) -> list[str]:
    return [one.rpartition(":")[2] for one in texts(found, "identifier")]  # type: ignore[arg-type]


def tokens(ask: Ask, **question: str) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Page by page: the codes, and what the token says of itself."""
    token: str | None = None
    while token != "":
        found = ask(verb="ListRecords", resumptionToken=token) if token else ask(verb="ListRecords", **question)
        one = found.find(f".//{OAI}resumptionToken")
        token = "" if one is None else one.text or ""
        yield codes(found), {} if one is None else dict(one.attrib)


def test_pages_follow_one_another(ask: Ask, seven: list[Publication]) -> None:
    pages = list(tokens(ask, metadataPrefix="oai_dc"))
    assert [code for page, _told in pages for code in page] == [one.code for one in seven]
    assert [told for _page, told in pages] == [
        {"completeListSize": "7", "cursor": "0"},
        {"completeListSize": "7", "cursor": "3"},
        {"completeListSize": "7", "cursor": "6"},
    ]


def test_a_list_of_one_page_has_no_token(ask: Ask, seven: list[Publication]) -> None:
    with patch.object(records, "A_PAGE", 7):
        assert [told for _page, told in tokens(ask, metadataPrefix="oai_dc")] == [{}]


def test_a_token_can_be_asked_again(ask: Ask, seven: list[Publication]) -> None:
    token = texts(ask(verb="ListIdentifiers", metadataPrefix="oai_dc"), "resumptionToken")[0]
    first, again = (codes(ask(verb="ListIdentifiers", resumptionToken=token)) for _time in range(2))
    assert first == again == [one.code for one in seven[3:6]]


# How each database says that it goes straight to a pair in the index.
STRAIGHT = {
    "sqlite": "datestamp_in_order ((at,publication_id)>(?,?)",
    "postgresql": "Index Cond: (ROW(at, publication_id) >",
}


@pytest.mark.parametrize("chosen", ["", pytest.param("kind:journal-article", marks=pytest.mark.sqlite)])
def test_a_page_begins_in_the_index_where_the_one_before_ended(seven: list[Publication], chosen: str) -> None:
    """However many share a moment, as after an import, none of those that were given is read again."""
    Datestamp.objects.update(at=LONG_AGO)
    course = Course("ListRecords", chosen, after=(LONG_AGO, seven[2].pk), cursor=3)
    with CaptureQueriesContext(connection) as asked:
        page = records.page(course)
    assert [item.number for item in page.items] == [one.pk for one in seven[3:6]]
    counted, read = (query["sql"] for query in asked if 'FROM "research_db_datestamp"' in query["sql"])
    for statement in (counted, read):
        assert STRAIGHT[connection.vendor] in plan(statement), statement


def plan(statement: str) -> str:
    """How the database goes about a statement; of seven rows PostgreSQL would rather read them all."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' * (connection.vendor == 'sqlite')}{statement}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_a_token_is_of_one_verb_and_of_us(ask: Ask, seven: list[Publication]) -> None:
    token = texts(ask(verb="ListIdentifiers", metadataPrefix="oai_dc"), "resumptionToken")[0]
    assert error(ask(verb="ListRecords", resumptionToken=token)) == "badResumptionToken"
    assert error(ask(verb="ListIdentifiers", resumptionToken=f"{token}a")) == "badResumptionToken"
    assert error(ask(verb="ListIdentifiers", resumptionToken=token[1:])) == "badResumptionToken"


def test_a_token_keeps_the_set_and_the_time(ask: Ask, seven: list[Publication]) -> None:
    Publication.objects.filter(pk=seven[4].pk).update(kind="review")
    asked = {"metadataPrefix": "oai_dc", "set": "kind:journal-article"}
    asked |= {"from_": "2024-06-01T12:01:00Z", "until": "2024-06-01T12:04:00Z"}
    found = [code for page, _told in tokens(ask, **asked) for code in page]
    assert found == [seven[number].code for number in (1, 2, 3, 5)]


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        ("2024-06-01T12:00:00Z", "2024-06-01T12:00:00Z", [0]),  # a second holds all its parts
        ("2024-06-01T12:02:00Z", "2024-06-01T12:02:00Z", [2, 3]),
        ("2024-06-01T12:03:01Z", "", [5, 6]),
        ("", "2024-06-01T12:00:59Z", [0]),
        ("2024-06-01", "2024-06-01", [0, 1, 2, 3, 4, 5, 6]),
        ("2024-06-02", "", []),
        ("", "2024-05-31", []),
    ],
)
def test_both_ends_are_within(ask: Ask, seven: list[Publication], first: str, last: str, numbers: list[int]) -> None:
    span = {name: value for name, value in (("from_", first), ("until", last)) if value}
    found = [code for page, _told in tokens(ask, metadataPrefix="oai_dc", **span) for code in page]
    assert found == [seven[number].code for number in numbers]


def test_nothing_is_missed_while_things_change(ask: Ask, seven: list[Publication], make: Make) -> None:
    """Between pages one is withdrawn that was given, one that was not, one changes, and one comes."""
    seen: list[str] = []
    for number, (page, _told) in enumerate(tokens(ask, metadataPrefix="oai_dc")):
        seen += page
        if number == 0:
            seven[0].unpublish()
            seven[6].unpublish()
            seven[5].title = "Another title"
            seven[5].save()
            new = make(title="New")
    first = [seven[number].code for number in (0, 1, 2, 3, 4)]
    assert seen == [*first, seven[0].code, seven[6].code, seven[5].code, new.code]


def test_a_list_that_emptied_meanwhile_ends(ask: Ask, seven: list[Publication]) -> None:
    token = texts(ask(verb="ListRecords", metadataPrefix="oai_dc", until="2024-06-01"), "resumptionToken")[0]
    Datestamp.objects.update(at=LATER)
    assert error(ask(verb="ListRecords", resumptionToken=token)) == "noRecordsMatch"


# --- Moments ------------------------------------------------------------------------------------------


@pytest.fixture
def old(make: Make) -> Publication:
    """A publication of a known moment, with a term, in a journal."""
    found = make(source=Source.objects.create(title="Journal of Invented Examples"))
    facet = Facet.objects.create(key="design", label="Design")
    Term.objects.create(facet=facet, slug="trial", label="Trial")
    found.terms.add(Term.objects.get())
    found.save()
    Datestamp.objects.update(at=LONG_AGO)
    return found


def moment(publication: Publication) -> datetime:
    return Datestamp.objects.get(publication=publication).at


def listed(publication: Publication) -> ReadingList:
    found = ReadingList(slug="start-here", title="Start here")
    found.entries = [ReadingListEntry(publication=publication)]
    found.save()
    return found


def no_longer_listed(publication: Publication) -> None:
    found = listed(publication)
    Datestamp.objects.update(at=LONG_AGO)
    found.entries = []
    found.save()


def unlisted(publication: Publication, deed: str) -> None:
    found = listed(publication)
    Datestamp.objects.update(at=LONG_AGO)
    getattr(found, deed)()


def published(publication: Publication) -> None:
    publication.title = "A new title"
    publication.save_revision().publish()


CHANGES = {
    "withdrawn": lambda one: one.unpublish(),
    "published again": published,
    "a term renamed": lambda _one: Term.objects.get().save(),
    "the journal renamed": lambda one: one.source.save(),
    "put into a list": listed,
    "taken out of a list": no_longer_listed,
    "its list withdrawn": lambda one: unlisted(one, "unpublish"),
    "its list deleted": lambda one: unlisted(one, "delete"),
    "in bulk": lambda one: SearchChange.note([one.pk]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_has_its_moment(old: Publication, change: str) -> None:
    with time_machine.travel(LATER, tick=False):
        CHANGES[change](old)
    assert moment(old) == LATER


def test_a_list_that_is_only_renamed_changes_no_publication(old: Publication) -> None:
    found = listed(old)
    Datestamp.objects.update(at=LONG_AGO)
    found.title = "Begin here"
    found.save()
    assert moment(old) == LONG_AGO


def test_a_merger_is_a_change_of_both(old: Publication, make: Make) -> None:
    gone = make(title="The same")
    Datestamp.objects.update(at=LONG_AGO)
    with time_machine.travel(LATER, tick=False):
        merge(old, gone, by=User.objects.create(email="editor@example.org", is_superuser=True))
    assert (moment(old), moment(gone)) == (LATER, LATER)


def test_a_draft_has_no_moment_until_it_is_published(make: Make) -> None:
    draft = make(live=False, first_published_at=None)
    assert not Datestamp.objects.exists()
    draft.save_revision().publish()
    assert Datestamp.objects.get().publication == draft


def test_the_database_keeps_what_was_published(old: Publication) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _delete_behind_its_back(old)


def _delete_behind_its_back(publication: Publication) -> None:
    Publication.terms.through.objects.filter(publication=publication).delete()
    Publication.objects.filter(pk=publication.pk)._raw_delete("default")
    connection.check_constraints()
