"""Every facet with its terms, as the search needs them: by address, as trees, and with what replaced what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from network_site.base.gathering import grouped
from research_db.folding import folded
from research_db.models import Facet, Publication, Term

Words = str | Promise
# A facet's address and a term's in it: ("population", "carers").
Code = tuple[str, str]
KIND, ONLY = "kind", "only"
FREE, PLAIN, RETRACTED = "free", "plain", "retracted"
FLAGS: Mapping[str, Words] = {
    FREE: gettext_lazy("Free to read"),
    PLAIN: gettext_lazy("With a summary in plain language"),
    RETRACTED: gettext_lazy("Retracted"),
}


@dataclass(frozen=True)
class Entry:
    """A term: its address, its label, its place among those beside it, and the term it is a part of."""

    code: Code
    label: str
    order: int = 0
    upper: Code | None = None


@dataclass(frozen=True)
class Group:
    """A facet and its terms. `takes_all`: whoever chooses two of its terms wants both at once."""

    key: str
    label: str
    entries: tuple[Entry, ...]
    takes_all: bool = False

    @cached_property
    def below(self) -> Mapping[Code | None, list[Entry]]:
        """The terms that are parts of each by the alphabet, and under None those that are part of none."""
        by_label = sorted(self.entries, key=lambda entry: entry.label.casefold())
        return grouped((entry.upper, entry) for entry in by_label)


@dataclass(frozen=True)
class Spoken:
    """Every facet in one language: finding the words of a hundred terms again costs a page a tenth of its time."""

    groups: tuple[Group, ...]

    @cached_property
    def entries(self) -> Mapping[Code, Entry]:
        """Everything that can be chosen, in the order of facets."""
        return {entry.code: entry for group in self.groups for entry in group.entries}


@dataclass(frozen=True)
class Row:
    """A term as the table has it."""

    number: int
    code: Code
    label: str
    order: int
    parent: int | None
    retired_into: int | None
    synonyms: str

    @cached_property
    def names(self) -> list[str]:
        """Its label and its other names."""
        return [self.label, *filter(None, map(str.strip, self.synonyms.splitlines()))]


@dataclass(frozen=True)
class Vocabulary:
    """Every facet, those that each publication has by itself first."""

    facets: tuple[tuple[str, str], ...] = ()
    rows: Mapping[int, Row] = field(default_factory=dict)
    _spoken: dict[str, Spoken] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def by_code(self) -> Mapping[Code, Row]:
        """The editors' terms by their addresses."""
        return {row.code: row for row in self.rows.values()}

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every facet with the terms one can choose, in the language spoken now."""
        return self.spoken.groups

    @property
    def entries(self) -> Mapping[Code, Entry]:
        """Everything that can be chosen, in the order of facets and the language spoken now."""
        return self.spoken.entries

    @property
    def spoken(self) -> Spoken:
        """The facets in the language spoken now."""
        language = get_language() or ""
        if language not in self._spoken:
            self._spoken[language] = Spoken(tuple(self._groups()))
        return self._spoken[language]

    def _groups(self) -> Iterator[Group]:
        kinds = tuple(Entry((KIND, value), str(label)) for value, label in Publication.Kind.choices)
        flags = tuple(Entry((ONLY, value), str(label), order) for order, (value, label) in enumerate(FLAGS.items()))
        yield Group(KIND, _("Kind"), kinds)
        yield from (
            Group(key, label, tuple(self._entries(key))) for key, label in self.facets if key not in {KIND, ONLY}
        )
        yield Group(ONLY, _("Show only"), flags, takes_all=True)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each facet in the order of facets."""
        return {group.key: place for place, group in enumerate(self.groups)}

    def in_order(self, codes: Iterable[Code]) -> tuple[Code, ...]:
        """Codes as addresses have them: in the order of facets, and in a facet by their names."""
        return tuple(sorted(codes, key=lambda code: (self.places[code[0]], code[1])))

    def _entries(self, key: str) -> Iterator[Entry]:
        for row in self.rows.values():
            if row.code[0] == key and row.retired_into is None:
                upper = next(self._uppers(row), None)
                within = upper.code if upper and upper.code[0] == key else None
                yield Entry(row.code, row.label, row.order, within)

    def final(self, code: Code) -> Code:
        """The term that stands for it today; itself where nothing replaced it."""
        row = self.by_code.get(code)
        return self._final(row).code if row else code

    def codes(self, terms: Iterable[int]) -> set[Code]:
        """What publications with these terms are found by: the terms of today, and all that these are parts of."""
        return set().union(*(self._codes.get(number, ()) for number in terms))

    @cached_property
    def _codes(self) -> Mapping[int, set[Code]]:
        """What publications with each term are found by."""
        return {
            row.number: {self._final(row).code, *(upper.code for upper in self._uppers(row))}
            for row in self.rows.values()
        }

    def _final(self, row: Row) -> Row:
        # Rows may replace one another in a circle: whatever the table holds, this comes to an end.
        seen: set[int] = set()
        while row.retired_into in self.rows and row.number not in seen:
            seen.add(row.number)
            row = self.rows[row.retired_into or 0]
        return row

    def _uppers(self, row: Row) -> Iterator[Row]:
        """What a term is part of, the nearest first."""
        row = self._final(row)
        seen = {row.number}
        while row.parent in self.rows:
            row = self._final(self.rows[row.parent or 0])
            if row.number in seen:
                return
            seen.add(row.number)
            yield row


def load() -> Vocabulary:
    """The vocabulary as it is in the database; two queries. Terms of one order stand by the alphabet.

    Put in order here, because each database has an alphabet of its own.
    """
    facets = tuple(Facet.objects.order_by("order", "pk").values_list("key", "label"))
    named = ("pk", "facet__key", "slug", "label", "order", "parent", "retired_into", "synonyms")
    terms = Term.objects.order_by().values_list(*named)
    rows = [Row(number, (key, slug), *others) for number, key, slug, *others in terms]
    rows.sort(key=lambda row: (row.order, folded(row.label), row.number))
    return Vocabulary(facets, {row.number: row for row in rows})
