"""The straight way to a page: what its address leads to is kept until an editor changes something.

Stock Wagtail asks which site it is and then the tree two questions a level for every request; here showing a page
begins with the page itself. Everything after that, privacy among it, is left to Wagtail.
"""

from typing import NamedTuple

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from network_site.base.pages import BasePage
from network_site.base.remembered import remembered


class Place(NamedTuple):
    """Where an address leads: the site, and the kind and number of the page."""

    site: Site
    app: str
    model: str
    key: int


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at this path of the site: Wagtail's own view, which need not look for a page that is known."""
    shown = (request.get_host(), request.get_port(), path)
    place = remembered("base.place", shown=shown, make=lambda: _place(request, path))
    page = _page_at(place) if place else None
    if place and page:
        # Where Wagtail keeps what it has found for a request, and so looks first.
        request._wagtail_site = place.site  # type: ignore[attr-defined]
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
    response: HttpResponse = views.serve(request, path)
    return response


def _place(request: HttpRequest, path: str) -> Place | None:
    """The place of a published page of ours; None where the tree has to be walked to know."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    kinds = Page.objects.filter(url_path=f"{site.root_page.url_path}{path}", live=True).values_list(
        "content_type__app_label", "content_type__model", "pk"
    )
    found = kinds.first()
    return Place(site, *found) if found and issubclass(apps.get_model(*found[:2]), BasePage) else None


def _page_at(place: Place) -> BasePage | None:
    model: type[BasePage] = apps.get_model(place.app, place.model)
    return model.for_visitors().filter(pk=place.key, live=True).first()
