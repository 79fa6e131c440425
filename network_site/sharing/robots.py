"""What crawlers are asked to leave alone, and a demonstration that asks not to be found at all."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from network_site.base.page_cache import NEVER

# A search's answers, as pages or files, and our own pattern book are no pages to find: where it begins is one. Shared
# pictures stay open.
CLOSED = (*NEVER, "/search/?", "/search/suggest", "/research/export.", "/research/selection.", "/unapi", "/patterns/")
HIDDEN = "noindex, nofollow"
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def may_be_found() -> bool:
    """Whether this instance of the site wants visitors from search engines."""
    return bool(getattr(settings, "MAY_BE_FOUND", not settings.IS_DEMONSTRATION))


def robots_txt() -> str:
    """The file for crawlers."""
    if not may_be_found():
        return "# A demonstration: what it says is invented.\nUser-agent: *\nDisallow: /\n"
    closed = "".join(f"Disallow: {path}\n" for path in sorted(CLOSED))
    return f"User-agent: *\n{closed}\nSitemap: {settings.SITE_URL}/sitemap.xml\n"


class NotToBeFound:
    """Middleware: says the same in a header, for crawlers that come by a link and never read the file."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not may_be_found() or request.path_info.startswith(NEVER):
            response.headers.setdefault("X-Robots-Tag", HIDDEN)
        return response
