"""The rows of a table of text; one whose quotation never ends costs only its first line."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from research_db.formats.reading.lines import Line

DELIMITERS = ",;\t"
# A hostile file has a broken row on every line, each looking for its end through all that a cell may hold.
MOST_REREAD = 500


class Row(NamedTuple):
    """The cells of a row, None where it could not be read; the line it begins at; its lines, where it has any."""

    line: int
    cells: list[str] | None
    lines: Sequence[Line] = ()


def rows(lines: Iterable[Line]) -> Iterator[Row]:
    """Every row, the cells apart at whichever sign the first line has most of."""
    text = _Text(lines)
    reader = csv.reader(text, delimiter=text.delimiter())
    reread = 0
    while text.goes_on():
        try:
            cells = next(reader)
            is_whole = not text.is_over
        except csv.Error:  # the cell is longer than csv's own limit, most often for want of a quotation mark
            is_whole = False
        if is_whole or reread >= MOST_REREAD:
            yield Row(text.given[0].number, cells if is_whole else None, text.given)
            continue
        reread += 1
        yield Row(text.given[0].number, None, text.given[:1])
        text.take_back()


class _Text:
    """Lines as csv asks for them: those of a row that came to nothing are given once more."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = iter(lines)
        self.coming: deque[Line] = deque()
        self.given: list[Line] = []
        self.is_over = False  # csv asked for more than there is, so that the row has no end

    def delimiter(self) -> str:
        """What the cells are apart by; lines before the first that says something are passed over."""
        while self.goes_on() and not self.coming[0].text.strip():
            self.coming.popleft()
        return max(DELIMITERS, key=self.coming[0].text.count) if self.coming else ","

    def goes_on(self) -> bool:
        """Whether there is another row."""
        self.given, self.is_over = [], False
        if not self.coming:
            self.coming.extend(line for line in (next(self.lines, None),) if line)
        return bool(self.coming)

    def take_back(self) -> None:
        """Give the lines after the first of this row again."""
        self.coming.extendleft(reversed(self.given[1:]))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.coming.popleft() if self.coming else next(self.lines, None)
        if line is None:
            self.is_over = True
            raise StopIteration
        self.given.append(line)
        return f"{line.text}\n"
