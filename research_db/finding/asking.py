"""Asking the index: how words were understood, what fits, in which order, and how many fit each term."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from weakref import WeakKeyDictionary

from tantivy import FieldType, Occur, Order, Query

from network_site.search import analysis, synonyms
from network_site.search.asking import FEW_HITS, stems_of
from network_site.search.engine import Reader
from network_site.search.meant import corrected, loosened, nearly
from network_site.search.queries import Places, query_of
from network_site.search.words import Asked, OneOf, Part, Phrase, Within, Word, understand, unwanted, written
from research_db.finding.criteria import ADDED, ANY_YEAR, BEST, NEWEST, OLDEST, TITLE, Criteria, read_years
from research_db.finding.documents import AUTHOR, IDENTIFIER, JOURNAL, YEAR, address, code_of, earliest_of
from research_db.finding.index import Now
from research_db.finding.vocabulary import Group
from research_db.formats.identifiers import normal

A_PAGE = 20
# Scores that differ by less are the same; the record number decides.
DECIMALS = 3
MOST_TERMS = 20_000
EARLIEST, LATEST = 0, 9_999
SORTED_BY = {
    NEWEST: ("newest", Order.Desc),
    OLDEST: ("oldest", Order.Asc),
    TITLE: ("sorting", Order.Asc),
    ADDED: ("added", Order.Desc),
}
# Names that may stand before a colon, and where they look.
TEXTS = {"title": "title", "author": AUTHOR, "journal": JOURNAL}
NUMBERS = ("doi", "pmid", "pmcid", "isbn")
PLACES = frozenset({*TEXTS, *NUMBERS, "year"})
# What a number looks like that says itself what it is; a year is no number of PubMed.
ALONE = {
    "isbn": re.compile(r"[\d-]{9,16}[\dXx]"),
    "pmcid": re.compile(r"PMC\d{3,9}", re.IGNORECASE),
    "pmid": re.compile(r"[1-9]\d{4,7}"),
}
RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:")
Counts = Mapping[str, Mapping[str, int]]
# How many fit, and how many of those have each value of a field.
Counted = tuple[int, Mapping[str, int]]
EVERYTHING = Query.all_query()
# Of everything, by field; counting it is the longest walk there is, and what every visitor without words begins with.
_OF_EVERYTHING: WeakKeyDictionary[Reader, dict[str, Counted]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Understood:
    """How the words were taken.

    `tree`: what is looked for; None where there are no words. `shown_for`: other words than those typed, where these
    found nothing. `suggestion`: words that may have been meant. `unknown`: words that no publication has. `is_loose`:
    some of the words are enough. `widened`: expressions that are looked for under their other names too.
    """

    asked: Asked
    tree: Part | None = None
    shown_for: str = ""
    suggestion: str = ""
    unknown: tuple[str, ...] = ()
    is_loose: bool = False
    widened: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """The words that nothing found has."""
        return tuple(written(part) for part in unwanted(self.asked.tree))


@dataclass(frozen=True)
class Answer:
    """What fits: how many, the numbers of this page's publications in order, and how many fit each term."""

    criteria: Criteria
    understood: Understood
    count: int
    numbers: tuple[int, ...]
    counts: Counts
    stems: frozenset[str] = frozenset()


def answer(criteria: Criteria, now: Now) -> Answer:
    """The page of the list that these criteria ask for; the last one where there are not so many."""
    seeking = Seeking(criteria, now, with_counts=True)
    count = seeking.count()
    last = max(1, -(-count // A_PAGE))
    criteria = replace(criteria, page=min(criteria.page, last))
    understood = seeking.understood
    return Answer(
        criteria=criteria,
        understood=understood,
        count=count,
        numbers=seeking.numbers((criteria.page - 1) * A_PAGE, A_PAGE) if count else (),
        counts=seeking.counts(),
        stems=_marked(understood.tree, now.reader) if understood.tree else frozenset(),
    )


def _marked(tree: Part, reader: Reader) -> frozenset[str]:
    """The stems that are marked in what is found; none of a number, which no text says."""
    is_number = isinstance(tree, Within) and tree.place in NUMBERS
    return frozenset() if is_number else stems_of(tree, reader)


def every_number(criteria: Criteria, now: Now, *, since: datetime | None = None) -> tuple[int, ...]:
    """The numbers of everything that fits, in order; for files, feeds and alerts.

    Args:
        criteria: what is asked.
        now: what can be found.
        since: what came here before the minute of this moment is left out.
    """
    seeking = Seeking(criteria, now, since=since)
    return seeking.numbers(0, seeking.count())


def count_of(criteria: Criteria, now: Now) -> int:
    """How many fit."""
    return Seeking(criteria, now).count()


class Seeking:
    """Criteria put to an index.

    `with_counts`: the counts of facets will be wanted, and are made while counting. `since`: what came before the
    minute of this moment is left out.
    """

    def __init__(
        self, criteria: Criteria, now: Now, *, with_counts: bool = False, since: datetime | None = None
    ) -> None:
        self.criteria, self.reader, self.vocabulary = criteria, now.reader, now.vocabulary
        self._with_counts, self._since = with_counts, since
        self.understood = as_typed(criteria)
        # Who finds many with all that is asked has words that many have: only few are a reason to count those alone.
        if self.understood.tree and not criteria.is_exact and self.count() <= FEW_HITS:
            self._understand(reconsidered(self.understood, criteria, self.reader))

    def _understand(self, understood: Understood) -> None:
        if understood.tree != self.understood.tree:
            self.__dict__.pop("_counted", None)
            self.__dict__.pop("_words", None)
        self.understood = understood

    def query(self, *, leaving: str = "") -> Query:
        """What fits everything, but for what is chosen in the facet `leaving`."""
        narrowing = list(self._narrowing(leaving))
        return Query.boolean_query([(Occur.Must, self._words), *narrowing]) if narrowing else self._words

    @cached_property
    def _words(self) -> Query:
        tree = self.understood.tree
        return text_query(tree, self.reader) if tree else EVERYTHING

    def _narrowing(self, leaving: str) -> Iterator[tuple[Occur, Query]]:
        """What leaves publications out, whatever their words."""
        for facet, slugs in self._chosen():
            if facet != leaving:
                yield from ((Occur.Must, _quietly(one)) for one in self._of_facet(facet, slugs))
        if self.criteria.excluded:
            excluded = [address(code) for code in self.criteria.excluded]
            yield Occur.MustNot, Query.term_set_query(self.reader.schema, "codes", excluded)
        if self.criteria.years != ANY_YEAR:
            yield Occur.Must, _quietly(_years(self.reader, *self.criteria.years))
        if self._since:
            came = Query.range_query(self.reader.schema, "added", FieldType.Integer, earliest_of(self._since))
            yield Occur.Must, _quietly(came)

    def _chosen(self) -> Iterator[tuple[str, list[str]]]:
        for facet in dict.fromkeys(facet for facet, _slug in self.criteria.chosen):
            yield facet, self.criteria.chosen_in(facet)

    def _of_facet(self, facet: str, slugs: list[str]) -> list[Query]:
        codes = [address((facet, slug)) for slug in slugs]
        if self._takes_all(facet):
            return [Query.term_query(self.reader.schema, "codes", code) for code in codes]
        return [Query.term_set_query(self.reader.schema, "codes", codes)]

    def _takes_all(self, facet: str) -> bool:
        group: Group = self.vocabulary.groups[self.vocabulary.places[facet]]
        return group.takes_all or facet in self.criteria.all_of

    def count(self) -> int:
        """How many fit, exactly."""
        return self._counted[0]

    @cached_property
    def _counted(self) -> Counted:
        """How many fit, and how many of those have each code."""
        return _counted(self.reader, self.query(), "codes" if self._with_counts else "")

    def numbers(self, start: int, most: int) -> tuple[int, ...]:
        """The numbers of those that fit from a place in the order on; equals by their numbers."""
        if not most:
            return ()
        if self.criteria.order == BEST and self.understood.tree:
            return _best(self.reader, self.query(), start, most)
        field, order = SORTED_BY.get(self.criteria.order, SORTED_BY[NEWEST])
        found = self.reader.searcher.search(
            self.query(), most, count=False, offset=start, order_by_field=field, order=order
        )
        return _numbers(self.reader, found.hits)

    def counts(self) -> Counts:
        """How many fit each term. Where any one of a facet's terms is enough, as if none were chosen there."""
        assert self._with_counts  # noqa: S101  callers say so beforehand
        found: dict[str, Mapping[str, int]] = {group.key: {} for group in self.vocabulary.groups}
        found |= _by_facet(self._counted[1])
        for facet in (facet for facet, _slugs in self._chosen() if not self._takes_all(facet)):
            _count, found[facet] = _counted(self.reader, self.query(leaving=facet), f"facets.{facet}")
        return found

    def years(self) -> dict[int, int]:
        """How many of those that fit came out in each year; those without a year are in none."""
        _count, found = _counted(self.reader, self.query(), YEAR)
        return {int(year): number for year, number in found.items()}

    def crossed(self, rows: str, columns: str) -> Counts:
        """For each term of one facet, how many fit it and each term of the other."""
        if not self.reader.size:
            return {}
        size = {"size": MOST_TERMS, "segment_size": MOST_TERMS}
        inner = {"inner": {"terms": {"field": f"facets.{columns}", **size}}}
        wanted = {"outer": {"terms": {"field": f"facets.{rows}", **size}, "aggs": inner}}
        found = self.reader.searcher.aggregate(self.query(), wanted)
        return {
            bucket["key"]: {cell["key"]: int(cell["doc_count"]) for cell in bucket["inner"]["buckets"]}
            for bucket in found["outer"]["buckets"]
        }


def _quietly(query: Query) -> Query:
    """It leaves out, and says nothing of how well the rest fits."""
    return Query.const_score_query(query, 0)


def _years(reader: Reader, first: int | None, last: int | None) -> Query:
    return Query.range_query(reader.schema, YEAR, FieldType.Integer, first or EARLIEST, last or LATEST)


def _numbers(reader: Reader, hits: list[tuple[Any, Any]]) -> tuple[int, ...]:
    places = [place for _key, place in hits]
    return tuple(int(number or 0) for number in reader.searcher.fast_field_values("number", places))


def _best(reader: Reader, query: Query, start: int, most: int) -> tuple[int, ...]:
    """Those of the highest scores; the engine leaves equals in no order, so all equals of the last are asked for."""
    end = start + most
    wanted = end + A_PAGE
    while True:
        hits = reader.searcher.search(query, wanted, count=False).hits
        scores = [round(float(score), DECIMALS) for score, _place in hits]
        if len(hits) < wanted or scores[-1] < scores[end - 1]:
            break
        wanted *= 4
    ranked = sorted(zip((-score for score in scores), _numbers(reader, hits), strict=True))
    return tuple(number for _score, number in ranked[start:end])


def _counted(reader: Reader, query: Query, field: str = "") -> Counted:
    """How many fit, and how many of those have each value of a field; of everything kept while the index stays so."""
    if query is not EVERYTHING:
        return _walked(reader, query, field)
    kept = _OF_EVERYTHING.setdefault(reader, {})
    if field not in kept:
        kept[field] = _walked(reader, query, field)
    return kept[field]


def _walked(reader: Reader, query: Query, field: str) -> Counted:
    """The same in one walk, which rates nothing."""
    if not reader.size:
        return 0, {}
    size = {"size": MOST_TERMS, "segment_size": MOST_TERMS}
    values = {"values": {"terms": {"field": field, **size}}} if field else {}
    found = reader.searcher.aggregate(query, {"all": {"value_count": {"field": "number"}}, **values})
    buckets = found["values"]["buckets"] if field else ()
    return int(found["all"]["value"]), {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}


def _by_facet(codes: Mapping[str, int]) -> dict[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for code, number in codes.items():
        facet, slug = code_of(code)
        found[facet][slug] = number
    return {**found}


def text_query(tree: Part, reader: Reader) -> Query:
    """The engine's query for words."""
    return query_of(tree, reader.schema, begins=reader.beginning, places=_places(reader))


def _places(reader: Reader) -> Places:
    texts = {name: partial(_in_field, reader, field) for name, field in TEXTS.items()}
    numbers = {name: partial(_identified, reader, name) for name in NUMBERS}
    return {**texts, **numbers, "year": partial(_in_years, reader)}


def _in_field(reader: Reader, field: str, part: Part) -> Query | None:
    return query_of(part, reader.schema, begins=reader.beginning, fields={field: 1.0})


def _in_years(reader: Reader, part: Part) -> Query | None:
    years = read_years(written(part).strip('"')) if isinstance(part, Word | Phrase) else ANY_YEAR
    return _quietly(_years(reader, *years)) if years != ANY_YEAR else None


def _identified(reader: Reader, scheme: str, part: Part) -> Query | None:
    if not isinstance(part, Word | Phrase):
        return None
    number = normal(scheme, part.text).lower() or bare(part.text)
    return Query.term_query(reader.schema, IDENTIFIER, f"{scheme}:{number}")


def bare(number: str) -> str:
    """A number as it is kept: without the address of a resolver, in small letters."""
    small = number.lower()
    for resolver in RESOLVERS:
        small = small.removeprefix(resolver)
    return small.rstrip(".,;")


def as_typed(criteria: Criteria) -> Understood:
    """The words as they stand, and what else they are called."""
    asked = understand(criteria.words, places=PLACES)
    tree = with_numbers(asked.tree)
    if tree is None:
        return Understood(asked)
    return Understood(asked, _widened(tree, criteria), widened=tuple(synonyms.expressions(tree)))


def reconsidered(found: Understood, criteria: Criteria, reader: Reader) -> Understood:
    """What was understood; where no publication has those words, what was meant, or any of them."""
    tree = with_numbers(found.asked.tree)
    if tree is None:
        return found
    count = _count(reader, found.tree or tree)
    if count > FEW_HITS:
        return found
    if count:
        return replace(found, suggestion=nearly(tree, reader))
    return _as_meant(found, tree, criteria, reader)


def _count(reader: Reader, tree: Part) -> int:
    return _counted(reader, text_query(tree, reader))[0]


def _as_meant(found: Understood, tree: Part, criteria: Criteria, reader: Reader) -> Understood:
    unknown: list[str] = []
    meant = corrected(tree, reader, unknown)
    found = replace(found, unknown=tuple(unknown))
    for part in (meant, *loosened(meant)):
        wide = _widened(part, criteria)
        if part and wide and _count(reader, wide):
            shown_for = "" if written(meant) == written(tree) else written(meant)
            names = tuple(synonyms.expressions(meant))
            return replace(found, tree=wide, shown_for=shown_for, is_loose=part != meant, widened=names)
    return found


def _widened(tree: Part | None, criteria: Criteria) -> Part | None:
    return synonyms.widen(tree, but={tuple(analysis.stems(one)) for one in criteria.strict})


def with_numbers(tree: Part | None) -> Part | None:
    """The tree with a number that stands alone looked for as one: a DOI, an ISBN, a number of PubMed."""
    return _numbered(tree) if isinstance(tree, Word) and not tree.begins else tree


def _numbered(word: Word) -> Part:
    if bare(word.text).startswith("10.") and "/" in word.text:
        return Within("doi", word)
    scheme = next((scheme for scheme, shape in ALONE.items() if shape.fullmatch(word.text)), "")
    return OneOf((word, Within(scheme, word))) if scheme and normal(scheme, word.text) else word
