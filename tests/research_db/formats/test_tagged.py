"""The one reader of tags: where records begin and end, which lines go on, what is told, whatever the format."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats.reading import tagged
from research_db.formats.reading.found import LONGEST_RAW, Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.reading.tagged import Entry, Grammar, entries, read_tagged
from research_db.formats.record import Record

ENDED = Grammar(
    tag=re.compile(r"^([A-Z]{2}): ?(.*)$"),
    starts=frozenset({"TY"}),
    ends="ER",
    listed=frozenset({"KW"}),
    keeps_lines=frozenset({"AB"}),
    outside=frozenset({"FN"}),
)
BLANK = replace(ENDED, ends="", blank_ends=True)


def numbered(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def taken(text: str, grammar: Grammar = ENDED) -> list[tuple[int, dict[str, list[str]]]]:
    """Where each record begins, and what its tags say."""
    found = entries(numbered(text), grammar)
    return [(notes.line, dict(entry.tags)) for entry, notes in found]


def titled(entry: Entry, notes: Notes) -> Record:
    if entry.first("XX"):
        raise ValueError(entry.first("XX"))
    return Record(title=entry.first("TI"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("nothing here\n\nat all", []),
        ("TY: a\nTI: b\nER:", [(1, {"TY": ["a"], "TI": ["b"]})]),
        ("TY: a\nTI: b", [(1, {"TY": ["a"], "TI": ["b"]})]),
        ("TI: b\nER:", [(1, {"TI": ["b"]})]),
        ("ER:\nER:\nTY: a\nER:\nER:", [(3, {"TY": ["a"]})]),
        ("FN: file\nTY: a\nFN: again\nTI: b\nER:", [(2, {"TY": ["a"], "TI": ["b"]})]),
        ("a preface\n\nTY: a\nER:", [(3, {"TY": ["a"]})]),
        ("TY: a\nER:\nTI: noise\nmore of it\n\nTY: b\nER:", [(1, {"TY": ["a"]}), (6, {"TY": ["b"]})]),
        ("TY: a\nTI: b\nTY: c\nTI: d\nER:", [(1, {"TY": ["a"], "TI": ["b"]}), (3, {"TY": ["c"], "TI": ["d"]})]),
        ("TY: a\nTY: b\nTI: c\nER:", [(1, {"TY": ["a", "b"], "TI": ["c"]})]),
        ("TI: c\nTY: a\nER:", [(1, {"TI": ["c"], "TY": ["a"]})]),
        ("TY: a\n\n\nTI: b\nER:", [(1, {"TY": ["a"], "TI": ["b"]})]),
    ],
)
def test_records_with_an_end(text: str, expected: list[tuple[int, dict[str, list[str]]]]) -> None:
    assert taken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TY: a\nTI: b\n\nTY: c", [(1, {"TY": ["a"], "TI": ["b"]}), (4, {"TY": ["c"]})]),
        ("\n\nTY: a\n\n\n\nTI: b\n\n", [(3, {"TY": ["a"]}), (7, {"TI": ["b"]})]),
        ("TY: a\n \t\nTI: b", [(1, {"TY": ["a"]}), (3, {"TI": ["b"]})]),
        ("TY: a\nTI: b\nTY: c", [(1, {"TY": ["a"], "TI": ["b"]}), (3, {"TY": ["c"]})]),
        ("TY: a\n\nnoise\n\nTI: b", [(1, {"TY": ["a"]}), (5, {"TI": ["b"]})]),
    ],
)
def test_records_that_a_blank_line_ends(text: str, expected: list[tuple[int, dict[str, list[str]]]]) -> None:
    assert taken(text, BLANK) == expected


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("TI: one\ntwo\n  three", "TI", ["one two three"]),
        ("TI:\none", "TI", ["one"]),
        ("TI: one\n\ntwo", "TI", ["one two"]),
        ("AB: one\n  two  \nthree", "AB", ["one\ntwo\nthree"]),
        ("KW: one\ntwo\nthree", "KW", ["one", "two", "three"]),
        ("KW: one\nKW: two\nthree", "KW", ["one", "two", "three"]),
        ("TI: one\nTI: two\nthree", "TI", ["one", "two three"]),
        ("TI: one\nti: two", "TI", ["one ti: two"]),
    ],
)
def test_lines_that_go_on(text: str, tag: str, expected: list[str]) -> None:
    ((entry, _notes),) = entries(numbered(f"TY: a\n{text}\nER:"), ENDED)
    assert entry.tags[tag] == expected


def test_what_an_entry_says() -> None:
    ((entry, _notes),) = entries(numbered("TY: a\nAU:\nAU: one\nED: two\nAU: three\nZZ:  spaced   out \nYY:"), ENDED)
    assert entry.all("AU") == ["one", "three"]
    assert entry.all("ED", "AU", "QQ") == ["two", "one", "three"]
    assert (entry.first("QQ", "YY", "ED", "AU"), entry.first("QQ")) == ("two", "")
    assert entry.rest(frozenset({"TY", "AU"})) == {"ED": ("two",), "ZZ": ("spaced out",)}
    assert entry.rest(frozenset({"TY", "AU", "ED"}), "%") == {"%ZZ": ("spaced out",)}


@pytest.mark.parametrize(
    ("text", "title", "sentence"),
    [
        ("TY: a\nTI: b", "b", ""),
        ("TY: a", None, "no title"),
        ("TY: a\nTI: b\nXX: a bad thing", None, "could not be understood: a bad thing"),
    ],
)
def test_what_becomes_of_a_record(text: str, title: str | None, sentence: str) -> None:
    broken, good = read_tagged(numbered(f"\n{text}\nER:\nTY: a\nTI: next\nER:"), ENDED, titled)
    assert (broken.record and broken.record.title) == title
    assert [one.line for one in broken.problems] == ([2] if sentence else [])
    assert all(sentence in one.sentence and one.severity == "error" for one in broken.problems)
    assert good == Read(Record(title="next"), 4 + text.count("\n"), "TY: a\nTI: next")


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (Line(2, "TI: b", is_guessed=True), "TI", "not UTF-8"),
        (Line(2, "going on", is_guessed=True), "", "not UTF-8"),
        (Line(2, "TI: b", is_cut=True), "TI", "a million characters"),
    ],
)
def test_lines_that_are_not_as_they_were_are_told(line: Line, field: str, words: str) -> None:
    ((_entry, notes),) = entries([Line(1, "TY: a"), line, Line(3, "ER:")], ENDED)
    ((problem),) = notes.problems
    assert (problem.line, problem.field, problem.severity) == (2, field, "warning")
    assert words in problem.sentence


def test_problems_of_lines_between_records_are_nobodys() -> None:
    noise = Line(3, "noise", is_guessed=True)
    found = list(entries([Line(1, "TY: a"), Line(2, "ER:"), noise, Line(4, "TY: b")], ENDED))
    assert [notes.problems for _entry, notes in found] == [[], []]


def test_a_file_without_ends_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged, "MOST_LINES", 5)
    text = "TY: a\n" + "TI: b\n" * 20
    assert [(line, len(said["TI"])) for line, said in taken(text)] == [(1, 4)]


def test_the_text_of_a_record_is_kept_as_it_stood_up_to_a_length() -> None:
    (short,) = read_tagged(numbered("TY: a\nTI:  b \n  c\n\nER:"), ENDED, titled)
    assert short.raw == "TY: a\nTI:  b \n  c\n"
    (long,) = read_tagged(numbered("TY: a\nTI: b\nAB: " + "x" * 30_000), ENDED, titled)
    assert len(long.raw) == LONGEST_RAW


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["TY: a", "TI: b", "ER:", "", "go on", "KW: c", "FN: f"]), max_size=25))
def test_no_line_of_a_record_is_lost(said: list[str]) -> None:
    """Every line from a beginning to its end is in exactly one record, in its order."""
    found = list(entries(numbered("\n".join(["TY: a", *said])), ENDED))
    kept: list[str] = []
    is_open = True
    for line in ["TY: a", *said]:
        is_open = (is_open or line == "TY: a") and line != "ER:"
        kept += [line] * (is_open and line != "FN: f")
    assert [line for entry, _notes in found for line in entry.raw] == kept
    begins = [notes.line for _entry, notes in found]
    assert begins == sorted(set(begins))
