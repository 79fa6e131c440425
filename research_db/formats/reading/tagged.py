"""Files of lines that begin with a tag: RIS, PubMed, Web of Science and EndNote are four grammars of one reader.

Kept libraries lose records without a word where a file is not quite as it should be; this one never drops a line that
belongs to a record, and says where each began.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.record import Record
from research_db.formats.text import tidy

# No publication has so many lines; a file without ends of records must not fill the memory.
MOST_LINES = 50_000


@dataclass
class Entry:
    """One record of tags, in their order."""

    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    raw: list[str] = field(default_factory=list)
    last: str = ""

    def all(self, *tags: str) -> list[str]:
        """Every value of these tags, in the order given, that is not empty."""
        return [value for tag in tags for value in self.tags.get(tag, ()) if value]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one."""
        return next(iter(self.all(*tags)), "")

    def rest(self, known: frozenset[str], mark: str = "") -> dict[str, tuple[str, ...]]:
        """Every tag that is not known, with the mark before it, and its tidy values."""
        return {
            f"{mark}{tag}": values
            for tag in self.tags
            if tag not in known and (values := tuple(filter(None, map(tidy, self.all(tag)))))
        }


@dataclass(frozen=True)
class Grammar:
    """How a format writes its tags.

    Args:
        tag: a line that begins a value: the groups are the tag and the value.
        starts: the tag that begins a record.
        ends: the tag that ends one, if any.
        blank_ends: an empty line ends a record that has something to say.
        listed: tags whose further lines are further values rather than the rest of one.
        keeps_lines: tags whose lines stay lines.
        outside: tags that belong to the file, not to a record.
    """

    tag: re.Pattern[str]
    starts: frozenset[str]
    ends: str = ""
    blank_ends: bool = False
    listed: frozenset[str] = frozenset()
    keeps_lines: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()

    def taken_apart(self, text: str) -> tuple[str, str]:
        """The tag of a line and its value; both empty where it has none."""
        found = self.tag.match(text)
        return (found[1], (found[2] or "").strip()) if found else ("", "")

    def is_outside(self, tag: str) -> bool:
        """Whether a line of this tag belongs to no record."""
        return bool(tag) and (tag == self.ends or tag in self.outside)

    def begins(self, tag: str, *, is_first: bool) -> bool:
        """Whether a record begins here; what stands between two is noise, unless the format has no sign of a start."""
        return bool(tag) and (is_first or self.blank_ends or tag in self.starts)


Understand = Callable[[Entry, Notes], Record]


def read_tagged(lines: Iterable[Line], grammar: Grammar, understand: Understand) -> Iterator[Read]:
    """Every record of a tagged file."""
    for entry, notes in entries(lines, grammar):
        yield _read(entry, notes, understand)


def _read(entry: Entry, notes: Notes, understand: Understand) -> Read:
    return notes.read(notes.understood(lambda: understand(entry, notes)), "\n".join(entry.raw))


def entries(lines: Iterable[Line], grammar: Grammar) -> Iterator[tuple[Entry, Notes]]:
    """The records as tags, each with what is wrong with its lines."""
    entry: Entry | None = None
    notes = Notes(1)
    is_first = True
    for line in lines:
        tag, value = grammar.taken_apart(line.text)
        if entry and _is_over(entry, tag, line, grammar):
            yield entry, notes
            entry, is_first = None, False
        if grammar.is_outside(tag):
            continue
        if entry is None:
            if not grammar.begins(tag, is_first=is_first):
                continue
            entry, notes = Entry(), Notes(line.number)
        notes.tell_of(line, tag)
        _take(entry, tag, value, line, grammar)
    if entry:
        yield entry, notes


def _take(entry: Entry, tag: str, value: str, line: Line, grammar: Grammar) -> None:
    entry.raw.append(line.text)
    if tag:
        entry.tags[tag].append(value)
        entry.last = tag
    elif line.text.strip():
        _go_on(entry, line.text.strip(), grammar)


def _is_over(entry: Entry, tag: str, line: Line, grammar: Grammar) -> bool:
    if tag and tag == grammar.ends:
        return True
    if tag in grammar.starts and entry.tags.get(tag):
        # A second beginning after nothing but beginnings is a slip, not a record.
        return any(other not in grammar.starts for other in entry.tags)
    return len(entry.raw) >= MOST_LINES or (grammar.blank_ends and not line.text.strip())


def _go_on(entry: Entry, text: str, grammar: Grammar) -> None:
    """A line without a tag goes on with the value before it."""
    values = entry.tags[entry.last]
    if entry.last in grammar.listed or not values:
        values.append(text)
    else:
        joint = "\n" if entry.last in grammar.keeps_lines else " "
        values[-1] = f"{values[-1]}{joint}{text}".strip()
