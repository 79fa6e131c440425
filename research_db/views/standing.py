"""What becomes of an address that names a record: every address that ever led to one leads to it or says why not."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render

from research_db.domain import records
from research_db.models import Publication

GONE = 410


def standing(
    request: HttpRequest,
    code: str,
    slug: str,
    *,
    address: Callable[[Publication], str],
    shown: Callable[[Publication], HttpResponseBase],
) -> HttpResponseBase:
    """The answer for the record of this code.

    Args:
        request: the request.
        code: the record's, or that of one that was merged into it.
        slug: the readable end that was asked for.
        address: where the same is asked of a record today.
        shown: the answer where that is here.

    Raises:
        Http404: there never was one that visitors could see.
    """
    found = records.by_code(code)
    if found is None:
        raise Http404
    kept = records.standing_for(found)
    if not kept.live and (records.was_withdrawn(kept) or records.was_withdrawn(found)):
        return render(request, "research_db/withdrawn.html", status=GONE)
    if not kept.live:
        raise Http404
    if (kept.code, kept.slug) != (code, slug):
        return HttpResponsePermanentRedirect(address(kept))
    return shown(kept)
