"""Gaps are filled field by field, and taken back field by field, except what somebody changed since."""

import json
from typing import Any

import pytest

from research_db.domain.drafts import SHARED
from research_db.domain.filling import FILLED, fill, unfill
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Contribution, Publication, Source
from research_db.models import Identifier as Number

pytestmark = pytest.mark.django_db
# Every publication has a title, so that one is never filled.
FIELDS = [name for name in SHARED if name != "title"]
VALUE = "https://example.org/new"
ADA = Contributor(Name(family="Okafor", given="Ada"))


def here(**facts: Any) -> Publication:
    """A publication with a title and these facts."""
    return Publication.objects.create(title="Company on prescription", **facts)


def record(**facts: Any) -> Record:
    return Record(title="Another title", **facts)


def again(publication: Publication) -> Publication:
    """It, as the database has it once it is saved."""
    publication.save()
    return Publication.objects.get(pk=publication.pk)


@pytest.mark.parametrize("name", FIELDS)
def test_each_gap_is_filled_and_emptied_again(name: str) -> None:
    one, other = here(), record(**{name: VALUE[:35]})
    before = fill(one, other)
    assert before == {name: ""}
    assert getattr(again(one), name) == VALUE[:35]
    unfill(one, json.loads(json.dumps(before)), other)
    assert getattr(again(one), name) == ""


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_there_is_not_changed(name: str) -> None:
    one = here(**{name: "mine"})
    assert fill(one, record(**{name: VALUE[:35]})) == {}
    assert (getattr(one, name), one.title) == ("mine", "Company on prescription")


@pytest.mark.parametrize("name", FIELDS)
def test_what_somebody_wrote_over_the_filling_stays(name: str) -> None:
    one, other = here(), record(**{name: VALUE[:35]})
    before = fill(one, other)
    setattr(one, name, "by hand")
    unfill(one, before, other)
    assert getattr(one, name) == "by hand"


def test_every_column_a_file_knows_is_filled() -> None:
    assert set(FILLED) == {*SHARED, "url", "year"}


def test_the_first_address_fills_the_gap() -> None:
    one, other = here(), record(urls=("https://example.org/a", "https://example.org/b"))
    assert fill(one, other) == {"url": ""}
    assert one.url == "https://example.org/a"


@pytest.mark.parametrize(
    ("mine", "theirs", "then"),
    [
        ((None, None, None), PartialDate(2021, 3, 12), (2021, 3, 12)),
        ((None, None, None), PartialDate(2021), (2021, None, None)),
        # A date is one thing: no month is added to a year that came from elsewhere.
        ((2020, None, None), PartialDate(2021, 3, 12), (2020, None, None)),
        ((2021, None, None), PartialDate(2021, 3, 12), (2021, None, None)),
        ((2021, 3, None), None, (2021, 3, None)),
    ],
)
def test_a_date_is_filled_whole_or_not(
    mine: tuple[int | None, ...], theirs: PartialDate | None, then: tuple[int | None, ...]
) -> None:
    one, other = here(**dict(zip(("year", "month", "day"), mine, strict=True))), record(date=theirs)
    before = fill(one, other)
    assert (one.year, one.month, one.day) == then
    assert set(before) == (set() if mine == then else {"year", "month", "day"})
    unfill(one, before, other)
    one = again(one)
    assert (one.year, one.month, one.day) == mine


def test_a_source_is_found_by_its_key_or_made() -> None:
    journal = Source.objects.create(title="Journal of Company")
    one, two = here(), here()
    assert fill(one, record(container="JOURNAL OF COMPANY.")) == {"source_id": None}
    fill(two, record(container="Annals"))
    assert (one.source, two.source) == (journal, Source.objects.get(title="Annals"))
    unfill(one, {"source_id": None}, record(container="JOURNAL OF COMPANY."))
    assert again(one).source is None


def test_a_source_that_is_there_stays() -> None:
    journal = Source.objects.create(title="Journal of Company")
    one = here(source=journal)
    assert fill(one, record(container="Annals")) == {}
    assert (one.source, Source.objects.count()) == (journal, 1)


def test_people_are_filled_only_where_there_are_none() -> None:
    empty, some = here(), here()
    Contribution.objects.create(publication=some, family="Price")
    other = record(contributors=(ADA, Contributor(Name(literal="Academy"))))
    assert fill(empty, other) == {"contributions": []}
    assert fill(some, other) == {}
    assert [str(one) for one in again(empty).contributions.all()] == ["Okafor, Ada", "Academy"]
    assert [str(one) for one in again(some).contributions.all()] == ["Price"]
    unfill(empty, {"contributions": []}, other)
    assert not again(empty).contributions.exists()


def test_numbers_are_added_beside_those_there_and_only_they_are_taken_back() -> None:
    one = here()
    Number.objects.create(publication=one, scheme="doi", value="10.5555/a")
    other = record(identifiers=(Identifier("doi", "10.5555/a"), Identifier("pmid", "7"), Identifier("isbn", "9")))
    before = json.loads(json.dumps(fill(one, other)))
    assert before == {"identifiers": [["pmid", "7"], ["isbn", "9"]]}
    one = again(one)
    assert {str(number.value) for number in one.identifiers.all()} == {"10.5555/a", "7", "9"}
    unfill(one, before, other)
    assert [number.value for number in again(one).identifiers.all()] == ["10.5555/a"]


def test_a_number_of_another_publication_is_left_there() -> None:
    owner, one = here(), here()
    Number.objects.create(publication=owner, scheme="doi", value="10.5555/a")
    assert fill(one, record(identifiers=(Identifier("doi", "10.5555/a"),))) == {}
    assert not again(one).identifiers.exists()


def test_the_same_figures_in_another_scheme_are_another_number() -> None:
    owner, one = here(), here()
    Number.objects.create(publication=owner, scheme="pmid", value="7")
    assert fill(one, record(identifiers=(Identifier("openalex", "7"),))) == {"identifiers": [["openalex", "7"]]}


def test_filling_twice_fills_nothing_more() -> None:
    one = here()
    other = record(
        abstract="Found.",
        date=PartialDate(2021),
        container="Annals",
        contributors=(ADA,),
        identifiers=(Identifier("doi", "10.5555/a"),),
    )
    assert set(fill(one, other)) == {"abstract", "year", "month", "day", "source_id", "contributions", "identifiers"}
    assert fill(again(one), other) == {}


def test_an_empty_record_fills_nothing() -> None:
    assert fill(here(), Record()) == {}


@pytest.mark.parametrize("kind", ["book", "chapter"])
def test_a_book_and_its_other_chapters_take_its_number_though_a_chapter_has_it(kind: str) -> None:
    isbn = Identifier("isbn", "9780306406157")
    Number.objects.create(publication=here(kind="chapter"), scheme="isbn", value=isbn.value, is_container=True)
    one = here(kind=kind)
    assert fill(one, record(kind=kind, identifiers=(isbn,))) == {"identifiers": [["isbn", isbn.value]]}
    assert list(again(one).identifiers.values_list("value", "is_container")) == [(isbn.value, kind == "chapter")]


def test_a_number_is_taken_by_its_kind_and_not_by_chapters() -> None:
    one = here()
    for scheme, value, is_container in [("pmid", "77", False), ("doi", "10.1234/a", False), ("isbn", "1", True)]:
        Number.objects.create(publication=one, scheme=scheme, value=value, is_container=is_container)
    asked = [("doi", "10.1234/a"), ("doi", "77"), ("pmid", "77"), ("isbn", "1"), ("arxiv", "2401.00001")]
    assert Number.taken(asked) == {("doi", "10.1234/a"), ("pmid", "77")}
    assert Number.taken([]) == set()
