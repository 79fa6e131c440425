"""A file from its upload to its undoing, on a real database."""

from collections.abc import Iterable
from itertools import repeat
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_site.history.models import TiedPublication
from network_site.people.models import User
from research_db.domain import duplicates
from research_db.domain.records import was_withdrawn
from research_db.imports import deciding, files, reading, showing, writing
from research_db.imports.reading import read_rows
from research_db.models import (
    Datestamp,
    DuplicatePair,
    Facet,
    Identifier,
    ImportBatch,
    ImportRow,
    Publication,
    ReadingList,
    ReadingListEntry,
    Relation,
    SearchChange,
    Source,
    Term,
)
from tests.factories.history import TimelineEventFactory
from tests.research_db.imports.conftest import bring_in, record, upload

pytestmark = pytest.mark.django_db
Stage, Verdict, Action = ImportBatch.Stage, ImportRow.Verdict, ImportRow.Action

LONG = "Company on prescription: a review of thirty-one studies"
OTHER = "Does a link worker change how often people see a doctor?"
WHOLE = record(LONG, AU="Okafor, Ada", PY="2024", JO="Journal of Invented Examples", DO="10.1234/a", KW="Older people")
BARE = record(LONG, PY="2024")
NEAR = record(LONG.replace("review", "reviw"), AU="Okafor, Ada", PY="2024")
BROKEN = record(AU="Nobody")


def verdicts(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def test_only_what_is_the_same_stands_twice_in_a_file(editor: User) -> None:
    preprint = record(LONG, AU="Okafor, Ada", PY="2024", DO="10.1234/preprint")
    second = record(LONG.replace("studies", "study"), AU="Okafor, Ada", PY="2024", DO="10.1234/second")
    batch = upload(WHOLE, BARE, preprint, NEAR, second, by=editor)
    assert verdicts(batch) == [Verdict.NEW, Verdict.TWIN, Verdict.ALIKE, Verdict.ALIKE, Verdict.ALIKE]
    assert [row.match for row in batch.rows.all()] == [None] * 5
    _first, again, _preprint, near, other = (showing.shown(row).reasons for row in batch.rows.order_by("number"))
    assert again[0] == "It is row 1 of this file again"
    assert near[0].startswith("It looks like row ")
    assert other[-1] == "But another DOI: perhaps a preprint of it"


def test_a_file_is_read_looked_at_written_and_undone(editor: User) -> None:
    batch = upload(WHOLE, record(OTHER, PY="2022"), BROKEN, WHOLE, by=editor)
    assert (batch.stage, batch.rows_read) == (Stage.READY, 4)
    assert verdicts(batch) == [Verdict.NEW, Verdict.NEW, Verdict.WRONG, Verdict.TWIN]
    assert not Publication.objects.exists()
    assert batch.rows.get(number=3).problems[0]["line"] == batch.rows.get(number=3).line

    bring_in(batch, by=editor)
    assert batch.stage == Stage.DONE
    first, second = Publication.objects.order_by("pk")
    assert (first.title, first.year, first.live, first.origin) == (LONG, 2024, True, Publication.Origin.IMPORT)
    assert [str(one) for one in first.contributions.all()] == ["Okafor, Ada"]
    assert [(one.scheme, one.value) for one in first.identifiers.all()] == [("doi", "10.1234/a")]
    assert first.source == Source.objects.get()
    assert second.source is None
    assert set(SearchChange.objects.values_list("publication", flat=True)) == {first.pk, second.pk}

    deciding.recall(batch, by=editor)
    writing.undo_rows(batch)
    assert batch.stage == Stage.UNDONE
    # What visitors could read is withdrawn, so that its address goes on saying what became of it.
    assert [was_withdrawn(one) for one in Publication.objects.all()] == [True, True]
    assert SearchChange.objects.filter(publication=first.pk).count() == 2
    assert b"".join(files.contents(batch)) == "\n".join([WHOLE, record(OTHER, PY="2022"), BROKEN, WHOLE]).encode()


def test_drafts_are_not_shown(editor: User) -> None:
    bring_in(upload(WHOLE), by=editor, publishes=False)
    one = Publication.objects.get()
    assert (one.live, one.has_unpublished_changes, one.first_published_at) == (False, True, None)


def test_what_is_here_is_left_out_or_filled_and_the_filling_undone(editor: User) -> None:
    here = Publication.objects.create(title=LONG, year=2024, abstract="Kept as it is.", live=True)
    batch = upload(WHOLE)
    assert verdicts(batch) == [Verdict.SAME]
    bring_in(batch, by=editor, fills=True)
    here = Publication.objects.get()
    assert (here.abstract, here.source and here.source.title) == ("Kept as it is.", "Journal of Invented Examples")
    assert here.contributions.count() == here.identifiers.count() == 1
    assert here.live

    deciding.recall(batch, by=editor)
    writing.undo_rows(batch)
    here = Publication.objects.get()
    assert (here.source, here.contributions.count(), here.identifiers.count()) == (None, 0, 0)
    assert here.abstract == "Kept as it is."
    assert [(row.publication, row.before, row.done_at) for row in batch.rows.all()] == [(None, {}, None)]


def test_without_filling_nothing_that_is_here_changes(editor: User) -> None:
    here = Publication.objects.create(title=LONG, year=2024)
    before = here.changed_at
    bring_in(upload(WHOLE), by=editor)
    here.refresh_from_db()
    assert here.changed_at == before
    assert not here.identifiers.exists()


def test_somebodys_unpublished_work_is_not_overwritten(editor: User) -> None:
    here = Publication.objects.create(title=LONG, year=2024)
    here.abstract = "Being written."
    here.save_revision(user=editor)
    batch = bring_in(upload(WHOLE), by=editor, fills=True)
    assert "somebody is working" in batch.rows.get().problems[-1]["sentence"]
    assert not Identifier.objects.exists()


def test_what_looks_alike_is_left_out_until_somebody_decides(editor: User) -> None:
    here = bring_in(upload(WHOLE), by=editor).rows.get().publication
    batch = upload(NEAR)
    assert verdicts(batch) == [Verdict.ALIKE]
    bring_in(batch, by=editor)
    assert Publication.objects.get() == here

    again = upload(NEAR)
    deciding.choose(again.rows.get(), Action.CREATE)
    bring_in(again, by=editor)
    pair = DuplicatePair.objects.get()
    assert {pair.first, pair.second} == set(Publication.objects.all())
    assert pair.score >= 90
    with pytest.raises(deciding.NotNow):
        deciding.choose(again.rows.get(), Action.SKIP)


def test_a_choice_that_cannot_be_is_refused() -> None:
    batch = upload(WHOLE, BROKEN)
    new, wrong = batch.rows.order_by("number")
    for row, action in [(new, Action.FILL), (wrong, Action.CREATE), (new, "anything")]:
        with pytest.raises(ValueError, match=action):
            deciding.choose(row, action)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRow.objects.filter(pk=wrong.pk).update(action=Action.CREATE)


def test_a_number_taken_meanwhile_leaves_its_row_out_and_keeps_the_rest(editor: User) -> None:
    batch = upload(WHOLE, record(OTHER, PY="2022"))
    other = Publication.objects.create(title="Quite another")
    Identifier.objects.create(publication=other, scheme="doi", value="10.1234/a")
    bring_in(batch, by=editor)
    assert {one.title for one in Publication.objects.all()} == {"Quite another", OTHER}
    assert "came to have its number" in batch.rows.get(number=1).problems[-1]["sentence"]


def test_what_somebody_changed_since_survives_the_undoing(editor: User) -> None:
    batch = bring_in(upload(WHOLE, record(OTHER, PY="2022")), by=editor, publishes=False)
    changed = Publication.objects.get(title=OTHER)
    changed.abstract = "By hand."
    changed.save()
    deciding.recall(batch, by=editor)
    writing.undo_rows(batch)
    assert Publication.objects.get() == changed
    assert "somebody changed" in batch.rows.get(number=2).problems[-1]["sentence"]


def undo(batch: ImportBatch, *, by: User) -> None:
    deciding.recall(batch, by=by)
    writing.undo_rows(batch)


def test_an_undone_file_can_be_brought_in_again_as_if_it_had_never_been_here(editor: User) -> None:
    first = bring_in(upload(WHOLE), by=editor)
    buried = Publication.objects.get()
    other = Publication.objects.create(title="Alike")
    DuplicatePair.objects.create(first=buried, second=other, score=90)
    undo(first, by=editor)
    buried.refresh_from_db()
    assert (was_withdrawn(buried), buried.origin, buried.title) == (True, Publication.Origin.UNDONE, LONG)
    assert not buried.identifiers.exists()
    assert not DuplicatePair.objects.exists()
    assert Datestamp.objects.filter(publication=buried).exists()

    again = upload(WHOLE)
    assert verdicts(again) == [Verdict.NEW]
    bring_in(again, by=editor)
    back = Publication.objects.get(live=True, title=LONG)
    assert [(one.scheme, one.value) for one in back.identifiers.all()] == [("doi", "10.1234/a")]
    assert back.code != buried.code
    assert duplicates.look() == 0
    client = Client()
    assert client.get(buried.get_absolute_url()).status_code == 410
    assert client.get("/doi/10.1234/a").headers["Location"] == back.get_absolute_url()


def test_a_buried_record_that_editors_publish_again_is_one_like_any_other(editor: User) -> None:
    undo(bring_in(upload(WHOLE), by=editor), by=editor)
    Publication.objects.update(live=True)
    assert verdicts(upload(WHOLE)) == [Verdict.SAME]


@pytest.mark.parametrize("who", ["list", "relation", "merged", "moment"])
@pytest.mark.parametrize("publishes", [True, False])
def test_what_something_else_names_survives_the_undoing(editor: User, who: str, publishes: bool) -> None:
    batch = bring_in(upload(WHOLE, record(OTHER, PY="2022")), by=editor, publishes=publishes)
    named = Publication.objects.get(title=OTHER)
    if who == "list":
        ReadingListEntry.objects.create(reading_list=ReadingList.objects.create(slug="a", title="A"), publication=named)
    elif who == "relation":
        Relation.objects.create(publication=Publication.objects.create(title="x"), kind="updates", other=named)
    elif who == "merged":
        Publication.objects.create(title="x", live=False, merged_into=named)
    else:
        TiedPublication.objects.create(event=TimelineEventFactory(), publication=named)
    undo(batch, by=editor)
    named.refresh_from_db()
    assert (named.live, named.origin) == (publishes, Publication.Origin.IMPORT)
    assert "names it" in batch.rows.get(number=2).problems[-1]["sentence"]
    assert not Publication.objects.filter(title=LONG, live=True).exists()


def test_what_belongs_to_a_record_itself_does_not_keep_it(editor: User) -> None:
    batch = bring_in(upload(WHOLE), by=editor)
    one = Publication.objects.get()
    Relation.objects.create(publication=one, kind="updates", other=Publication.objects.create(title="x"))
    undo(batch, by=editor)
    assert was_withdrawn(Publication.objects.get(pk=one.pk))


def test_undoing_asks_as_much_for_thirty_as_for_three(editor: User) -> None:
    asked = []
    for number in (3, 30):
        records = [
            record(f"A study of its own kind {number}: part {part}", AU=f"Author{part}") for part in range(number)
        ]
        batch = bring_in(upload(*records), by=editor)
        deciding.recall(batch, by=editor)
        with CaptureQueriesContext(connection) as statements:
            writing.undo_some(batch, after=0)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_keywords_become_terms(editor: User) -> None:
    facet = Facet.objects.create(key="population", label="Who took part")
    older = Term.objects.create(facet=facet, slug="older", label="Older adults", synonyms="older people\nelderly")
    bring_in(upload(WHOLE), by=editor)
    assert list(Publication.objects.get().terms.all()) == [older]
    assert Publication.objects.get().keywords == ["Older people"]


def test_an_interruption_loses_nothing_and_repeats_nothing(editor: User) -> None:
    records = [record(f"A study of its own kind: part {number}", AU=f"Author{number}") for number in range(25)]
    with patch("research_db.imports.reading.TOGETHER", 10), patch("research_db.imports.writing.TOGETHER", 10):
        batch = files.take_in(["\n".join(records).encode()], name="a.ris", by=editor)
        steps = iter([reading._keep])
        with (
            patch("research_db.imports.reading._keep", side_effect=lambda *facts: next(steps)(*facts)),
            pytest.raises(StopIteration),
        ):
            read_rows(batch)
        batch.refresh_from_db()
        assert batch.rows.count() == batch.rows_read == 10
        read_rows(batch)
        assert list(batch.rows.values_list("number", flat=True)) == list(range(1, 26))
        deciding.bring_in(batch, by=editor, publishes=False, fills=False)
        assert writing.write_some(batch, after=0) == 10
        deciding.work(timezone.now())
        batch.refresh_from_db()
        assert (batch.stage, Publication.objects.count()) == (Stage.DONE, 25)
        deciding.recall(batch, by=editor)
        assert writing.undo_some(batch, after=20) == 5
        deciding.work(timezone.now())
        assert not Publication.objects.exists()


def test_an_import_is_decided_once(editor: User) -> None:
    batch = upload(WHOLE)
    deciding.leave(batch, by=editor)
    for verb in (deciding.leave, deciding.recall):
        with pytest.raises(deciding.NotNow):
            verb(batch, by=editor)
    with pytest.raises(deciding.NotNow):
        deciding.bring_in(batch, by=editor, publishes=True, fills=False)
    deciding.work(timezone.now())
    assert not Publication.objects.exists()


@pytest.mark.parametrize("pieces", [[], [b""], [b" \n", b"\t "], repeat(b"x" * 1_000_000)])
def test_unusable_files_are_refused_in_a_sentence(pieces: Iterable[bytes]) -> None:
    """One that never ends is not read further than a file may be long."""
    with pytest.raises(files.UnusableFile, match="Export it"):
        files.take_in(pieces, name="a.ris", by=None)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("size", [1, files.A_PIECE, files.A_PIECE + 1])
def test_a_file_is_kept_as_it_came_however_it_is_cut(size: int) -> None:
    batch = files.take_in([b" ", b"", b"x" * size, b"\n"], name="a.ris", by=None)
    assert batch.size == size + 2
    assert b"".join(files.contents(batch)) == b" " + b"x" * size + b"\n"
    assert max(map(len, files.contents(batch))) <= files.A_PIECE
