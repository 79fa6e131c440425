"""The facets beside the list: every term that would leave something, how many, and where choosing it leads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from research_db.finding.asking import Answer
from research_db.finding.criteria import Criteria
from research_db.finding.vocabulary import Code, Entry, Group, Vocabulary

# A long facet shows so many; where only a few would be hidden, none are.
SHOWN, A_FEW = 7, 2
# So many are worth a box to look for one.
LONG = 15


class Row(NamedTuple):
    """A term, and the number that fit it beside everything else that is asked.

    `depth`: how many terms it is a part of. `other`: of a term that is asked for or left out, the address of the same
    search with that turned round.
    """

    code: Code
    label: str
    number: int
    depth: int
    other: str = ""
    is_left_out: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether its box is ticked."""
        return bool(self.other)


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

    @cached_property
    def counted(self) -> tuple[Row, ...]:
        """What is found or asked for: what is left out is only there to be taken back."""
        return tuple(row for row in self.rows if not row.is_left_out)

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
        return not self.takes_all and (self.is_all or sum(row.is_chosen for row in self.counted) > 1)


def faces(answer: Answer, vocabulary: Vocabulary) -> list[Face]:
    """Every facet that has something to choose."""
    asked = answer.criteria
    others = {code: turned_round(asked, code, vocabulary) for code in (*asked.chosen, *asked.excluded)}
    left_out = frozenset(asked.excluded)
    found = [
        Face(
            group.key,
            group.label,
            tuple(_Rows(group, answer.counts.get(group.key, {}), others, left_out).below(None, 0)),
            is_all=group.takes_all or group.key in asked.all_of,
            takes_all=group.takes_all,
        )
        for group in vocabulary.groups
    ]
    return [face for face in found if face.rows]


def turned_round(asked: Criteria, code: Code, vocabulary: Vocabulary) -> str:
    """The address of the same search where a term that is chosen is left out, or one that is left out is chosen."""
    return asked.but(
        chosen=vocabulary.in_order({*asked.chosen} ^ {code}), excluded=vocabulary.in_order({*asked.excluded} ^ {code})
    ).query


@dataclass(frozen=True)
class _Rows:
    """The rows of a facet; `others`: for each code that is chosen or left out, the address with that turned round."""

    group: Group
    counts: Mapping[str, int]
    others: Mapping[Code, str]
    left_out: frozenset[Code]

    def below(self, upper: Code | None, depth: int) -> Iterator[Row]:
        """Terms with something to find or that are asked, each followed by its parts."""
        for entry in sorted(self.group.below.get(upper, ()), key=self.place):
            code, count = entry.code, self.counts.get(entry.code[1], 0)
            if count or code in self.others:
                yield Row(code, entry.label, count, depth, self.others.get(code, ""), code in self.left_out)
            if code in self.group.below:
                yield from self.below(code, depth + 1)

    def place(self, entry: Entry) -> tuple[int, bool, int]:
        """Beside each other the most first; before them what is left out, which nothing counts any more."""
        return entry.order, entry.code not in self.left_out, -self.counts.get(entry.code[1], 0)
