"""The cells of tables, and what makes them safe to open."""

import csv
import io

import pytest
from openpyxl import load_workbook

from research_db.formats.reading.table import listed
from research_db.formats.record import Record
from research_db.formats.writing import Target, table, write
from tests.research_db.formats.written import RECORDS

WRITTEN = {
    "an article with everything": {
        "kind": "journal-article",
        "title": "Link workers & 50% of {care}",
        "authors": "Okafor, Ada; King, Martin, Jr; {NHS England, Wales}",
        "editors": "Jones, Siân",
        "translators": "Wyn, Mair",
        "orcids": "Okafor, Ada 0000-0002-1825-0097",
        "container": "BMJ Open",
        "container short": "BMJ Op.",
        "date": "2021-05-03",
        "online date": "2021-04",
        "volume": "11",
        "issue": "2",
        "pages": "12-19",
        "article number": "e1",
        "publisher": "BMJ",
        "place": "London",
        "edition": "2nd",
        "language": "en",
        "abstract": "First.\nSecond; line.",
        "keywords": "loneliness; a\\; b",
        "doi": "10.1000/a_b",
        "pmid": "123",
        "pmcid": "PMC99123",
        "issn": "0378-5955",
        "arxiv": "2101.00001",
        "urls": "https://example.org/a?b=1; https://example.com/c",
        "notes": "One; Two\nlines",
        "licence": "CC BY",
        "open access url": "https://example.org/free.pdf",
    },
    "nothing but a title": {"kind": "other", "title": "Bare"},
    "a review": {"kind": "review", "title": "What works?", "date": "2019-04"},
    "a chapter": {
        "kind": "chapter",
        "title": "Part",
        "authors": "van den Berg, Jan",
        "container": "Whole",
        "date": "2001",
        "isbn": "9780306406157",
    },
    "a thesis in Welsh": {
        "kind": "thesis",
        "title": "Tŷ bach twt",
        "authors": "Ŵyn",
        "publisher": "Prifysgol Bangor",
        "language": "cy",
    },
    "a formula for a title": {"kind": "report", "title": "'=HYPERLINK(1)", "notes": "''tis; -x"},
    "lists that look like Python": {"kind": "dataset", "title": "[1]", "keywords": "\\[a; b]; c\\\\d"},
    "TeX's own signs": {"kind": "preprint", "title": "a--b ``c'' ~ ^ \\ # $ _", "pages": "S1-S9"},
    "a guideline": {"kind": "guideline", "title": "NG1", "authors": "{NICE}", "date": "1000"},
    "a policy with a handle": {"kind": "policy", "title": "Act", "openalex": "W2741809807", "handle": "1721.1/2"},
}


@pytest.mark.parametrize("target", [Target.CSV, Target.XLSX])
@pytest.mark.parametrize("name", RECORDS)
def test_the_cells_of_each_record(name: str, target: Target) -> None:
    data = b"".join(write([RECORDS[name]], target))
    headings, cells = _csv(data) if target == Target.CSV else _xlsx(data)
    assert tuple(headings) == table.HEADINGS
    assert {heading: cell for heading, cell in zip(headings, cells, strict=True) if cell} == WRITTEN[name]


def _csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _xlsx(data: bytes) -> list[list[str]]:
    (sheet,) = load_workbook(io.BytesIO(data)).worksheets
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(
    ("parts", "cell"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a; b"),
        (["a;b", "c"], "a\\;b; c"),
        (["a\\", "b"], "a\\\\; b"),
        (["[1]"], "\\[1]"),
        (["a", "[b"], "a; [b"),
    ],
)
def test_parts_are_joined_so_that_they_come_apart_again(parts: list[str], cell: str) -> None:
    assert table.joined(parts) == cell
    assert listed(cell) == parts


def test_excel_cuts_what_no_cell_holds_and_csv_does_not() -> None:
    record = Record(title="A", abstract="x" * 40_000)
    at = table.HEADINGS.index("abstract")
    assert len(_csv(b"".join(write([record], Target.CSV)))[1][at]) == 40_000
    assert len(_xlsx(b"".join(write([record], Target.XLSX)))[1][at]) == 32_767
