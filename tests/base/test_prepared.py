"""A statement that is written once gives what its question gives, for any numbers."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from network_site.base.prepared import Prepared
from research_db.models import Notice, Publication

pytestmark = pytest.mark.django_db


def question(numbers: Sequence[int]) -> QuerySet[Publication, tuple[int, str, bool]]:
    retracted = Notice.objects.filter(publication=OuterRef("pk"), kind=Notice.Kind.RETRACTION)
    found = Publication.objects.public().filter(pk__in=numbers).annotate(is_retracted=Exists(retracted))
    return found.order_by("title").values_list("pk", "title", "is_retracted")


@pytest.fixture
def some() -> list[int]:
    made = [Publication.objects.create(title=title, live=title != "Cranes") for title in ("Bees", "Ants", "Cranes")]
    Notice.objects.create(publication=made[0], kind=Notice.Kind.RETRACTION)
    return [one.pk for one in made]


@pytest.mark.parametrize("places", [[], [0], [2], [0, 1], [1, 0, 2], [2, 1, 0], [0, 0, 1]])
def test_the_same_rows(some: list[int], places: list[int]) -> None:
    numbers, prepared = [some[place] for place in places], Prepared(question)
    for _again in range(2):
        assert prepared.rows(numbers) == list(question(numbers))


def test_other_numbers_after_the_first(some: list[int]) -> None:
    prepared = Prepared(question)
    assert [title for _number, title, _is in prepared.rows(some[:1])] == ["Bees"]
    assert [title for _number, title, _is in prepared.rows(some[1:2])] == ["Ants"]
    assert prepared.rows([0]) == []


def test_it_is_written_once_for_a_count_and_asked_each_time(some: list[int]) -> None:
    written: list[int] = []

    def counted(numbers: Sequence[int]) -> QuerySet[Publication, tuple[int, str, bool]]:
        written.append(len(numbers))
        return question(numbers)

    prepared = Prepared(counted)
    with CaptureQueriesContext(connection) as asked:
        for numbers in ([], some, some, some[:2], some[1:]):
            prepared.rows(numbers)
    assert (written, len(asked)) == ([3, 2], 4)
