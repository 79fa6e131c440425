"""Words as the index knows them: lower case, accents folded, and the stem of an English word."""

import unicodedata
from collections.abc import Collection
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

# Words so frequent that nobody is left out for lacking one.
FREQUENT = frozenset(
    [
        *("a", "about", "an", "and", "are", "as", "at", "be", "by", "do", "does", "for", "from", "how", "i", "in"),
        *("is", "it", "its", "me", "my", "of", "on", "or", "our", "that", "the", "their", "there", "this", "to", "us"),
        *("was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your"),
    ]
)


def _folded() -> TextAnalyzerBuilder:
    small = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    # Small again after folding, which makes a capital of “ᴊ”.
    return small.filter(Filter.ascii_fold()).filter(Filter.lowercase())


def stemming() -> TextAnalyzer:
    """An analyser that keeps the stems of words."""
    return _folded().filter(Filter.stemmer("english")).build()


def folding() -> TextAnalyzer:
    """An analyser that keeps whole words."""
    return _folded().build()


_stemming, _folding = stemming(), folding()


def prepared(text: str) -> str:
    """Text as both analysers should be given it: composed letters, no soft hyphens, nothing that is no character."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.replace("\u00ad", "").encode("utf-8", "ignore").decode())


def stems(text: str) -> list[str]:
    """The stems of its words, in order."""
    return list(_stemming.analyze(prepared(text)))


def words(text: str) -> list[str]:
    """Its words, folded, in order."""
    return list(_folding.analyze(prepared(text)))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The stem of one folded word; itself where it is none."""
    return next(iter(_stemming.analyze(word)), word)


def places(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Where in prepared text the words of these stems stand, from and to, in characters."""
    tokens = _stemming.pre_tokenize(text).tokens
    return [(token.char_offset_from, token.char_offset_to or 0) for token in tokens if token.text in wanted]
