"""What is missing: pairs of terms that few publications or none are about, and terms that none is about."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict

from research_db.finding.asking import Counts, Seeking
from research_db.finding.criteria import Criteria
from research_db.finding.evidence import Map, evidence
from research_db.finding.vocabulary import KIND, ONLY, Entry, Words

# So many are few.
FEW = 2
# So many gaps stand on the page; the spreadsheet has them all.
SHOWN = 30


@dataclass(frozen=True)
class Gap:
    """Two terms and how many publications are about both, about the one, and about the other."""

    row: Entry
    column: Entry
    count: int
    of_row: int
    of_column: int
    address: str
    row_address: str
    column_address: str

    @property
    def weight(self) -> int:
        """How much one would expect to be there: two things that are studied often, never together, come first."""
        return self.of_row * self.of_column


@dataclass(frozen=True)
class Gaps:
    """The gaps of a map with all of its terms."""

    map: Map

    @cached_property
    def _counts(self) -> Counts:
        return Seeking(self.map.criteria, self.map.now, with_counts=True).counts()

    @cached_property
    def every(self) -> list[Gap]:
        """Every pair with few or none, of terms that something is about, those one would expect first.

        Where no publication is about a term and another, none is about a part of it and the other: that goes without
        saying, and is not said.
        """
        rows, columns = (self._studied(side) for side in (self.map.starts, self.map.heads))
        found = [self._gap(row, column) for row in rows for column in columns if self._is_gap(row, column)]
        return sorted(found, key=lambda gap: -gap.weight)

    def _studied(self, side: list[tuple[Entry, int]]) -> list[Entry]:
        return [entry for entry, _depth in side if self._of(entry)]

    def _of(self, entry: Entry) -> int:
        facet, slug = entry.code
        return self._counts.get(facet, {}).get(slug, 0)

    def _is_gap(self, row: Entry, column: Entry) -> bool:
        count = self.map.count(row, column)
        return count <= FEW and (count > 0 or not self._goes_without_saying(row, column))

    def _goes_without_saying(self, row: Entry, column: Entry) -> bool:
        entries = self.map.now.vocabulary.entries
        above = [(entries[row.upper], column)] if row.upper else []
        above += [(row, entries[column.upper])] if column.upper else []
        return any(not self.map.count(*pair) for pair in above)

    def _gap(self, row: Entry, column: Entry) -> Gap:
        address, count = self.map.address, self.map.count(row, column)
        return Gap(
            row, column, count, self._of(row), self._of(column), address(row, column), address(row), address(column)
        )

    @property
    def none(self) -> list[Gap]:
        """Pairs that nothing is about."""
        return [gap for gap in self.every if not gap.count]

    @property
    def few(self) -> list[Gap]:
        """Pairs that one or two publications are about."""
        return [gap for gap in self.every if gap.count]

    @property
    def groups(self) -> Iterator[tuple[str, list[Gap], int]]:
        """Both, as the page shows them: "none" or "few", the first of them, and how many there are."""
        for name, found in (("none", self.none), ("few", self.few)):
            yield name, found[:SHOWN], len(found)

    @cached_property
    def unstudied(self) -> list[tuple[Words, list[Entry]]]:
        """The terms of each of the editors' facets that no publication is about."""
        groups = [group for group in self.map.now.vocabulary.groups if group.key not in {KIND, ONLY}]
        found = [(group.label, [entry for entry in group.entries if not self._of(entry)]) for group in groups]
        return [(label, entries) for label, entries in found if entries]

    @property
    def criteria(self) -> Criteria:
        """What is asked."""
        return self.map.criteria


def gaps(asked: QueryDict) -> Gaps | None:
    """The gaps an address asks for; None where the map of the same has nothing to lay out."""
    found = evidence(asked)
    return Gaps(replace(found, is_deep=True)) if found else None
