"""A record’s page, and the addresses that lead to it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from network_site.base.remembered import remembered
from research_db.domain import files, records, signposts
from research_db.domain.citations import style_of
from research_db.finding import changes
from research_db.models import Publication
from research_db.views.standing import standing


@require_safe
def short(request: HttpRequest, code: str) -> HttpResponseBase:
    """The record’s address without its readable end, or the file of it that a program asks for."""
    return _for_programs(request, records.by_code(code)) or _whatever(request, code, slug="")


@require_safe
def record(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """A record; an old title’s address leads to the one of today."""
    return _whatever(request, code, slug=slug)


@require_safe
def by_doi(request: HttpRequest, doi: str) -> HttpResponseBase:
    """From a DOI to the record, for whoever has one in hand; DOIs may end in a slash only by accident."""
    found = records.by_doi(doi.rstrip("/"))
    if found is None:
        raise Http404
    if not found.live:
        return _whatever(request, found.code, slug=found.slug)
    return _for_programs(request, found) or redirect(found)


def _for_programs(request: HttpRequest, found: Publication | None) -> HttpResponseBase | None:
    """The way to the file whose type is asked for before a page; None where a page will do.

    Only addresses that lead on choose so: a page is kept whatever type it was asked for with.
    """
    offered = {one.media_type: one.address for one in files.of_record(found)} if found and found.live else {}
    wanted = request.get_preferred_type(["text/html", *offered])
    if wanted not in offered:
        return None
    response = HttpResponseRedirect(offered[wanted])
    patch_vary_headers(response, ["Accept"])
    return response


def _whatever(request: HttpRequest, code: str, *, slug: str) -> HttpResponseBase:
    as_of = changes.newest()  # asked before the record, so that what is remembered is never older than it says

    def shown(found: Publication) -> HttpResponse:
        style = style_of(request.GET.get("cite", ""))
        response = render(request, "research_db/record.html", {"object": found, "as_of": as_of, "style": style})
        response.headers["Link"] = remembered(
            "research.signposts", shown=(found.pk, as_of), make=lambda: signposts.header(found)
        )
        return response

    return standing(request, code, slug, address=Publication.get_absolute_url, shown=shown)
