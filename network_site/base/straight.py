"""The straight way to a page: what its address leads to is kept until an editor changes something.

Stock Wagtail asks which site it is, then the tree two questions a level and last for the page, at every request; here
all that is known. Everything after it, privacy among it, is left to Wagtail.
"""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from network_site.base.pages import BasePage
from network_site.base.remembered import remembered


class Place(NamedTuple):
    """Where an address leads."""

    site: Site
    page: BasePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this path of the site: Wagtail's own view, which need not look for a page that is known."""
    shown = (request.get_host(), request.get_port(), path)
    place = remembered("base.place", shown=shown, make=lambda: _place(request, path))
    if place:
        # Where Wagtail keeps what it has found for a request, and so looks first.
        request._wagtail_site = place.site  # type: ignore[attr-defined]
        request._wagtail_route_for_request = RouteResult(place.page)  # type: ignore[attr-defined]
    response: HttpResponse = views.serve(request, path)
    return response


def _place(request: HttpRequest, path: str) -> Place | None:
    """The place of a published page of ours; None where the tree has to be walked to know."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    found = Page.objects.filter(url_path=f"{site.root_page.url_path}{path}", live=True).select_related("content_type")
    kind = page.specific_class if (page := found.first()) else None
    if not (page and kind and issubclass(kind, BasePage)):
        return None
    # Read as its own kind, with nothing it names: only what the page itself says may be kept.
    itself = kind._default_manager.filter(pk=page.pk, live=True).first()
    return Place(site, itself) if itself else None
