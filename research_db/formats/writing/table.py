"""Tables: CSV and XLSX with one row a record. No cell is run by a spreadsheet program."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator

from network_site.base.safe_csv import BYTE_ORDER_MARK, safe_cell
from research_db.formats import names
from research_db.formats.record import Contributor, Record

PIECE = 1 << 16
TEXTS = (
    "volume", "issue", "pages", "article_number", "publisher", "place", "edition", "language", "abstract",
)  # fmt: skip
SCHEMES = ("doi", "pmid", "pmcid", "isbn", "issn", "arxiv", "openalex", "handle")
HEADINGS = (
    "kind", "title", "authors", "editors", "translators", "orcids", "container", "container short",
    "date", "online date",
    *(name.replace("_", " ") for name in TEXTS), "keywords", *SCHEMES, "urls", "notes", "licence", "open access url",
)  # fmt: skip
ROLES = ("author", "editor", "translator")
# What a cell of Excel holds at most; longer text is cut there, and nowhere else.
MOST_SIGNS = 32_767


def write_csv(records: Iterable[Record]) -> Iterator[bytes]:
    """The records as a CSV file that spreadsheet programs open with its accents right."""
    yield (BYTE_ORDER_MARK + _line(HEADINGS)).encode()
    for record in records:
        yield _line(map(_safe, cells(record))).encode()


def write_xlsx(records: Iterable[Record]) -> Iterator[bytes]:
    """The records as an XLSX file, every cell text; written to a file first, because a ZIP file has no order."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Records")
    sheet.append(list(HEADINGS))
    for record in records:
        sheet.append([_safe(ILLEGAL_CHARACTERS_RE.sub("", cell))[:MOST_SIGNS] for cell in cells(record)])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def cells(record: Record) -> list[str]:
    """What the columns of HEADINGS say of a record."""
    return [
        record.kind,
        record.title,
        *(_people(record, role) for role in ROLES),
        joined(f"{names.inverted(one.name)} {one.name.orcid}" for one in record.contributors if one.name.orcid),
        record.container,
        record.container_short,
        str(record.date or ""),
        str(record.online_date or ""),
        *(getattr(record, name) for name in TEXTS),
        joined(record.keywords),
        *(_numbers(record, scheme) for scheme in SCHEMES),
        joined(record.urls),
        joined(record.notes),
        record.licence,
        record.open_access_url,
    ]


def _people(record: Record, role: str) -> str:
    return joined(_name(one) for one in record.contributors if one.role == role)


def _numbers(record: Record, scheme: str) -> str:
    return joined(one.value for one in record.identifiers if one.scheme == scheme)


def joined(parts: Iterable[str]) -> str:
    """Several values in one cell, so that `reading.table.listed` can take them apart."""
    whole = "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)
    return f"\\{whole}" if whole.startswith("[") else whole


def _name(one: Contributor) -> str:
    return f"{{{one.name.literal}}}" if one.name.literal else names.inverted(one.name)


def _safe(cell: str) -> str:
    """A cell no program runs; one that begins with an apostrophe of its own gets another."""
    return f"'{cell}" if cell.startswith("'") else safe_cell(cell)


def _line(row: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(row)
    return buffer.getvalue()
