"""Identifiers as the world writes them, brought to one spelling."""

import re
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

IN_FRONT = re.compile(
    r"^\s*(https?://)?(dx\.)?(doi\.org/|pubmed\.ncbi\.nlm\.nih\.gov/|pmc\.ncbi\.nlm\.nih\.gov/articles/"
    r"|www\.ncbi\.nlm\.nih\.gov/(pubmed|pmc/articles)/|arxiv\.org/(abs|pdf)/|openalex\.org/|hdl\.handle\.net/"
    r"|orcid\.org/)?((doi|pmid|pmcid|isbn|arxiv|orcid)\s*:\s*)?",
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
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def one_spelling(scheme: str, value: str) -> str:
    """The number without the address in front of it, as every record has it.

    Raises:
        ValidationError: it does not have the shape of such a number.
    """
    plain = unquote(IN_FRONT.sub("", value)).strip().rstrip("/.,;")
    plain = {"doi": str.lower, "isbn": _isbn, "pmcid": str.upper}.get(scheme, str)(plain)
    if not SHAPES[scheme].fullmatch(plain) or (scheme == "isbn" and not is_isbn(plain)):
        raise ValidationError(_("“%(value)s” is not such a number. Look for a slip in it.") % {"value": value})
    return plain


def one_orcid(value: str) -> str:
    """An ORCID as 0000-0002-1825-0097.

    Raises:
        ValidationError: it is none, or its last sign does not fit the others.
    """
    plain = IN_FRONT.sub("", value).strip().rstrip("/").upper()
    if not ORCID.fullmatch(plain) or _check_sign(plain.replace("-", "")[:15]) != plain[-1]:
        raise ValidationError(_("“%(value)s” is not an ORCID. Look for a slip in it.") % {"value": value})
    return plain


def is_isbn(plain: str) -> bool:
    """Whether the last sign of ten or thirteen fits the others."""
    if len(plain) == 10:  # noqa: PLR2004  the old length
        return sum((10 - place) * _worth(sign) for place, sign in enumerate(plain)) % 11 == 0
    return sum((3 if place % 2 else 1) * int(sign) for place, sign in enumerate(plain)) % 10 == 0


def _isbn(value: str) -> str:
    return re.sub(r"[\s–-]", "", value).upper()


def _worth(sign: str) -> int:
    return 10 if sign == "X" else int(sign)


def _check_sign(digits: str) -> str:
    """ISO 7064, MOD 11-2, as ORCID has it."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004
