"""The description of the API for programs: OpenAPI 3.1, with the facets and terms of today."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from pydantic.json_schema import models_json_schema

from network_site.base.pictures import licence_address
from research_db.api import shapes
from research_db.api.asked import parameters
from research_db.finding.criteria import NOT
from research_db.finding.vocabulary import Vocabulary

VERSION = "1.0.0"
JSON, PROBLEM = "application/json", "application/problem+json"
REF = "#/components/schemas/{model}"
CODE, SLUG = "^[a-z0-9]{1,12}$", "^[-a-zA-Z0-9_]{1,80}$"
SHAPES = (
    shapes.Home, shapes.Page, shapes.Publication, shapes.Counts, shapes.Facets, shapes.Lists, shapes.ReadingList,
    shapes.Problem,
)  # fmt: skip
SAID = {
    400: "A parameter was not understood; the answer says which and why",
    404: "There is nothing at this address",
    406: "Only JSON is to be had; accept application/json",
    410: "It was withdrawn",
    503: "The search is being prepared; ask again in a minute",
}
MEANS = {
    "q": "Words, “phrases”, OR, -without, begin*, author: title: journal: year: doi:",
    "all": "Facets of which a publication must have all chosen terms; otherwise any one is enough",
    "year": "2019, 2015..2020, 2015.. or ..2020",
    "strict": "Expressions that are looked for without their other names",
    "exact": "Look for the words as they are typed, and for nothing that may have been meant",
    "sort": "Usually the best fit for words, and the newest without any",
    "page": "Twenty publications a page; better follow “next”",
}
Document = dict[str, Any]


def licence() -> shapes.Licence:
    """What may be done with these data."""
    return shapes.Licence(name=settings.RESEARCH_LICENCE, url=licence_address(settings.RESEARCH_LICENCE))


def document(vocabulary: Vocabulary) -> Document:
    """The whole description."""
    _names, made = models_json_schema([(shape, "serialization") for shape in SHAPES], ref_template=REF)
    terms = {name: value for name, value in licence().model_dump().items() if value}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SITE_NAME}: research",
            "version": VERSION,
            "summary": "Publications about social prescribing, to search, to count and to take away.",
            "contact": {"email": settings.CONTACT_EMAIL},
            "license": terms,
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": _paths(vocabulary),
        "components": {"schemas": made["$defs"]},
    }


def _paths(vocabulary: Vocabulary) -> Document:
    search = list(_search(vocabulary))
    counted = [one for one in search if one["name"] not in {"page", "sort"}]
    return {
        "/api/v1/": _get("Where everything is", "Home"),
        "/api/v1/publications": _get("Search", "Page", asked=search, fails=(400, 404, 503)),
        "/api/v1/publications/{code}": _get(
            "One publication; of one that became part of another, that one",
            "Publication",
            asked=[_in_path("code", CODE)],
            fails=(404, 410),
        ),
        "/api/v1/counts": _get("A search in numbers", "Counts", asked=counted, fails=(400, 503)),
        "/api/v1/facets": _get("Every facet with its terms", "Facets", fails=(503,)),
        "/api/v1/lists": _get("Every reading list", "Lists"),
        "/api/v1/lists/{slug}": _get("A reading list", "ReadingList", asked=[_in_path("slug", SLUG)], fails=(404,)),
    }


def _get(summary: str, shape: str, *, asked: list[Document] | None = None, fails: tuple[int, ...] = ()) -> Document:
    good = {"description": summary, "content": {JSON: {"schema": {"$ref": REF.format(model=shape)}}}}
    problem = {"$ref": REF.format(model="Problem")}
    bad = {
        str(status): {"description": SAID[status], "content": {PROBLEM: {"schema": problem}}}
        for status in sorted({*fails, 406})
    }
    return {"get": {"summary": summary, "parameters": asked or [], "responses": {"200": good, **bad}}}


def _search(vocabulary: Vocabulary) -> Iterator[Document]:
    labels = {group.key: group.label for group in vocabulary.groups}
    for name, schema in parameters(vocabulary).items():
        label = labels.get(name.removeprefix(NOT), "")
        means = MEANS.get(name) or (f"Without: {label}" if name.startswith(NOT) else label)
        yield {"name": name, "in": "query", "description": means, "schema": schema}


def _in_path(name: str, pattern: str) -> Document:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}
