"""Addresses of the list that are better written otherwise."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail import hooks
from wagtail.models import Page

from research_db.finding import index
from research_db.finding.criteria import is_moved, is_of_form, read
from research_db.models import ResearchPage


@hooks.register("before_serve_page")
def lead_to_the_usual_address(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """From replaced terms to those of today for good, and from what the form writes to the address people share."""
    if not (isinstance(page, ResearchPage) and request.GET):
        return None
    now = index.site().now()
    if now is None:
        return None
    criteria = read(request.GET, now.vocabulary)
    request.research_asked = now, criteria  # type: ignore[attr-defined]  # for the list, which is shown next
    address = request.path + criteria.query
    if is_moved(request.GET, now.vocabulary):
        return HttpResponsePermanentRedirect(address)
    return HttpResponseRedirect(address) if is_of_form(request.GET) else None
