"""What a visitor asks of the database, as the address says it. Whatever stands there, it is safe to ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from network_site.search.words import understand
from research_db.finding.vocabulary import Code, Vocabulary

BEST, NEWEST, OLDEST, TITLE, ADDED = "best", "newest", "oldest", "title", "added"
SORTS = (BEST, NEWEST, OLDEST, TITLE, ADDED)
NOT = "not."
MOST_CHOSEN, MOST_STRICT = 40, 10
LONGEST_EXPRESSION = 60
YEARS = re.compile(r"(\d{4})|(\d{4})?\.\.(\d{4})?", re.ASCII)
A_YEAR = re.compile(r"\d{4}", re.ASCII)
A_PAGE = re.compile(r"\d{1,5}", re.ASCII)
# What the form sends beside the address's own names.
FROM, TO = "from", "to"
Years = tuple[int | None, int | None]
ANY_YEAR: Years = (None, None)


@dataclass(frozen=True)
class Criteria:
    """One state of the list. Nothing asked is everything, the newest first.

    `chosen` and `excluded` are in the vocabulary's order; a publication fits a facet with any one of the terms chosen
    there, or with all of them where the facet is in `all_of`. `strict`: expressions meant just as they are typed.
    """

    words: str = ""
    chosen: tuple[Code, ...] = ()
    excluded: tuple[Code, ...] = ()
    all_of: tuple[str, ...] = ()
    years: Years = ANY_YEAR
    strict: tuple[str, ...] = ()
    is_exact: bool = False
    sort: str = ""
    page: int = 1

    @cached_property
    def query(self) -> str:
        """The address's question, always in the same order: "?q=walking&kind=review&page=2"; empty for none."""
        return self.at(self.page)

    def at(self, page: int) -> str:
        """The same at another page of what is found."""
        asked = "&".join(filter(None, [self._of_every_page, f"page={page}" if page > 1 else ""]))
        return f"?{asked}" if asked else ""

    @cached_property
    def _of_every_page(self) -> str:
        given = [(name, value) for name, value in (*self._of_facets, *self._of_words) if value]
        return urlencode(given, safe=".")

    @property
    def _of_facets(self) -> list[tuple[str, str]]:
        excluded = [(NOT + facet, slug) for facet, slug in self.excluded]
        all_of = [("all", facet) for facet in self.all_of]
        return [("q", self.words), *self.chosen, *excluded, *all_of, ("year", written(self.years))]

    @property
    def _of_words(self) -> list[tuple[str, str]]:
        strict = [("strict", one) for one in self.strict]
        return [*strict, ("exact", "1" if self.is_exact else ""), ("sort", self.sort)]

    @property
    def order(self) -> str:
        """In which order: as asked, otherwise the best for words and the newest without any."""
        return self.sort or (BEST if self.words else NEWEST)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words leaves publications out."""
        return bool(self.chosen or self.excluded or self.years != ANY_YEAR)

    @property
    def is_asked(self) -> bool:
        """Whether the page differs from the plain one."""
        return self != Criteria()

    @property
    def is_deep(self) -> bool:
        """Whether search engines have no use for it: anything beyond one term or a later page."""
        plain = Criteria(chosen=self.chosen[:1], page=self.page)
        return self not in {plain, Criteria(page=self.page)}

    def but(self, **changes: Any) -> "Criteria":
        """The same with these differences, from the first page unless a page is given."""
        changed: Criteria = replace(self, **{"page": 1, **changes})
        return changed.without_idle_switches()

    def without_idle_switches(self) -> "Criteria":
        """Without `all_of` where nothing is chosen, and without what only words need."""
        changed = {name: value for name, value in self._idle.items() if getattr(self, name) != value}
        return replace(self, **changed) if changed else self

    @property
    def _idle(self) -> dict[str, Any]:
        """What each switch has to be that something else decides."""
        facets = {facet for facet, _slug in self.chosen}
        all_of = tuple(facet for facet in self.all_of if facet in facets)
        if self.words:
            return {"all_of": all_of}
        return {
            "all_of": all_of,
            "strict": (),
            "is_exact": False,
            "sort": "" if self.sort in {BEST, NEWEST} else self.sort,
        }

    @property
    def lasting(self) -> "Criteria":
        """The same search whatever is found by it later: from the first page, in no order of its own."""
        return self.but(sort="")

    def chosen_in(self, facet: str) -> list[str]:
        """The terms chosen in a facet."""
        return [slug for key, slug in self.chosen if key == facet]


def written(years: Years) -> str:
    """Years as the address has them: "2015..2020", "2015..", "2019"; empty for any."""
    first, last = years
    if first == last:
        return str(first or "")
    return f"{first or ''}..{last or ''}"


def read_years(text: str) -> Years:
    """The years a text says; any year where it says none."""
    found = YEARS.fullmatch(text.strip())
    if not found:
        return ANY_YEAR
    one, first, last = (int(year) if year else None for year in found.groups())
    return in_order(one or first, one or last)


def in_order(first: int | None, last: int | None) -> Years:
    """The earlier one first."""
    return (last, first) if first and last and first > last else (first, last)


def read(asked: QueryDict, vocabulary: Vocabulary) -> Criteria:
    """The criteria of an address; what is not known is left out, and terms that were replaced are those of today."""
    chosen = _codes(asked, vocabulary)
    sort = asked.get("sort", "")
    groups = {group.key for group in vocabulary.groups if not group.takes_all}
    return Criteria(
        words=understand(asked.get("q", "")).typed,
        chosen=chosen,
        excluded=tuple(code for code in _codes(asked, vocabulary, before=NOT) if code not in chosen),
        all_of=tuple(sorted(groups & set(asked.getlist("all")), key=lambda key: vocabulary.places[key])),
        years=_years(asked),
        strict=_strict(asked),
        is_exact=asked.get("exact") == "1",
        sort=sort if sort in SORTS else "",
        page=_page(asked.get("page", "")),
    ).without_idle_switches()


def _strict(asked: QueryDict) -> tuple[str, ...]:
    """The expressions meant as they are typed, in one order."""
    named = (" ".join(one.split())[:LONGEST_EXPRESSION] for one in asked.getlist("strict"))
    return tuple(sorted({one for one in map(printable, named) if one})[:MOST_STRICT])


def _page(text: str) -> int:
    return max(1, int(text)) if A_PAGE.fullmatch(text) else 1


def printable(text: str) -> str:
    """The text, if it can be printed."""
    return text if text.isprintable() else ""


def is_moved(asked: QueryDict, vocabulary: Vocabulary) -> bool:
    """Whether the address names a term that another one replaced."""
    return any(vocabulary.final(code) != code for code in _named(asked, vocabulary))


def is_of_form(asked: QueryDict) -> bool:
    """Whether the form wrote the address, which is then written again as addresses are."""
    return FROM in asked or TO in asked


def _named(asked: QueryDict, vocabulary: Vocabulary) -> Iterable[Code]:
    for key in vocabulary.places:
        for slug in [*asked.getlist(key), *asked.getlist(NOT + key)]:
            yield key, slug


def _codes(asked: QueryDict, vocabulary: Vocabulary, *, before: str = "") -> tuple[Code, ...]:
    named = ((key, slug) for key in vocabulary.places for slug in asked.getlist(before + key))
    found = {vocabulary.final(code) for code in named} & vocabulary.entries.keys()
    return vocabulary.in_order(found)[:MOST_CHOSEN]


def _years(asked: QueryDict) -> Years:
    if not is_of_form(asked):
        return read_years(asked.get("year", ""))
    first, last = (asked.get(name, "").strip() for name in (FROM, TO))
    return in_order(
        int(first) if A_YEAR.fullmatch(first) else None,
        int(last) if A_YEAR.fullmatch(last) else None,
    )
