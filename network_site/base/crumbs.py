"""The way to a page from home."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.base.remembered import remembered

HOME = 2


@dataclass(frozen=True)
class Crumb:
    """One step: its title and its path."""

    title: str
    url: str


def breadcrumbs(page: Page, *, request: HttpRequest | None = None) -> list[Crumb]:
    """From the home page down to the page itself; nothing for the home page."""
    if page.depth <= HOME:
        return []
    shown = (page.path[: -page.steplen], request.get_host() if request else "")
    way = remembered("base.crumbs", shown=shown, make=lambda: _above(page, request))
    return [*way, Crumb(str(page.title), str(page.get_url(request) or ""))] if way else []


def _above(page: Page, request: HttpRequest | None) -> list[Crumb]:
    # The tree's own root (depth 1) is no page anybody reads.
    above = page.get_ancestors().filter(depth__gt=1)
    return [Crumb(_name(ancestor), str(ancestor.get_url(request) or "/")) for ancestor in above]


def _name(page: Page) -> str:
    return _("Home") if page.depth == HOME else str(page.title)


def structured(way: list[Crumb], *, site: str) -> dict[str, Any]:
    """The way as schema.org's BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": crumb.title, "item": f"{site}{crumb.url}"}
            for place, crumb in enumerate(way, start=1)
        ],
    }
