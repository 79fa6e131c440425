"""Numbers by which the world knows publications: found in text, checked, and written in one way.

The rules of each are its agency's own: the DOI handbook, ISO 2108 (ISBN), ISO 3297 (ISSN), ISO 7064 mod 11-2 (ORCID).
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from research_db.formats.record import Identifier
from research_db.formats.text import tidy

DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.IGNORECASE)
DOI_BEFORE = re.compile(
    r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^(?:doi|digital object identifier)\s*[:=]?\s*", re.IGNORECASE
)
ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf)/|\s*:\s*))?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?$",
    re.IGNORECASE,
)
PMCID = re.compile(r"(?:PMC\s?|PMCID:?\s*(?:PMC)?)(\d{3,9})", re.IGNORECASE)
PMID = re.compile(r"(?:PMID:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)?(\d{1,9})/?$", re.IGNORECASE)
HANDLE = re.compile(r"(?:https?://hdl\.handle\.net/|hdl:)(\d[\d.]*/\S+)", re.IGNORECASE)
OPENALEX = re.compile(r"(?:https?://openalex\.org/)?(W\d{4,12})$", re.IGNORECASE)
ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])")
# What stands between several ISBNs or ISSNs: a sign, or a space where a whole number follows (not one inside a number).
SERIALS_APART = re.compile(r"[;,]|\s(?=\d{4}-?\d{3}[\dXx]\b)|(?<!\b97[89])\s(?=(?:97[89]-?)?(?:\d-?){9}[\dXx]\b)")
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
AFTER = ".,;:'\"”’"


def doi(text: str) -> str:
    """The first DOI in a text, in small letters, without what stands round it; empty if there is none.

    It may be written as addresses are (“%3C” for “<”); signs that cannot be printed are no part of any.
    """
    found = DOI.search(tidy(unquote(text)))
    return _without_tail(re.split(r"</?[a-zA-Z]|[\"“]|'>", found[0])[0]).lower() if found else ""


def _without_tail(text: str) -> str:
    """Without the full stop of its sentence and a bracket that opened before it."""
    while text and (
        text[-1] in AFTER or (text[-1] in BRACKETS and text.count(text[-1]) > text.count(BRACKETS[text[-1]]))
    ):
        text = text[:-1]
    return text


def isbn(text: str) -> str:
    """The ISBN of 13 figures; one of 10 is turned into it; empty if the check figure is wrong."""
    signs = re.sub(r"[^\dXx]", "", re.sub(r"isbn(?:-1[03])?:?", "", text, flags=re.IGNORECASE)).upper()
    if len(signs) == 10 and _isbn10_is_right(signs):  # noqa: PLR2004
        signs = "978" + signs[:9]
        return signs + _check13(signs)
    return signs if len(signs) == 13 and signs.isdecimal() and _check13(signs[:12]) == signs[12] else ""  # noqa: PLR2004


def _isbn10_is_right(signs: str) -> bool:
    if not signs[:9].isdecimal():
        return False
    figures = [*map(int, signs[:9]), 10 if signs[9] == "X" else int(signs[9])]
    return sum(weight * figure for weight, figure in zip(range(10, 0, -1), figures, strict=True)) % 11 == 0


def _check13(twelve: str) -> str:
    return str(-sum(int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(twelve)) % 10)


def issn(text: str) -> str:
    """The ISSN with its hyphen; empty if the check figure is wrong."""
    found = re.search(r"\b(\d{4})-?(\d{3})([\dXx])\b", text)
    if not found:
        return ""
    figures = found[1] + found[2]
    total = sum(weight * int(figure) for weight, figure in zip(range(8, 1, -1), figures, strict=True))
    check = "0123456789X"[-total % 11]
    return f"{found[1]}-{found[2]}{check}" if check == found[3].upper() else ""


def orcid(text: str) -> str:
    """The ORCID in groups of four; empty if the check sign is wrong."""
    found = ORCID.search(text)
    if not found:
        return ""
    signs = "".join(found.groups()).upper()
    total = 0
    for figure in signs[:15]:
        total = (total + int(figure)) * 2
    return (
        "-".join(signs[at : at + 4] for at in range(0, 16, 4))
        if "0123456789X"[(12 - total % 11) % 11] == signs[15]
        else ""
    )


def _first(pattern: re.Pattern[str], write: Callable[[str], str] = str) -> Callable[[str], str]:
    def found(text: str) -> str:
        match = pattern.search(text.strip())
        return write(match[1]) if match else ""

    return found


NORMAL: dict[str, Callable[[str], str]] = {
    "doi": doi,
    "pmid": _first(PMID, lambda number: number.lstrip("0")),
    "pmcid": _first(PMCID, lambda number: f"PMC{number.lstrip('0')}"),
    "isbn": isbn,
    "issn": issn,
    "arxiv": _first(ARXIV, str.lower),
    "openalex": _first(OPENALEX, str.upper),
    "handle": _first(HANDLE, _without_tail),
}
# How records name numbers among their notes: "PMID: 123", as Zotero and this site write them.
LABELS = {"PMID": "pmid", "PMCID": "pmcid", "arXiv": "arxiv", "OpenAlex": "openalex", "Handle": "handle"}
LABELLED = re.compile(rf"^({'|'.join(LABELS)})\s*:\s*(\S+)$")


def normal(scheme: str, text: str) -> str:
    """A number as this site writes it; empty if it is none of its kind."""
    return NORMAL[scheme](text)


def identifier(scheme: str, text: str) -> Identifier | None:
    """The number in a text, if it is one."""
    value = normal(scheme, text)
    return Identifier(scheme, value, text) if value else None


def labelled(note: str) -> Identifier | None:
    """The number that a note of the form "PMID: 123" is."""
    found = LABELLED.match(note)
    if not found:
        return None
    text = f"hdl:{found[2]}" if found[1] == "Handle" and not found[2].startswith("h") else found[2]
    return identifier(LABELS[found[1]], text if found[1] != "PMCID" else f"PMC{found[2].removeprefix('PMC')}")


def label(one: Identifier) -> str:
    """A number as such a note."""
    name = next(name for name, scheme in LABELS.items() if scheme == one.scheme)
    return f"{name}: {one.value}"


def serial(text: str) -> Iterator[Identifier]:
    """The ISBNs and ISSNs in a field that may hold either, several, and words about them."""
    for part in SERIALS_APART.split(text):
        for scheme in ("isbn", "issn"):
            found = identifier(scheme, part)
            if found:
                yield found
                break
