"""Spreadsheets that stay text: a name such as "=HYPERLINK(…)" must not run in whoever opens the file."""

import csv
import io
from collections.abc import Iterable, Iterator

# What Excel, LibreOffice or Google Sheets take for the start of a formula, in both widths.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet program runs; a leading apostrophe where it could."""
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(FORMULA_STARTS) else text


def lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file, a line at a time, with the mark that lets Excel read accents."""
    yield BYTE_ORDER_MARK + _line(header)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()
