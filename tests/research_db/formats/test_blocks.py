"""Blocks out of a BibTeX file: strings and joined values, what is broken and what it costs, and the memory it takes."""

import io
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats.reading import Format, Read, read
from research_db.formats.reading import blocks as module
from research_db.formats.reading.bibtex import decoded
from research_db.formats.reading.blocks import blocks, value_of
from research_db.formats.reading.lines import Line
from tests.research_db.formats.test_bibtex import ENTRIES

GOOD = "@misc{g, title = {Good}}"


def found(text: str) -> list[Read]:
    return list(read(text.encode(), known=Format.BIBTEX))


def titles(text: str) -> list[str]:
    return [one.record.title if one.record else "?" for one in found(text)]


def lines(text: str) -> list[Line]:
    return [Line(number, said) for number, said in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a}", "a"),
        ('"a"', "a"),
        ("2020", "2020"),
        ("bmj", "BMJ Open"),
        ("BMJ", "BMJ Open"),
        ("unknown", "unknown"),
        ("{bmj}", "bmj"),
        ("", ""),
        ("{}", ""),
        ('"', '"'),
        ('bmj # ", part " # 2', "BMJ Open, part 2"),
        ('{a # b} # "c # d" # {e}', "a # bc # de"),
        (r'"a {"}b{"} # c"', 'a {"}b{"} # c'),
        (r"{a \# b} # {c}", r"a \# bc"),
        ('"10~" # jan', "10~jan"),
        ("{The {NHS} plan}", "The {NHS} plan"),
    ],
)
def test_what_a_value_says(text: str, value: str) -> None:
    assert value_of(text, {"bmj": "BMJ Open"}) == value


def test_strings_are_known_from_where_they_stand_and_are_made_of_others() -> None:
    text = (
        '@misc{a, title={1}, publisher=who}\n@STRING{w = "World"}\n@string(who = w # { Health})\n'
        "@misc{b, title={2}, publisher=WHO}\n@string{who={New}}\n@misc{c, title={3}, publisher=who}"
    )
    assert [one.record.publisher for one in found(text) if one.record] == ["who", "World Health", "New"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ('month = "10~" # jan, year = 2020', "2020-01-10"),
        ("month = mar # {~3}, year = 2020", "2020-03-03"),
        ("month = {March}, day = 4, year = 2020", "2020-03-04"),
        ("month = {3}, day = {4}, year = 2020", "2020-03-04"),
        ("month = {Sept.}, year = 2020", "2020-09"),
        ("month = {Mar--Apr}, year = 2020", "2020"),
        ("month = {Spring}, year = 2020", "2020"),
        ("day = 4, year = 2020", "2020"),
        ("month = 13, year = 2020", "2020"),
    ],
)
def test_dates_as_people_write_them(fields: str, date: str) -> None:
    (one,) = found(f"@misc{{a, title={{A}}, {fields}}}")
    assert one.record
    assert str(one.record.date) == date


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("50% of {NHS} staff, 30\\% of others", "50% of NHS staff, 30% of others"),
        ("Health & {Social} Care \\& more", "Health & Social Care & more"),
        ("see \\href{https://example.org}{the {NHS} plan} now", "see the NHS plan now"),
        ("\\href", "\\href"),
        ("a--b's ``c''", "a–b’s “c”".replace("’", "'")),
    ],
)
def test_no_sign_of_tex_takes_words_with_it(text: str, shown: str) -> None:
    assert decoded(text) == shown


BROKEN = {
    "a brace never closed": "@misc{x, title = {Bad, year = 2000",
    "a quotation mark never closed": '@misc{x, title = "Bad, year = 2000',
    "a brace too few inside": "@misc{x, title = {Ba{d}, year = 2000}",
    "no equals sign": "@misc{x, title {Bad}}",
    "words after a value": "@misc{x, title = {Bad} oops = {x}}",
    "nothing but a beginning": "@misc{",
    "a string of two": "@string{s = {a} t = {b}}",
    "no title": "@misc{x, year = 2000}",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_entry_costs_only_itself(broken: str) -> None:
    text = f"{GOOD}\n\n{broken}\n{GOOD}\n{broken}\n{broken}\n{GOOD}"
    told = found(text)
    assert [one.record.title if one.record else "?" for one in told] == ["Good", "?", "Good", "?", "?", "Good"]
    assert [one.line for one in told] == [1, 3, 4, 5, 6, 7]
    assert [problem.line for one in told for problem in one.problems] == [3, 5, 6]
    assert all(one.raw.startswith(broken[:6]) for one in told if one.record is None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{a, title={1}} @misc{b, title={2}}\n@misc{c, title={3}}", ["1", "2", "3"]),
        ("@misc{\n  title={1}\n}\n@misc{key\n  title={2}\n}\n@misc{key\n, title={3}\n}", ["1", "2", "3"]),
        ("@misc{a,\n title={1},\n abstract={mail me\n @home or\na@b (x)}}", ["1"]),
        ("  @Misc {a,\n title={1}}", ["1"]),
        ("@comment{@misc{a, title={1}}}\n@misc{b, title={2}}", ["2"]),
        ('@preamble{"\\newcommand{\\x}{y}"}\n@misc{b, title={2}}', ["2"]),
        ("% a comment of TeX's\n@misc{b, title={2}}\nand words\n", ["2"]),
        ("@misc{a, title={1},}\n\n\n@misc{b, title={2},\n}", ["1", "2"]),
    ],
)
def test_where_entries_begin(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


def test_a_field_that_is_there_twice_keeps_its_first_and_is_told() -> None:
    (one,) = found("\n@article{a, title={A}, year=2020, Keywords={first}, keywords={second}, year=2021}")
    assert one.record
    assert (str(one.record.date), one.record.keywords) == ("2020", ("first",))
    assert [(problem.severity, problem.field, problem.line) for problem in one.problems] == [("warning", "year", 2)]


def test_the_raw_text_is_as_it_stood() -> None:
    text = "@Article{Okafor:2020,\n  title = {A}\n}"
    assert [one.raw for one in found(f"words\n{text}\n\n{text}\n")] == [text, text]


def test_what_is_not_utf8_is_told_of_its_entry_alone() -> None:
    data = f"{GOOD}\n@misc{{b,\n title={{Café}}}}\n{GOOD}".encode("cp1252")
    told = list(read(data, known=Format.BIBTEX))
    assert [one.record.title for one in told if one.record] == ["Good", "Café", "Good"]
    assert [[(one.severity, one.line) for one in read_.problems] for read_ in told] == [[], [("warning", 3)], []]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*BROKEN.values(), GOOD, "", *(text for text, _found in ENTRIES.values())]), max_size=6)
)
def test_together_they_are_the_same_as_alone(texts: list[str]) -> None:
    alone = [one for text in texts for one in found(text)]
    together = found("\n".join(texts))
    assert [(one.record, len(one.problems)) for one in together] == [(one.record, len(one.problems)) for one in alone]


def test_nothing_is_read_ahead_but_the_next_beginning() -> None:
    waiting = iter(lines("\n".join([GOOD] * 10)))
    assert len(list(islice(blocks(waiting), 2))) == 2
    assert len(list(waiting)) == 10 - 3


def test_the_memory_is_that_of_an_entry_and_not_of_the_file() -> None:
    entry = b"@misc{a, title={T}, abstract={%s}}\n" % (b"word " * 2_000)
    list(read(entry, known=Format.BIBTEX))
    file = io.BytesIO(entry * 400)
    tracemalloc.start()
    try:
        assert sum(1 for _read in read(file, known=Format.BIBTEX)) == 400
        assert tracemalloc.get_traced_memory()[1] < 1_500_000
    finally:
        tracemalloc.stop()


def test_lines_without_an_entry_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 1_000)
    assert titles(GOOD + "\n" + "words {and\n" * 1_000 + GOOD) == ["Good", "Good"]
    assert titles("@misc{a, title={A},\nabstract={" + "x\n" * 1_000 + "}}\n" + GOOD) == ["?", "Good"]
