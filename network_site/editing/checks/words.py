"""Sentences, words and how hard they are to read. The same rules are in static/editing/checks.js."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
# A sentence ends with . ! or ? where the next one begins with a capital, a figure or a quotation mark.
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
# After these a full stop ends no sentence.
SHORT_FORMS = ("Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "No.", "e.g.", "i.e.", "vs.", "Rev.", "approx.")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?<=[^laeiouy])(?:e|es|ed)$")


def words(text: str) -> list[str]:
    """The words of a text; "link-worker’s" and "1,000" are one each."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph."""
    found: list[str] = []
    for part in SENTENCE_END.split(text):
        if found and found[-1].endswith(SHORT_FORMS):
            found[-1] += f" {part}"
        elif part.strip():
            found.append(part.strip())
    return found


def syllables(word: str) -> int:
    """How many syllables an English word has, nearly: groups of vowels, without an e that is not spoken."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    if len(letters) <= 3:  # noqa: PLR2004  "the", "one", "ate"
        return 1
    return max(1, len(VOWELS.findall(SILENT_END.sub("", letters))))


@dataclass(frozen=True)
class Reading:
    """How long a text is and how hard it is to read."""

    words: int
    sentences: int
    syllables: int

    @property
    def age(self) -> int | None:
        """The age at which an English pupil reads it with ease; None where the text is too short to say.

        Flesch-Kincaid grade level, 0.39 x words a sentence + 11.8 x syllables a word - 15.59, from Kincaid, Fishburne,
        Rogers and Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research Branch
        Report 8-75 (1975). A pupil of American grade 1 is six years old, so five years are added.
        """
        if self.words < ENOUGH_WORDS or not self.sentences:
            return None
        grade = 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
        return max(5, round(grade + 5))


# The formula was made from passages of about this length.
ENOUGH_WORDS = 100


def reading(paragraphs: Iterable[str]) -> Reading:
    """Measure some paragraphs together."""
    found = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    of_text = [word for sentence in found for word in words(sentence)]
    return Reading(words=len(of_text), sentences=len(found), syllables=sum(syllables(word) for word in of_text))
