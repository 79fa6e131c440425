"""Reading a spreadsheet somebody uploads, whatever it turns out to be."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from network_site.base.errors import HouseError
from network_site.history.cells import COLUMNS, NO, YES

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED_BYTES = 40 * 1024 * 1024
MOST_ROWS = 2000
MOST_COLUMNS = 100
LONGEST_CELL = 131_072
DELIMITERS = (",", ";", "\t")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What the public file has beside them; they follow from the others.
TOLD_ANYWAY = frozenset({"when", "url"})
# A row is known by one of these.
KEYS = ("slug", "title")
LAST_CONTROL = 0x1F


class UnreadableFile(HouseError):
    """The file cannot be read as moments; the sentence says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """Rows as text, each as long as the header, with their numbers in the file; `ignored` are columns nobody reads."""

    headers: list[str]
    rows: list[list[str]]
    numbers: list[int]
    ignored: list[str]


def read(content: bytes) -> Sheet:
    """The rows of a CSV or XLSX file; rows without anything in them are left out.

    Raises:
        UnreadableFile: it is empty, too large, something else, or has other columns.
    """
    if not content.strip():
        raise UnreadableFile(_("The file is empty. Save the spreadsheet again and choose that file."))
    if len(content) > MOST_BYTES:
        raise UnreadableFile(_("The file is larger than 2 MB. Import it in parts."))
    if content.startswith(OLD_EXCEL):
        raise UnreadableFile(_("This is a file of an old Excel. Save it as XLSX or CSV and choose that file."))
    rows = list(_xlsx(content) if content.startswith(ZIP) else _csv(content))
    if not rows:
        raise UnreadableFile(_("The file has no rows."))
    return _sheet(rows)


def _sheet(rows: list[list[str]]) -> Sheet:
    """The rows under their headers."""
    headers = _headers(rows[0])
    numbered = _numbered(rows[1:])
    ignored = [name for name in headers if name and name not in {*COLUMNS, *TOLD_ANYWAY}]
    found = [_as_long_as(headers, row, number) for number, row in numbered]
    return Sheet(headers, found, [number for number, _row in numbered], ignored)


def _numbered(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows with anything in them, each with its number in the file."""
    found = [(number, row) for number, row in enumerate(rows, 2) if any(map(str.strip, row))]
    if not found:
        raise UnreadableFile(_("The file has a header and no rows below it."))
    if len(found) > MOST_ROWS:
        raise UnreadableFile(_("The file has more than 2,000 rows. Import it in parts."))
    return found


def _headers(row: list[str]) -> list[str]:
    """The names of the columns, whatever their case."""
    headers = [cell.strip().lower().replace(" ", "_") for cell in row]
    while headers and not headers[-1]:
        headers.pop()
    _check_headers(headers)
    return headers


def _check_headers(headers: list[str]) -> None:
    if not set(headers) & set(KEYS) or len(set(headers) & set(COLUMNS)) < 2:  # noqa: PLR2004  a key and a fact
        raise UnreadableFile(
            _("The first row must name the columns, at least slug or title and one more of: %(columns)s.")
            % {"columns": ", ".join(COLUMNS)}
        )
    twice = sorted({name for name in headers if name and headers.count(name) > 1})
    if twice:
        raise UnreadableFile(_("These columns are there twice: %(twice)s. Keep one.") % {"twice": ", ".join(twice)})


def _as_long_as(headers: list[str], row: list[str], number: int) -> list[str]:
    """Spreadsheet programs leave out empty cells at the end; something beyond the last column is a slip."""
    if any(cell.strip() for cell in row[len(headers) :]):
        raise UnreadableFile(
            _("Row %(number)s has more cells than there are columns. Put text with commas in quotation marks.")
            % {"number": number}
        )
    return [*row, *[""] * len(headers)][: len(headers)]


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _text(content)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from map(_bearable, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFile(_("This is not a CSV file that can be read. Save it again as CSV UTF-8.")) from error


def _bearable(row: list[str]) -> list[str]:
    """The row, unless a cell is too long; csv has a limit too, but one that anybody in this process may have raised."""
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise csv.Error
    return row


def _text(content: bytes) -> str:
    """The file as text, in the encodings that spreadsheet programs write."""
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if not any(ord(sign) <= LAST_CONTROL and sign not in "\t\r\n" for sign in text):
            return text
        break
    raise UnreadableFile(_("This is not a spreadsheet. Choose a CSV or XLSX file."))


def _xlsx(content: bytes) -> Iterator[list[str]]:
    """The first sheet’s cells as text; formulas as they are written, never as they are worked out."""
    try:
        _refuse_swollen(content)
        yield from _cells(content)
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl and zipfile raise whatever a broken file makes them stumble over
        raise UnreadableFile(_("This XLSX file cannot be read. Save it as CSV UTF-8 and choose that file.")) from error


def _refuse_swollen(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
            raise UnreadableFile(_("The file unpacks to more than 40 MB. Import it in parts."))


def _cells(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    try:
        rows: Iterable[Any] = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(rows):
            if number > MOST_ROWS * 2:
                raise UnreadableFile(_("The file has more than 2,000 rows. Import it in parts."))
            yield [_as_text(value) for value in row]
    finally:
        book.close()


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
