"""The evidence map: two facets against each other, how many publications for each pair, and where there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from network_site.ui.thread import pictures
from research_db.finding import index
from research_db.finding.asking import Counts, Seeking
from research_db.finding.criteria import Criteria, read
from research_db.finding.index import Now
from research_db.finding.vocabulary import ONLY, Code, Entry, Group, Words
from research_db.finding.wording import in_words

ROWS, COLUMNS, DEEP = "rows", "columns", "deep"
USUAL = ("intervention", "outcome")
MOST_STITCHES, IN_A_ROW = 24, 12


@dataclass(frozen=True)
class Cell:
    """How many publications are about both; `column`: what the column is about."""

    column: Words
    count: int
    address: str

    @property
    def stitches(self) -> SafeString:
        """One for each publication, up to some."""
        drawn = min(self.count, MOST_STITCHES)
        return pictures.row(drawn, drawn, per_row=IN_A_ROW)


@dataclass(frozen=True)
class Line:
    """A row of the map: a term, how deep in its tree, and its cells."""

    label: Words
    depth: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Map:
    """The map of what fits the criteria."""

    now: Now
    criteria: Criteria
    rows: Group
    columns: Group
    is_deep: bool

    @cached_property
    def heads(self) -> list[tuple[Entry, int]]:
        """The terms of the columns."""
        return list(self._entries(self.columns, None, 0))

    @cached_property
    def starts(self) -> list[tuple[Entry, int]]:
        """The terms of the rows."""
        return list(self._entries(self.rows, None, 0))

    @cached_property
    def lines(self) -> list[Line]:
        """The rows with their cells."""
        return [
            Line(entry.label, depth, tuple(self._cell(entry, head) for head, _depth in self.heads))
            for entry, depth in self.starts
        ]

    @cached_property
    def _crossed(self) -> Counts:
        return Seeking(self.criteria, self.now).crossed(self.rows.key, self.columns.key)

    def count(self, row: Entry, head: Entry) -> int:
        """How many publications are about both."""
        return self._crossed.get(row.code[1], {}).get(head.code[1], 0)

    def address(self, *entries: Entry) -> str:
        """What the list is asked for those about all of these."""
        chosen = {*self.criteria.chosen, *(entry.code for entry in entries)}
        return self.criteria.but(chosen=self.now.vocabulary.in_order(chosen)).query

    def _cell(self, row: Entry, head: Entry) -> Cell:
        return Cell(head.label, self.count(row, head), self.address(row, head))

    def _entries(self, group: Group, upper: Code | None, depth: int) -> Iterator[tuple[Entry, int]]:
        for entry in group.below.get(upper, ()):
            yield entry, depth
            if self.is_deep:
                yield from self._entries(group, entry.code, depth + 1)

    @property
    def query(self) -> str:
        """What the address of this map asks."""
        return self._address(is_deep=self.is_deep)

    @property
    def other_depth(self) -> str:
        """The same with the parts of terms, or without them."""
        return self._address(is_deep=not self.is_deep)

    def _address(self, *, is_deep: bool) -> str:
        own = {ROWS: self.rows.key, COLUMNS: self.columns.key, **({DEEP: "1"} if is_deep else {})}
        return f"?{urlencode(own)}{self.criteria.query.replace('?', '&', 1)}"

    @property
    def has_parts(self) -> bool:
        """Whether any term has parts to show."""
        return any(entry.upper for entry in (*self.rows.entries, *self.columns.entries))

    @property
    def choices(self) -> list[Group]:
        """The facets one can lay against each other."""
        return list(laid_out(self.now).values())

    @property
    def of(self) -> str:
        """What alone is laid out, in words; empty for everything."""
        return in_words(self.criteria, self.now.vocabulary) if self.criteria.is_asked else ""

    @property
    def of_all(self) -> str:
        """The address of the same two facets with everything."""
        return replace(self, criteria=Criteria()).query

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What the form keeps of the criteria."""
        return [(name, value) for name, values in QueryDict(self.criteria.query[1:]).lists() for value in values]


def evidence(asked: QueryDict) -> Map | None:
    """The map an address asks for; None before there is an index, or where there are not two facets to lay out."""
    now = index.site().now()
    if now is None:
        return None
    groups = laid_out(now)
    rows, columns = (
        _named(asked.get(name, ""), usual, groups) for name, usual in zip((ROWS, COLUMNS), USUAL, strict=True)
    )
    if rows is None or columns is None or rows == columns:
        return None
    criteria = read(asked, now.vocabulary)
    # What is laid out is shown whole, whatever of it is chosen in the list.
    others = tuple(code for code in criteria.chosen if code[0] not in {rows.key, columns.key})
    return Map(now, criteria.but(chosen=others), rows, columns, is_deep=asked.get(DEEP) == "1")


def laid_out(now: Now) -> dict[str, Group]:
    """The facets one can lay against each other, by their keys."""
    return {group.key: group for group in now.vocabulary.groups if group.key != ONLY and group.entries}


def _named(name: str, usual: str, groups: Mapping[str, Group]) -> Group | None:
    return groups.get(name) or groups.get(usual)
