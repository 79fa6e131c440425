"""What importing a file would do, row by row; and doing it."""

import hashlib
import logging
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from import_export.results import Result, RowResult
from tablib import Dataset

from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.history.editing.checks import folded
from network_site.history.editing.reading import Sheet
from network_site.history.filling import tidy
from network_site.history.resources import Change, MomentResource, key_of
from network_site.people.models import User

log = logging.getLogger(__name__)


class State(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    WRONG = "wrong", _("Wrong")


STATES = {
    RowResult.IMPORT_TYPE_NEW: State.NEW,
    RowResult.IMPORT_TYPE_UPDATE: State.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: State.UNCHANGED,
}


class ImportFailed(HouseError):
    """Something nobody foresaw; nothing was written."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and in which column; no column where it is about the whole row."""

    column: str
    words: str


@dataclass(frozen=True)
class Line:
    """A row of the file and what becomes of it.

    `number` is its number in the file; `twin` the slug of another moment with the title of a new one, if there is.
    """

    number: int
    slug: str
    title: str
    state: State
    changes: tuple[Change, ...]
    mistakes: tuple[Mistake, ...]
    twin: str = ""


@dataclass(frozen=True)
class Report:
    """Every row in the order of the file."""

    lines: list[Line]

    def of(self, state: State) -> list[Line]:
        """The rows of this state."""
        return [line for line in self.lines if line.state == state]

    @property
    def counts(self) -> dict[State, int]:
        """How many rows of each state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in State}

    @property
    def to_write(self) -> int:
        """How many rows change something."""
        return len(self.of(State.NEW)) + len(self.of(State.CHANGED))

    @property
    def seal(self) -> str:
        """The same for the same outcome: whether what was shown is what would happen now."""
        told = repr([(line.number, line.state, line.changes) for line in self.lines])
        return hashlib.sha256(told.encode()).hexdigest()


def rehearse(sheet: Sheet, *, by: User) -> Report:
    """What would happen; nothing is written."""
    return _run(sheet, by=by, publishes=False, is_rehearsal=True)


@transaction.atomic
def perform(sheet: Sheet, *, by: User, publishes: bool, name: str) -> Report:
    """Write the good rows in one transaction, each as a revision, and leave the wrong ones.

    Args:
        sheet: the rows.
        by: who imports.
        publishes: show them to visitors at once, rather than keep them as drafts.
        name: what the file was called, for the audit trail.

    Raises:
        ImportFailed: something nobody foresaw; nothing was written.
    """
    report = _run(sheet, by=by, publishes=publishes, is_rehearsal=False)
    counts = {state.value: number for state, number in report.counts.items()}
    record("imported", subject="history", by=by, file=name[:200], published=publishes, **counts)
    return report


def _run(sheet: Sheet, *, by: User, publishes: bool, is_rehearsal: bool) -> Report:
    resource = MomentResource(by=by, publishes=publishes)
    dataset = Dataset(*sheet.rows, headers=sheet.headers)
    result = resource.import_data(
        dataset, dry_run=is_rehearsal, use_transactions=not is_rehearsal, numbers=sheet.numbers
    )
    _fail_whole(result)
    return Report([_line(sheet, place, row, resource) for place, row in enumerate(result.rows, 1)])


def _fail_whole(result: Result) -> None:
    """What is not the file’s fault stops everything; the cause is for whoever reads the log."""
    unforeseen = [*result.base_errors, *(error for row in result.rows for error in row.errors)]
    if unforeseen:
        log.error("Importing moments failed", exc_info=unforeseen[0].error)
        raise ImportFailed(
            _("Something went wrong on our side. Nothing was imported. Tell the people who run the site.")
        ) from unforeseen[0].error


def _line(sheet: Sheet, place: int, result: RowResult, resource: MomentResource) -> Line:
    row = dict(zip(sheet.headers, sheet.rows[place - 1], strict=True))
    slug = key_of(row)
    known, state = resource.known.get(slug), STATES.get(result.import_type, State.WRONG)
    title = tidy(row.get("title")) or (known.title if known else "")
    return Line(
        number=sheet.numbers[place - 1],
        slug=slug,
        title=title,
        state=state,
        changes=resource.changes.get(place, ()),
        mistakes=tuple(_mistakes(result)),
        twin=resource.titles.get(folded(title), "") if state == State.NEW else "",
    )


def _mistakes(result: RowResult) -> list[Mistake]:
    if result.validation_error is None:
        return []
    found = getattr(result.validation_error, "error_dict", None)
    if found is None:
        return [Mistake("", sentence) for sentence in result.validation_error.messages]
    told = result.validation_error.message_dict.items()
    return [Mistake("" if name == NON_FIELD_ERRORS else name, sentence) for name, all_ in told for sentence in all_]
