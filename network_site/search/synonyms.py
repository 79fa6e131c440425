"""Looking for one way to say it finds the others: GP, general practitioner."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from network_site.search import analysis
from network_site.search.words import All, Most, OneOf, Part, Phrase, Word

FILE = Path(__file__).with_name("synonyms.txt")
Stems = tuple[str, ...]


@cache
def groups() -> dict[Stems, tuple[str, ...]]:
    """For the stems of each expression, the other expressions that mean the same."""
    meanings: dict[Stems, tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            same = [expression.strip() for expression in line.split("=")]
            for expression in same:
                meanings[tuple(analysis.stems(expression))] = tuple(other for other in same if other != expression)
    return meanings


@cache
def longest() -> int:
    """How many words the longest expression has."""
    return max(map(len, groups()))


def widen(part: Part | None, *, but: Collection[Stems] = ()) -> Part | None:
    """The tree with every expression that has another name beside that name; what is not wanted stays as it is.

    Args:
        part: the tree.
        but: the stems of expressions that are meant as they are typed.
    """
    match part:
        case Word() | Phrase():
            return _widened((part,), but) or part
        case All(parts):
            return _widened_together(parts, but)
        case OneOf(parts) | Most(parts):
            return replace(part, parts=tuple(widen(inner, but=but) or inner for inner in parts))
    return part


def _widened_together(parts: tuple[Part, ...], but: Collection[Stems]) -> Part:
    """All of the parts, the longest runs that have other names first."""
    found = tuple(_widened(run, but) or widen(run[0], but=but) or run[0] for run in _runs(parts, but))
    return All(found) if len(found) > 1 else found[0]


def expressions(part: Part | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every expression of the tree that has other names, as typed, and those names."""
    match part:
        case Word() | Phrase() if others := other_names((part,)):
            yield spelled((part,)), others
        case All(parts):
            for run in _runs(parts):
                if others := other_names(run):
                    yield spelled(run), others
                else:
                    yield from expressions(run[0])
        case OneOf(parts) | Most(parts):
            for inner in parts:
                yield from expressions(inner)


def _runs(parts: tuple[Part, ...], but: Collection[Stems] = ()) -> Iterator[tuple[Part, ...]]:
    """The parts in runs: the longest that have other names first, from left to right; else each alone."""
    at = 0
    while at < len(parts):
        sizes = range(min(longest(), len(parts) - at), 1, -1)
        size = next((size for size in sizes if other_names(parts[at : at + size], but)), 1)
        yield parts[at : at + size]
        at += size


def other_names(run: tuple[Part, ...], but: Collection[Stems] = ()) -> tuple[str, ...]:
    """What else the words of a run are called."""
    stems = tuple(analysis.stems(spelled(run)))
    return () if stems in but else groups().get(stems, ())


def _widened(run: tuple[Part, ...], but: Collection[Stems]) -> Part | None:
    """The run or any other name for it; None where it has none."""
    others = other_names(run, but)
    if not others:
        return None
    own = run[0] if len(run) == 1 else All(run)
    return OneOf((own, *map(Phrase, others)))


def spelled(run: tuple[Part, ...]) -> str:
    """The words of a run of words and phrases; empty where it has anything else."""
    whole = [part for part in run if isinstance(part, Phrase) or (isinstance(part, Word) and not part.begins)]
    return " ".join(part.text for part in whole) if len(whole) == len(run) else ""
