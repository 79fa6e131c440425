"""From what a visitor types to a tree of words. Knows no index, never fails, and takes its time from nobody.

bring shoes              both words
"bring shoes"            the words one after the other
bring -shoes             the first without the second
shoes OR boots           either; OR in capitals
(shoes OR boots) walk    parentheses
shoe*                    words that begin so
title:shoes              only in titles, where whoever asks knows such a place; title:"bring shoes" too
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

LONGEST = 250
MOST_WORDS = 32
MOST_TOKENS = 80
DEEPEST = 4
# Far more than is ever read, so that an address of a megabyte costs no more than one of a kilobyte.
READ_AT_MOST = 4 * LONGEST
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"\u00ad": None, "−": "-"})
# A number that may have parentheses in it, alone or after its name.
DOI = r'(?:doi:|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/[^\s"]+'
# What texts say with it and without: “women’s health” is health of women, and a GP’s is of a GP.
POSSESSIVE = re.compile(r"(?<=\w\w)['’‘]s$", re.IGNORECASE)
TOKEN = re.compile(
    rf'(?P<minus>(?<![^\s(])-+(?=[^\s\-]))|"(?P<phrase>[^"]*)"|(?P<bracket>[()])|(?P<word>{DOI}|[^\s"()]+)'
)


@dataclass(frozen=True)
class Word:
    """A word as it was typed; `begins`: any word that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words one after the other."""

    text: str


@dataclass(frozen=True)
class Not:
    """Without this."""

    part: "Part"


@dataclass(frozen=True)
class All:
    """All of these."""

    parts: tuple["Part", ...]


@dataclass(frozen=True)
class OneOf:
    """At least one of these."""

    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Most:
    """At least so many of these; nobody types it, it is what a question is loosened to."""

    parts: tuple["Part", ...]
    least: int


@dataclass(frozen=True)
class Within:
    """This in one place only; what places there are is for who asks to say."""

    place: str
    part: "Part"


Part = Word | Phrase | Not | All | OneOf | Most | Within


@dataclass(frozen=True)
class Asked:
    """What was typed, cleaned, and how it was understood; `tree` is None where there is nothing to look for."""

    typed: str
    tree: Part | None
    is_cut: bool = False


def understand(raw: str, *, places: Collection[str] = ()) -> Asked:
    """The tree of what somebody typed; any characters, any length. `places`: names that may stand before a colon."""
    typed, is_cut = cut(clean(raw[:READ_AT_MOST]))
    tokens = list(_tokens(typed))
    return Asked(typed, _Reader(tokens[:MOST_TOKENS], places).everything(), is_cut or len(raw) > READ_AT_MOST)


def clean(raw: str) -> str:
    """Composed letters, straight quotes, one space between words, nothing that cannot be printed."""
    whole = raw.encode("utf-8", "ignore").decode().translate(QUOTES)
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in whole)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def cut(typed: str) -> tuple[str, bool]:
    """At most so many words and characters, ending with a whole word where there is one; whether any were left out."""
    words = typed.split(" ")
    kept = " ".join(words[:MOST_WORDS])
    if len(kept) > LONGEST:
        kept = kept[: LONGEST + 1].rpartition(" ")[0] or kept[:LONGEST]
    return kept, kept != typed


def written(part: Part | None) -> str:
    """The tree as a visitor would type it."""
    match part:
        case Word() | Phrase():
            return f'"{part.text}"' if isinstance(part, Phrase) else part.text + "*" * part.begins
        case Not(inner):
            return f"-{_bracketed(inner, All, OneOf, Most)}"
        case All(parts):
            return " ".join(_bracketed(inner, OneOf, Most) for inner in parts)
        case OneOf(parts) | Most(parts):
            return " OR ".join(map(written, parts))
        case Within(place, inner):
            return f"{place}:{_bracketed(inner, All, OneOf)}"
    return ""


def _bracketed(part: Part, *kinds: type[All | OneOf | Most]) -> str:
    return f"({written(part)})" if isinstance(part, kinds) else written(part)


def all_of(parts: Iterable[Part | None]) -> Part | None:
    """These together; one alone is itself."""
    found = tuple(part for part in parts if part is not None)
    return All(found) if len(found) > 1 else next(iter(found), None)


def one_of(parts: Iterable[Part | None]) -> Part | None:
    """Any of these; one alone is itself."""
    found = tuple(part for part in parts if part is not None)
    return OneOf(found) if len(found) > 1 else next(iter(found), None)


def negated(part: Part | None) -> Part | None:
    """Without it; twice is once more with it."""
    return part.part if isinstance(part, Not) else (Not(part) if part else None)


def wanted(part: Part | None) -> Iterator[Word | Phrase]:
    """Every word and phrase that should be there, from left to right."""
    match part:
        case Word() | Phrase():
            yield part
        case All(parts) | OneOf(parts) | Most(parts):
            for inner in parts:
                yield from wanted(inner)
        case Within(_place, inner):
            yield from wanted(inner)


def unwanted(part: Part | None) -> Iterator[Part]:
    """What should not be there."""
    match part:
        case Not(inner):
            yield inner
        case All(parts) | OneOf(parts):
            for inner in parts:
                yield from unwanted(inner)


def _tokens(typed: str) -> Iterator[tuple[str, str]]:
    """The kind and text of each sign and word; a quote without its partner is nothing."""
    for found in TOKEN.finditer(typed):
        kind = str(found.lastgroup)
        text = found[kind]
        if kind == "bracket" or (kind == "word" and text.strip("*") in {"OR", "AND"}):
            yield text.strip("*"), text
        elif kind == "minus" or any(sign.isalnum() for sign in text):
            yield kind, text.strip()


@dataclass
class _Reader:
    """Reads tokens from left to right; what makes no sense where it stands is left out."""

    tokens: list[tuple[str, str]]
    places: Collection[str] = ()
    at: int = field(default=0)

    def everything(self) -> Part | None:
        parts = []
        while self.at < len(self.tokens):
            parts.append(self.choice(0))
            self.take(")")  # one that closes nothing
        return all_of(parts)

    def choice(self, depth: int) -> Part | None:
        options = [self.sequence(depth)]
        while self.take("OR"):
            options.append(self.sequence(depth))
        return one_of(options)

    def sequence(self, depth: int) -> Part | None:
        parts = []
        while self.at < len(self.tokens) and self.kind() not in {"OR", ")"}:
            parts.append(self.single(depth))
        return all_of(_flat(parts))

    def single(self, depth: int) -> Part | None:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "minus":
            return (
                negated(self.single(depth)) if self.at < len(self.tokens) and self.kind() not in {"OR", ")"} else None
            )
        if kind == "(":
            return self.inside(depth)
        if kind == "phrase":
            return Phrase(text)
        return self.word(text, depth) if kind == "word" else None

    def word(self, text: str, depth: int) -> Part | None:
        """A word, or a place and what is looked for there, which may be a phrase or stand in parentheses."""
        place, colon, rest = text.partition(":")
        if not colon or place.lower() not in self.places:
            return _word(text)
        if rest:
            return Within(place.lower(), _word(rest))
        is_next = self.at < len(self.tokens) and self.kind() in {"phrase", "("}
        inner = self.single(depth) if is_next else None
        return Within(place.lower(), inner) if inner else _word(place)

    def inside(self, depth: int) -> Part | None:
        if depth >= DEEPEST:
            return None
        part = self.choice(depth + 1)
        self.take(")")
        return part

    def kind(self) -> str:
        return self.tokens[self.at][0]

    def take(self, kind: str) -> bool:
        is_next = self.at < len(self.tokens) and self.kind() == kind
        self.at += is_next
        return is_next


def _word(text: str) -> Word:
    begins = text.endswith("*")
    return Word(POSSESSIVE.sub("", text.strip("*")), begins)


def _flat(parts: Iterable[Part | None]) -> Iterator[Part | None]:
    """Words in parentheses that only group are words like the others."""
    for part in parts:
        if isinstance(part, All):
            yield from part.parts
        else:
            yield part
