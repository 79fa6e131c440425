"""What an editor decides about a batch: bring it in, leave it, undo it; and the worker's part of it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.people.models import User
from research_db.imports.reading import read_rows
from research_db.imports.writing import undo_rows, write_rows
from research_db.models import ImportBatch, ImportRow

Stage = ImportBatch.Stage
WORK = {Stage.WAITING: read_rows, Stage.CHOSEN: write_rows, Stage.RECALLED: undo_rows}
# Small enough to be done while an editor waits; larger files are the worker's.
FEW_BYTES = 300_000
FEW_ROWS = 300


class NotNow(HouseError):
    """The batch is at another stage than whoever decided saw."""


def bring_in(batch: ImportBatch, *, by: User, publishes: bool, fills: bool) -> None:
    """Decide that what can be written is written.

    Args:
        batch: that was read.
        by: who decides.
        publishes: show new records to visitors at once, rather than keep them as drafts.
        fills: give records that are already here what they lack.

    Raises:
        NotNow: somebody decided already, or it is not read yet.
    """
    _move(batch, Stage.READY, Stage.CHOSEN, by=by, publishes=publishes, fills=fills)


def leave(batch: ImportBatch, *, by: User) -> None:
    """Decide that nothing of it is written.

    Raises:
        NotNow: as above.
    """
    _move(batch, Stage.READY, Stage.LEFT, by=by)


def recall(batch: ImportBatch, *, by: User) -> None:
    """Decide that what was written is taken back.

    Raises:
        NotNow: nothing of it was written, or it is taken back already.
    """
    _move(batch, Stage.DONE, Stage.RECALLED, by=by)


@transaction.atomic
def _move(batch: ImportBatch, old: str, new: str, *, by: User, **facts: bool) -> None:
    now = timezone.now()
    moved = ImportBatch.objects.filter(pk=batch.pk, stage=old).update(stage=new, decided_by=by, decided_at=now, **facts)
    if not moved:
        raise NotNow(_("Somebody was quicker: look at the import again."))
    record(new, subject=f"import:{batch.pk}", by=by, **facts)
    batch.refresh_from_db()


def choose(row: ImportRow, action: str) -> None:
    """Decide what becomes of one row, while its batch waits to be decided on.

    Raises:
        NotNow: the batch is past that.
        ValueError: that cannot be done with this row.
    """
    if action == ImportRow.Action.FILL and not row.match_id:
        raise ValueError(action)
    if row.verdict == ImportRow.Verdict.WRONG or action not in {*ImportRow.Action.values, ""}:
        raise ValueError(action)
    changed = ImportRow.objects.filter(pk=row.pk, batch__stage=Stage.READY).update(action=action)
    if not changed:
        raise NotNow(_("This import was decided meanwhile. Nothing was changed."))


def at_once(batch: ImportBatch) -> None:
    """Do the worker's part now if it is small; the caller's transaction keeps the worker away."""
    small = batch.size <= FEW_BYTES if batch.stage == Stage.WAITING else batch.rows_read <= FEW_ROWS
    if small:
        WORK[Stage(batch.stage)](batch)


def work(now: datetime) -> None:
    """Do what is to be done for every batch, oldest first; repeating it after an interruption goes on."""
    for batch in ImportBatch.objects.filter(stage__in=WORK).order_by("uploaded_at", "pk"):
        WORK[Stage(batch.stage)](batch)
