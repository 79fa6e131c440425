"""Identifiers as the world writes them, brought to one spelling."""

import re
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from research_db.formats import identifiers
from research_db.formats.text import tidy

IN_FRONT = re.compile(
    r"^\s*(https?://)?(dx\.)?(doi\.org/|pubmed\.ncbi\.nlm\.nih\.gov/|pmc\.ncbi\.nlm\.nih\.gov/articles/"
    r"|www\.ncbi\.nlm\.nih\.gov/(pubmed|pmc/articles)/|arxiv\.org/(abs|pdf)/|openalex\.org/|hdl\.handle\.net/"
    r"|orcid\.org/)?((doi|pmid|pmcid|isbn|arxiv|orcid)\s*[:\s]\s*)?",
    re.IGNORECASE,
)
SHAPES = {
    "doi": re.compile(r"10\.\d{4,9}/\S+"),
    "pmid": re.compile(r"[1-9]\d{0,8}"),
    "pmcid": re.compile(r"PMC\d{1,9}"),
    "isbn": re.compile(r"\d{9}[\dX]|\d{13}"),
    "arxiv": re.compile(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+(\.[A-Z]{2})?/\d{7}"),
    "openalex": re.compile(r"W\d+"),
    "handle": re.compile(r"\d[\d.]*/\S+"),
}
# One work has several of these: an ISBN of 10 and of 13 figures, an arXiv number with each version.
SAME_IN_SEVERAL = frozenset({"doi", "isbn", "arxiv"})


def one_spelling(scheme: str, value: str) -> str:
    """The number without the address in front of it, as every record has it.

    Raises:
        ValidationError: it does not have the shape of such a number.
    """
    plain = tidy(unquote(IN_FRONT.sub("", value))).rstrip("/.,;")
    plain = {"isbn": _without_gaps, "pmcid": str.upper, "doi": str.lower}.get(scheme, str)(plain)
    number = identifiers.normal(scheme, plain) if scheme in SAME_IN_SEVERAL else plain
    if not (SHAPES[scheme].fullmatch(plain) and number):
        raise ValidationError(_("“%(value)s” is not such a number. Look for a slip in it.") % {"value": value})
    return number


def one_orcid(value: str) -> str:
    """An ORCID as 0000-0002-1825-0097.

    Raises:
        ValidationError: it is none, or its last sign does not fit the others.
    """
    plain = without_address(value).upper()
    if identifiers.orcid(plain) != plain:
        raise ValidationError(_("“%(value)s” is not an ORCID. Look for a slip in it.") % {"value": value})
    return plain


def without_address(value: str) -> str:
    """What somebody wrote or pasted, without the address it stood in."""
    return IN_FRONT.sub("", value).strip().rstrip("/")


def _without_gaps(value: str) -> str:
    return re.sub(r"[\s–-]", "", value).upper()
