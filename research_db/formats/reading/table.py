"""Tables: CSV with commas, semicolons or tabs, and XLSX; the first row says what the columns are."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from network_site.base.safe_csv import FORMULA_STARTS
from research_db.formats import identifiers, kinds, names
from research_db.formats.reading import parts
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.reading.rows import Row, rows
from research_db.formats.reading.workbook import rows as rows_of_sheet
from research_db.formats.record import Contributor, Identifier, Name, Record
from research_db.formats.text import tidy, tidy_lines

# A part of a cell up to its semicolon, and the signs that a backslash may stand before in it.
PART = re.compile(r"(?:[^\\;]|\\.|\\\Z)+", re.DOTALL)
ESCAPED = re.compile(r"\\([\\;\[])")
LONGEST_CELL = 1_000_000
# What a column may be called, in small letters, for each field of a record.
HEADINGS = {
    "kind": ("kind", "type", "type of reference", "document type", "publication type", "item type"),
    "title": ("title", "article title", "document title", "titles", "primary title", "original title"),
    "author": ("authors", "author", "author names", "author full names", "first authors", "creator"),
    "editor": ("editors", "editor", "secondary authors"),
    "translator": ("translators", "translator"),
    "orcids": ("orcids",),
    "container": (
        "container", "journal", "source title", "source", "publication title", "journal title", "journal name",
    ),
    "container_short": ("container short", "abbreviated source title", "journal abbreviation"),
    "date": ("date", "publication date", "year", "publication year", "published year", "published"),
    "online_date": ("online date",),
    "volume": ("volume", "vol"),
    "issue": ("issue", "no"),
    "pages": ("pages", "page range"),
    "page_first": ("page start", "start page", "first page"),
    "page_last": ("page end", "end page", "last page"),
    "article_number": ("article number", "art. no."),
    "publisher": ("publisher",),
    "place": ("place", "place published", "publisher location"),
    "edition": ("edition",),
    "language": ("language", "language of original document"),
    "abstract": ("abstract", "abstract note", "notes abstract", "summary"),
    "keywords": ("keywords", "author keywords", "index keywords", "manual tags", "tags", "keyword"),
    "doi": ("doi", "digital object identifier"),
    "pmid": ("pmid", "pubmed id", "medline pmid"),
    "pmcid": ("pmcid", "pmc"),
    "isbn": ("isbn",),
    "issn": ("issn", "issn/isbn"),
    "arxiv": ("arxiv",),
    "openalex": ("openalex",),
    "handle": ("handle",),
    "url": ("url", "urls", "link", "full text link"),
    "notes": ("notes", "note"),
    "licence": ("licence", "license", "rights"),
    "open_access_url": ("open access url", "free to read"),
}  # fmt: skip
FIELD_OF = {heading: field for field, headings in HEADINGS.items() for heading in headings}
ROLES = ("author", "editor", "translator")
KINDS = {**kinds.reader(kinds.CSL), **kinds.reader(kinds.RIS), **{kind: kind for kind in kinds.KINDS}}
WORDS_FOR_KINDS = {
    "article": "journal-article",
    "journal article": "journal-article",
    "conference paper": "conference-paper",
    "conference abstract": "conference-paper",
    "journalarticle": "journal-article",
    "booksection": "chapter",
    "conferencepaper": "conference-paper",
}


def read_csv(lines: Iterable[Line]) -> Iterator[Read]:
    """Every row of a table of text."""
    return _table(rows(lines))


def read_xlsx(file: BinaryIO) -> Iterator[Read]:
    """Every row of the first sheet."""
    try:
        yield from _table(rows_of_sheet(file))
    except Exception:  # noqa: BLE001  # zipfile and the parser raise whatever a broken file makes them stumble over
        yield _refused(1, _("This XLSX file cannot be read. Save it as CSV UTF-8 and choose that file."))


def _table(rows: Iterable[Row]) -> Iterator[Read]:
    headings: list[str] = []
    for row in rows:
        if row.cells is None:
            yield _refused(
                row.line, _("This row cannot be read: a quotation mark may be missing, or a cell of it is too long.")
            )
        elif not any(map(str.strip, row.cells)):
            continue
        elif headings:
            yield _read(headings, row.cells, row)
        else:
            headings = [" ".join(cell.replace("_", " ").lower().split()) for cell in row.cells]
            if "title" not in map(FIELD_OF.get, headings):
                yield _refused(
                    row.line, _("No column is called “title”. Name the columns in the first row, and try again.")
                )
                return


def _refused(line: int, why: str) -> Read:
    notes = Notes(line)
    notes.error(why)
    return notes.read()


def _read(headings: list[str], cells: list[str], row: Row) -> Read:
    notes = Notes(row.line)
    for line in row.lines:
        notes.tell_of(line)
    if any(map(str.strip, cells[len(headings) :])):
        notes.warn(_("This row has more cells than there are columns: a quotation mark may be missing."))
    record: Record | None = understand(*_sorted(headings, cells), notes)
    if record is not None and not record.title:
        notes.error(_("This row has no title."), "title")
        record = None
    return notes.read(record, "\t".join(cells))


def _sorted(headings: list[str], row: list[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The cells that say something, by the field they are for, and those of columns with names of their own."""
    fields: dict[str, str] = {}
    extra: dict[str, tuple[str, ...]] = {}
    for heading, cell in zip(headings, map(unsafe_cell, row), strict=False):
        field = FIELD_OF.get(heading)
        if not heading or not cell.strip():
            continue
        if field:
            fields.setdefault(field, cell)
        else:
            extra[heading] = (tidy(cell),)
    return fields, extra


def unsafe_cell(cell: str) -> str:
    """A cell as it was before an apostrophe was put before it, so that no program runs it."""
    rest = cell[1:]
    return rest if cell.startswith("'") and rest.lstrip(" \u00a0\u3000").startswith((*FORMULA_STARTS, "'")) else cell


def understand(fields: Mapping[str, str], extra: Mapping[str, tuple[str, ...]], notes: Notes) -> Record:
    """The record that these cells say."""

    def text(name: str) -> str:
        return tidy(fields.get(name, ""))

    return Record(
        kind=_kind(text("kind"), notes),
        title=text("title"),
        contributors=_everybody(fields, notes),
        container=text("container"),
        container_short=text("container_short"),
        date=parts.date(filter(None, [text("date")]), notes, "date"),
        online_date=parts.date(filter(None, [text("online_date")]), notes, "online date"),
        volume=text("volume"),
        issue=text("issue"),
        pages=text("pages") or parts.pages(text("page_first"), text("page_last")),
        article_number=text("article_number"),
        publisher=text("publisher"),
        place=text("place"),
        edition=text("edition"),
        language=text("language"),
        abstract=tidy_lines(fields.get("abstract", "")),
        keywords=tuple(dict.fromkeys(map(tidy, listed(fields.get("keywords", ""))))),
        identifiers=parts.numbers(_identifiers(fields, notes)),
        urls=parts.addresses([fields.get("url", "")]),
        notes=tuple(filter(None, map(tidy_lines, listed(fields.get("notes", ""))))),
        licence=text("licence"),
        open_access_url=text("open_access_url"),
        extra=extra,
    )


def _kind(said: str, notes: Notes) -> str:
    found = kind_of(said)
    if found == "other" and said and said.lower() not in {*KINDS, *WORDS_FOR_KINDS}:
        notes.warn(_("“%(text)s” is no kind we know, so it is “Other”.") % {"text": said[:60]}, "kind")
    return found


def kind_of(said: str) -> str:
    """The kind, by whatever name."""
    said = said.lower()
    return WORDS_FOR_KINDS.get(said) or KINDS.get(said, "other" if said else "journal-article")


def listed(cell: str) -> list[str]:
    """The parts of a cell: “a; b”, with “\\;” for a semicolon inside one, or a list as Python writes it."""
    found = _as_python(cell) if cell.startswith("[") and cell.endswith("]") else None
    if isinstance(found, list):
        return [str(one) for one in found if str(one).strip()]
    return list(filter(None, (ESCAPED.sub(r"\1", part).strip() for part in PART.findall(cell))))


def _as_python(cell: str) -> Any:
    try:
        return ast.literal_eval(cell[:LONGEST_CELL])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _everybody(fields: Mapping[str, str], notes: Notes) -> tuple[Contributor, ...]:
    """Authors, editors and translators, with the ORCIDs that the table has of their names: “Okafor, Ada 0000-…”."""
    orcids: dict[str, str] = {}
    for said in listed(fields.get("orcids", "")):
        name, _space, number = tidy(said).rpartition(" ")
        orcids[name] = identifiers.orcid(number)
    people = [one for role in ROLES for one in _people(fields.get(role, ""), role, notes)]
    if not orcids:
        return tuple(people)
    return tuple(replace(one, name=replace(one.name, orcid=orcids.get(names.inverted(one.name), ""))) for one in people)


def _people(cell: str, role: str, notes: Notes) -> Iterator[Contributor]:
    if _is_embase(cell):
        yield from parts.contributors(
            [one.strip() + "." * (not one.endswith(".")) for one in cell.split(".,")], role, notes, role
        )
        return
    for one in listed(cell):
        if one.startswith("{") and one.endswith("}"):
            yield Contributor(Name(literal=tidy(one[1:-1])), role)
        else:
            yield from parts.contributors([one], role, notes, role)


def _is_embase(cell: str) -> bool:
    """Whether names are apart as Embase has them, “Liu R., Adler D.G.”; “King, M., Jr” is one name."""
    if ";" in cell or cell.startswith("["):
        return False
    return "., " in cell and cell.rpartition(", ")[2].lower() not in names.SUFFIXES


def _identifiers(fields: Mapping[str, str], notes: Notes) -> Iterator[Identifier | None]:
    if fields.get("doi"):
        yield from parts.named_dois([fields["doi"]], notes, "doi")
    for scheme in ("pmid", "pmcid", "arxiv", "openalex"):
        yield identifiers.identifier(scheme, fields.get(scheme, ""))
    if fields.get("handle"):
        yield identifiers.identifier("handle", "hdl:" + fields["handle"].removeprefix("hdl:"))
    for name in ("isbn", "issn"):
        yield from identifiers.serial(fields.get(name, ""))
