"""The words that were meant, by the index's own words: spelled right, half typed, or any of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from network_site.search import analysis
from network_site.search.engine import Reader
from network_site.search.queries import is_frequent
from network_site.search.synonyms import widen
from network_site.search.words import All, Most, Not, OneOf, Part, Phrase, Word, all_of, one_of, written

# A word that is nearly another one, used so many times more often, may be a slip.
FAR_MORE = 5
SHORTEST_BEGINNING = 3
# So many parts of a question may be left out while at least so many are still together.
MOST_LEFT_OUT, FEWEST_TOGETHER = 2, 2


def corrected(part: Part, reader: Reader, unknown: list[str]) -> Part | None:
    """The tree with known words only; words that no known word is near go to `unknown`."""

    def each(parts: Iterable[Part]) -> list[Part | None]:
        return [corrected(inner, reader, unknown) for inner in parts]

    match part:
        case Word():
            return _known(part, reader, unknown)
        case Phrase(text):
            whole = all_of(each(map(Word, text.split())))
            return Phrase(written(whole).replace("*", "")) if whole else None
        case All(parts):
            return all_of(each(parts))
        case OneOf(parts):
            return one_of(each(parts))
    return part


def _known(word: Word, reader: Reader, unknown: list[str]) -> Word | None:
    typed = analysis.words(word.text)
    if is_known(word, reader):
        return word
    if len(typed) == 1 and len(typed[0]) >= SHORTEST_BEGINNING and reader.beginning(typed[0]):
        return Word(word.text, begins=True)
    meant = [_spelled(one, reader) for one in typed]
    if all(meant):
        return Word(" ".join(filter(None, meant)))
    unknown.append(word.text)
    return None


def is_known(word: Word, reader: Reader) -> bool:
    """Whether the index has it, under this name or another, or nobody needs it to."""
    if is_frequent(word) or widen(word) != word:
        return True
    return all(reader.knows(analysis.stem(one)) for one in analysis.words(word.text))


def _spelled(typed: str, reader: Reader) -> str | None:
    return typed if reader.knows(analysis.stem(typed)) else reader.vocabulary.nearest(typed)


def loosened(part: Part | None) -> Iterator[Part]:
    """What to be content with where nothing has all that was asked: all but one of it, all but two, any of it.

    What is not wanted stays out of each.
    """
    if isinstance(part, Phrase):
        part = all_of(map(Word, part.text.split()))
        yield from filter(None, [part])
    if not isinstance(part, All):
        return
    wishes = [inner for inner in part.parts if not isinstance(inner, Not)]
    unwanted = [inner for inner in part.parts if inner not in wishes]
    for looser in _looser(wishes):
        yield from filter(None, [all_of([looser, *unwanted])])


def _looser(wishes: Iterable[Part]) -> Iterator[Part | None]:
    telling = tuple(wish for wish in wishes if not is_frequent(wish))
    number = len(telling)
    for least in range(number - 1, max(FEWEST_TOGETHER, number - MOST_LEFT_OUT) - 1, -1):
        yield Most(telling, least)
    yield one_of(map(_any_of, telling))


def _any_of(part: Part) -> Part | None:
    """A phrase is any of its words here, and all of something any of it."""
    match part:
        case Phrase(text):
            return one_of(map(Word, text.split()))
        case All(parts):
            return one_of(_any_of(inner) for inner in parts if not isinstance(inner, Not))
    return part


def nearly(tree: Part, reader: Reader) -> str:
    """The same words with each that is nearly a far more frequent one changed to that; empty if there is none."""

    def frequent(word: Word) -> Word:
        typed = analysis.words(word.text)
        near = reader.vocabulary.nearest(typed[0]) if len(typed) == 1 else None
        if near and reader.uses(near) > FAR_MORE * max(reader.uses(typed[0]), 1):
            return Word(near)
        return word

    meant = _each(tree, frequent)
    return "" if meant == tree else written(meant)


def _each(part: Part, change: Callable[[Word], Word]) -> Part:
    match part:
        case Word():
            return change(part)
        case All(parts):
            return All(tuple(_each(inner, change) for inner in parts))
        case OneOf(parts):
            return OneOf(tuple(_each(inner, change) for inner in parts))
    return part


def half_typed(tree: Part | None) -> Part | None:
    """The tree with its last word only begun."""
    if isinstance(tree, Word):
        return replace(tree, begins=True)
    if isinstance(tree, All) and isinstance(tree.parts[-1], Word):
        return All((*tree.parts[:-1], replace(tree.parts[-1], begins=True)))
    return tree
