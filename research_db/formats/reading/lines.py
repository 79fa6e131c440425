"""A file's lines as text, whatever its encoding; bit by bit, so that no file is too large."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Longer lines are cut: no field of a record is, and a file without ends of lines must not fill the memory.
LONGEST = 1_000_000
BITE = 1 << 16


class Line(NamedTuple):
    """A line without its end; `is_guessed`: it was no UTF-8 and was read as Windows text; `is_cut`: it was too long."""

    number: int
    text: str
    is_guessed: bool = False
    is_cut: bool = False


def lines(file: BinaryIO) -> Iterator[Line]:
    """Every line, numbered from 1. UTF-16 needs its byte-order mark; what is not UTF-8 is read as Windows-1252."""
    start = file.read(4)
    encoding, skip = next(((name, len(mark)) for mark, name in BOMS if start.startswith(mark)), ("utf-8", 0))
    pieces = _pieces(file, start[skip:])
    if encoding.startswith("utf-16"):
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        pieces = (decoder.decode(piece).encode("utf-8", "replace") for piece in pieces)
    for number, (line, is_cut) in enumerate(_split(pieces), 1):
        yield _decoded(number, line, is_cut)


def _pieces(file: BinaryIO, start: bytes) -> Iterator[bytes]:
    yield start
    while piece := file.read(BITE):
        yield piece


def _split(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines that end with \\n, \\r\\n or \\r, each with whether it was cut."""
    rest, dropped = b"", False
    for piece in pieces:
        *whole, rest = (rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        for line in whole:
            for part in line.split(b"\r") if not line.endswith(b"\r") else [line]:
                yield part[:LONGEST], dropped or len(part) > LONGEST
                dropped = False
        if len(rest) > LONGEST:
            rest, dropped = rest[:LONGEST], True
    for part in rest.split(b"\r"):
        if part or dropped:
            yield part, dropped


def _decoded(number: int, line: bytes, is_cut: bool) -> Line:
    line = line.removesuffix(b"\r")
    try:
        return Line(number, line.decode(), is_cut=is_cut)
    except UnicodeDecodeError:
        return Line(number, line.decode("cp1252", "replace"), is_guessed=not is_cut, is_cut=is_cut)
