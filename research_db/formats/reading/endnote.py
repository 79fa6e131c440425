"""EndNote's tagged format (Refer, .enw)."""

import re
from collections.abc import Iterable, Iterator

from research_db.formats import identifiers
from research_db.formats.reading import parts
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.reading.tagged import Entry, Grammar, read_tagged
from research_db.formats.record import Record
from research_db.formats.text import tidy, tidy_lines

GRAMMAR = Grammar(
    tag=re.compile(r"^\ufeff?%([0-9A-Z@!?&$()+^>~\[\]*#<|])(?: (.*))?$"), starts=frozenset({"0"}), blank_ends=True,
    listed=frozenset({"K"}),
    keeps_lines=frozenset({"X", "Z"}),
)  # fmt: skip
KINDS = {
    "journal article": "journal-article",
    "magazine article": "journal-article",
    "electronic article": "journal-article",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "book section": "chapter",
    "report": "report",
    "thesis": "thesis",
    "conference paper": "conference-paper",
    "conference proceedings": "conference-paper",
    "web page": "webpage",
    "blog": "webpage",
    "standard": "guideline",
    "government document": "policy",
    "dataset": "dataset",
    "unpublished work": "preprint",
    "film or broadcast": "video",
}
KNOWN = frozenset("0ATJBDVNPICX@RUKGZE78?")


def read(lines: Iterable[Line]) -> Iterator[Read]:
    """Every record of an EndNote file."""
    return read_tagged(lines, GRAMMAR, understand)


def understand(entry: Entry, notes: Notes) -> Record:
    """The record that these tags say."""
    return Record(
        kind=KINDS.get(entry.first("0").lower(), "other"),
        title=tidy(entry.first("T")),
        contributors=(
            *parts.contributors(entry.all("A"), "author", notes, "A"),
            *parts.contributors(entry.all("E"), "editor", notes, "E"),
            *parts.contributors(entry.all("?"), "translator", notes, "?"),
        ),
        container=tidy(entry.first("J", "B")),
        date=parts.date(entry.all("D", "8"), notes, "D"),
        volume=tidy(entry.first("V")),
        issue=tidy(entry.first("N")),
        pages=tidy(entry.first("P")),
        publisher=tidy(entry.first("I")),
        place=tidy(entry.first("C")),
        edition=tidy(entry.first("7")),
        language=tidy(entry.first("G")),
        abstract=tidy_lines(entry.first("X")),
        keywords=parts.keywords(entry.all("K"), at=";"),
        identifiers=parts.numbers(
            [
                *(identifiers.identifier("doi", text) for text in entry.all("R")),
                *(number for text in entry.all("@") for number in identifiers.serial(text)),
            ]
        ),
        urls=parts.addresses(entry.all("U")),
        notes=tuple(filter(None, map(tidy_lines, entry.all("Z")))),
        extra=entry.rest(KNOWN, "%"),
    )
