"""What reading finds: a record or none, where it stood, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from research_db.formats.reading.lines import Line
from research_db.formats.record import Record

ERROR, WARNING = "error", "warning"
LONGEST_RAW = 20_000


@dataclass(frozen=True)
class Problem:
    """Something wrong at a line (from 1), in a field as the file calls it, in a sentence for whoever has the file."""

    line: int
    field: str
    severity: str
    sentence: str


@dataclass(frozen=True)
class Read:
    """A record with the line it begins at and its text as it stood; none where it could not be understood."""

    record: Record | None
    line: int
    raw: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass
class Notes:
    """Problems of one record, as they are found."""

    line: int
    problems: list[Problem] = field(default_factory=list)

    def error(self, sentence: str, field: str = "", line: int | None = None) -> None:
        """Something that keeps the record out."""
        self.problems.append(Problem(line or self.line, field, ERROR, sentence))

    def warn(self, sentence: str, field: str = "", line: int | None = None) -> None:
        """Something to look at; the record is kept."""
        self.problems.append(Problem(line or self.line, field, WARNING, sentence))

    def tell_of(self, line: Line, field: str = "") -> None:
        """What was wrong with a line before anybody understood it."""
        if line.is_guessed:
            self.warn(_("This line is not UTF-8. It was read as Windows text: check its accents."), field, line.number)
        if line.is_cut:
            sentence = _("This line is longer than a million characters. The rest of it was left out.")
            self.warn(sentence, field, line.number)

    def understood(self, understand: Callable[[], Record]) -> Record | None:
        """What a format's own way makes of the record; nothing where that fails, or where it has no title."""
        try:
            record = understand()
        except Exception as error:  # noqa: BLE001  # whatever one record does, the others are read
            self.error(_("It could not be understood: %(what)s") % {"what": error})
            return None
        if not record.title:
            self.error(_("It has no title. Add one in the program it came from, and export it again."))
            return None
        return record

    def read(self, record: Record | None = None, raw: str = "") -> Read:
        """The record, or that there is none, with its text as it stood and all that was noted of it."""
        return Read(record, self.line, raw[:LONGEST_RAW], tuple(self.problems))
