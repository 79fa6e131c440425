"""From a file to rows: each record with where it stands, what is wrong with it, and whether it is already here."""

from django.db import transaction

from network_site.base import bulk
from network_site.base.gathering import in_chunks
from research_db.domain.comparing import traits_of, traits_of_all
from research_db.domain.matching import Known, Match
from research_db.domain.packing import packed
from research_db.domain.records import leads
from research_db.formats import reading
from research_db.imports import files
from research_db.models import ImportBatch, ImportRow

Stage, Verdict, Action = ImportBatch.Stage, ImportRow.Verdict, ImportRow.Action
# Rows in one transaction: short enough that others can write between two of them.
TOGETHER = 500


def read_rows(batch: ImportBatch) -> None:
    """Read the whole file; after an interruption, go on where it stopped. The batch is then ready to be decided on."""
    known = Known(traits_of_all(), leads=leads())
    already = batch.rows_read
    with files.opened(batch) as file:
        found = reading.read(file, name=batch.name)
        for chunk in in_chunks(enumerate(found, 1), TOGETHER):
            rows = [row_of(batch, number, one, known) for number, one in chunk]
            _keep(batch, [row for row in rows if row.number > already], [one for _number, one in chunk])
    batch.stage = Stage.READY if batch.rows_read else Stage.FAILED
    batch.save(update_fields=["stage"])


def row_of(batch: ImportBatch, number: int, found: reading.Read, known: Known) -> ImportRow:
    """One record as a row, held against what is known; from then on it is known too."""
    row = ImportRow(batch=batch, number=number, line=found.line, raw=found.raw.replace("\x00", ""))
    row.problems = [
        {"line": one.line, "field": one.field, "severity": one.severity, "sentence": str(one.sentence)}
        for one in found.problems
    ]
    if found.record is None:
        row.verdict, row.action = Verdict.WRONG, Action.SKIP
        return row
    traits = traits_of(found.record)
    row.title, row.record = found.record.title, packed(found.record)
    _judge(row, known.match(traits))
    known.add(-number, traits)
    return row


def _judge(row: ImportRow, match: Match) -> None:
    row.verdict, row.score, row.reasons = match.verdict, match.score, list(match.reasons)
    if match.name is None:
        return
    if match.name > 0:
        row.match_id = match.name
    else:
        row.verdict = Verdict.TWIN if match.verdict == Verdict.SAME else match.verdict
        row.reasons = [f"row:{-match.name}", *match.reasons]


@transaction.atomic
def _keep(batch: ImportBatch, rows: list[ImportRow], found: list[reading.Read]) -> None:
    bulk.insert(ImportRow, [vars(row) for row in rows])
    batch.rows_read += len(rows)
    batch.bytes_read = min(batch.size, batch.bytes_read + sum(len(one.raw.encode()) for one in found))
    batch.save(update_fields=["rows_read", "bytes_read"])
