"""A record as JSON, to be kept with the row of an import."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record


def packed(record: Record) -> dict[str, Any]:
    """A record as JSON takes it; empty fields are left out."""
    told = asdict(record)
    told["extra"] = {tag: list(values) for tag, values in record.extra.items()}
    return {name: value for name, value in told.items() if value not in (None, "", [], (), {})}


def unpacked(told: Mapping[str, Any]) -> Record:
    """The record that was packed."""
    facts = dict(told)
    facts["contributors"] = tuple(
        Contributor(name=Name(**one["name"]), role=one["role"]) for one in facts.get("contributors", ())
    )
    facts["identifiers"] = tuple(Identifier(**one) for one in facts.get("identifiers", ()))
    for name in ("date", "online_date"):
        if facts.get(name):
            facts[name] = PartialDate(**facts[name])
    for name in ("keywords", "urls", "notes"):
        facts[name] = tuple(facts.get(name, ()))
    facts["extra"] = {tag: tuple(values) for tag, values in facts.get("extra", {}).items()}
    return Record(**facts)
