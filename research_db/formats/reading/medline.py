"""PubMed's tagged format (.nbib, MEDLINE)."""

import re
from collections.abc import Iterable, Iterator

from research_db.formats import dates, identifiers, kinds
from research_db.formats.reading import parts
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.reading.tagged import Entry, Grammar, read_tagged
from research_db.formats.record import Contributor, Identifier, Record
from research_db.formats.text import tidy, tidy_lines

GRAMMAR = Grammar(
    tag=re.compile(r"^([A-Z][A-Z0-9]{1,3}) {0,2}-\s?(.*)$"),
    starts=frozenset({"PMID"}),
    blank_ends=True,
)
TYPES = [(name, kind) for kind, names in kinds.PUBMED.items() for name in names]
# Tags whose value ends with what it is: “10.1/a [doi]”.
TYPED = re.compile(r"^(.*?)\s*\[(\w+)\]$")
KNOWN = frozenset(
    [
        *("PMID", "TI", "BTI", "FAU", "AU", "CN", "FED", "ED", "JT", "TA", "DP", "DEP", "VI", "IP", "PG", "PB", "PL"),
        *("EN", "LA", "AB", "OT", "MH", "LID", "AID", "PMC", "IS", "ISBN", "PT", "SO"),
    ]
)


def read(lines: Iterable[Line]) -> Iterator[Read]:
    """Every record of a PubMed file."""
    return read_tagged(lines, GRAMMAR, understand)


def understand(entry: Entry, notes: Notes) -> Record:
    """The record that these tags say."""
    title, container, short = _titles(entry)
    return Record(
        kind=kind_of(entry),
        title=title,
        contributors=tuple(_contributors(entry, notes)),
        container=container,
        container_short=short,
        date=parts.date(entry.all("DP"), notes, "DP"),
        online_date=dates.parse(entry.first("DEP")),
        volume=tidy(entry.first("VI")),
        issue=tidy(entry.first("IP")),
        pages=tidy(entry.first("PG")),
        publisher=tidy(entry.first("PB")),
        place=tidy(entry.first("PL")),
        edition=tidy(entry.first("EN")),
        language=tidy(entry.first("LA")),
        abstract="\n".join(map(tidy_lines, entry.all("AB"))),
        keywords=parts.keywords(entry.all("OT", "MH")),
        identifiers=parts.numbers(_identifiers(entry)),
        extra=entry.rest(KNOWN),
    )


def _titles(entry: Entry) -> tuple[str, str, str]:
    """Its own title, that of the journal or book it is in, and the journal's short one."""
    book, short = tidy(entry.first("BTI")), tidy(entry.first("TA"))
    title = tidy(" ".join(entry.all("TI"))) or book
    container = tidy(entry.first("JT")) or (book if book != title else "") or short
    return title, container, "" if short == container else short


def kind_of(entry: Entry) -> str:
    """The most telling of its publication types."""
    said = {text.lower() for text in entry.all("PT")}
    return next((kind for name, kind in TYPES if name in said), "journal-article" if entry.all("JT", "TA") else "other")


def _contributors(entry: Entry, notes: Notes) -> Iterator[Contributor]:
    yield from parts.contributors(entry.all("FAU") or entry.all("AU"), "author", notes, "FAU")
    yield from parts.groups(entry.all("CN"))
    yield from parts.contributors(entry.all("FED") or entry.all("ED"), "editor", notes, "FED")


def _identifiers(entry: Entry) -> Iterator[Identifier | None]:
    yield identifiers.identifier("pmid", entry.first("PMID"))
    for text in entry.all("LID", "AID"):
        found = TYPED.match(text)
        if found and found[2] == "doi":
            yield identifiers.identifier("doi", found[1])
    pmc = entry.first("PMC")
    if pmc:
        yield identifiers.identifier("pmcid", pmc if pmc.upper().startswith("PMC") else f"PMC{pmc}")
    for text in entry.all("ISBN", "IS"):
        yield from identifiers.serial(text)
