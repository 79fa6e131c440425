"""Answering a search: as it was typed, then with the spelling that was meant, then with any of the words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from network_site.search import analysis, corpus, kinds
from network_site.search.corpus import Held, Snapshot
from network_site.search.engine import Reader
from network_site.search.meant import corrected, half_typed, loosened, nearly
from network_site.search.queries import needed_and_helping
from network_site.search.synonyms import widen
from network_site.search.words import (
    Asked,
    Part,
    Phrase,
    Word,
    understand,
    unwanted,
    wanted,
    written,
)

# The best of all hits; whoever wants more is better served by another word.
MOST_HITS = 200
MOST_SUGGESTIONS = 7
# With no more hits than this it is worth asking whether another word was meant.
FEW_HITS = 3


@dataclass(frozen=True)
class Answer:
    """What was found and how the words were understood.

    `shown_for`: the other words that were looked for, if not those typed. `suggestion`: words that may have been meant.
    `unknown`: words that are nowhere. `is_loose`: hits have some of the words, not all.
    """

    asked: Asked
    hits: tuple[Held, ...] = ()
    count: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    stems: frozenset[str] = frozenset()
    shown_for: str = ""
    suggestion: str = ""
    unknown: tuple[str, ...] = ()
    is_loose: bool = False

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(number for _kind, number in self.counts)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The words that results must not have."""
        return tuple(written(part) for part in unwanted(self.asked.tree))


@dataclass(frozen=True)
class Tried:
    """A tree that was looked for, and how many of each kind fit it."""

    tree: Part | None
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """How many fit."""
        return sum(number for _kind, number in self.counts)


def answer(raw: str, *, now: datetime, kind: str = "", is_exact: bool = False) -> Answer:
    """Everything public that fits what a visitor typed.

    Args:
        raw: any text at all.
        now: what has ended by then is not found.
        kind: only things of this kind; the counts are still those of all.
        is_exact: look for the words as they were typed, whatever may have been meant.
    """
    asked = understand(raw)
    here = corpus.site.current()
    if asked.tree is None:
        return Answer(asked)
    found = Answer(asked)
    tried = _try(here.reader, asked.tree, now)
    if not tried.total and not is_exact:
        found, tried = _as_meant(found, asked.tree, here.reader, now)
    elif tried.total <= FEW_HITS and not is_exact:
        found = replace(found, suggestion=nearly(asked.tree, here.reader))
    return _with_hits(found, tried, here, now=now, kind=kind)


def suggest(raw: str, *, now: datetime) -> tuple[Held, ...]:
    """The few things whose names fit what has been typed so far; the last word may be half typed."""
    tree = half_typed(understand(raw).tree)
    if tree is None:
        return ()
    here = corpus.site.current()
    query = here.reader.query(tree, now=now, names_only=True)
    return in_order(here, here.reader.find(query, most=MOST_HITS).hits)[:MOST_SUGGESTIONS]


def how_many(raw: str, *, now: datetime) -> int:
    """How many things fit the words as they are typed."""
    tree = understand(raw).tree
    return _try(corpus.site.current().reader, tree, now).total if tree else 0


def in_order(here: Snapshot, hits: tuple[tuple[int, float], ...]) -> tuple[Held, ...]:
    """The documents of these hits, best first; equals in the order of kinds, titles and addresses."""
    places = {kind.key: place for place, kind in enumerate(kinds.every())}
    found = [(score, held) for number, score in hits if (held := here.document(number))]

    def place(one: tuple[float, Held]) -> tuple[float, int, str, str]:
        score, held = one
        return -round(score, 3), places.get(held.kind, 0), held.document.title.casefold(), held.document.url

    return tuple(held for _score, held in sorted(found, key=place))


def _try(reader: Reader, tree: Part | None, now: datetime) -> Tried:
    wide = widen(tree)
    if wide is None:
        return Tried(None)
    return Tried(wide, tuple(reader.counts(reader.query(wide, now=now)).items()))


def _as_meant(found: Answer, tree: Part, reader: Reader, now: datetime) -> tuple[Answer, Tried]:
    """Nothing fits as typed: correct the spelling, then leave out unknown words, then be content with any word."""
    unknown: list[str] = []
    meant = corrected(tree, reader, unknown)
    tried = _try(reader, meant, now)
    found = replace(found, unknown=tuple(unknown))
    if not tried.total:
        looser = (_try(reader, part, now) for part in loosened(meant))
        tried = next((one for one in looser if one.total), tried)
        found = replace(found, is_loose=bool(tried.total))
    if not tried.total or written(meant) == written(tree):
        return found, tried
    return replace(found, shown_for=written(meant)), tried


def _with_hits(found: Answer, tried: Tried, here: Snapshot, *, now: datetime, kind: str) -> Answer:
    if tried.tree is None or not tried.total:
        return found
    query = here.reader.query(tried.tree, kind=kind, now=now)
    hits = here.reader.find(query, most=MOST_HITS)
    return replace(
        found,
        counts=tried.counts,
        count=hits.count,
        hits=in_order(here, hits.hits),
        stems=stems_of(tried.tree, here.reader),
    )


def stems_of(tree: Part, reader: Reader) -> frozenset[str]:
    """Every stem to be marked in what is shown; frequent words only where nothing else was asked."""
    telling, _frequent = needed_and_helping(list(wanted(tree)))
    return frozenset(stem for part in telling for stem in _stems(part, reader))


def _stems(part: Part, reader: Reader) -> Iterator[str]:
    if isinstance(part, Word | Phrase):
        yield from analysis.stems(part.text)
    if isinstance(part, Word) and part.begins:
        *_whole, last = analysis.words(part.text) or [""]
        yield from map(analysis.stem, reader.beginning(last) if last else ())
