"""The JSON API: every answer may be read from any page of the web, sets no cookie, and knows whether it changed."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from research_db.api import describing, searching, shapes, telling
from research_db.api.problems import Wrong
from research_db.domain import records
from research_db.domain.reading_lists import public_lists
from research_db.models import Publication, ReadingList

METHODS = "GET, HEAD, OPTIONS"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cache-Control": "public, no-cache",
}
EXAMPLE = """{
  "count": 37,
  "page": 1,
  "pages": 2,
  "next": "…/api/v1/publications?q=loneliness&kind=review&year=2015..2020&page=2",
  "publications": [
    {"code": "…", "title": "…", "is_retracted": false, "makers": […], …},
    …
  ]
}"""
Answer = shapes.Shape | describing.Document | HttpResponse
Ask = Callable[..., Answer]


def answered(ask: Ask) -> Callable[..., HttpResponse]:
    """A view from what gives a shape, a document or a redirect, or raises Wrong. In the site's own language."""

    @csrf_exempt  # nothing is ever changed, and a wrong method has an answer of its own
    @wraps(ask)
    def view(request: HttpRequest, **names: str) -> HttpResponse:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                response = _answer(request, ask, names)
        except Wrong as wrong:
            content = wrong.problem.model_dump_json()
            response = HttpResponse(
                content, status=wrong.status, content_type=describing.PROBLEM, headers=wrong.headers
            )
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return view


def _answer(request: HttpRequest, ask: Ask, names: dict[str, str]) -> HttpResponse:
    if request.method == "OPTIONS":
        allowed = {"Allow": METHODS, "Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "*"}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=allowed)
    if request.method not in {"GET", "HEAD"}:
        said = f"Ask with GET. {request.method} is not for reading."
        raise Wrong(HTTPStatus.METHOD_NOT_ALLOWED, said, headers={"Allow": METHODS})
    if not request.accepts(describing.JSON):
        raise Wrong(HTTPStatus.NOT_ACCEPTABLE, "Only JSON is to be had: accept application/json.")
    found = ask(request, **names)
    return found if isinstance(found, HttpResponse) else _written(request, found)


def _written(request: HttpRequest, found: shapes.Shape | describing.Document) -> HttpResponse:
    content = found.model_dump_json() if isinstance(found, shapes.Shape) else json.dumps(found, ensure_ascii=False)
    etag = f'"{hashlib.sha256(content.encode()).hexdigest()[:24]}"'
    headers = {"ETag": etag}
    if url := describing.licence().url:
        headers["Link"] = f'<{url}>; rel="license"'
    response = HttpResponse(content, content_type=describing.JSON, headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


@answered
def home(request: HttpRequest) -> Answer:
    """Where everything is."""
    return shapes.Home(
        documentation=telling.whole(reverse("research:api_guide")),
        openapi=telling.whole(reverse("research:api_description")),
        publications=telling.whole(reverse("research:api_publications")),
        counts=telling.whole(reverse("research:api_counts")),
        facets=telling.whole(reverse("research:api_facets")),
        lists=telling.whole(reverse("research:api_lists")),
        harvest=telling.whole(reverse("research:harvest")),
        licence=describing.licence(),
    )


@answered
def description(request: HttpRequest) -> Answer:
    """The description for programs."""
    return describing.document(searching.now().vocabulary)


@answered
def publications(request: HttpRequest) -> Answer:
    """A page of a search."""
    return searching.page(request.GET)


@answered
def counts(request: HttpRequest) -> Answer:
    """A search in numbers."""
    return searching.counts(request.GET)


@answered
def publication(request: HttpRequest, code: str) -> Answer:
    """One publication; from one that became part of another to that one."""
    found = records.by_code(code)
    kept = records.standing_for(found) if found else None
    if kept and records.was_withdrawn(kept):
        raise Wrong(HTTPStatus.GONE, "This record was withdrawn. Take it out of your copy.")
    if kept is None or not kept.live:
        raise Wrong(HTTPStatus.NOT_FOUND, "There is no publication with this code. Search /api/v1/publications.")
    if kept.code != code:
        return HttpResponsePermanentRedirect(reverse("research:api_publication", args=[kept.code]))
    return telling.publication(telling.ready(Publication.objects.all()).get(pk=kept.pk))


@answered
def facets(request: HttpRequest) -> Answer:
    """Every facet with its terms."""
    return telling.facets(searching.now().vocabulary)


@answered
def reading_lists(request: HttpRequest) -> Answer:
    """Every reading list."""
    return shapes.Lists(lists=[telling.list_head(found, found.number) for found in public_lists()])


@answered
def reading_list(request: HttpRequest, slug: str) -> Answer:
    """One reading list."""
    found = ReadingList.objects.filter(live=True, slug=slug).first()
    if found is None:
        raise Wrong(HTTPStatus.NOT_FOUND, "There is no such reading list. /api/v1/lists has all of them.")
    return telling.reading_list(found)


@answered
def nothing(request: HttpRequest) -> Answer:
    """Any other address."""
    raise Wrong(HTTPStatus.NOT_FOUND, "There is nothing here. /api/v1/ says where everything is.")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The interfaces for programs, for the people who write these."""
    facts = {"licence": describing.licence(), "site": settings.SITE_URL, "answer": EXAMPLE}
    return render(request, "research_db/api.html", facts)
