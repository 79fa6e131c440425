"""A record as files of every format have it: what reading gives and writing takes.

Text is tidy (`text.tidy`; abstract and notes keep their lines), nothing is invented, what is not known is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LAST_YEAR = 2200
FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known.

    Raises:
        ValueError: there is no such date, or a finer part stands without the coarser one.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"{self.year} is no year")
        if self.month is not None and not 1 <= self.month <= len(LONGEST_MONTHS):
            raise ValueError(f"{self.month} is no month")
        if self.day is not None and (self.month is None or not 1 <= self.day <= LONGEST_MONTHS[self.month - 1]):
            raise ValueError(f"{self.day} is no day of month {self.month}")

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts, or any name in one piece (`literal`), never both."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made it; `role` is author, editor or translator."""

    name: Name
    role: str = "author"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which the world knows it.

    Args:
        scheme: doi, pmid, pmcid, isbn, issn, arxiv, openalex or handle.
        value: as `identifiers.normal` writes it.
        raw: as it stood in the file.
    """

    scheme: str
    value: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One publication.

    Args:
        kind: one of `kinds.KINDS`.
        container: the journal or the book it is in.
        container_short: the journal's short title.
        date: when it was published.
        online_date: when it was first to be read, where that is another day.
        keywords: as printed.
        urls: where it is; the best first.
        extra: what the format said that has no place of its own: tag to values.
    """

    kind: str = "other"
    title: str = ""
    contributors: tuple[Contributor, ...] = ()
    container: str = ""
    container_short: str = ""
    date: PartialDate | None = None
    online_date: PartialDate | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    place: str = ""
    edition: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    urls: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    licence: str = ""
    open_access_url: str = ""
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
