"""Whether a record is already here: by its numbers, by its title, and by a title that is nearly the same.

The rules follow what others learned (see docs/decisions/0008): chapters carry their book's DOI, preprints carry the
title of the article, and nobody should have to compare everything with everything. Candidates for a near match share
the first author's family name and a year at most one apart, or the first words of the title where there is no author.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from research_db.models import ImportRow

Verdict = ImportRow.Verdict
Number = tuple[str, str]

# Per cent of likeness of two folded titles, words in any order.
NEARLY_THE_SAME = 90
QUITE_ANOTHER = 60
# Shorter titles, such as “Editorial”, are shared by records that have nothing to do with one another.
TELLING_LETTERS = 24
FIRST_WORDS = 4


class Why(StrEnum):
    """A reason, by the name under which it is kept."""

    IDENTIFIER = "identifier"
    OTHER_TITLE = "other-title"
    TITLE = "title"
    OTHER_DOI = "other-doi"
    NEAR_TITLE = "near-title"


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a record: folded title, year, folded family name of the first author, its numbers."""

    title: str
    year: int | None = None
    author: str = ""
    identifiers: tuple[Number, ...] = ()

    @property
    def doi(self) -> str:
        """Its DOI, if it has one."""
        return next((value for scheme, value in self.identifiers if scheme == "doi"), "")


@dataclass(frozen=True, slots=True)
class Match:
    """What a record was found to be, which one it is like, how much (per cent), and why."""

    verdict: Verdict
    name: int | None = None
    score: int = 0
    reasons: tuple[str, ...] = ()


NEW = Match(Verdict.NEW)


class Known:
    """Records by what they are found by; each has a name, a number that is the caller's.

    `leads`: names in whose place another is given back, of records that became part of others.
    """

    def __init__(self, records: Iterable[tuple[int, Traits]] = (), *, leads: Mapping[int, int] | None = None) -> None:
        self._leads = leads or {}
        self._traits: dict[int, Traits] = {}
        self._by_identifier: dict[Number, int] = {}
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._by_block: dict[str, list[int]] = defaultdict(list)
        for name, traits in records:
            self.add(name, traits)

    def add(self, name: int, traits: Traits) -> None:
        """Know this one too; of two with one identifier the first is found by it."""
        self._traits[name] = traits
        for number in traits.identifiers:
            self._by_identifier.setdefault(number, name)
        if traits.title:
            self._by_title[traits.title].append(name)
            self._by_block[_block(traits, traits.year)].append(name)

    def match(self, traits: Traits) -> Match:
        """The one it is, or looks like; the surest reason first."""
        found = self._by_number(traits) or self._by_same_title(traits) or self._by_near_title(traits) or NEW
        return replace(found, name=self._leads.get(found.name, found.name)) if found.name is not None else found

    def _by_number(self, traits: Traits) -> Match | None:
        for scheme, value in traits.identifiers:
            name = self._by_identifier.get((scheme, value))
            if name is not None:
                return self._of_one_number(traits, name, f"{scheme} {value}")
        return None

    def _of_one_number(self, traits: Traits, name: int, number: str) -> Match:
        other = self._traits[name].title
        score = likeness(traits.title, other) if traits.title and other else 100
        if score < QUITE_ANOTHER and not _begins(traits.title, other):
            return Match(Verdict.ALIKE, name, score, (f"{Why.IDENTIFIER}:{number}", Why.OTHER_TITLE))
        return Match(Verdict.SAME, name, max(score, NEARLY_THE_SAME), (f"{Why.IDENTIFIER}:{number}",))

    def _by_same_title(self, traits: Traits) -> Match | None:
        found = (_of_one_title(traits, name, self._traits[name]) for name in self._by_title.get(traits.title, ()))
        return next(filter(None, found), None)

    def _by_near_title(self, traits: Traits) -> Match | None:
        if len(traits.title) < TELLING_LETTERS:
            return None
        names = [name for block in _blocks(traits) for name in self._by_block.get(block, ())]
        titles = {name: self._traits[name].title for name in names}
        best = process.extractOne(traits.title, titles, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY_THE_SAME)
        if best is None:
            return None
        _title, score, name = best
        also = (Why.OTHER_DOI,) if _differ_in_doi(traits, self._traits[name]) else ()
        return Match(Verdict.ALIKE, name, round(score), (Why.NEAR_TITLE, *also))


def likeness(one: str, other: str) -> int:
    """How alike two folded titles are, in per cent, whatever the order of their words."""
    return round(fuzz.token_sort_ratio(one, other))


def said(reason: str) -> str:
    """A kept reason in words."""
    why, _colon, what = reason.partition(":")
    words = {
        Why.IDENTIFIER: _("The same number: %(what)s") % {"what": what},
        Why.OTHER_TITLE: _("But another title: perhaps a chapter with the number of its book"),
        Why.TITLE: _("The same title, and years that agree"),
        Why.OTHER_DOI: _("But another DOI: perhaps a preprint of it"),
        Why.NEAR_TITLE: _("Nearly the same title, and the first author and the year agree"),
    }
    return words.get(Why(why), reason) if why in set(Why) else reason


def _begins(one: str, other: str) -> bool:
    """Whether one title is the other with its subtitle left out."""
    short, long = sorted((one, other), key=len)
    return len(short) >= TELLING_LETTERS and long.startswith(short + " ")


def _of_one_title(traits: Traits, name: int, other: Traits) -> Match | None:
    if not _years_agree(traits.year, other.year):
        return None
    if _differ_in_doi(traits, other):
        return Match(Verdict.ALIKE, name, 100, (Why.TITLE, Why.OTHER_DOI))
    if len(traits.title) >= TELLING_LETTERS or _one_author(traits, other):
        return Match(Verdict.SAME, name, 100, (Why.TITLE,))
    return None


def _differ_in_doi(one: Traits, other: Traits) -> bool:
    return bool(one.doi and other.doi) and one.doi != other.doi


def _years_agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= 1


def _one_author(one: Traits, other: Traits) -> bool:
    return bool(one.author) and one.author == other.author


def _block(traits: Traits, year: int | None) -> str:
    return f"{traits.author or ' '.join(traits.title.split()[:FIRST_WORDS])}|{year or ''}"


def _blocks(traits: Traits) -> list[str]:
    """Where a near match can stand."""
    years = [None] if traits.year is None else [None, traits.year - 1, traits.year, traits.year + 1]
    return [_block(traits, year) for year in years]
