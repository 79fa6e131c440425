"""The parts of the database that can be copied by themselves: kinds, reading lists, and the terms of two facets."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from research_db.finding.vocabulary import Code, Vocabulary, load
from research_db.models import Publication, ReadingList, ReadingListEntry

KIND, LIST = "kind", "list"
# What collections elsewhere are made by; every facet as a set would be hundreds that nobody asks for.
FACETS = ("design", "country")
Numbers = Collection[int]


@dataclass(frozen=True)
class Set:
    """A part: its address such as "design:trial:pilot-trial", in which each step is a part of the one before."""

    spec: str
    name: str


class Sets:
    """All of them as they are now; three queries at most."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facets and their terms."""
        return load()

    @cached_property
    def lists(self) -> Mapping[str, str]:
        """The titles of public reading lists by their addresses."""
        return dict(ReadingList.objects.filter(live=True).values_list("slug", "title"))

    def all(self) -> Iterator[Set]:
        """Every set, upper ones before their parts."""
        yield Set(KIND, "By kind")
        yield from (Set(f"{KIND}:{value}", str(label)) for value, label in Publication.Kind.choices)
        yield Set(LIST, "Reading lists")
        yield from (Set(f"{LIST}:{slug}", title) for slug, title in sorted(self.lists.items()))
        yield from (Set(key, label) for key, label in self.vocabulary.facets if key in FACETS)
        by_path = sorted((spec, code) for code, spec in self._paths.items())
        yield from (Set(spec, self.vocabulary.entries[code].label) for spec, code in by_path)

    @cached_property
    def _paths(self) -> Mapping[Code, str]:
        """The address of each term's set."""
        entries = self.vocabulary.entries
        return {code: _path(code, self.vocabulary) for code in entries if code[0] in FACETS}

    def within(self, spec: str) -> Q | None:
        """What the datestamps of a set's publications have in common; None where there is no such set."""
        top, _colon, rest = spec.partition(":")
        if top == KIND:
            return Q(publication__kind=rest) if rest in Publication.Kind.values else (None if rest else Q())
        if top == LIST:
            return _in_lists(self.lists if not rest else {rest} & self.lists.keys())
        return self._of_terms(spec)

    def _of_terms(self, spec: str) -> Q | None:
        wanted = {code for code, path in self._paths.items() if path == spec or code[0] == spec}
        rows = self.vocabulary.rows
        terms = [number for number in rows if self.vocabulary.codes([number]) & wanted]
        through = Publication.terms.through.objects
        return Q(publication__in=through.filter(term__in=terms).values("publication")) if wanted else None

    def of(self, kind: str, terms: Numbers, lists: Collection[str]) -> list[str]:
        """The sets of a publication, with those that these are parts of.

        Args:
            kind: its kind.
            terms: the numbers of its terms.
            lists: the addresses of the public reading lists it is in.
        """
        named = {self._paths[code] for code in self.vocabulary.codes(terms) if code in self._paths}
        listed = {f"{LIST}:{slug}" for slug in lists}
        return [f"{KIND}:{kind}", *sorted(listed), *sorted(named)]


def _in_lists(slugs: Collection[str]) -> Q | None:
    if not slugs:
        return None
    entries = ReadingListEntry.objects.filter(reading_list__live=True, reading_list__slug__in=list(slugs))
    return Q(publication__in=entries.values("publication"))


def _path(code: Code, vocabulary: Vocabulary) -> str:
    """The terms it is part of, the widest first; a circle of terms comes to an end."""
    steps: list[str] = []
    upper: Code | None = code
    while upper and upper[1] not in steps:
        steps.append(upper[1])
        upper = vocabulary.entries[upper].upper
    return ":".join([code[0], *reversed(steps)])
