"""What is compared of records and of publications is the same, and costs three questions."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from research_db.domain.comparing import traits_of, traits_of_all
from research_db.domain.drafts import draft_of, keep
from research_db.domain.matching import Traits
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Publication

DOI = Identifier("doi", "10.5555/a")
ISBN = Identifier("isbn", "9780000000002")
ADA, BO = Contributor(Name(family="Ó Briain", given="Ada")), Contributor(Name(family="Price"))

TABLE = [
    (Record(title="Company: A Review!"), Traits("company a review")),
    (Record(title="Naïve", date=PartialDate(2020, 5)), Traits("naive", 2020)),
    (Record(title="One", contributors=(ADA, BO)), Traits("one", None, "o briain")),
    (Record(title="One", contributors=(BO, ADA)), Traits("one", None, "price")),
    (Record(title="One", contributors=(Contributor(Name(literal="N.H.S.")),)), Traits("one", None, "n h s")),
    (Record(title="One", identifiers=(DOI,)), Traits("one", None, "", (("doi", "10.5555/a"),))),
    # A chapter is not known by the number of its book, nor anything by that of its journal.
    (Record(kind="chapter", title="One", identifiers=(ISBN,)), Traits("one")),
    (Record(kind="book", title="One", identifiers=(ISBN,)), Traits("one", None, "", (("isbn", ISBN.value),))),
    (Record(title="One", identifiers=(Identifier("issn", "1234-5678"),)), Traits("one")),
]


@pytest.mark.parametrize(("record", "traits"), TABLE)
def test_what_is_compared_of_a_record(record: Record, traits: Traits) -> None:
    assert traits_of(record) == traits


@pytest.mark.django_db
@pytest.mark.parametrize(("record", "traits"), TABLE)
def test_the_same_is_compared_once_it_is_in_the_database(record: Record, traits: Traits) -> None:
    (one,) = keep([draft_of(record)], publishes=False)
    assert list(traits_of_all()) == [(one, traits)]


@pytest.mark.django_db
@pytest.mark.parametrize("together", [1, 2, 3, 4])
def test_all_are_compared_however_many_are_read_together(together: int) -> None:
    """What belongs to a publication is found with it, though the numbers between are another's or nobody's."""
    records = [
        Record(title=f"t {n}", contributors=(ADA,), identifiers=(Identifier("doi", f"10.5/{n}"),)) for n in "abcd"
    ]
    numbers = keep([draft_of(record) for record in records], publishes=False)
    Publication.objects.filter(pk=numbers[1]).delete()
    Publication.objects.filter(pk=numbers[2]).update(origin=Publication.Origin.UNDONE, live=False)
    with patch("research_db.domain.comparing.TOGETHER", together):
        found = list(traits_of_all())
    assert found == [(number, traits_of(records[at])) for at, number in enumerate(numbers) if at in {0, 3}]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 30])
def test_all_are_compared_with_three_questions(number: int, django_assert_num_queries: Callable[..., Any]) -> None:
    drafts = [
        draft_of(
            Record(title=f"Title {n}", contributors=(ADA, BO), identifiers=(Identifier("doi", f"10.5555/{n}"), ISBN))
            if n == 0
            else Record(title=f"Title {n}", contributors=(BO, ADA), identifiers=(Identifier("doi", f"10.5555/{n}"),))
        )
        for n in range(number)
    ]
    keep(drafts, publishes=True)
    with django_assert_num_queries(3):
        found = [traits for _number, traits in traits_of_all()]
    assert {one.title for one in found} == {f"title {n}" for n in range(number)}
    assert {one.title: one.author for one in found}["title 0"] == "o briain"
    assert {one.title: one.doi for one in found}[f"title {number - 1}"] == f"10.5555/{number - 1}"
