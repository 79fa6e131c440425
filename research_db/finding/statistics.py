"""What fits, in figures: by year, by each facet, and how much of it is free to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from research_db.finding.asking import Seeking
from research_db.finding.criteria import ANY_YEAR, Criteria, Years
from research_db.finding.facets import Face
from research_db.finding.listing import Listing, listing
from research_db.finding.vocabulary import ONLY, Code, Words

# So many years stand singly; what is older is counted together.
MOST_YEARS = 40
WHOLE = 100


@dataclass(frozen=True)
class Bar:
    """How many of what, where the list shows them, and how long its bar is beside the longest, in per cent."""

    label: Words
    count: int
    share: float
    address: str
    depth: int = 0
    is_chosen: bool = False


@dataclass(frozen=True)
class Table:
    """One question with its bars."""

    key: str
    label: Words
    bars: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((bar.count for bar in self.bars), default=0)


@dataclass(frozen=True)
class Statistics:
    """The figures of a list. Every number is that of the list its address leads to."""

    listing: Listing

    @property
    def criteria(self) -> Criteria:
        """What is asked."""
        return self.listing.criteria

    @cached_property
    def _by_year(self) -> dict[int, int]:
        return Seeking(self.criteria, self.listing.now).years()

    @cached_property
    def years(self) -> Table:
        """Every year from the first to the last, with those in which nothing came out."""
        return Table("year", _("Year"), tuple(_bars(list(self._years()))))

    def _years(self) -> Iterator[tuple[Words, int, str]]:
        counts = self._by_year
        if not counts:
            return
        last = max(counts)
        first = max(min(counts), last - MOST_YEARS + 1)
        if early := sum(count for year, count in counts.items() if year < first):
            earliest = self.criteria.years[0]
            yield _("Before %(year)s") % {"year": first}, early, self._address_of((earliest, first - 1))
        for year in range(first, last + 1):
            yield str(year), counts.get(year, 0), self._address_of((year, year))

    def _address_of(self, years: Years) -> str:
        return self.criteria.but(years=years).query

    @property
    def without_a_year(self) -> int:
        """How many of those that fit say no year."""
        return self.listing.answer.count - sum(self._by_year.values())

    @cached_property
    def tables(self) -> list[Table]:
        """The facets, counted as they are beside the list: each without what is chosen in it."""
        return [self._table(face) for face in self.listing.faces if face.key != ONLY and face.counted]

    @cached_property
    def flags(self) -> list[Bar]:
        """What readers ask of all: free to read, in plain language, retracted; the share is that of all that fit."""
        total = self.listing.answer.count
        return [
            Bar(row.label, row.number, WHOLE * row.number / total, self._address(face, row.code))
            for face in self.listing.faces
            if face.key == ONLY
            for row in face.rows
            if row.number
        ]

    def _table(self, face: Face) -> Table:
        most = max(row.number for row in face.counted) or 1
        bars = (
            Bar(
                row.label,
                row.number,
                WHOLE * row.number / most,
                self._address(face, row.code),
                row.depth,
                row.is_chosen,
            )
            for row in face.counted
        )
        return Table(face.key, face.label, tuple(bars))

    def _address(self, face: Face, code: Code) -> str:
        """The list with this term beside, or instead of, what is chosen in its facet: as it was counted."""
        kept = {one for one in self.criteria.chosen if face.is_all or one[0] != face.key}
        return self.criteria.but(chosen=self.listing.now.vocabulary.in_order({*kept, code})).query

    @property
    def has_own_choice(self) -> bool:
        """Whether some facet is counted without what is chosen in it."""
        return any(bar.is_chosen for table in self.tables for bar in table.bars)

    @property
    def is_of_all(self) -> bool:
        """Whether nothing narrows it."""
        return not (self.criteria.words or self.criteria.chosen or self.criteria.excluded) and (
            self.criteria.years == ANY_YEAR
        )

    @property
    def query(self) -> str:
        """What the address asks, whatever the order and the page of the list."""
        return self.criteria.but(sort="").query

    @property
    def rows(self) -> Iterator[tuple[Words, Words, int]]:
        """Every number, for a spreadsheet."""
        yield _("All"), "", self.listing.answer.count
        for table in (self.years, *self.tables):
            yield from ((table.label, bar.label, bar.count) for bar in table.bars)
        yield from ((_("Show only"), bar.label, bar.count) for bar in self.flags)


def _bars(rows: list[tuple[Words, int, str]]) -> Iterator[Bar]:
    most = max((count for _label, count, _address in rows), default=0) or 1
    for label, count, address in rows:
        yield Bar(label, count, WHOLE * count / most, address)


def statistics(asked: QueryDict) -> Statistics | None:
    """The figures an address asks for; None before there is an index."""
    found = listing(asked)
    return Statistics(found) if found else None
