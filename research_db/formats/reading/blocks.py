"""The blocks of a BibTeX file one after the other, so that no file is too large and a broken one costs only itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from research_db.formats.reading.lines import Line

# Where the parser begins a new block whatever is still open, and so where a file may be cut.
OPENING = re.compile(r"\s*@\w*[ \t]*[{(]")
# A key that ends with its line and no comma, or none at all: the parser wants the comma.
WITHOUT_COMMA = re.compile(
    r"^(\s*@(?!string|comment|preamble)\w+[ \t]*[{(][ \t]*[^\s,={}\"]*)[ \t]*\n(?!\s*,)", re.IGNORECASE
)
JOINTS = re.compile(r'(?<!\\)[{}"#=]')
# So many characters are read as one block at most; no publication is as long.
LONGEST = 2_000_000


class Block(NamedTuple):
    """An entry, or what could not be read of one: then `fields` is None.

    Args:
        fields: from the name in small letters to the value: strings put in, without what encloses it, as TeX.
        repeated: fields that are said more than once; the first is kept, as BibTeX does.
        lines: where it stands; with what else stands on these lines.
    """

    line: int
    raw: str
    lines: list[Line]
    kind: str = ""
    fields: dict[str, str] | None = None
    repeated: frozenset[str] = frozenset()


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Every entry in order; a string is known from where it stands, as in BibTeX."""
    strings: dict[str, str] = {}
    for held in _cut(lines):
        yield from _parsed(held, strings)


def _cut(lines: Iterable[Line]) -> Iterator[list[Line]]:
    held: list[Line] = []
    size = 0
    for line in lines:
        if held and (size > LONGEST or OPENING.match(line.text)):
            yield held
            held, size = [], 0
        held.append(line)
        size += len(line.text)
    if held:
        yield held


def _parsed(held: list[Line], strings: dict[str, str]) -> Iterator[Block]:
    from bibtexparser.model import Entry, ParsingFailedBlock, String
    from bibtexparser.splitter import Splitter

    text = WITHOUT_COMMA.sub(r"\1,\n", "\n".join(line.text for line in held))
    for found in Splitter(text).split().blocks:
        if isinstance(found, String):
            yield from _remembered(found, held, strings)
        elif isinstance(found, Entry | ParsingFailedBlock):
            yield _block(found, held, strings)


def _remembered(found: Any, held: list[Line], strings: dict[str, str]) -> Iterator[Block]:
    """Nothing, unless the string cannot be understood."""
    try:
        strings[found.key.lower()] = value_of(found.value, strings)
    except ValueError:
        yield Block(held[0].number + found.start_line, found.raw, held)


def _block(found: Any, held: list[Line], strings: Mapping[str, str]) -> Block:
    line = held[0].number + (found.start_line or 0)
    # A key or a field that is there twice is an entry all the same.
    entry = getattr(found, "ignore_error_block", None) or found
    if not hasattr(entry, "fields"):
        return Block(line, found.raw, held)
    fields: dict[str, str] = {}
    try:
        for one in entry.fields:
            fields.setdefault(one.key.lower(), value_of(one.value, strings))
    except ValueError:
        return Block(line, entry.raw, held)
    repeated = frozenset(getattr(found, "duplicate_keys", ()))
    return Block(line, entry.raw, held, entry.entry_type, fields, repeated)


def value_of(text: str, strings: Mapping[str, str]) -> str:
    """What a value says: its pieces between “#” joined, in place of the name of a string what it stands for.

    Raises:
        ValueError: another field begins in it, for want of a comma.
    """
    return "".join(_without_enclosing(piece.strip(), strings) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for sign in _outside(text):
        if sign[0] == "=":
            raise ValueError("no comma")
        yield text[start : sign.start()]
        start = sign.end()
    yield text[start:]


def _outside(text: str) -> Iterator[re.Match[str]]:
    """The signs between pieces: in no braces and in no quotation marks."""
    depth = 0
    is_quoted = False
    for sign in JOINTS.finditer(text):
        if sign[0] in "{}":
            depth = max(0, depth + (1 if sign[0] == "{" else -1))
        elif sign[0] == '"':
            is_quoted ^= not depth
        elif not depth and not is_quoted:
            yield sign


def _without_enclosing(piece: str, strings: Mapping[str, str]) -> str:
    if len(piece) > 1 and piece[0] + piece[-1] in {"{}", '""'}:
        return piece[1:-1]
    return strings.get(piece.lower(), piece)
