"""Items out of a JSON file: wherever it is cut by reading, whatever is broken in it, with the lines of an editor."""

import io
import json
import tracemalloc
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats.reading import items as module
from research_db.formats.reading import read
from research_db.formats.reading.items import Item, Splitter, items
from tests.research_db.formats.test_lines import Dribble

ANY: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from('a"\\[]{},:é\n\u2028'), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab"\\{]', max_size=3), inner, max_size=3),
    max_leaves=8,
)
MAPPING = st.dictionaries(st.sampled_from(["title", "issued", 'a"b', "{", "]"]), ANY, max_size=4)
LAYOUTS = [{}, {"indent": 2}, {"indent": 0}, {"separators": (",", ":")}, {"ensure_ascii": False}]


def told(data: bytes, size: int = 0) -> list[tuple[int, bytes]]:
    file = Dribble(data, size) if size else io.BytesIO(data)
    return list(map(tuple, items(cast("BinaryIO", file))))  # type: ignore[arg-type]


def titles(data: bytes) -> list[str]:
    return [one.record.title if one.record else "?" for one in read(data, name="a.json")]


@settings(max_examples=80, deadline=None)
@given(st.lists(MAPPING, max_size=5), st.sampled_from(LAYOUTS), st.booleans(), st.integers(1, 9))
def test_a_list_comes_apart_into_what_it_was_made_of(
    said: list[dict[str, Any]], layout: dict[str, Any], is_wrapped: bool, size: int
) -> None:
    whole = {"total": [{"of": "all"}], "items": said, "next": None} if is_wrapped else said
    text = json.dumps(whole, **layout)
    found = told(text.encode(), size)
    assert [json.loads(one) for _line, one in found] == said
    assert found == told(text.encode())
    for line, one in found:
        assert one.decode().split("\n")[0] in text.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (b" \n ", []),
        (b"[]", []),
        (b"[\n]\n", []),
        (b'{"items": []}', []),
        (b"{}", [(1, b"{}")]),
        (b'{"a": [1]}', [(1, b'{"a": [1]}')]),
        (b'{"custom": {"items": [1]}}', [(1, b'{"custom": {"items": [1]}}')]),
        (b'{"n": 2, "items" :\n [{"a": 1},\n {"b": 2}], "next": {"c": 3}}', [(2, b'{"a": 1}'), (3, b'{"b": 2}')]),
        (b"\n\r\n[\r\n{},\r{}\n,{}]", [(4, b"{}"), (5, b"{}"), (6, b"{}")]),
        (b'{"a": 1}\n{"b": 2}\n', [(1, b'{"a": 1}'), (2, b'{"b": 2}')]),  # one a line, as some exports are
        (b'[{"a": 1}]\n[{"b": 2}]', [(1, b'{"a": 1}'), (2, b'{"b": 2}')]),  # two files in one
        (b'[{"a": "[{\\"]"}, {}]', [(1, b'{"a": "[{\\"]"}'), (1, b"{}")]),
        (b"[1,\n null, {}, [], true]", [(1, b"1"), (2, b"null"), (2, b"{}"), (2, b"[]"), (2, b"true")]),
        (b"[{},,{},]", [(1, b"{}"), (1, b"{}")]),
        (b"7", [(1, b"7")]),
        (b"call([{}])", [(1, b"call("), (1, b"{}"), (1, b")")]),
        # Broken: an item without an end, a bracket too many, a quotation mark too few.
        (b'[{"a": 1},\n{"b": [2', [(1, b'{"a": 1}'), (2, b'{"b": [2')]),
        (b'[{"a": 1},\n', [(1, b'{"a": 1}'), (2, b"")]),
        (b"[{}}, {}]]", [(1, b"{}"), (1, b"{}")]),
        (b'[{"a": "x},\n"b": 1},\n{}]', [(1, b'{"a": "x},\n"b": 1}'), (3, b"{}")]),
    ],
)
def test_small_files(data: bytes, found: list[tuple[int, bytes]]) -> None:
    assert told(data) == found
    assert told(data, 1) == found


def test_a_file_on_one_line_is_read_whole() -> None:
    said = [{"title": f"Study {number}", "abstract": "x" * 500} for number in range(4_000)]
    data = json.dumps(said).encode()
    assert b"\n" not in data
    assert len(data) > 2_000_000
    assert titles(data) == [f"Study {number}" for number in range(4_000)]


def test_the_memory_is_that_of_an_item_and_not_of_the_file() -> None:
    said = b"[" + b",\n".join(
        b'{"title": "%06d", "abstract": "%s"}' % (number, b"x" * 9_000) for number in range(1_000)
    )
    file = io.BytesIO(said + b"]")
    tracemalloc.start()
    try:
        assert sum(1 for _item in items(file)) == 1_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_an_item_too_long_for_a_publication_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 1_000)
    splitter = Splitter()
    assert list(splitter.feed(b'[{"a": 1},\n{"b": "')) == [Item(1, b'{"a": 1}')]
    assert list(splitter.feed(b"x" * 1_000)) == []
    assert splitter.is_over
    (left,) = splitter.close()
    assert left.line == 2


@pytest.mark.parametrize(
    ("data", "expected", "line"),
    [
        (b'[{"title": "A"},\n{"title": "B"},\n{oops},\n{"title": "C"}]', ["A", "B", "?", "C"], 3),
        (b'[{"title": "A"},\n{"title":\n "B",\n "DOI": 10.1/x},\n{"title": "C"}]', ["A", "?", "C"], 4),
        (b'[{"title": "A"},\n{"title": "B\n},\n{"title": "C"}]', ["A", "?", "C"], 2),
        (b'[{"title": "A"},\n{"title": "B", "author": [{"family": "L', ["A", "?"], 2),
        (b'[{"title": "A"},\n\n7,\n{"title": "C"}]', ["A", "?", "C"], 3),
        (b'[{"title": "A"},\n', ["A", "?"], 2),
        (b"[" * 100_000, ["?"], 1),
        (b'{"a":' * 50_000, ["?"], 1),
        (b'[{"title": "A", "volume": ' + b"1" * 5_000 + b"}]", ["?"], 1),
    ],
)
def test_what_is_broken_is_told_with_its_line_and_the_others_are_kept(
    data: bytes, expected: list[str], line: int
) -> None:
    assert titles(data) == expected
    (problem,) = (problem for one in read(data, name="a.json") for problem in one.problems)
    assert (problem.severity, problem.line) == ("error", line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    data = '[{"title": "Plain"},\n{"title": "Café – Siân’s"}]'.encode(encoding)
    assert titles(data) == ["Plain", "Café – Siân’s"]
    warned = [(problem.severity, problem.line) for one in read(data, name="a.json") for problem in one.problems]
    assert warned == ([("warning", 2)] if encoding == "cp1252" else [])
