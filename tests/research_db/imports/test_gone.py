"""Records that rows were held against, and that went before the rows were written, or after."""

import pytest

from network_site.people.models import User
from research_db.imports import deciding, writing
from research_db.models import ImportBatch, ImportRow, Publication
from tests.research_db.imports.conftest import bring_in, record, upload

pytestmark = pytest.mark.django_db
Action, Stage, Verdict = ImportRow.Action, ImportBatch.Stage, ImportRow.Verdict
TITLE = "Company on prescription: a review of thirty-one studies"
POOR = record(TITLE, PY="2024", DO="10.1234/a")
RICH = record(TITLE, PY="2024", DO="10.1234/a", AB="Found.")
GONE = "the record that was here is gone"


@pytest.fixture
def here(editor: User) -> ImportBatch:
    """An import whose one draft later files have too."""
    return bring_in(upload(POOR), by=editor, publishes=False)


def rich(action: str = "") -> ImportBatch:
    """The same once more, read and not yet decided on."""
    batch = upload(RICH)
    row = batch.rows.get()
    assert row.verdict == Verdict.SAME
    deciding.choose(row, action)
    return batch


def undone(batch: ImportBatch, editor: User) -> ImportRow:
    deciding.recall(batch, by=editor)
    writing.undo_rows(batch)
    return batch.rows.get()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("action", ["", Action.FILL])
def test_a_row_whose_record_was_deleted_is_left_out_and_says_what_to_do(editor: User, action: str) -> None:
    batch = rich(action)
    Publication.objects.get().delete()
    row = bring_in(batch, by=editor).rows.get()
    assert (row.publication, Publication.objects.count()) == (None, 0)
    assert [one["sentence"].startswith(f"Left out: {GONE}") for one in row.problems] == [True]
    bring_in(upload(RICH), by=editor)
    assert Publication.objects.get().abstract == "Found."


@pytest.mark.parametrize("action", ["", Action.FILL])
def test_what_was_withdrawn_by_an_undoing_is_not_filled(editor: User, action: str) -> None:
    first = bring_in(upload(POOR), by=editor, publishes=True)
    batch = rich(action)
    undone(first, editor)
    row = bring_in(batch, by=editor, fills=True).rows.get()
    assert GONE in row.problems[-1]["sentence"]
    assert Publication.objects.get().abstract == ""


def test_what_was_withdrawn_and_is_shown_again_is_filled(editor: User) -> None:
    undone(bring_in(upload(POOR), by=editor, publishes=True), editor)
    Publication.objects.get().save_revision().publish()
    row = bring_in(upload(record(TITLE, PY="2024", AB="Found.")), by=editor, fills=True).rows.get()
    assert (row.verdict, row.problems) == (Verdict.SAME, [])
    assert Publication.objects.get().abstract == "Found."


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("action", "count"), [(Action.SKIP, 0), (Action.CREATE, 1)])
def test_who_chose_otherwise_does_not_need_the_record(editor: User, action: str, count: int) -> None:
    batch = rich(action)
    Publication.objects.get().delete()
    assert bring_in(batch, by=editor).rows.get().problems == []
    assert Publication.objects.count() == count


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("action", ["", Action.FILL])
def test_an_import_is_undone_though_what_it_filled_is_gone(editor: User, action: str) -> None:
    batch = bring_in(rich(action), by=editor, fills=True)
    assert Publication.objects.get().abstract == "Found."
    Publication.objects.get().delete()
    row = undone(batch, editor)
    assert (row.publication, row.before, row.done_at, batch.stage) == (None, {}, None, Stage.UNDONE)


@pytest.mark.usefixtures("here")
def test_a_record_is_deleted_though_an_import_that_filled_it_was_undone(editor: User) -> None:
    undone(bring_in(rich(Action.FILL), by=editor), editor)
    assert Publication.objects.get().abstract == ""
    Publication.objects.get().delete()
    assert not Publication.objects.exists()
