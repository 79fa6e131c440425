"""BibTeX and BibLaTeX, through bibtexparser: entries it gives up are told, and the others are kept."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from research_db.formats import dates, identifiers, kinds, names
from research_db.formats.reading import parts
from research_db.formats.reading.blocks import Block, blocks
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.formats.text import tidy, tidy_lines

KINDS = kinds.reader(kinds.BIBTEX)
ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle")
KNOWN = frozenset(
    [
        *(
            "title",
            "subtitle",
            "year",
            "month",
            "day",
            "date",
            "volume",
            "number",
            "issue",
            "pages",
            "eid",
            "publisher",
        ),
        *("school", "institution", "organization", "address", "location", "edition", "language", "langid", "abstract"),
        *("keywords", "doi", "isbn", "issn", "pmid", "pmcid", "eprint", "eprinttype", "archiveprefix", "url", "note"),
        *("annote", "shortjournal", "copyright", "type", *CONTAINERS, *ROLES),
        *("entrysubtype", "onlinedate", "moreurls", "openaccessurl", "openalex", "handle"),
    ]
)
TEX = re.compile(r"[\\{}$~`]|--|''")
# Signs that mean something to TeX and nothing to BibTeX, as most programs write them: without a backslash.
BARE = re.compile(r"(?<!\\)[%&]")
# Of a link only its words are shown.
LINK = re.compile(r"\\href\s*\{[^{}]*\}")


def read(lines: Iterable[Line]) -> Iterator[Read]:
    """Every entry of a BibTeX file."""
    return map(_read, blocks(lines))


def _read(block: Block) -> Read:
    notes = Notes(block.line)
    for line in block.lines:
        notes.tell_of(line)
    for field in sorted(block.repeated):
        notes.warn(_("“%(field)s” is there twice. The first was kept.") % {"field": field}, field)
    fields = block.fields
    if fields is None:
        notes.error(_("This entry could not be read: a brace, a comma or a quotation mark may be missing."))
        return notes.read(raw=block.raw)
    return notes.read(notes.understood(lambda: understand(block.kind, fields, notes)), block.raw)


def understand(kind: str, fields: dict[str, str], notes: Notes) -> Record:
    """The record that these fields say."""

    def first(*names: str) -> str:
        return next((plain(fields[name]) for name in names if fields.get(name)), "")

    title = ": ".join(filter(None, [first("title"), first("subtitle")]))
    container = first(*CONTAINERS)
    return Record(
        kind=_kind(kind, first("entrysubtype")),
        title=title,
        contributors=tuple(_contributors(fields, notes)),
        container=container,
        container_short=first("shortjournal"),
        date=_date(fields, notes),
        online_date=dates.parse(first("onlinedate")),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=first("pages").replace("--", "-").replace("–", "-"),
        article_number=first("eid"),
        publisher=first("publisher", "school", "institution", "organization"),
        place=first("address", "location"),
        edition=first("edition"),
        language=first("language", "langid"),
        abstract=tidy_lines(decoded(fields.get("abstract", ""))),
        keywords=tuple(dict.fromkeys(_keywords(first("keywords")))),
        identifiers=parts.numbers(_identifiers(fields)),
        urls=parts.addresses(unescaped(fields.get(name, "")) for name in ("url", "moreurls")),
        notes=tuple(_notes(fields)),
        licence=first("copyright"),
        open_access_url=unescaped(fields.get("openaccessurl", "")).strip(),
        extra={name: (plain(value),) for name, value in fields.items() if name not in KNOWN and plain(value)},
    )


def _kind(entry: str, subtype: str) -> str:
    return subtype if subtype in kinds.KINDS else KINDS.get(entry.lower(), "other")


def _notes(fields: dict[str, str]) -> Iterator[str]:
    """Notes stand apart by an empty line, which is in none."""
    for text in (*decoded(fields.get("note", "")).split("\n\n"), decoded(fields.get("annote", ""))):
        if note := tidy_lines(text):
            yield note


def plain(text: str) -> str:
    """TeX as text, on one line."""
    return tidy(decoded(text))


def decoded(text: str) -> str:
    """TeX's accents and signs as letters, without the braces that only keep capitals."""
    if not TEX.search(text):
        return text
    # The decoder knows another sign by the second name.
    whole = BARE.sub(r"\\\g<0>", LINK.sub("", text)).replace(r"\textasciicircum{}", "^")
    try:
        return str(_decoder().latex_to_text(whole))
    except Exception:  # noqa: BLE001  # a command without its argument makes it stumble; the words are kept
        return re.sub("[{}]", "", text)


def unescaped(text: str) -> str:
    """An address or a DOI, in which some programs write TeX's signs as they are and others put backslashes."""
    return re.sub(r"\\([_&%#$])", r"\1", text.replace(r"\textasciitilde{}", "~")).replace("{}", "")


@cache
def _decoder() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True)


def _contributors(fields: dict[str, str], notes: Notes) -> Iterator[Contributor]:
    for field, role in ROLES.items():
        for name in _apart(fields.get(field, ""))[: parts.MOST_NAMES]:
            if name.startswith("{") and name.endswith("}") and plain(name):
                yield Contributor(Name(literal=plain(name)), role)
            elif plain(name) not in {"", "others"}:
                yield from parts.contributors([_suffix_last(plain(name))], role, notes, field)


def _suffix_last(name: str) -> str:
    """BibTeX’s “Family, Jr, Given” as others write it; what others wrote into BibTeX stays."""
    family, *rest = name.split(", ")
    if len(rest) != 2 or rest[1].lower() in names.SUFFIXES:  # noqa: PLR2004  suffix, given
        return name
    return f"{family}, {rest[1]}, {rest[0]}"


def _apart(people: str) -> list[str]:
    """The names that “and” stands between, where it does not stand in braces."""
    found: list[str] = []
    words: list[str] = []
    depth = 0
    for word in people.split():
        if word.lower() == "and" and depth == 0:
            found.append(" ".join(words))
            words = []
        else:
            words.append(word)
            bare = word.replace("\\{", "").replace("\\}", "")
            depth = max(0, depth + bare.count("{") - bare.count("}"))
    return [*found, " ".join(words)]


def _date(fields: dict[str, str], notes: Notes) -> PartialDate | None:
    if fields.get("date"):
        return parts.date([plain(fields["date"]).split("/")[0]], notes, "date")
    year = dates.parse(plain(fields.get("year", "")))
    if year is None:
        return parts.date([plain(fields.get("year", ""))], notes, "year")
    month, day = plain(fields.get("month", "")), plain(fields.get("day", ""))
    if month.isdecimal():
        return dates.of_parts(year.year, int(month), int(day) if day.isdecimal() else None)
    return dates.parse(f"{day} {month} {year.year}")


def _keywords(text: str) -> list[str]:
    return parts.split(text, at=";" if ";" in text else ",")


def _identifiers(fields: dict[str, str]) -> Iterator[Identifier | None]:
    url = fields.get("url", "")
    yield identifiers.identifier("doi", unescaped(fields.get("doi", "") or (url if "doi.org" in url else "")))
    for name in ("pmid", "pmcid", "openalex"):
        yield identifiers.identifier(name, plain(fields.get(name, "")))
    if fields.get("handle"):
        yield identifiers.identifier("handle", "hdl:" + unescaped(fields["handle"]).removeprefix("hdl:"))
    if "arxiv" in (fields.get("archiveprefix", "") + fields.get("eprinttype", "")).lower():
        yield identifiers.identifier("arxiv", plain(fields.get("eprint", "")))
    for name in ("isbn", "issn"):
        yield from identifiers.serial(plain(fields.get(name, "")))
