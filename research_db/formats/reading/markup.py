"""XML element by element: nothing is held but what a listener keeps, whatever the file is like."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

Attributes = dict[str, str]
Start = Callable[[Attributes], None]
End = Callable[[], None]
PIECE = 1 << 16
# The parser remembers each name it met, each element that is open, and a tag until its end.
MOST_NAMES, DEEPEST, LONGEST_TAG = 5_000, 100, 1_000_000


class Refused(ValueError):
    """No program that people use writes such a file."""


class Listener:
    """Hears of the elements of one file that it knows, by their names without the prefix of the first.

    Args:
        starts: what is done where an element begins, with its attributes.
        ends: what is done where it ends.
    """

    def __init__(self, starts: Mapping[str, Start], ends: Mapping[str, End]) -> None:
        self._starts, self._ends = starts, ends
        self._depth = 0
        self.heard: list[str] | None = None  # where the text goes that is met now

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth == 1 and ":" in name:
            self._expect(name[: name.index(":") + 1])
        if self._depth > DEEPEST:
            raise Refused("deep")
        if begin := self._starts.get(name):
            begin(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if finish := self._ends.get(name):
            finish()

    def text(self, text: str) -> None:
        """Some text, of which the rest may come later."""
        if self.heard is not None:
            self.heard.append(text)

    def _expect(self, prefix: str) -> None:
        self._starts = {prefix + name: begin for name, begin in self._starts.items()}
        self._ends = {prefix + name: finish for name, finish in self._ends.items()}


def told(file: IO[bytes], listener: Listener) -> Iterator[None]:
    """Tell a listener of a file, and pause after each piece of it, so that what it has kept can be taken from it.

    Raises:
        Refused: no program would write this.
        ExpatError: it is no XML.
    """
    names: dict[str, str] = {}
    parser = expat.ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = listener.start, listener.end
    parser.CharacterDataHandler = listener.text
    # Without a document type there are no entities, which can grow or lead elsewhere.
    parser.StartDoctypeDeclHandler = _refuse
    given = 0
    while piece := file.read(PIECE):
        parser.Parse(piece, False)
        given += len(piece)
        if len(names) > MOST_NAMES or given - parser.CurrentByteIndex > LONGEST_TAG:
            raise Refused("swollen")
        yield
    parser.Parse(b"", True)
    yield


def _refuse(*_type: object) -> None:
    raise Refused("a document type")
