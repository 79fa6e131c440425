"""Rows written together are as rows written one by one, and what may not be is refused."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_site.base import bulk
from research_db.models import Contribution, ImportBatch, ImportRow, Publication, SearchChange

pytestmark = pytest.mark.django_db
RECORDS = [None, {}, {"title": "“Zebras” & 'so on'", "keywords": ["one", "two"], "year": 2024, "none": None}, ["a\nb"]]


@pytest.fixture
def batch() -> ImportBatch:
    return ImportBatch.objects.create(name="some.ris", size=1, uploaded_at=timezone.now())


def test_everything_comes_back_as_it_went(batch: ImportBatch) -> None:
    titles = ["", "%s {} \\ \" '", "Ŵyth o’r gloch 🦓", "NULL"]
    rows = [
        ImportRow(batch=batch, number=place + 1, line=place, title=title, record=record, problems=[{"line": place}])
        for place, (title, record) in enumerate(zip(titles, RECORDS, strict=True))
    ]
    bulk.insert(ImportRow, [vars(row) for row in rows])
    kept = list(ImportRow.objects.order_by("number"))
    assert [(row.title, row.record, row.line, row.problems) for row in kept] == [
        (row.title, row.record, row.line, row.problems) for row in rows
    ]
    assert {(row.match_id, row.done_at, row.verdict, row.score) for row in kept} == {(None, None, "", 0)}
    assert ImportRow.objects.filter(record__isnull=True).count() == 1


def test_moments_are_written_by_themselves() -> None:
    before = timezone.now()
    bulk.insert(SearchChange, [{"publication": number} for number in (7, 8)])
    assert [change.publication for change in SearchChange.objects.all()] == [7, 8]
    assert all(before <= change.at <= timezone.now() for change in SearchChange.objects.all())


def test_nothing_is_asked_for_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        bulk.insert(ImportRow, [])
        bulk.renew([], "publication")
    assert len(asked) == 0


def test_what_a_constraint_forbids_is_refused(batch: ImportBatch) -> None:
    twice = [{"batch_id": batch.pk, "number": 1, "line": 1} for _one in range(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(ImportRow, twice)
    assert not ImportRow.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no lengths")
def test_what_is_too_long_is_refused_and_not_cut() -> None:
    one = Publication.objects.create(title="Zebras")
    with pytest.raises(DataError), transaction.atomic():
        bulk.insert(Contribution, [{"publication_id": one.pk, "role": "x" * 200, "family": "Okafor"}])


def test_each_row_is_given_its_own(batch: ImportBatch) -> None:
    made = [Publication.objects.create(title=title) for title in ("Zebras", "Yaks")]
    bulk.insert(ImportRow, [{"batch_id": batch.pk, "number": number, "line": number} for number in (1, 2, 3)])
    rows = list(ImportRow.objects.order_by("number"))
    rows[0].publication, rows[2].publication = made[1], made[0]
    bulk.renew(rows, "publication")
    assert list(ImportRow.objects.order_by("number").values_list("publication__title", flat=True)) == [
        "Yaks", None, "Zebras",
    ]  # fmt: skip
    rows[0].publication = None
    bulk.renew(rows[:1], "publication")
    assert ImportRow.objects.get(number=1).publication is None
    assert ImportRow.objects.get(number=3).publication == made[0]
