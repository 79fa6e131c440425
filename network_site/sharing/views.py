"""The addresses that machines ask for: pictures, sitemap, robots, feed, icons."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network_site.base import languages
from network_site.sharing import cards, feed, pictures, sitemap
from network_site.sharing.robots import robots_txt

DAY, YEAR = 24 * 3600, 365 * 24 * 3600
PAPER = "#FBF6EE"
Response = TypeVar("Response", bound=HttpResponseBase)
ICONS = {"favicon.ico": "image/x-icon", "apple-touch-icon.png": "image/png"}


@require_safe
def card(request: HttpRequest, kind: str, pk: int, digest: str) -> HttpResponseBase:
    """A page's picture, drawn the first time it is asked for. An old address leads to the picture as it is now."""
    thing = pictures.find(kind, pk)
    if thing is None:
        raise Http404
    current = cards.card(thing)
    if digest != current.digest:
        return kept_for(redirect(pictures.address(thing, current)), seconds=60)
    response = HttpResponse(pictures.drawn(thing, current), content_type="image/png")
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


@require_safe
def draft(request: HttpRequest, sealed: str) -> HttpResponse:
    """The picture of a page that is not published, for the preview that names it."""
    try:
        found = pictures.unsealed(sealed)
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(found.png(), content_type="image/png", headers={"Cache-Control": "private, no-store"})


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """All addresses, or the list of their lists where they are too many for one."""
    found = sitemap.every_place()
    text = sitemap.sitemap(found) if len(found) <= sitemap.MOST else sitemap.index(len(found))
    return kept_for(HttpResponse(text, content_type="application/xml"))


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One of the lists; the first is 1."""
    part = sitemap.every_place()[max(number - 1, 0) * sitemap.MOST :][: sitemap.MOST]
    if not part or not number:
        raise Http404
    return kept_for(HttpResponse(sitemap.sitemap(part), content_type="application/xml"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    return kept_for(HttpResponse(robots_txt(), content_type="text/plain; charset=utf-8"))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a hole (RFC 9116); good for half a year from whenever it is read."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, cy",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return kept_for(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """What is new, for programs that read along."""
    language = languages.tag(settings.LANGUAGE_CODE)
    text = feed.atom(feed.newest(), language=language)
    return kept_for(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"), seconds=600)


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponseBase:
    """The icons that browsers look for without being told where."""
    found = finders.find(f"sharing/icons/{name}")
    if not found:
        raise Http404
    return kept_for(FileResponse(open(str(found), "rb"), content_type=ICONS[name]), seconds=7 * DAY)  # noqa: PTH123


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site looks among somebody's own programs."""
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
    icons.append(("icon-maskable-512.png", "512x512", "maskable"))
    facts = {
        "name": settings.SITE_NAME,
        "short_name": _("Prescribing Network"),
        "start_url": "/",
        "display": "browser",
        "lang": languages.tag(settings.LANGUAGE_CODE),
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(f"sharing/icons/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
            for name, size, purpose in icons
        ],
    }
    return kept_for(JsonResponse(facts, content_type="application/manifest+json"))


def kept_for(response: Response, *, seconds: int = 3600) -> Response:
    """The answer, which anybody may keep for so long."""
    patch_cache_control(response, public=True, max_age=seconds)
    return response
