"""Files that follow one another, and a file too large for one transaction."""

from collections import Counter
from unittest.mock import patch

import pytest

from network_site.people.models import User
from research_db.formats.record import Record
from research_db.formats.writing import Target, write
from research_db.imports import deciding, files, writing
from research_db.imports.reading import TOGETHER
from research_db.models import ImportBatch, ImportRow, Publication, SearchChange
from tests.research_db.imports.conftest import bring_in, record, upload

pytestmark = pytest.mark.django_db
Stage, Verdict, Action = ImportBatch.Stage, ImportRow.Verdict, ImportRow.Action
FIRST = record("Company on prescription: a review of thirty-one studies", PY="2024", DO="10.1234/a")
MORE = record(
    "Company on prescription: a review of thirty-one studies", PY="2024", DO="10.1234/a", AB="Found.", AU="Okafor, Ada"
)
SECOND = record("Does a link worker change how often people see a doctor?", PY="2022", DO="10.1234/b")
ROWS = 1_200


def verdicts(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def undone(batch: ImportBatch, by: User) -> ImportBatch:
    deciding.recall(batch, by=by)
    writing.undo_rows(batch)
    return batch


def test_the_second_of_two_files_brings_only_what_the_first_had_not(editor: User) -> None:
    bring_in(upload(FIRST), by=editor)
    second = upload(FIRST, SECOND)
    assert verdicts(second) == [Verdict.SAME, Verdict.NEW]
    bring_in(second, by=editor)
    assert Publication.objects.count() == 2
    assert second.rows.get(number=1).publication is None
    third = bring_in(upload(FIRST, SECOND), by=editor)
    assert verdicts(third) == [Verdict.SAME, Verdict.SAME]
    assert Publication.objects.count() == 2


def test_two_files_read_before_either_is_decided_do_not_make_twins(editor: User) -> None:
    one, other = upload(FIRST), upload(FIRST, SECOND)
    assert verdicts(other) == [Verdict.NEW, Verdict.NEW]
    bring_in(one, by=editor)
    bring_in(other, by=editor)
    assert sorted(Publication.objects.values_list("identifiers__value", flat=True)) == ["10.1234/a", "10.1234/b"]
    assert "came to have its number" in other.rows.get(number=1).problems[-1]["sentence"]


def test_undoing_the_second_leaves_what_the_first_brought(editor: User) -> None:
    bring_in(upload(FIRST), by=editor, publishes=False)
    second = bring_in(upload(MORE, SECOND), by=editor, publishes=False, fills=True)
    filled = second.rows.get(number=1).publication
    assert filled is not None
    assert filled.abstract == "Found."
    undone(second, editor)
    one = Publication.objects.get()
    assert (one.pk, one.abstract, one.contributions.count()) == (filled.pk, "", 0)
    assert [number.value for number in one.identifiers.all()] == ["10.1234/a"]


def test_what_another_file_filled_in_since_survives_the_undoing_of_the_first(editor: User) -> None:
    first = bring_in(upload(FIRST), by=editor, publishes=False)
    bring_in(upload(MORE), by=editor, publishes=False, fills=True)
    undone(first, editor)
    assert Publication.objects.get().abstract == "Found."
    assert "somebody changed" in first.rows.get().problems[-1]["sentence"]


def test_a_draft_that_was_undone_can_be_brought_in_again(editor: User) -> None:
    undone(bring_in(upload(FIRST), by=editor, publishes=False), editor)
    again = upload(FIRST)
    assert verdicts(again) == [Verdict.NEW]
    bring_in(again, by=editor)
    assert Publication.objects.get().live


def test_what_was_published_is_withdrawn_and_makes_way(editor: User) -> None:
    batch = bring_in(upload(FIRST), by=editor)
    one = Publication.objects.get()
    undone(batch, editor)
    one.refresh_from_db()
    assert (one.live, one.has_unpublished_changes, one.first_published_at is not None) == (False, True, True)
    assert SearchChange.objects.filter(publication=one.pk).count() == 2
    assert verdicts(upload(FIRST)) == [Verdict.NEW]


def test_a_large_file_goes_in_and_out_in_steps(editor: User) -> None:
    batch = upload(*(record(f"Study {n} of {n * 7919} people", PY="2020", DO=f"10.1234/{n}") for n in range(ROWS)))
    assert Counter(verdicts(batch)) == {Verdict.NEW: ROWS}
    assert (batch.rows_read, batch.bytes_read <= batch.size) == (ROWS, True)
    deciding.bring_in(batch, by=editor, publishes=False, fills=False)
    first, *_others, last = steps = writing.steps(batch)
    assert [writing.write_some(batch, after=after) for after in steps] == [TOGETHER, TOGETHER, ROWS - last]
    assert writing.write_some(batch, after=first) == 0
    assert Publication.objects.count() == SearchChange.objects.count() == ROWS
    ImportBatch.objects.filter(pk=batch.pk).update(stage=Stage.DONE)
    deciding.recall(batch, by=editor)
    with patch("research_db.imports.writing.touch_words", side_effect=[None]), pytest.raises(StopIteration):
        writing.undo_rows(batch)
    # The last rows go first, so that what is left of an interruption is a beginning of the file.
    left = batch.rows.exclude(publication=None).order_by("number").values_list("number", flat=True)
    assert list(left) == list(range(1, last + 1))
    writing.undo_rows(batch)
    assert not Publication.objects.exists()
    assert not batch.rows.exclude(done_at=None).exists()


@pytest.mark.parametrize(
    ("verdict", "action", "fills", "then"),
    [
        (Verdict.NEW, "", False, Action.CREATE),
        (Verdict.NEW, Action.SKIP, True, Action.SKIP),
        (Verdict.SAME, "", False, Action.SKIP),
        (Verdict.SAME, "", True, Action.FILL),
        (Verdict.SAME, Action.CREATE, True, Action.CREATE),
        (Verdict.ALIKE, "", True, Action.SKIP),
        (Verdict.ALIKE, Action.FILL, False, Action.FILL),
        (Verdict.TWIN, "", True, Action.SKIP),
        (Verdict.WRONG, Action.SKIP, True, Action.SKIP),
    ],
)
def test_what_goes_without_saying(verdict: str, action: str, fills: bool, then: str) -> None:
    assert writing.action_of(ImportRow(verdict=verdict, action=action), fills=fills) == then


def test_a_workbook_is_read_from_where_it_is_kept(editor: User) -> None:
    """A ZIP file is read from its end, and the kept file is packed once more."""
    records = [Record(title=f"A study of its own kind: part {number}") for number in range(30)]
    batch = files.take_in(write(records, Target.XLSX), name="a.xlsx", by=editor)
    deciding.work(batch.uploaded_at)
    assert list(batch.rows.order_by("number").values_list("line", "title")) == [
        (line, record.title) for line, record in enumerate(records, 2)
    ]
    assert [problem for row in batch.rows.all() for problem in row.problems] == []
