"""RIS. What it has no tag for is written among the notes, in words that `reading.ris` and Zotero know."""

import re
from collections.abc import Iterable, Iterator

from research_db.formats import identifiers, kinds, names
from research_db.formats.reading.ris import FREE, KIND, LICENCE, ONLINE, ROLES
from research_db.formats.record import PartialDate, Record

KINDS = kinds.writer(kinds.RIS)
READ_BACK = kinds.reader(kinds.RIS)
RANGE = re.compile(r"([^\s-]+)-([^\s-]+)")
TAG = re.compile(r"^[A-Z][A-Z0-9]$")
# Lines of a value after its first; so far in that no reader takes one for a tag.
INDENT = "\n      "
SIMPLE = (
    ("TI", "title"), ("T2", "container"), ("J2", "container_short"), ("VL", "volume"), ("IS", "issue"),
    ("C7", "article_number"), ("PB", "publisher"), ("CY", "place"), ("ET", "edition"), ("LA", "language"),
    ("AB", "abstract"),
)  # fmt: skip


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """The records as a RIS file."""
    for record in records:
        yield "".join(f"{tag}  - {value}\n" for tag, value in lines(record)).encode() + b"ER  - \n\n"


def lines(record: Record) -> Iterator[tuple[str, str]]:
    """The tags of a record and their values, in order."""
    yield "TY", KINDS[record.kind]
    for one in record.contributors:
        yield ROLES[one.role][0], names.inverted(one.name)
    for tag, name in SIMPLE:
        yield from _each(tag, filter(None, [getattr(record, name)]))
    yield from _pages(record.pages)
    yield from _dates(record.date)
    yield from _each("KW", record.keywords)
    yield from _numbers(record)
    yield from _each("UR", record.urls)
    yield from _each("N1", _notes(record))
    yield from ((tag, value) for tag, values in record.extra.items() if TAG.match(tag) for value in values)


def _each(tag: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((tag, value.replace("\n", INDENT)) for value in values)


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    """The first page and the last, as RIS has them; what is no range of two as it is."""
    found = RANGE.fullmatch(pages)
    first, last = found.groups() if found and found[1] != found[2] else (pages, "")
    yield from ((tag, page) for tag, page in (("SP", first), ("EP", last)) if page)


def _dates(date: PartialDate | None) -> Iterator[tuple[str, str]]:
    if date:
        yield "PY", f"{date.year:04}"
        if date.month:
            yield "DA", _date(date)


def _date(date: PartialDate) -> str:
    return "/".join(
        [f"{date.year:04}", f"{date.month:02}" if date.month else "", f"{date.day:02}" if date.day else "", ""]
    )


def _numbers(record: Record) -> Iterator[tuple[str, str]]:
    for one in record.identifiers:
        if one.scheme == "doi":
            yield "DO", one.value
        elif one.scheme in {"isbn", "issn"}:
            yield "SN", one.value


def _notes(record: Record) -> Iterator[str]:
    yield from record.notes
    for one in record.identifiers:
        if one.scheme in identifiers.LABELS.values():
            yield identifiers.label(one)
    if record.licence:
        yield LICENCE + record.licence
    if record.open_access_url:
        yield FREE + record.open_access_url
    if record.online_date:
        yield ONLINE + str(record.online_date)
    if READ_BACK[KINDS[record.kind].lower()] != record.kind:
        yield KIND + record.kind
