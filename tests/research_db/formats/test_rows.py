"""Rows out of a table of text: what a lost quotation mark costs, and that nothing is changed for the whole process."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats.reading import read
from research_db.formats.reading import rows as module
from research_db.formats.reading.lines import Line
from research_db.formats.reading.rows import Row, rows

CELL = st.text(st.sampled_from('ab",; \t'), max_size=5)
LONGEST = csv.field_size_limit()


def found(text: str) -> list[tuple[int, list[str] | None]]:
    said = rows(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return [(row.line, row.cells) for row in said]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_cells_come_back(said: list[list[str]], delimiter: str) -> None:
    heading = f"a{delimiter}b"
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in said]
    assert found("\n".join([heading, *quoted]))[1:] == list(enumerate(said, 2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n", []),
        ("\n\na,b\nc", [(3, ["a", "b"]), (4, ["c"])]),
        ('a,b\n"c\nd",e\nf', [(1, ["a", "b"]), (2, ["c\nd", "e"]), (4, ["f"])]),
        ('a;b\n"c;d";e', [(1, ["a", "b"]), (2, ["c;d", "e"])]),
        ('a,5" pipe,b', [(1, ["a", '5" pipe', "b"])]),
        ('a,"b"c', [(1, ["a", "bc"])]),
        # A quotation that never ends costs its line, and the lines after it are read.
        ('a,"b\nc,d\ne,f', [(1, None), (2, ["c", "d"]), (3, ["e", "f"])]),
        ('a,b\n"c,d', [(1, ["a", "b"]), (2, None)]),
        (
            'a,"b\nc,d\n\n"e,f\ng',
            [(1, ["a", "b\nc,d\n\ne", "f"]), (5, ["g"])],
        ),
        ('"a\n"b""\n"c', [(1, ['a\nb""']), (3, None)]),
    ],
)
def test_small_tables(text: str, expected: list[tuple[int, list[str] | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("length", "is_whole"), [(LONGEST - 1, True), (LONGEST + 1, False)])
def test_a_cell_is_as_long_as_csv_lets_it_be(length: int, is_whole: bool) -> None:
    told = found("a,b\n" + "x" * length + ",c\nd,e")
    assert [cells is not None for _line, cells in told] == [True, is_whole, True]


def test_a_lost_mark_far_from_the_end_is_given_up_and_the_rows_after_it_are_read() -> None:
    rest = "\n".join(f"title {number},{'x' * 1_000}" for number in range(400))
    told = found(f'title,abstract\n"lost,x\n{rest}')
    assert [line for line, cells in told if cells is None] == [2]
    assert len(told) == 402


def test_rows_are_not_read_again_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REREAD", 0)
    assert found('a,"b\nc,d\ne,f') == [(1, None)]


def test_the_limit_of_the_process_is_left_alone() -> None:
    csv.field_size_limit(LONGEST)
    assert [one.record and one.record.title for one in read(b"title,year\nA,2020\n")] == ["A"]
    assert csv.field_size_limit() == LONGEST


def test_the_lost_row_is_told_and_the_others_are_records() -> None:
    told = list(read(b'title,year\nA,2020\n"B,2021\nC,2022\nD,2023\n', name="a.csv"))
    assert [one.record.title if one.record else "?" for one in told] == ["A", "?", "C", "D"]
    (problem,) = (problem for one in told for problem in one.problems)
    assert (problem.severity, problem.line) == ("error", 3)
    assert "quotation mark" in problem.sentence


def test_what_is_not_utf8_is_told_of_its_row() -> None:
    told = list(read("title,year\nA,2020\n“B”\nC,2022\n".encode("cp1252"), name="a.csv"))
    assert [one.record.title for one in told if one.record] == ["A", "“B”", "C"]
    assert [(problem.severity, problem.line) for one in told for problem in one.problems] == [("warning", 3)]


def test_a_row_keeps_its_lines() -> None:
    lines = [Line(1, "a,b"), Line(2, '"c'), Line(3, 'd",e')]
    assert list(rows(lines)) == [Row(1, ["a", "b"], lines[:1]), Row(2, ["c\nd", "e"], lines[1:])]
