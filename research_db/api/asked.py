"""A search's parameters, taken strictly: a program wants to be told of a slip, where a person wants an answer."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.http import QueryDict

from network_site.search.words import LONGEST
from research_db.api.problems import Wrong
from research_db.api.shapes import Complaint
from research_db.finding.criteria import LONGEST_EXPRESSION, MOST_CHOSEN, MOST_STRICT, NOT, SORTS, Criteria, read
from research_db.finding.vocabulary import Vocabulary

YEARS = r"^(?:[0-9]{4}|[0-9]{4}\.\.(?:[0-9]{4})?|\.\.[0-9]{4})$"
LAST_PAGE = 99_999
SHOWN = 40
Schema = dict[str, Any]


def parameters(vocabulary: Vocabulary) -> Mapping[str, Schema]:
    """Every parameter of a search with the JSON Schema of its value; lists are given by repeating the name."""
    groups = [group for group in vocabulary.groups if group.entries]
    chosen = {group.key: _any_of([entry.code[1] for entry in group.entries]) for group in groups}
    switches = [group.key for group in groups if not group.takes_all]
    strict = {"type": "string", "minLength": 1, "maxLength": LONGEST_EXPRESSION}
    return {
        "q": {"type": "string", "maxLength": LONGEST},
        **chosen,
        **{NOT + key: schema for key, schema in chosen.items()},
        "all": _any_of(switches),
        "year": {"type": "string", "pattern": YEARS},
        "strict": {"type": "array", "items": strict, "maxItems": MOST_STRICT},
        "exact": {"type": "string", "enum": ["1"]},
        "sort": {"type": "string", "enum": list(SORTS)},
        "page": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    }


def _any_of(values: list[str]) -> Schema:
    items = {"type": "string", "enum": values}
    return {"type": "array", "items": items, "maxItems": min(len(values), MOST_CHOSEN), "uniqueItems": True}


def criteria(given: QueryDict, vocabulary: Vocabulary) -> Criteria:
    """The criteria that are asked for.

    Raises:
        Wrong: a parameter is not known, or says what it cannot say.
    """
    known = parameters(vocabulary)
    found = [
        Complaint(name=name[:SHOWN], detail=said)
        for name, values in given.lists()
        for said in _complaints(name, values, known, vocabulary)
    ]
    if found:
        said = "Some parameters were not understood. /api/v1/openapi.json describes all of them."
        raise Wrong(HTTPStatus.BAD_REQUEST, said, parameters=found)
    return read(given, vocabulary)


def _complaints(name: str, values: list[str], known: Mapping[str, Schema], vocabulary: Vocabulary) -> Iterator[str]:
    if name not in known:
        yield "There is no such parameter. Leave it out."
        return
    schema = known[name]
    if schema["type"] != "array":
        if len(values) > 1:
            yield "Give it once."
        yield from _slips(values[0], schema)
        return
    if len(values) > schema["maxItems"]:
        yield f"Give at most {schema['maxItems']}."
    if schema.get("uniqueItems") and len(set(values)) < len(values):
        yield "Give each of its values once."
    for value in values:
        current = vocabulary.final((name.removeprefix(NOT), value))[1]
        yield from _slips(current, schema["items"])


def _slips(value: str, schema: Schema) -> Iterator[str]:
    """Why a value does not fit; nothing where it does."""
    if "enum" in schema and value not in schema["enum"]:
        yield f"“{value[:SHOWN]}” is not one of its values. /api/v1/facets has the terms."
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"Give {schema.get('minLength', 0)} to {schema['maxLength']} characters."
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        yield "Give years such as 2019, 2015..2020, 2015.. or ..2020."
    if schema["type"] == "integer" and not _is_within(value, schema):
        yield f"Give a whole number from {schema['minimum']} to {schema['maximum']}."


def _is_within(value: str, schema: Schema) -> bool:
    figures = value.isascii() and value.isdecimal() and len(value) <= len(str(schema["maximum"]))
    return figures and schema["minimum"] <= int(value) <= schema["maximum"]
