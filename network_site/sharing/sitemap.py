"""Every address worth finding: the public pages of the tree, and what rooms with addresses of their own add."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, Site, get_page_models

from network_site.base.offers import Offers

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The standard allows 50,000 in a file; fewer are read sooner.
MOST = 10_000


@dataclass(frozen=True)
class Place:
    """An address, from the site's root, and the day on which it last changed, where that is known."""

    path: str
    changed_on: date | None = None


# Public addresses that are not pages of the tree.
places: Offers[Callable[[], Iterable[Place]]] = Offers()


@places.add("pages")
def pages() -> list[Place]:
    """Pages anybody may read, in the order of the tree."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return []
    start = len(str(site.root_page.url_path)) - 1
    found = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    found = found.not_exact_type(*not_listed()) if not_listed() else found
    rows = found.order_by("path").values_list("url_path", "last_published_at")
    return [Place(path[start:], changed.date() if changed else None) for path, changed in rows]


def not_listed() -> list[type[Page]]:
    """Kinds of pages that are there to be used, not to be found."""
    return [model for model in get_page_models() if not getattr(model, "is_listed", True)]


def every_place() -> list[Place]:
    """All of them, each once."""
    found = {place.path: place for offer in places.all() for place in offer()}
    return list(found.values())


def index(count: int) -> str:
    """The list of sitemaps, where one would be too long."""
    numbers = range(1, (count + MOST - 1) // MOST + 1)
    rows = "".join(f"<sitemap><loc>{settings.SITE_URL}/sitemap-{number}.xml</loc></sitemap>" for number in numbers)
    return _document("sitemapindex", rows)


def sitemap(found: Iterable[Place]) -> str:
    """The sitemap of these addresses."""
    return _document("urlset", "\n".join(_row(place) for place in found))


def _row(place: Place) -> str:
    day = f"<lastmod>{place.changed_on.isoformat()}</lastmod>" if place.changed_on else ""
    return f"<url><loc>{escape(settings.SITE_URL + iri_to_uri(place.path))}</loc>{day}</url>"


def _document(name: str, rows: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">\n{rows}\n</{name}>\n'
