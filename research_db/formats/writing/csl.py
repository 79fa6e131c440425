"""CSL-JSON; what it has no name for is under `custom`, which the standard keeps for that."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from research_db.formats import kinds
from research_db.formats.reading.csl import ROLES, TEXTS
from research_db.formats.record import Contributor, PartialDate, Record

KINDS = kinds.writer(kinds.CSL)
SCHEMES = ("doi", "pmid", "pmcid", "isbn", "issn")
# Programs that hold a file against CSL's own schema refuse every name that is not in it.
FIELDS = {field: name for name, field in TEXTS.items() if name != "license"}


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """The records as a CSL-JSON file."""
    joint = "["
    for number, record in enumerate(records, 1):
        yield (joint + "\n" + json.dumps(item(record, str(number)), ensure_ascii=False)).encode()
        joint = ","
    yield b"[]" if joint == "[" else b"\n]"


def item(record: Record, key: str) -> dict[str, Any]:
    """A record as an item with this `id`."""
    told: dict[str, Any] = {"id": key, "type": KINDS[record.kind], "title": record.title}
    told |= {role: [_name(one) for one in record.contributors if one.role == role] for role in ROLES}
    told["container-title"], told["container-title-short"] = record.container, record.container_short
    told["issued"], told["available-date"] = _date(record.date), _date(record.online_date)
    told["abstract"], told["keyword"] = record.abstract, ", ".join(record.keywords)
    told["note"] = "\n".join(record.notes)
    told["URL"] = next(iter(record.urls), "")
    told |= {name: getattr(record, field) for field, name in FIELDS.items()}
    told |= _numbers(record)
    told["custom"] = _that_say(_custom(record))
    return _that_say(told)


def _that_say(told: dict[str, Any]) -> dict[str, Any]:
    """Those that say something."""
    return {name: value for name, value in told.items() if value}


def _numbers(record: Record) -> dict[str, str]:
    """The first number of each scheme that CSL has a name for."""
    told: dict[str, str] = {}
    for one in record.identifiers:
        if one.scheme in SCHEMES:
            told.setdefault(one.scheme.upper(), one.value)
    return told


def _name(one: Contributor) -> dict[str, str]:
    name = one.name
    return _that_say({"family": name.family, "given": name.given, "suffix": name.suffix, "literal": name.literal})


def _date(date: PartialDate | None) -> dict[str, Any]:
    if date is None:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}


def _custom(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "keywords": list(record.keywords),
        "identifiers": [[one.scheme, one.value] for one in record.identifiers],
        "urls": list(record.urls[1:]),
        "notes": list(record.notes),
        "open-access-url": record.open_access_url,
        "licence": record.licence,
        "order": [one.role for one in record.contributors],
        "orcids": [[at, one.name.orcid] for at, one in enumerate(record.contributors) if one.name.orcid],
        "extra": {tag: list(values) for tag, values in record.extra.items()},
    }
