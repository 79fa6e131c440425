"""Workbooks: the same as openpyxl finds in them, and nothing that a hostile one holds is held."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from research_db.formats.reading import read, workbook
from research_db.formats.reading.markup import LONGEST_TAG, MOST_NAMES, Refused
from research_db.formats.reading.rows import Row

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELATED = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="{}" Type="' + TYPE + '{}" Target="{}"/>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = f'<workbook {MAIN} xmlns:r="{TYPE.rstrip("/")}">{{}}</workbook>'
SHEETS = '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
PARTS = {
    "_rels/.rels": RELATED.format(RELATION.format("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": RELATED.format(
        RELATION.format("rId1", "worksheet", "worksheets/sheet1.xml")
        + RELATION.format("rId2", "sharedStrings", "/xl/sharedStrings.xml")
        + RELATION.format("rId3", "styles", "styles.xml")
    ),
    "xl/workbook.xml": BOOK.format(SHEETS),
    "xl/sharedStrings.xml": f"<sst {MAIN}></sst>",
    "xl/styles.xml": f"<styleSheet {MAIN}></styleSheet>",
}
# So much may be held of a hostile file beside the pieces in which it is read.
MOST_HELD = 10_000_000
Pieces = Iterable[bytes | str]


def packed(parts: dict[str, Pieces | str], **how: Any) -> io.BytesIO:
    """A workbook of these parts, each as a text or in pieces; the others are those of an empty one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **{"compression": zipfile.ZIP_DEFLATED, "compresslevel": 1, **how}) as packing:
        for name, content in {**PARTS, **parts}.items():
            with packing.open(name, "w") as part:
                for piece in [content] if isinstance(content, str) else content:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return file


def sheet(*pieces: Pieces | str) -> Iterator[bytes | str]:
    """The part of a sheet with these rows."""
    yield f"<worksheet {MAIN}><sheetData>"
    for piece in pieces:
        yield from [piece] if isinstance(piece, str) else piece
    yield "</sheetData></worksheet>"


def found(*pieces: Pieces | str, **parts: Pieces | str) -> list[Row]:
    """The rows of a sheet of these; the name of a part is that of its file."""
    others = {f"xl/{name}.xml": content for name, content in parts.items()}
    return list(workbook.rows(packed({"xl/worksheets/sheet1.xml": sheet(*pieces), **others})))


def cells(*pieces: str, **parts: str) -> list[list[str] | None]:
    return [row.cells for row in found(*pieces, **parts)]


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


# --- As openpyxl has it --------------------------------------------------------------------------------


def by_openpyxl(file: io.BytesIO) -> list[list[str]]:
    """The rows of the first sheet that say anything, without the empty cells at their ends."""
    told = []
    for row in load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True):
        texts = ["" if value is None else workbook.as_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        told.append(texts)
    return [row for row in told if row]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn")), max_size=30),
    st.dates(date(1901, 1, 1), date(2200, 1, 1)),
    st.datetimes(datetime.fromisoformat("1905-01-01"), datetime.fromisoformat("2200-01-01")),
    st.times().map(lambda one: one.replace(microsecond=0)),
    st.timedeltas(timedelta(0), timedelta(days=40)).map(lambda one: timedelta(seconds=one // timedelta(seconds=1))),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=8), max_size=8), st.booleans(), st.booleans())
def test_what_openpyxl_wrote_is_read_as_openpyxl_reads_it(
    rows: list[list[object]], is_shared: bool, is_from_1904: bool
) -> None:
    """With texts in the cells or shared by them, and days counted from either year."""
    book = Workbook(write_only=not is_shared)
    one = book.worksheets[0] if is_shared else book.create_sheet()
    if is_from_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        one.append(row)
    file = io.BytesIO()
    book.save(file)
    assert [row.cells for row in workbook.rows(file)] == by_openpyxl(file)


def test_rows_have_the_numbers_they_have_in_the_sheet() -> None:
    book = Workbook()
    (one,) = book.worksheets
    one["B2"], one["D2"], one["A7"], one["GR9"], one["GS9"] = "b", "d", "a", "last", "beyond"
    book.create_sheet("Another")["A1"] = "not read"
    file = io.BytesIO()
    book.save(file)
    assert list(workbook.rows(file)) == [
        Row(2, ["", "b", "", "d"]),
        Row(7, ["a"]),
        Row(9, [""] * (workbook.MOST_COLUMNS - 1) + ["last"]),
    ]


def test_of_text_in_many_faces_the_words_are_read() -> None:
    book = Workbook()
    book.worksheets[0].append([CellRichText("one ", TextBlock(InlineFont(b=True), "two"), " three")])
    file = io.BytesIO()
    book.save(file)
    assert [row.cells for row in workbook.rows(file)] == [["one two three"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>2020</v></c>", "2020"),
        ("<c><v>-3</v></c>", "-3"),
        ("<c><v>2.02E3</v></c>", "2020"),
        ("<c><v>0.5</v></c>", "0.5"),
        ('<c t="n"><v>007</v></c>', "7"),
        ('<c t="b"><v>1</v></c>', "True"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="str"><v>worked out</v></c>', "worked out"),
        ('<c t="str"><f>A1&amp;B1</f><v>worked out</v></c>', "=A1&B1"),
        ('<c><f t="shared" si="0"/><v>4</v></c>', "="),
        ('<c t="d"><v>2021-05-03T10:00:00</v></c>', "2021-05-03"),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>', "a b"),
        ('<c t="inlineStr"><is><t>雨</t><rPh sb="0" eb="1"><t>アメ</t></rPh></is></c>', "雨"),
        ('<c s="1"><v>44319</v></c>', "2021-05-03"),
        ('<c s="2"><v>44319.5</v></c>', "2021-05-03"),
        ('<c s="1"><v>1e300</v></c>', "#VALUE!"),
        ('<c s="9"><v>44319</v></c>', "44319"),
        ('<c t="s"><v>1</v></c>', "shared"),
    ],
)
def test_a_cell_of_each_kind(cell: str, text: str) -> None:
    styles = (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    shared = f"<sst {MAIN}><si><t>other</t></si><si><r><t>sha</t></r><r><t>red</t></r></si></sst>"
    assert cells(f"<row>{cell}</row>", styles=styles, sharedStrings=shared) == [[text]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>2</v></c>', '<c t="s"><v>-1</v></c>', '<c t="s"><v>x</v></c>', "<c><v>x</v></c>",
        '<c t="b"><v>maybe</v></c>', '<c t="d"><v>soon</v></c>', f"<c><v>{'9' * 5000}</v></c>",
        inline("x" * (workbook.LONGEST_ROW + 1)), inline("x" * 600_000) * 2,
        f"<c><f>{'x' * (workbook.LONGEST_ROW + 1)}</f></c>",
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_understood_costs_its_row(cell: str) -> None:
    shared = f"<sst {MAIN}><si><t>one</t></si><si><t>two</t></si></sst>"
    found = cells(f"<row>{inline('good')}</row><row>{cell}</row><row>{inline('again')}</row>", sharedStrings=shared)
    assert found == [["good"], None, ["again"]]


def test_such_a_row_is_told_and_the_others_are_records() -> None:
    rows = [f"<row>{inline(one)}</row>" for one in ("Title", "One", "x" * (workbook.LONGEST_ROW + 1), "Two")]
    told = list(read(packed({"xl/worksheets/sheet1.xml": sheet(*rows)}).getvalue()))
    assert [(one.line, one.record and one.record.title) for one in told] == [(2, "One"), (3, None), (4, "Two")]
    assert "too long" in told[1].problems[0].sentence


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_names_may_have_a_prefix(prefix: str) -> None:
    part = f'<{prefix}worksheet><{prefix}row><{prefix}c t="str"><{prefix}v>a</{prefix}v></{prefix}c></{prefix}row></{prefix}worksheet>'
    assert [row.cells for row in workbook.rows(packed({"xl/worksheets/sheet1.xml": part}))] == [["a"]]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ('<row r="5">{0}</row><row>{0}</row>', [5, 6]),
        ('<row r="99999999999">{0}</row><row r="-2">{0}</row><row r="x">{0}</row>', [1, 2, 3]),
        ("<row/><row>{0}</row>", [2]),
    ],
)
def test_a_row_without_a_number_of_its_own_follows_the_one_before(row: str, numbers: list[int]) -> None:
    assert [one.line for one in found(row.format(inline("a")))] == numbers


def test_cells_may_stand_in_any_order_and_the_last_of_one_place_counts() -> None:
    row = '<row><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c><v>2</v></c><c r="A1"><v>9</v></c><c r="ZZZ1"><v>8</v></c></row>'
    assert cells(row) == [["9", "2", "3"]]


# --- Files that mean harm ------------------------------------------------------------------------------


def times(text: str, number: int) -> Iterator[str]:
    """A text so many times, a thousand at once."""
    for _thousand in range(number // 1000):
        yield text * 1000


def shared(*pieces: Pieces | str) -> dict[str, Pieces]:
    def part() -> Iterator[bytes | str]:
        yield f"<sst {MAIN}>"
        for piece in pieces:
            yield from [piece] if isinstance(piece, str) else piece
        yield "</sst>"

    return {"xl/sharedStrings.xml": part()}


ROW = f"<row>{inline('good')}</row>"
GOOD = {"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{ROW}</worksheet>"}
HARMLESS: dict[str, Callable[[], dict[str, Any]]] = {
    "a sheet that says it is as large as can be": lambda: {
        "xl/worksheets/sheet1.xml": f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384"/>'
        f"</cols>{ROW}</worksheet>"
    },
    "a row of two hundred thousand cells": lambda: {
        "xl/worksheets/sheet1.xml": sheet("<row>", inline("good"), times("<c/>", 200_000), "</row>")
    },
    "two hundred thousand empty rows": lambda: {"xl/worksheets/sheet1.xml": sheet(times("<row/>", 200_000), ROW)},
    "a row far down": lambda: {"xl/worksheets/sheet1.xml": sheet(ROW.replace("<row", '<row r="1048576"'))},
    "a shared text of ten million signs": lambda: {**GOOD, **shared("<si><t>", times("x" * 50, 200_000), "</t></si>")},
    "two hundred thousand shared texts": lambda: {**GOOD, **shared(times("<si><t>text</t></si>", 200_000))},
    "two hundred thousand pieces of one shared text": lambda: {
        **GOOD, **shared("<si>", times("<r><t>x</t></r>", 200_000), "</si>")
    },
}  # fmt: skip
REFUSED: dict[str, Callable[[], dict[str, Any]]] = {
    "entities that grow": lambda: {
        "xl/worksheets/sheet1.xml": f'<!DOCTYPE a [<!ENTITY b "bbb">]><worksheet {MAIN}>{ROW}&b;</worksheet>'
    },
    "elements within elements": lambda: {"xl/worksheets/sheet1.xml": sheet(times("<a>", 10_000))},
    "names without end": lambda: {
        "xl/worksheets/sheet1.xml": sheet("".join(f"<a{number}/>" for number in range(2 * MOST_NAMES)))
    },
    "a tag that never ends": lambda: {"xl/worksheets/sheet1.xml": sheet("<c r='", times("A" * 50, LONGEST_TAG // 20))},
    "a remark that never ends": lambda: {"xl/worksheets/sheet1.xml": sheet("<!--", times("A" * 50, LONGEST_TAG // 20))},
    "styles that never end": lambda: {**GOOD, "xl/styles.xml": [f"<styleSheet {MAIN}>", *times("<xf/>", 3_000_000)]},
}  # fmt: skip


def held(work: Callable[[], object]) -> int:
    """The most bytes that are held while it works."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def refused(file: io.BytesIO) -> None:
    with pytest.raises(Refused):
        list(workbook.rows(file))


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_large_and_says_nothing_is_passed_over(name: str) -> None:
    file = packed(HARMLESS[name]())
    rows: list[list[str] | None] = []
    assert held(lambda: rows.extend(row.cells for row in workbook.rows(file))) < MOST_HELD
    assert rows == [["good"]]


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_program_writes_is_refused(name: str) -> None:
    file = packed(REFUSED[name]())
    assert held(lambda: refused(file)) < MOST_HELD
    (told,) = read(file.getvalue())
    assert "cannot be read" in told.problems[0].sentence


def test_a_list_of_a_great_many_parts_is_refused_before_it_is_read() -> None:
    file = packed({f"{number:0200}": "" for number in range(5_000)}, compression=zipfile.ZIP_STORED)
    assert held(lambda: refused(file)) < 1_000_000


def test_a_way_of_packing_that_takes_much_memory_is_refused() -> None:
    refused(packed(GOOD, compression=zipfile.ZIP_LZMA, compresslevel=None))


@pytest.mark.parametrize("missing", [*PARTS, "xl/worksheets/sheet1.xml"])
def test_a_workbook_without_one_of_its_parts_is_told(missing: str) -> None:
    whole = packed(GOOD)
    file = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            if part.filename != missing:
                new.writestr(part, old.read(part))
    assert [problem.severity for one in read(file.getvalue()) for problem in one.problems] == ["error"]


def test_rows_are_given_before_the_sheet_ends() -> None:
    """Those before a fault are kept, and the fault is told."""
    rows = [f"<row>{inline('Title')}</row>", *[f"<row>{inline('One')}</row>"] * 5_000, "<broken"]
    *good, last = read(packed({"xl/worksheets/sheet1.xml": "".join(map(str, sheet(*rows)))}).getvalue())
    assert len(good) > 3_000
    assert {one.record and one.record.title for one in good} == {"One"}
    assert "cannot be read" in last.problems[0].sentence


def test_times_of_day_and_spans_are_text() -> None:
    book = Workbook()
    book.worksheets[0].append([time(9, 30), timedelta(hours=30)])
    file = io.BytesIO()
    book.save(file)
    assert [row.cells for row in workbook.rows(file)] == [["09:30:00", "1 day, 6:00:00"]]
