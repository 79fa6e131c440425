"""Web of Science's tagged format (.ciw, .txt)."""

import re
from collections.abc import Iterable, Iterator

from research_db.formats import dates, identifiers
from research_db.formats.reading import parts
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.reading.tagged import Entry, Grammar, read_tagged
from research_db.formats.record import Identifier, Record
from research_db.formats.text import tidy, tidy_lines

GRAMMAR = Grammar(
    tag=re.compile(r"^\ufeff?([A-Z][A-Z0-9])(?: (.*))?$"),
    starts=frozenset({"PT"}),
    ends="ER",
    listed=frozenset({"AU", "AF", "BE", "ED", "CA", "BA", "BF", "CR", "C1"}),
    outside=frozenset({"FN", "VR", "EF"}),
)
KINDS = {"J": "journal-article", "B": "book", "S": "book", "P": "other", "C": "conference-paper"}
BY_TYPE = {
    "review": "review",
    "proceedings paper": "conference-paper",
    "book chapter": "chapter",
    "data paper": "dataset",
}
KNOWN = frozenset(
    [
        *("PT", "AU", "AF", "BE", "ED", "CA", "TI", "SO", "J9", "JI", "DT", "LA", "DE", "ID", "AB", "PY", "PD", "EA"),
        *("VL", "IS", "BP", "EP", "AR", "DI", "PM", "SN", "EI", "BN", "PU", "PI"),
    ]
)


def read(lines: Iterable[Line]) -> Iterator[Read]:
    """Every record of a Web of Science file."""
    return read_tagged(lines, GRAMMAR, understand)


def understand(entry: Entry, notes: Notes) -> Record:
    """The record that these tags say."""
    year = entry.first("PY")
    return Record(
        kind=kind_of(entry),
        title=tidy(entry.first("TI")),
        contributors=(
            *parts.contributors(entry.all("AF") or entry.all("AU"), "author", notes, "AU"),
            *parts.groups(entry.all("CA")),
            *parts.contributors(entry.all("BE", "ED"), "editor", notes, "ED"),
        ),
        container=tidy(entry.first("SO")),
        container_short=tidy(entry.first("JI", "J9")),
        date=parts.date([year, *(f"{day} {year}" for day in entry.all("PD"))] if year else [], notes, "PY"),
        online_date=dates.parse(entry.first("EA")),
        volume=tidy(entry.first("VL")),
        issue=tidy(entry.first("IS")),
        pages=parts.pages(entry.first("BP"), entry.first("EP")),
        article_number=tidy(entry.first("AR")),
        publisher=tidy(entry.first("PU")),
        place=tidy(entry.first("PI")),
        language=tidy(entry.first("LA")),
        abstract=tidy_lines(entry.first("AB")),
        keywords=parts.keywords(entry.all("DE", "ID"), at=";"),
        identifiers=parts.numbers(_identifiers(entry)),
        extra=entry.rest(KNOWN),
    )


def kind_of(entry: Entry) -> str:
    """By its document type, then by the type of its publication."""
    types = [part.lower() for text in entry.all("DT") for part in parts.split(text)]
    return next((BY_TYPE[one] for one in types if one in BY_TYPE), KINDS.get(entry.first("PT"), "other"))


def _identifiers(entry: Entry) -> Iterator[Identifier | None]:
    yield identifiers.identifier("doi", entry.first("DI"))
    yield identifiers.identifier("pmid", entry.first("PM"))
    for text in entry.all("SN", "EI", "BN"):
        yield from identifiers.serial(text)
