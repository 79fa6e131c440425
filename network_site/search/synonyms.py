"""Looking for one way to say it finds the others: GP, general practitioner."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from network_site.search import analysis
from network_site.search.words import All, OneOf, Part, Phrase, Word

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


def widen(part: Part | None) -> Part | None:
    """The tree with every expression that has another name beside that name; what is not wanted stays as it is."""
    match part:
        case Word() | Phrase():
            return _widened((part,)) or part
        case All(parts):
            found = tuple(_in_sequence(parts))
            return All(found) if len(found) > 1 else found[0]
        case OneOf(parts):
            return OneOf(tuple(widen(inner) or inner for inner in parts))
    return part


def _in_sequence(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The longest expressions first, from left to right."""
    at = 0
    while at < len(parts):
        for size in range(min(longest(), len(parts) - at), 0, -1):
            run = parts[at : at + size]
            found = _widened(run)
            if found:
                yield found
                at += size
                break
        else:
            yield widen(parts[at]) or parts[at]
            at += 1


def _widened(run: tuple[Part, ...]) -> Part | None:
    """The run or any other name for it; None where it has none."""
    others = groups().get(tuple(analysis.stems(spelled(run))))
    if not others:
        return None
    own = run[0] if len(run) == 1 else All(run)
    return OneOf((own, *map(Phrase, others)))


def spelled(run: tuple[Part, ...]) -> str:
    """The words of a run of words and phrases; empty where it has anything else."""
    whole = [part for part in run if isinstance(part, Phrase) or (isinstance(part, Word) and not part.begins)]
    return " ".join(part.text for part in whole) if len(whole) == len(run) else ""
