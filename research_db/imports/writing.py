"""From rows to publications, in steps that can be interrupted, and back again."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base import bulk
from network_site.base.freshness import touch_words
from research_db.domain.burying import bury, is_buried, named_elsewhere
from research_db.domain.drafts import Draft, draft_of, keep
from research_db.domain.filling import fill, save, unfill
from research_db.domain.packing import unpacked
from research_db.domain.records import standing_for
from research_db.imports.reading import TOGETHER
from research_db.models import DuplicatePair, Identifier, ImportBatch, ImportRow, Publication, SearchChange

Verdict, Action, Stage = ImportRow.Verdict, ImportRow.Action, ImportBatch.Stage


def action_of(row: ImportRow, *, fills: bool) -> str:
    """What is done with a row: what somebody chose for it, or what goes without saying."""
    if row.action:
        return row.action
    if row.verdict == Verdict.NEW:
        return Action.CREATE
    return Action.FILL if fills and row.verdict == Verdict.SAME else Action.SKIP


def write_rows(batch: ImportBatch) -> None:
    """Write what is still to be written; the batch is then done."""
    for after in steps(batch):
        write_some(batch, after=after)
    batch.stage = Stage.DONE
    batch.save(update_fields=["stage"])


def steps(batch: ImportBatch) -> range:
    """The number before the first row of each step; steps are short, so that others can write between two of them."""
    return range(0, batch.rows_read, TOGETHER)


def _of_step(batch: ImportBatch, after: int) -> QuerySet[ImportRow]:
    # By numbers, and not so many from the first: a database that has not yet counted what is new sorts all of it then.
    return batch.rows.filter(number__gt=after, number__lte=after + TOGETHER).order_by("number")


@transaction.atomic
def write_some(batch: ImportBatch, *, after: int) -> int:
    """Write what is to be written of one step in one transaction; how many rows there were."""
    rows = _waiting(batch, after=after)
    actions = {row.pk: action_of(row, fills=batch.fills) for row in rows}
    _create(batch, [row for row in rows if actions[row.pk] == Action.CREATE])
    for row in rows:
        if _misses_its_match(row, actions[row.pk]):
            _complain(row, _("Left out: the record that was here is gone. Bring the file in again, and this is new."))
        elif actions[row.pk] == Action.FILL:
            _fill(batch, row)
    _write_down(rows)
    touch_words()
    return len(rows)


def _waiting(batch: ImportBatch, *, after: int) -> list[ImportRow]:
    """The rows still to be written, each with the record it is like, or with the one that this became part of."""
    rows = list(_of_step(batch, after).filter(done_at=None).select_related("match").defer("raw", "title"))
    for row in rows:
        row.match = standing_for(row.match) if row.match else None
    return rows


def _misses_its_match(row: ImportRow, action: str) -> bool:
    """Whether the record is gone that this one should fill, or without saying is left out for."""
    if action == Action.FILL or (row.verdict == Verdict.SAME and not row.action):
        return row.match is None or is_buried(row.match)
    return False


def _write_down(rows: Sequence[ImportRow]) -> None:
    """What came of rows just written; most have nothing to tell but their publication."""
    now = timezone.now()
    for row in rows:
        row.done_at = now
    bulk.renew(rows, "publication", "done_at")
    ImportRow.objects.bulk_update([row for row in rows if row.problems or row.before], ["problems", "before"])


def _create(batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Make new publications; a row whose number came to be taken since it was looked at is left out, and says so."""
    drafts = {row.pk: draft_of(unpacked(row.record)) for row in rows}
    free = _free(rows, drafts)
    written = keep([drafts[row.pk] for row in free], publishes=batch.publishes)
    for row, number in zip(free, written, strict=True):
        row.publication_id = number
    _ask_about(free)


def _free(rows: Sequence[ImportRow], drafts: Mapping[int, Draft]) -> list[ImportRow]:
    """Those whose numbers no publication has, nor another row; the others are told why they stay out."""
    taken = Identifier.taken(number for draft in drafts.values() for number in draft.numbers)
    free: list[ImportRow] = []
    for row in rows:
        numbers = drafts[row.pk].numbers
        if taken.isdisjoint(numbers):
            free.append(row)
            taken.update(numbers)
        else:
            _complain(row, _("Left out: another record came to have its number meanwhile."))
    return free


def _ask_about(rows: Sequence[ImportRow]) -> None:
    """What was brought in though it looks like another goes to the queue of possible duplicates."""
    pairs = [
        DuplicatePair(
            first_id=min(row.match_id, row.publication_id),
            second_id=max(row.match_id, row.publication_id),
            score=row.score,
            reasons=row.reasons,
        )
        for row in rows
        if row.match_id and row.publication_id
    ]
    DuplicatePair.objects.bulk_create(pairs, ignore_conflicts=True)


def _fill(batch: ImportBatch, row: ImportRow) -> None:
    """Give the one that is here what it lacks, unless somebody is at work on it."""
    publication = row.match
    assert publication is not None  # noqa: S101  callers see to it
    if publication.live and publication.has_unpublished_changes:
        _complain(row, _("Left out: somebody is working on the record that is here. Publish or discard that first."))
        return
    row.before = fill(publication, unpacked(row.record))
    if row.before:
        row.publication = publication
        save(publication, by=batch.decided_by)


def _complain(row: ImportRow, sentence: str) -> None:
    row.problems = [*row.problems, {"line": row.line, "field": "", "severity": "error", "sentence": sentence}]


# --- Undoing -------------------------------------------------------------------------------------------


def undo_rows(batch: ImportBatch) -> None:
    """Take back what the batch brought, the last first, except what somebody changed since."""
    for after in reversed(steps(batch)):
        undo_some(batch, after=after)
    batch.stage = Stage.UNDONE
    batch.save(update_fields=["stage"])


@transaction.atomic
def undo_some(batch: ImportBatch, *, after: int) -> int:
    """Take back what is to be taken back of one step in one transaction; how many rows there were."""
    rows = list(_of_step(batch, after).exclude(done_at=None).select_related("publication").reverse())
    written = [row for row in rows if row.publication]
    filled = [row for row in written if row.before]
    for row in filled:
        _unfill(batch, row)
    kept = _take_back([row for row in written if not row.before])
    ImportRow.objects.bulk_update([*filled, *kept], ["problems"])
    _forget(rows, kept)
    touch_words()
    return len(rows)


def _forget(rows: Sequence[ImportRow], kept: Sequence[ImportRow]) -> None:
    """Nothing came of these rows any more, but for those that keep theirs."""
    of_these = ImportRow.objects.filter(pk__in=[row.pk for row in rows])
    of_these.exclude(pk__in=[row.pk for row in kept]).update(publication=None)
    of_these.update(before={}, done_at=None)


def _take_back(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Delete what these rows made, or bury it where visitors could read it; gives back rows that keep theirs."""
    named = named_elsewhere([row.publication_id for row in rows if row.publication_id])
    kept = []
    for row in rows:
        if reason := _reason_to_keep(row, named):
            _complain(row, reason)
            kept.append(row)
    taken = [row.publication_id for row in rows if row.publication_id and row not in kept]
    publications = Publication.objects.filter(pk__in=taken)
    bury(publications.exclude(first_published_at=None))
    publications.filter(first_published_at=None).delete()
    SearchChange.note(taken)
    return kept


def _reason_to_keep(row: ImportRow, named: Collection[int]) -> str:
    """Why what a row made stays, in a sentence; empty where it goes."""
    if is_touched(row):
        return _("Kept: somebody changed this record after it was brought in.")
    if row.publication_id in named:
        return _("Kept: a reading list, another record or another page names it. Take it out there first.")
    return ""


def is_touched(row: ImportRow) -> bool:
    """Whether somebody changed the publication after it was brought in."""
    publication = row.publication
    assert publication is not None  # noqa: S101  callers see to it
    assert row.done_at is not None  # noqa: S101  as above
    return publication.latest_revision_id is not None or publication.changed_at > row.done_at


def _unfill(batch: ImportBatch, row: ImportRow) -> None:
    publication = row.publication
    assert publication is not None  # noqa: S101  callers see to it
    if publication.merged_into_id:
        _complain(row, _("Not undone: this record became part of another. Take out by hand what was filled in."))
        return
    if publication.has_unpublished_changes and publication.live:
        _complain(row, _("Not undone: somebody is working on this record. Take out by hand what was filled in."))
        return
    unfill(publication, row.before, unpacked(row.record))
    save(publication, by=batch.decided_by)
