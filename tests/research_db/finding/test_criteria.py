"""Addresses: canonical, forgiving, and following terms that were replaced."""

import pytest
from django.http import QueryDict

from research_db.finding.criteria import Criteria, is_moved, is_of_form, read
from research_db.finding.vocabulary import Row, Vocabulary

ROWS = [
    Row(1, ("population", "adults"), "Adults", 0, None, None, ""),
    Row(2, ("population", "carers"), "Carers", 0, 1, None, ""),
    Row(3, ("population", "helpers"), "Helpers", 0, None, 2, ""),
    Row(4, ("country", "us"), "United States", 0, None, None, ""),
]
VOCABULARY = Vocabulary((("population", "Who"), ("country", "Country")), {row.number: row for row in ROWS})


def criteria(question: str) -> Criteria:
    return read(QueryDict(question), VOCABULARY)


@pytest.mark.parametrize(
    ("question", "canonical"),
    [
        ("", ""),
        ("page=2&sort=title&year=2015..2020&not.country=us&kind=review&population=carers&q=gp", "?q=gp&kind=review&population=carers&not.country=us&year=2015..2020&sort=title&page=2"),
        ("population=carers&population=adults&population=carers", "?population=adults&population=carers"),
        ("population=nobody&planet=mars&kind=", ""),
        ("population=helpers", "?population=carers"),
        ("population=carers&not.population=carers", "?population=carers"),
        ("all=population&all=country&population=carers", "?population=carers&all=population"),
        ("all=only&only=free", "?only=free"),
        ("year=2020..2015", "?year=2015..2020"),
        ("year=2015..2015", "?year=2015"),
        ("year=2015..", "?year=2015.."),
        ("year=nonsense", ""),
        ("from=2015&to=", "?year=2015.."),
        ("from=2020&to=2015&year=1999", "?year=2015..2020"),
        ("sort=newest", ""),
        ("q=gp&sort=newest", "?q=gp&sort=newest"),
        ("sort=best", ""),
        ("sort=price&page=-1&exact=yes", ""),
        ("page=1", ""),
        ("strict=gp", ""),
        ("q=gp&strict=gp&exact=1", "?q=gp&strict=gp&exact=1"),
        ("q=++two%00words++", "?q=two+words"),
    ],
)  # fmt: skip
def test_one_address_for_each_state(question: str, canonical: str) -> None:
    assert criteria(question).query == canonical


def test_another_choice_begins_at_the_first_page() -> None:
    assert criteria("q=gp&page=4").but(sort="title").query == "?q=gp&sort=title"


def test_replaced_terms_and_forms_are_noticed() -> None:
    assert is_moved(QueryDict("population=helpers"), VOCABULARY)
    assert is_moved(QueryDict("not.population=helpers"), VOCABULARY)
    assert not is_moved(QueryDict("population=carers"), VOCABULARY)
    assert is_of_form(QueryDict("from=&to="))
    assert not is_of_form(QueryDict("year=2015"))


@pytest.mark.parametrize(
    ("question", "is_deep"),
    [("", False), ("page=3", False), ("kind=review", False), ("q=gp", True), ("kind=review&population=carers", True)],
)
def test_only_plain_lists_are_for_search_engines(question: str, is_deep: bool) -> None:
    assert criteria(question).is_deep is is_deep
