"""RIS, in the spellings of Ovid, ProQuest, Embase, Scopus, Zotero, EndNote, Citavi and this site."""

import re
from collections.abc import Iterable, Iterator

from research_db.formats import dates, identifiers, kinds
from research_db.formats.reading import parts
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.reading.tagged import Entry, Grammar, read_tagged
from research_db.formats.record import Contributor, Identifier, PartialDate, Record
from research_db.formats.text import tidy, tidy_lines

KINDS = kinds.reader(kinds.RIS)
ROLES = {"author": ("AU", "A1"), "editor": ("A2", "ED", "A3"), "translator": ("A4",)}
TITLES = ("TI", "T1", "CT")
BOOKS = frozenset({"book", "report", "thesis", "guideline", "policy", "dataset", "webpage", "video", "other"})
CONTAINERS = ("T2", "JF", "JO", "BT", "JA", "J2", "J1")
SHORT = ("J2", "JA", "J1", "JO")
DATES = ("PY", "Y1", "DA", "YR")
ABSTRACTS = ("AB", "N2")
# Words before a value that this site writes among the notes, because RIS has no tag for it.
LICENCE, ONLINE, KIND, FREE = "Licence: ", "Online: ", "Kind: ", "Free to read: "
# Tags that are understood; every other one goes to `extra`.
KNOWN = frozenset(
    [
        *("TY", "ER", "SP", "EP", "VL", "IS", "PB", "CY", "PP", "ET", "LA", "KW", "DO", "SN", "UR", "N1", "C7"),
        *TITLES, *CONTAINERS, *DATES, *ABSTRACTS, *(tag for tags in ROLES.values() for tag in tags),
    ]
)  # fmt: skip

GRAMMAR = Grammar(
    # Text that went through a web page has one space left of two; a line of prose must not look like a tag by that.
    tag=re.compile(rf"^\ufeff?([A-Z][A-Z0-9](?=  -|\t-)|(?:{'|'.join(sorted(KNOWN))})(?= -))\s+-(.*)$"),
    starts=frozenset({"TY"}),
    ends="ER",
    listed=frozenset({"KW"}),  # EndNote writes one tag and then a keyword a line
    keeps_lines=frozenset({"AB", "N1", "N2"}),
)


def read(lines: Iterable[Line]) -> Iterator[Read]:
    """Every record of a RIS file."""
    return read_tagged(lines, GRAMMAR, understand)


def understand(entry: Entry, notes: Notes) -> Record:
    """The record that these tags say."""
    said = Notelines(entry.all("N1"))
    kind = said.kind or kind_of(entry)
    title = tidy(entry.first(*TITLES) or (entry.first("BT", "T2") if kind in BOOKS else ""))
    container = tidy(entry.first(*CONTAINERS))
    short = tidy(entry.first(*SHORT))
    return Record(
        kind=kind,
        title=title,
        contributors=tuple(_contributors(entry, notes)),
        container="" if container == title else container,
        container_short="" if short in {container, title} else short,
        date=parts.date(entry.all(*DATES), notes, "PY"),
        online_date=said.online,
        volume=tidy(entry.first("VL")),
        issue=tidy(entry.first("IS")),
        pages=parts.pages(entry.first("SP"), entry.first("EP")),
        article_number=tidy(entry.first("C7")),
        publisher=tidy(entry.first("PB")),
        place=tidy(entry.first("CY", "PP")),
        edition=tidy(entry.first("ET")),
        language=tidy(entry.first("LA")),
        abstract=tidy_lines(entry.first(*ABSTRACTS)),
        keywords=parts.keywords(entry.all("KW")),
        identifiers=parts.numbers(_identifiers(entry, said, notes)),
        urls=parts.addresses(entry.all("UR")),
        notes=said.rest,
        licence=said.licence,
        open_access_url=said.free,
        extra=entry.rest(KNOWN),
    )


class Notelines:
    """The notes of a record: those that say what RIS has no tag for, and the rest."""

    def __init__(self, notes: list[str]) -> None:
        self.licence = self.kind = self.free = ""
        self.online: PartialDate | None = None
        self.identifiers: list[Identifier] = []
        self.rest = tuple(note for note in map(tidy_lines, notes) if note and not self._says(note))

    def _says(self, note: str) -> bool:
        number = identifiers.labelled(note)
        if number:
            self.identifiers.append(number)
        elif note.startswith(LICENCE):
            self.licence = note.removeprefix(LICENCE)
        elif note.startswith(FREE):
            self.free = note.removeprefix(FREE)
        elif note.startswith(ONLINE):
            self.online = dates.parse(note.removeprefix(ONLINE))
        elif note.startswith(KIND) and note.removeprefix(KIND) in kinds.KINDS:
            self.kind = note.removeprefix(KIND)
        else:
            return False
        return True


def kind_of(entry: Entry) -> str:
    """The kind of the last type that says one."""
    types = [value.lower() for value in entry.all("TY")]
    return next((KINDS[one] for one in reversed(types) if one in KINDS), "other")


def _contributors(entry: Entry, notes: Notes) -> Iterator[Contributor]:
    for role, tags in ROLES.items():
        for tag in tags:
            found = parts.contributors(entry.all(tag), role, notes, tag)
            yield from found
            if found and role == "author":
                break


def _identifiers(entry: Entry, said: Notelines, notes: Notes) -> Iterator[Identifier | None]:
    yield from parts.named_dois(entry.all("DO"), notes, "DO")
    if not entry.all("DO"):
        # Older exports hide the DOI in an address or a note.
        for text in entry.all("UR", "M3", "L3", "L2", "N1"):
            if "doi" in text.lower():
                yield identifiers.identifier("doi", text)
    yield from said.identifiers
    for text in entry.all("SN"):
        yield from identifiers.serial(text)
