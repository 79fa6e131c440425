"""The word that was meant: the nearest word of the index."""

from collections import defaultdict
from collections.abc import Iterable

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BIT = {letter: 1 << place for place, letter in enumerate(LETTERS)}
Known = tuple[str, int, int]


def slips(word: str) -> int:
    """How many slips of the finger are forgiven: none in a short word or one with figures, two in a long one."""
    if len(word) < 4 or not word.isalpha():  # noqa: PLR2004
        return 0
    return 1 if len(word) < 8 else 2  # noqa: PLR2004


def letters(word: str) -> int:
    """Which letters a word has, one bit each."""
    return sum({BIT[letter] for letter in word if letter in BIT})


class Vocabulary:
    """The words of an index with how often each is used, by length."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._by_length: dict[int, list[Known]] = defaultdict(list)
        for word, uses in words:
            self._by_length[len(word)].append((word, uses, letters(word)))

    def nearest(self, word: str) -> str | None:
        """The known word within the forgiven slips: the fewest slips, then the most used, then by the alphabet."""
        most = slips(word)
        near = [
            (slipped, -uses, known)
            for known, uses, slipped in self._near(word, most)
            if known != word and slipped <= most
        ]
        return min(near)[2] if near else None

    def _near(self, word: str, most: int) -> Iterable[tuple[str, int, int]]:
        own = letters(word)
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            for known, uses, bits in self._by_length.get(length, ()):
                # One slip changes at most two letters of the set; this leaves few to compare in earnest.
                if (own ^ bits).bit_count() <= 2 * most:
                    yield known, uses, distance(word, known)


def distance(one: str, other: str) -> int:
    """Slips between two words: a letter too many, too few or wrong, or two neighbours swapped (Damerau, 1964)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
