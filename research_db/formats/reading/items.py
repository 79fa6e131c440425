"""The items of a JSON file one after the other, so that no file is too large and a broken item costs only itself."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from research_db.formats.reading.lines import END, pieces

# Up to the next bracket that is not in a string. A string ends with its line, so that a lost quotation mark harms one.
NEXT = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\\r\n]++|\\.)*+(?:"|(?=[\r\n])))*+([{}\[\]])', re.DOTALL)
# How a mapping says which of its lists is that of the items.
LISTED = re.compile(rb'"items"\s*:\s*\Z')
BETWEEN = b" \t\r\n,"
# No publication is as long: an item that never ends must not fill the memory.
LONGEST = 4_000_000


class Item(NamedTuple):
    """An item as its bytes stand in the file, and the line it begins at."""

    line: int
    text: bytes


def items(file: BinaryIO) -> Iterator[Item]:
    """Every item of a JSON file: of its list, of the list that its mapping calls `items`, or the mapping itself.

    Items are not looked into; the last of a file that was cut off has no end. After one that is too long for a
    publication nothing is read.
    """
    splitter = Splitter()
    for piece in pieces(file):
        yield from splitter.feed(piece)
        if splitter.is_over:
            break
    yield from splitter.close()


class Splitter:
    """Tells by the brackets where items begin and end; a bracket too many is passed over."""

    def __init__(self) -> None:
        self.held, self.line = b"", 1
        # So much of what is held was looked at; so many brackets are open; so many of them are round every item.
        self.at = self.depth = self.floor = 0
        self.is_over = False

    def feed(self, piece: bytes) -> Iterator[Item]:
        """The items that end in this piece."""
        self.held += piece
        while not self.is_over and (found := NEXT.match(self.held, self.at)):
            before, self.at = self.at, found.end()
            yield from self._opened(before) if found[1] in b"[{" else self._closed()
        self.is_over = self.is_over or len(self.held) > LONGEST

    def close(self) -> Iterator[Item]:
        """What is left and is not the end of a list."""
        if self.depth or self.held.strip(BETWEEN):
            yield self._taken(len(self.held))

    def _opened(self, before: int) -> Iterator[Item]:
        if self.depth == self.floor:
            yield from self._between(self.at - 1)
        if self.floor == 0 and self._is_their_list(before):
            self._forget(self.at)
            self.floor = self.depth + 1
        self.depth += 1

    def _is_their_list(self, before: int) -> bool:
        """Whether the bracket just read begins the list of the items."""
        if self.held[self.at - 1 : self.at] != b"[":
            return False
        return self.depth == 0 or (self.depth == 1 and bool(LISTED.search(self.held, before, self.at - 1)))

    def _closed(self) -> Iterator[Item]:
        if self.depth > self.floor:
            self.depth -= 1
            if self.depth == self.floor:
                yield self._taken(self.at)
            return
        yield from self._between(self.at - 1)
        if self.floor and self.held.startswith(b"]"):
            self.is_over = self.floor > 1
            self.depth = self.floor = 0
        self._forget(len(self.held) if self.is_over else 1)

    def _between(self, end: int) -> Iterator[Item]:
        """What stands between two items: should it be more than a comma, they are items too, without brackets."""
        for part in self.held[:end].split(b","):
            if part.strip(BETWEEN):
                yield self._item(part)
            self.line += _ends(part)
        self._forget(end, is_counted=True)

    def _taken(self, end: int) -> Item:
        item = self._item(self.held[:end])
        self._forget(end)
        return item

    def _item(self, text: bytes) -> Item:
        bare = text.lstrip(BETWEEN)
        return Item(self.line + _ends(text[: len(text) - len(bare)]), bare.rstrip(BETWEEN))

    def _forget(self, end: int, *, is_counted: bool = False) -> None:
        if not is_counted:
            self.line += _ends(self.held[:end])
        self.held, self.at = self.held[end:], max(0, self.at - end)


def _ends(text: bytes) -> int:
    return len(END.findall(text + b" "))  # what comes next, so that no end of a line is half of one
