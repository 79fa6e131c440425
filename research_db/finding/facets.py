"""The facets beside the list: every term that would leave something, how many, and where choosing it leads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from research_db.finding.asking import Answer
from research_db.finding.vocabulary import Code, Entry, Group, Vocabulary

# A long facet shows so many; where only a few would be hidden, none are.
SHOWN, A_FEW = 7, 2
# So many are worth a box to look for one.
LONG = 15


@dataclass(frozen=True)
class Row:
    """A term with how many fit it beside everything else that is asked; `depth`: how many terms it is a part of."""

    code: Code
    label: str
    count: int
    depth: int
    is_chosen: bool

    @property
    def name(self) -> str:
        """What tells its box from others on the page."""
        return "-".join(self.code)


@dataclass(frozen=True)
class Face:
    """A facet as the page shows it."""

    key: str
    label: str
    rows: tuple[Row, ...]
    is_all: bool
    takes_all: bool

    @cached_property
    def first(self) -> tuple[Row, ...]:
        """What is seen at once."""
        return self.rows if len(self.rows) <= SHOWN + A_FEW else self.rows[:SHOWN]

    @cached_property
    def more(self) -> tuple[Row, ...]:
        """What one opens."""
        return self.rows[len(self.first) :]

    @property
    def is_open(self) -> bool:
        """Whether something hidden is chosen."""
        return any(row.is_chosen for row in self.more)

    @property
    def is_long(self) -> bool:
        """Whether a box to look for a term helps."""
        return len(self.rows) >= LONG

    @property
    def can_switch(self) -> bool:
        """Whether it makes a difference that any or all of the chosen are meant."""
        return not self.takes_all and (self.is_all or sum(row.is_chosen for row in self.rows) > 1)


def faces(answer: Answer, vocabulary: Vocabulary) -> list[Face]:
    """Every facet that has something to choose."""
    chosen = set(answer.criteria.chosen)
    found = [
        Face(
            group.key,
            group.label,
            tuple(_rows(group, None, answer.counts.get(group.key, {}), chosen, 0)),
            is_all=group.takes_all or group.key in answer.criteria.all_of,
            takes_all=group.takes_all,
        )
        for group in vocabulary.groups
    ]
    return [face for face in found if face.rows]


def _rows(group: Group, upper: Code | None, counts: Mapping[str, int], chosen: set[Code], depth: int) -> Iterator[Row]:
    """Terms with something to find or that are chosen, each followed by its parts; beside each other the most first."""

    def place(entry: Entry) -> tuple[int, int, str]:
        return entry.order, -counts.get(entry.code[1], 0), entry.label.casefold()

    for entry in sorted(group.below.get(upper, ()), key=place):
        count = counts.get(entry.code[1], 0)
        if count or entry.code in chosen:
            yield Row(entry.code, entry.label, count, depth, entry.code in chosen)
        yield from _rows(group, entry.code, counts, chosen, depth + 1)
