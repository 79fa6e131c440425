"""CSL-JSON, as Zotero and Crossref write it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from research_db.formats import dates, identifiers, kinds
from research_db.formats.reading import parts
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.items import Item, items
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.formats.text import tidy, tidy_lines, whole

KINDS = kinds.reader(kinds.CSL)
ROLES = ("author", "editor", "translator")
TEXTS = {
    "volume": "volume", "issue": "issue", "page": "pages", "number": "article_number", "publisher": "publisher",
    "publisher-place": "place", "edition": "edition", "language": "language", "license": "licence",
}  # fmt: skip
KNOWN = frozenset(
    [
        *("id", "type", "title", "container-title", "container-title-short", "journalAbbreviation", "issued"),
        *("available-date", "abstract", "keyword", "DOI", "PMID", "PMCID", "ISBN", "ISSN", "URL", "note", "custom"),
        *TEXTS, *ROLES,
    ]
)  # fmt: skip


def read(file: BinaryIO) -> Iterator[Read]:
    """Every item of a CSL-JSON file."""
    return (_read(item, number) for number, item in enumerate(items(file), 1))


def _read(item: Item, number: int) -> Read:
    notes = Notes(item.line)
    text = _text_of(item, notes)
    return notes.read(_record(text, number, notes), text)


def _text_of(item: Item, notes: Notes) -> str:
    try:
        return item.text.decode()
    except UnicodeDecodeError:
        notes.warn(_("This record is not UTF-8. It was read as Windows text: check its accents."))
        return item.text.decode("cp1252", "replace")


def _record(text: str, number: int, notes: Notes) -> Record | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of figures is refused too
        at = notes.line + getattr(error, "lineno", 1) - 1
        notes.error(
            _("Item %(number)s is no valid JSON from this line on. Export it again.") % {"number": number}, line=at
        )
        return None
    if not isinstance(said, dict):
        notes.error(_("Item %(number)s is no record.") % {"number": number})
        return None
    return notes.understood(lambda: understand(_whole(said) if "\\u" in text else said))


def _whole(said: Any) -> Any:
    """What an item says without signs that JSON can spell and no database can hold."""
    match said:
        case str():
            return whole(said)
        case list():
            return [_whole(one) for one in said]
        case dict():
            return {whole(name): _whole(value) for name, value in said.items()}
    return said


def understand(item: Mapping[str, Any]) -> Record:
    """The record that an item says."""
    told = item.get("custom")
    custom: dict[str, Any] = told if isinstance(told, dict) else {}
    kind = str(custom.get("kind") or "")
    return Record(
        kind=kind if kind in kinds.KINDS else KINDS.get(str(item.get("type", "")).lower(), "other"),
        title=_text(item, "title"),
        contributors=_in_order([one for role in ROLES for one in _contributors(item.get(role), role)], custom),
        container=_text(item, "container-title"),
        container_short=_text(item, "container-title-short", "journalAbbreviation"),
        date=_date(item.get("issued")),
        online_date=_date(item.get("available-date")),
        abstract=_lines(item.get("abstract")),
        keywords=tuple(dict.fromkeys(_keywords(item, custom))),
        identifiers=parts.numbers(_identifiers(item, custom)),
        urls=(*parts.addresses([_text(item, "URL")]), *map(str, custom.get("urls", ()))),
        notes=tuple(map(str, custom["notes"]))
        if "notes" in custom
        else tuple(filter(None, [_lines(item.get("note"))])),
        open_access_url=str(custom.get("open-access-url", "")),
        extra=_extra(item, custom),
        **_texts(item, custom),
    )


def _texts(item: Mapping[str, Any], custom: Mapping[str, Any]) -> dict[str, str]:
    told = {field: _text(item, name) for name, field in TEXTS.items()}
    return {**told, "licence": told["licence"] or _text(custom, "licence")}


def _text(item: Mapping[str, Any], *names: str) -> str:
    for name in names:
        value = item.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str | int | float) and str(value).strip():
            return tidy(str(value))
    return ""


def _lines(value: Any) -> str:
    return tidy_lines(str(value or ""))


def _extra(item: Mapping[str, Any], custom: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    unknown = {name: value for name, value in item.items() if name not in KNOWN and isinstance(value, str | int)}
    kept = dict(custom.get("extra", {}))
    return {
        **{name: (tidy(str(value)),) for name, value in unknown.items()},
        **{str(name): tuple(map(str, values)) for name, values in kept.items()},
    }


def _contributors(people: Any, role: str) -> Iterator[Contributor]:
    for one in (people if isinstance(people, list) else [])[: parts.MOST_NAMES]:
        name = _name(one) if isinstance(one, dict) else None
        if name:
            yield Contributor(name, role)


def _in_order(people: list[Contributor], custom: Mapping[str, Any]) -> tuple[Contributor, ...]:
    """The people and their ORCIDs as this site had them, where the roles it wrote are still theirs; else by role."""
    order = custom.get("order")
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(one.role for one in people):
        return tuple(people)
    waiting = {role: iter([one for one in people if one.role == role]) for role in ROLES}
    return _with_orcids([next(waiting[role]) for role in order], custom)


def _with_orcids(people: list[Contributor], custom: Mapping[str, Any]) -> tuple[Contributor, ...]:
    for at, number in custom.get("orcids", ()):
        people[at] = replace(people[at], name=replace(people[at].name, orcid=identifiers.orcid(str(number))))
    return tuple(people)


def _name(said: Mapping[str, Any]) -> Name | None:
    given = " ".join(filter(None, [_part(said, "given"), _part(said, "dropping-particle")]))
    family = " ".join(filter(None, [_part(said, "non-dropping-particle"), _part(said, "family")]))
    literal = _part(said, "literal", "name")
    orcid = identifiers.orcid(_part(said, "ORCID"))
    if family and not literal:
        return Name(family, given, _part(said, "suffix"), orcid=orcid)
    return Name(literal=literal or given, orcid=orcid) if literal or given else None


def _part(said: Mapping[str, Any], *names: str) -> str:
    return tidy(str(next((said[name] for name in names if said.get(name)), "")))


def _date(said: Any) -> PartialDate | None:
    if not isinstance(said, dict):
        return dates.parse(said) if isinstance(said, str) else None
    numbers = _first_span(said.get("date-parts"))
    if numbers is not None:
        return dates.of_parts(*numbers) if numbers else None
    return dates.parse(_part(said, "raw", "literal"))


def _first_span(spans: Any) -> list[int | None] | None:
    """Year, month and day of the first date, as far as they are told; None where there are no spans."""
    first = spans[0] if isinstance(spans, list) and spans else None
    if not isinstance(first, list):
        return None
    return [int(part) if str(part).isdecimal() else None for part in first[:3]]


def _keywords(item: Mapping[str, Any], custom: Mapping[str, Any]) -> Iterable[str]:
    if "keywords" in custom:
        return [tidy(str(word)) for word in custom["keywords"]]
    text = item.get("keyword")
    return parts.split(text, at=";" if ";" in text else ",") if isinstance(text, str) else ()


def _identifiers(item: Mapping[str, Any], custom: Mapping[str, Any]) -> Iterator[Identifier | None]:
    for name in ("DOI", "PMID", "PMCID"):
        yield identifiers.identifier(name.lower(), _text(item, name))
    for name in ("ISBN", "ISSN"):
        yield from _serials(item.get(name))
    for scheme, value in custom.get("identifiers", ()):
        if scheme in identifiers.NORMAL:
            yield identifiers.identifier(scheme, f"hdl:{value}" if scheme == "handle" else str(value))


def _serials(value: Any) -> Iterator[Identifier]:
    for text in value if isinstance(value, list) else [value]:
        yield from identifiers.serial(str(text or ""))
