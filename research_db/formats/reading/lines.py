"""A file's lines as text, whatever its encoding; bit by bit, so that no file is too large."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Longer lines are cut: no field of a record is, and a file without ends of lines must not fill the memory.
LONGEST = 1_000_000
BITE = 1 << 16
# \n, \r\n, \r, and \r\r\n as text has that went through Windows twice. Half an end waits for its other half.
END = re.compile(rb"\n|\r\r?\n|\r(?!\r?\Z)")
HALF_END = 2
MOST_HELD = LONGEST + 1 + HALF_END


class Line(NamedTuple):
    """A line without its end; `is_guessed`: it was no UTF-8 and was read as Windows text; `is_cut`: it was too long."""

    number: int
    text: str
    is_guessed: bool = False
    is_cut: bool = False


def lines(file: BinaryIO) -> Iterator[Line]:
    """Every line, numbered from 1. UTF-16 needs its byte-order mark; what is not UTF-8 is read as Windows-1252."""
    for number, line in enumerate(_split(pieces(file)), 1):
        yield _decoded(number, line)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file bit by bit, without its byte-order mark: as UTF-8 where the mark says what it is, else as it is."""
    start = file.read(4)
    encoding, skip = next(((name, len(mark)) for mark, name in BOMS if start.startswith(mark)), ("utf-8", 0))
    bites = _bites(file, start[skip:])
    if encoding == "utf-8":
        return bites
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return (decoder.decode(bite).encode("utf-8", "replace") for bite in bites)


def _bites(file: BinaryIO, start: bytes) -> Iterator[bytes]:
    yield start
    while bite := file.read(BITE):
        yield bite


def _split(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Lines without their ends; of one that is too long, more than is kept of it."""
    rest = b""
    for piece in pieces:
        *whole, rest = END.split(rest + piece)
        yield from whole
        if len(rest) > MOST_HELD:
            rest = rest[: LONGEST + 1] + rest[-HALF_END:]
    yield from rest.splitlines()


def _decoded(number: int, line: bytes) -> Line:
    # A zero is no text, and not every database takes one.
    kept, is_cut = line[:LONGEST].replace(b"\0", b""), len(line) > LONGEST
    try:
        # A cut may go through a letter of several bytes: what is left of it is left out.
        return Line(number, codecs.utf_8_decode(kept, "strict", not is_cut)[0], is_cut=is_cut)
    except UnicodeDecodeError:
        return Line(number, kept.decode("cp1252", "replace"), is_guessed=True, is_cut=is_cut)
