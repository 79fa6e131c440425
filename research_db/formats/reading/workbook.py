"""Workbooks (XLSX) row by row: ZIP files of XML, of which one row is held, and where each text begins that cells share.

openpyxl holds every text that cells share, and whatever stands in one row. From it come only the rules of dates.
"""

import io
import posixpath
import struct
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import IO, Any, BinaryIO, Self

from research_db.formats.reading.markup import Attributes, End, Listener, Refused, Start, told
from research_db.formats.reading.rows import Row

MOST_COLUMNS = 200
MOST_UNPACKED_BYTES = 1_000_000_000
# Of the list of a ZIP file's parts, and of a part that is neither the sheet nor the shared texts.
MOST_LISTED_BYTES, MOST_TOLD_BYTES = 1_000_000, 10_000_000
# No publication is as long as this many signs; a sheet of 50,000 has about a million texts.
LONGEST_ROW, MOST_TEXTS = 1_000_000, 5_000_000
HELD_TEXT_BYTES = 8_000_000
# How a ZIP file ends: where the list of its parts is, how long that is, and a comment.
END, END_BYTES, LONGEST_COMMENT = b"PK\x05\x06", 22, 1 << 16
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
FIGURES = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COLUMNS = {
    name: number for number, name in enumerate([*LETTERS, *(one + other for one in LETTERS for other in LETTERS)], 1)
    if number <= MOST_COLUMNS
}  # fmt: skip
LONGEST_NUMBER = 7


def rows(file: BinaryIO) -> Iterator[Row]:
    """Every row of the first sheet that has cells, by the number it has there; its cells as text.

    Formulas are given as they are written. Cells beyond the two-hundredth are left out; a row that is too long, or of
    which a cell cannot be understood, comes without cells.

    Raises:
        Exception: it is no workbook, or one that means harm; zipfile and the parser raise whatever makes them stumble.
    """
    _refuse_crowded(file)
    with ExitStack() as opened:
        book = Book(opened.enter_context(zipfile.ZipFile(file)))
        texts = opened.enter_context(Texts())
        if book.texts:
            _take_texts(opened.enter_context(book.part(book.texts)), texts)
        sheet = Sheet(texts, Dates(book))
        for _piece in told(opened.enter_context(book.part(book.sheet)), sheet):
            yield from sheet.taken()


def _refuse_crowded(file: BinaryIO) -> None:
    """A list of millions of parts would be in memory before anybody could look at it."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - END_BYTES - LONGEST_COMMENT))
    end = file.read()
    at = end.rfind(END)
    if at >= 0 and struct.unpack_from("<L", end, at + 12)[0] > MOST_LISTED_BYTES:
        raise Refused("crowded")
    file.seek(0)


class Book:
    """Where the parts of a workbook are that say what is in its cells, empty where it has none; how it counts days."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise Refused("swollen")
        main = dict(self._related("").values()).get("officeDocument", "")
        self._names: list[str] = []  # of the sheets, in their order
        self.is_from_1904 = False
        self.listen(main, Listener({"sheet": self._take_name, "workbookPr": self._take_epoch}, {}))
        related = self._related(main)
        of_kind = dict(related.values())
        self.texts, self.styles = of_kind.get("sharedStrings", ""), of_kind.get("styles", "")
        sheets = (related[name] for name in self._names if name in related)
        self.sheet = next((path for kind, path in sheets if kind == "worksheet"), "")

    def part(self, path: str) -> IO[bytes]:
        """A part, opened to be read."""
        part = self.packed.getinfo(path)
        if part.compress_type not in PACKED:
            raise Refused("packed as no spreadsheet program does")
        return self.packed.open(part)

    def listen(self, path: str, listener: Listener) -> None:
        """Tell a listener all of a part, which has to be a small one."""
        if self.packed.getinfo(path).file_size > MOST_TOLD_BYTES:
            raise Refused("swollen")
        with self.part(path) as part:
            for _piece in told(part, listener):
                pass

    def _related(self, path: str) -> dict[str, tuple[str, str]]:
        """What is related to a part, or to the whole: by its name there what it is, and where."""
        folder, name = posixpath.split(path)
        found: dict[str, tuple[str, str]] = {}

        def take(one: Attributes) -> None:
            kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
            found[one.get("Id", "")] = kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

        self.listen(posixpath.join(folder, "_rels", f"{name}.rels"), Listener({"Relationship": take}, {}))
        return found

    def _take_name(self, sheet: Attributes) -> None:
        self._names.extend(value for name, value in sheet.items() if name.endswith(":id"))

    def _take_epoch(self, properties: Attributes) -> None:
        self.is_from_1904 = properties.get("date1904") in {"1", "true"}


class Texts:
    """The texts that cells share, in a file of their own."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(HELD_TEXT_BYTES)  # noqa: SIM115  # closed with this
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, text: str) -> None:
        """Keep the next one; of one that is longer than a row may be, enough to tell."""
        self._file.write(text[: LONGEST_ROW + 1].encode())
        self._ends.append(self._file.tell())
        if len(self._ends) > MOST_TEXTS:
            raise Refused("swollen")

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode()


class Spoken(Listener):
    """Hears text in pieces up to a length, but not how it is pronounced."""

    def __init__(self, starts: dict[str, Start], ends: dict[str, End]) -> None:
        super().__init__(
            {"rPh": self._turn_aside, "t": self.listen, **starts}, {"rPh": self._turn_back, "t": self.stop, **ends}
        )
        self.pieces: list[str] = []
        self.size = 0
        self._is_aside = False

    def listen(self, _attributes: Attributes) -> None:
        """What comes is text."""
        if not self._is_aside:
            self.heard = self.pieces

    def stop(self) -> None:
        """What comes is none."""
        self.heard = None

    def text(self, text: str) -> None:
        if self.heard is not None and self.size <= LONGEST_ROW:
            self.size += len(text)
            self.heard.append(text)

    def _turn_aside(self, _attributes: Attributes) -> None:
        self._is_aside = True

    def _turn_back(self) -> None:
        self._is_aside = False


def _take_texts(part: IO[bytes], texts: Texts) -> None:
    """Keep every text of the part in which they are."""

    def begin(_attributes: Attributes) -> None:
        listener.pieces, listener.size = [], 0

    listener: Spoken = Spoken({"si": begin}, {"si": lambda: texts.add("".join(listener.pieces))})
    for _piece in told(part, listener):
        pass


class Sheet(Spoken):
    """Puts rows together as it hears of their cells."""

    def __init__(self, texts: Texts, dates: "Dates") -> None:
        starts = {"row": self._begin_row, "c": self._begin_cell, "v": self.listen, "f": self._listen_to_formula}
        super().__init__(starts, {"row": self._end_row, "c": self._end_cell, "v": self.stop, "f": self.stop})
        self._dates = dates
        # What is written in a cell of each kind, as text; in others stands the text itself.
        self._meant: dict[str, Callable[[str], str]] = {
            "s": lambda said: texts[int(said)],
            "n": self._number_said,
            "b": lambda said: str(bool(int(said))),
            "d": _moment,
        }
        self._rows: list[Row] = []
        self._number = self._column = 0
        self._cells: list[str] = []
        self._is_whole = True
        self._cell: Attributes = {}
        self._formula: list[str] | None = None

    def taken(self) -> list[Row]:
        """The rows that have ended since this was last asked."""
        found, self._rows = self._rows, []
        return found

    def _begin_row(self, attributes: Attributes) -> None:
        said = attributes.get("r", "")
        is_told = said.isdecimal() and len(said) <= LONGEST_NUMBER
        self._number = int(said) if is_told else self._number + 1
        self._cells, self._column, self._is_whole, self.size = [], 0, True, 0

    def _end_row(self) -> None:
        if self._cells or not self._is_whole:
            self._rows.append(Row(self._number, self._cells if self._is_whole else None))

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell, self.pieces, self._formula = attributes, [], None
        place = attributes.get("r")
        self._column = COLUMNS.get(place.rstrip(FIGURES), MOST_COLUMNS + 1) if place else self._column + 1

    def _listen_to_formula(self, _attributes: Attributes) -> None:
        self.heard = self._formula = []

    def _end_cell(self) -> None:
        if self._column > MOST_COLUMNS or not self._is_whole:
            return
        try:
            text = self._said()
        except (ValueError, IndexError):
            self._is_whole = False
            return
        self._is_whole = self.size <= LONGEST_ROW
        if text and self._is_whole:
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells[self._column - 1] = text

    def _said(self) -> str:
        """What the cell says, as text."""
        if self._formula is not None:
            return "=" + "".join(self._formula)
        said, kind = "".join(self.pieces), self._cell.get("t", "n")
        if not said or kind not in self._meant:
            return said
        meant = self._meant[kind](said)
        self.size += len(meant)
        return meant

    def _number_said(self, said: str) -> str:
        return self._dates.said(_number(said), self._cell.get("s", "0"))


class Dates:
    """Which styles show a number as a date, and which date it is."""

    def __init__(self, book: Book) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

        self._epoch = MAC_EPOCH if book.is_from_1904 else WINDOWS_EPOCH
        formats = _formats(book) if book.styles else []
        shown = [(str(style), own or BUILTIN_FORMATS.get(number)) for style, (number, own) in enumerate(formats)]
        self._is_span = {style: is_timedelta_format(code) for style, code in shown if is_date_format(code)}

    def said(self, number: float, style: str) -> str:
        """A number in a cell of this style, as text."""
        from openpyxl.utils.datetime import from_excel

        if style not in self._is_span:
            return as_text(number)
        try:
            return as_text(from_excel(number, self._epoch, timedelta=self._is_span[style]))
        except (OverflowError, ValueError):  # no calendar goes as far
            return "#VALUE!"


def _formats(book: Book) -> list[tuple[int, str]]:
    """How each style shows numbers: the format's number, and its code where it is one of the workbook's own."""
    own: dict[str, str] = {}
    found: list[tuple[int, str]] = []
    is_of_cells = False  # rather than of the styles on which those of cells are based

    def enter(_one: Attributes) -> None:
        nonlocal is_of_cells
        is_of_cells = True

    def leave() -> None:
        nonlocal is_of_cells
        is_of_cells = False

    def take_code(one: Attributes) -> None:
        own[one.get("numFmtId", "")] = one.get("formatCode", "")

    def take_style(one: Attributes) -> None:
        if is_of_cells:
            number = one.get("numFmtId", "0")
            found.append((int(number), own.get(number, "")))

    starts = {"numFmt": take_code, "xf": take_style, "cellXfs": enter}
    book.listen(book.styles, Listener(starts, {"cellXfs": leave}))
    return found


def _number(said: str) -> float:
    """A number as it is written: whole ones are kept whole, however long."""
    return int(said) if said.removeprefix("-").isdecimal() else float(said)


def _moment(said: str) -> str:
    from openpyxl.utils.datetime import from_ISO8601

    return as_text(from_ISO8601(said))


def as_text(value: Any) -> str:
    """A value as text: of moments the day, of whole numbers no point."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
