"""A record’s page, and the addresses that lead to it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from research_db.domain import records
from research_db.models import Publication

GONE = 410


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The record’s address without its readable end."""
    return _whatever(request, code, slug="")


@require_safe
def record(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """A record; an old title’s address leads to the one of today."""
    return _whatever(request, code, slug=slug)


@require_safe
def by_doi(request: HttpRequest, doi: str) -> HttpResponse:
    """From a DOI to the record, for whoever has one in hand; DOIs may end in a slash only by accident."""
    found = records.by_doi(doi.rstrip("/"))
    if found is None:
        raise Http404
    return redirect(found)


def _whatever(request: HttpRequest, code: str, *, slug: str) -> HttpResponse:
    found = records.by_code(code)
    if found is None:
        raise Http404
    kept = records.standing_for(found)
    if records.was_withdrawn(kept):
        return render(request, "research_db/withdrawn.html", status=GONE)
    if not kept.live:
        raise Http404
    if (kept.code, kept.slug) != (code, slug):
        return HttpResponsePermanentRedirect(kept.get_absolute_url())
    return _page(request, kept)


def _page(request: HttpRequest, found: Publication) -> HttpResponse:
    return render(request, "research_db/record.html", {"object": found})
