"""The same answers in the same order on every database: what 300 publications answered when it was written down.

`make bench-search` holds whole pages of 100,000 publications on both databases against each other.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import QueryDict

from research_db.finding import index
from research_db.finding.evidence import evidence
from research_db.finding.gaps import gaps
from research_db.finding.index import Index
from research_db.finding.statistics import statistics
from research_db.models import Publication
from tests.research_db.factory import make_publications
from tests.research_db.finding.conftest import ask

pytestmark = pytest.mark.django_db
# Sorts, later pages, slips of the finger, phrases, beginnings, what is not wanted, all of a facet, years.
QUESTIONS = (
    "", "page=15", "sort=oldest", "sort=oldest&page=15", "sort=title", "sort=title&page=7", "sort=added",
    *(f"q=walking&sort={sort}" for sort in ("best", "newest", "oldest", "title", "added")),
    "q=older people wellbeing", "q=older people&page=3", "q=walking OR singing", "q=walk*", "q=lonelyness",
    "q=gardenning singng", "q=cost zzyzxq", "q=lonelyness&exact=1", 'q="older people"', 'q="link workers" "a trial"',
    "q=walking -cost", "q=-walking review", "q=title:debt", "q=author:singh museum", "q=journal:age", "q=the of",
    "q=doi:10.5555/made.000100", "q=year:2001..2003 debt", "not.population=carers&not.kind=review",
    "not.country=country-a0&q=cost", "population=older-people&population=carers",
    "population=older-people&population=carers&all=population", "outcome=mind&kind=report&kind=thesis&sort=title",
    "only=free&only=plain", "only=retracted", "year=2010", "year=..2001&sort=oldest", "year=2020..&q=trial",
)  # fmt: skip
WRITTEN_DOWN = Path(__file__).parent / "answers.json"


def told(question: str, codes: dict[int, str]) -> list[object]:
    """The place of each publication when they were made, how many fit, what was meant, and what facets count."""
    answer = ask(question)
    understood = answer.understood
    counted = {facet: sum(found.values()) for facet, found in sorted(answer.counts.items())}
    places = [int(codes[number]) for number in answer.numbers]
    return [places, answer.count, understood.shown_for, understood.suggestion, understood.is_loose, counted]


def answers() -> Iterator[tuple[str, object]]:
    codes = dict(Publication.objects.values_list("pk", "code"))
    for question in QUESTIONS:
        yield question, told(question, codes)
    asked = QueryDict("rows=population&columns=outcome&deep=1&q=people")
    shown, figures = evidence(asked), statistics(asked)
    missing = gaps(QueryDict("rows=setting&columns=design&year=2001..2004"))
    assert shown
    assert figures
    assert missing
    yield "map", [[str(line.label), *(cell.count for cell in line.cells)] for line in shown.lines]
    yield "statistics", [[str(table), str(answer), count] for table, answer, count in figures.rows]
    yield "missing", [[gap.row.label, gap.column.label, gap.count, gap.weight] for gap in missing.every]


def test_both_answer_as_it_was_written_down(found: Index) -> None:
    make_publications(300)
    assert index.site().now()
    expected = json.loads(WRITTEN_DOWN.read_text(encoding="utf-8"))
    answered = dict(answers())
    assert list(answered) == list(expected)
    assert {asked: (answered[asked], expected[asked]) for asked in expected if answered[asked] != expected[asked]} == {}
