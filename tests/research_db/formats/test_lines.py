"""Lines out of bytes: every encoding, every end, cuts of what is too long, and numbers that are those of an editor."""

import codecs
import io
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats.reading import lines as module
from research_db.formats.reading.lines import BITE, LONGEST, Line, lines

TEXT = "TI  - Café Ŵyl\nAB  - “quoted”\n\nER  - \n"
SPLIT = ["TI  - Café Ŵyl", "AB  - “quoted”", "", "ER  - "]


class Dribble(io.RawIOBase):
    """A file that gives a few bytes at a time, so that every end and letter is cut somewhere."""

    def __init__(self, data: bytes, size: int) -> None:
        self.opened, self.size = io.BytesIO(data), size

    def read(self, size: int = -1) -> bytes:
        return self.opened.read(self.size)


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(io.BytesIO(data))]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encodings_and_ends(mark: bytes, encoding: str, end: str) -> None:
    data = mark + TEXT.replace("\n", end).encode(encoding)
    assert list(lines(io.BytesIO(data))) == [Line(number, text) for number, text in enumerate(SPLIT, 1)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"\r\n", [""]),
        (b"\r", [""]),
        (b"\r\r\r", ["", "", ""]),
        (b"\n\n", ["", ""]),
        (b"a", ["a"]),
        (b"a\n", ["a"]),
        (b"a\nb", ["a", "b"]),
        (b"a\rb\nc\r\nd", ["a", "b", "c", "d"]),
        (b"a\r\rb\r", ["a", "", "b"]),
        (b"a\r\n\r\nb", ["a", "", "b"]),
        (b"a\n\rb", ["a", "", "b"]),
        (b"a\x0bb\x0cc\x1cd", ["a\x0bb\x0cc\x1cd"]),
        ("a\u2028b\u0085c".encode(), ["a\u2028b\u0085c"]),
        (codecs.BOM_UTF8, []),
        (b"\xff\xfe\x00", []),
        (b"\xff\xfea\x00\x3d\xd8", ["a"]),
    ],
)
def test_small_files(data: bytes, expected: list[str]) -> None:
    assert texts(data) == expected


@pytest.mark.parametrize(
    ("data", "text", "is_guessed"),
    [
        ("naïve".encode(), "naïve", False),
        ("naïve".encode("cp1252"), "naïve", True),
        ("“Siân” – €5".encode("cp1252"), "“Siân” – €5", True),
        (b"a\x81b", "a\ufffdb", True),
        (b"\xc3", "Ã", True),
    ],
)
def test_what_is_not_utf8_is_windows_text(data: bytes, text: str, is_guessed: bool) -> None:
    assert list(lines(io.BytesIO(data + b"\nplain"))) == [Line(1, text, is_guessed), Line(2, "plain")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([b"\r", b"\n", b"a", "é".encode(), b"\r\n", b"\xe9"]), max_size=12), st.integers(1, 5))
def test_where_a_file_is_cut_by_reading_changes_nothing(parts: list[bytes], size: int) -> None:
    data = b"".join(parts)
    slow = list(lines(cast("BinaryIO", Dribble(data, size))))
    assert slow == list(lines(io.BytesIO(data)))
    assert [line.number for line in slow] == list(range(1, len(slow) + 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abé –\t", max_size=5), max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_come_back(said: list[str], end: str) -> None:
    assert texts("".join(line + end for line in said).encode()) == said


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_file_of_many_bites_is_whole(end: bytes) -> None:
    wanted = [f"line {number}" for number in range(150_000)]
    data = end.join(line.encode() for line in wanted)
    assert len(data) > LONGEST + BITE
    found = list(lines(io.BytesIO(data)))
    assert [line.text for line in found] == wanted
    assert not any(line.is_cut for line in found)


@pytest.mark.parametrize(
    ("over", "is_cut"), [(-1, False), (0, False), (1, True), (2, True), (3, True), (4, True), (5 * BITE, True)]
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n", b"\r", b""])
def test_a_line_is_cut_at_the_longest(monkeypatch: pytest.MonkeyPatch, over: int, is_cut: bool, end: bytes) -> None:
    longest = 2 * BITE
    monkeypatch.setattr(module, "LONGEST", longest)
    monkeypatch.setattr(module, "MOST_HELD", longest + 1 + module.HALF_END)
    found = list(lines(io.BytesIO(b"x" * (longest + over) + end + b"next" * bool(end))))
    assert [(len(line.text), line.is_cut) for line in found] == [
        (min(longest + over, longest), is_cut),
        *([(4, False)] if end else []),
    ]


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_cut_through_a_letter_keeps_the_letters_before_it(before: int) -> None:
    (found,) = lines(io.BytesIO(b"x" * before + "€".encode() * 400_000))
    assert found.is_cut
    assert not found.is_guessed
    assert set(found.text[before:]) == {"€"}
    assert len(found.text.encode()) in {LONGEST - 2, LONGEST - 1, LONGEST}


def test_windows_text_that_is_cut_is_told_as_both() -> None:
    (found,) = lines(io.BytesIO(b"\xe9 " * LONGEST))
    assert (found.is_cut, found.is_guessed, found.text[:3]) == (True, True, "é é")
