"""Names of people and organisations as files write them."""

import re

from research_db.formats.record import Name
from research_db.formats.text import tidy

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v", "2nd", "3rd"})
# Family names that begin so keep it: “van der Berg, Jan”.
INITIALS = re.compile(r"^[A-Z](?:[A-Z]{0,3}|(?:[.\- ]+[A-Z]\b\.?)+|\.(?:-?[A-Z]\.)*)$")
BRACED = re.compile(r"\{\s*([^{}]*[^{}\s,])\s*\}")
# In these scripts the family stands first.
FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
ORGANISED = re.compile(
    r"\b(?:group|consortium|committee|organi[sz]ation|institute|foundation|network|association|department|ministry|"
    r"university|centre|center|council|trust|society|agency|commission|england|nhs|board|team|collaborat\w+)\b",
    re.IGNORECASE,
)


def parse(text: str) -> Name | None:
    """A name from “Family, Given”, “Family, Given, Jr”, “Given Family”, “Family GH” or “An Organisation”.

    In one piece where the parts cannot be told for certain; None for nothing.
    """
    whole = tidy(text).strip(" ;")
    if not whole.strip(" ,"):
        return None
    if whole.endswith(","):  # how RIS says that a name with commas is one piece
        return Name(literal=whole.strip(" ,"))
    if braced := BRACED.fullmatch(whole):  # how BibTeX says it, and programs that come from there
        return Name(literal=braced[1])
    if "," in whole:
        return _with_commas([part.strip() for part in whole.split(",")], whole)
    return _without_commas(whole)


def _with_commas(parts: list[str], whole: str) -> Name:
    family, *rest = parts
    rest = [part for part in rest if part]
    if not family or len(rest) > 2 or not rest:  # noqa: PLR2004  family, given, suffix
        return Name(literal=whole.strip(", "))
    if len(rest) == 2:  # noqa: PLR2004
        given, suffix = (rest[1], rest[0]) if rest[0].lower() in SUFFIXES else (rest[0], rest[1])
        return Name(family=family, given=given, suffix=suffix)
    return Name(family=family, given=rest[0])


def _without_commas(whole: str) -> Name:
    words = whole.split()
    if len(words) == 1 or ORGANISED.search(whole):
        return Name(literal=whole)
    if FAMILY_FIRST.match(whole):
        return Name(family=words[0], given=" ".join(words[1:]))
    if INITIALS.match(words[-1]) and not INITIALS.match(words[0]):
        return Name(family=" ".join(words[:-1]), given=words[-1])
    at = next((place for place, word in enumerate(words[1:], 1) if word.islower()), len(words) - 1)
    return Name(family=" ".join(words[at:]), given=" ".join(words[:at]))


def inverted(name: Name) -> str:
    """The name as most formats write it: “Family, Given, Suffix”, or in one piece.

    A comma behind one piece says that it is one, as EndNote has it, wherever it could be taken for a person's name.
    """
    if name.literal:
        return name.literal if parse(name.literal) == Name(literal=name.literal) else f"{name.literal},"
    return ", ".join([name.family, name.given, name.suffix] if name.suffix else filter(None, [name.family, name.given]))
