"""Whole pages for visitors without a session, kept in each process until something they show changes."""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from network_site.base import freshness

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, ...]
PUBLIC = "public, max-age=0, s-maxage=30, stale-while-revalidate=30"
PERSONAL = "private, no-store"
# How long those on the way may keep a page at most, by PUBLIC.
ON_THE_WAY_SECONDS = 60
# Addresses that belong to one person, to staff or to a machine.
NEVER = (
    "/admin/", "/accounts/", "/my/", "/orders/", "/places/", "/tickets/", "/payments/", "/dev/", "/judging/", "/n/",
    "/api/",
)  # fmt: skip
# Questions that make a page of their own worth keeping.
ALLOWED_QUERY = frozenset({"page"})
# Differences between requests that the key, or not asking at all, takes care of.
VARIES = frozenset({"", "cookie", "accept-encoding", "accept-language", "hx-request"})
MOST_PAGES = 512
LONGEST_QUERY = 40
CHECK_EVERY_SECONDS = 0.5
WORTH_PACKING = 1000


@dataclass
class KeptPage:
    """A page as it left the views: its bytes, packed and not, and its headers."""

    headers: dict[str, str]
    content: bytes
    packed: bytes
    etag: str
    kept_at: float

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The page, packed if the browser unpacks; nothing but a nod if the browser has it already."""
        is_packed = bool(self.packed) and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        etag = f'"{self.etag}-gz"' if is_packed else f'"{self.etag}"'
        headers = {**self.headers, "ETag": etag}
        if etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return not_modified(headers)
        content = self.packed if is_packed else self.content
        headers["Content-Length"] = str(len(content))
        if is_packed:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(b"" if request.method == "HEAD" else content, headers=headers)


@dataclass
class Store:
    """One process’s pages and the state of the site they were made from; `clock` is monotonic seconds."""

    clock: Callable[[], float] = time.monotonic
    pages: OrderedDict[Key, KeptPage] = field(default_factory=OrderedDict)
    version: int = -1
    asked_at: float = float("-inf")
    lock: Lock = field(default_factory=Lock)

    def current(self) -> int:
        """The site’s state, asked at most twice a second; when it changed every page goes."""
        now = self.clock()
        if now - self.asked_at >= CHECK_EVERY_SECONDS:
            self.asked_at = now
            self._see(self._ask())
        return self.version

    def _ask(self) -> int:
        try:
            return freshness.current()
        except Error:  # what is kept stays good for its time while the database is away
            return self.version

    def _see(self, version: int) -> None:
        with self.lock:
            if version != self.version:
                self.version = version
                self.pages.clear()
                freshness.seen.forget()  # what editors changed is in the same count

    def get(self, key: Key) -> KeptPage | None:
        """A kept page that is young enough."""
        page = self.pages.get(key)
        if page is None or self.clock() - page.kept_at >= settings.PAGE_CACHE_SECONDS:
            return None
        return page

    def keep(self, key: Key, page: KeptPage, *, made_from: int) -> None:
        """Keep a page, unless the site changed while it was made; the page kept longest makes room."""
        with self.lock:
            if made_from != self.version:
                return
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)


class AnonymousPageCache:
    """Middleware, as high as can be: below it nothing runs for a page that is kept."""

    def __init__(self, get_response: GetResponse, *, store: Store | None = None) -> None:
        self.get_response = get_response
        self.store = store or Store()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_shared(request):
            return self.personal(request)
        if not settings.PAGE_CACHE_SECONDS or settings.DEBUG:
            return with_headers(request, self.get_response(request))
        version, key = self.store.current(), key_of(request)
        kept = self.store.get(key)
        if kept is None:
            response = with_headers(request, self.get_response(request))
            if request.method != "GET" or not is_keepable(response):
                return response
            kept = pack(response, now=self.store.clock())
            self.store.keep(key, kept, made_from=version)
        return kept.answer(request)

    def personal(self, request: HttpRequest) -> HttpResponseBase:
        """An answer for one visitor, which nobody on the way may keep unless the view says so."""
        response = self.get_response(request)
        if request.path_info.startswith(NEVER):
            response.headers.setdefault("Cache-Control", PERSONAL)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES and is_page(response):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def is_shared(request: HttpRequest) -> bool:
    """Whether every visitor without a session gets the same answer to this request."""
    return (
        request.method in {"GET", "HEAD"}
        and not request.path_info.startswith(NEVER)
        and (not request.META.get("QUERY_STRING") or has_allowed_query(request))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_AUTHORIZATION" not in request.META
    )


def has_allowed_query(request: HttpRequest) -> bool:
    """Whether the question is one of the few worth a page of its own."""
    return len(request.META["QUERY_STRING"]) <= LONGEST_QUERY and ALLOWED_QUERY.issuperset(request.GET)


def key_of(request: HttpRequest) -> Key:
    """What tells one kept page from another."""
    meta = request.META
    return (
        request.scheme or "", meta.get("HTTP_HOST", ""), request.path, meta.get("QUERY_STRING", ""),
        get_language_from_request(request),
    )  # fmt: skip


def is_page(response: HttpResponseBase) -> bool:
    """Whether it is a page that was made."""
    return (
        response.status_code == 200  # noqa: PLR2004
        and not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


def with_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Say that a page for everybody may be kept on the way, unless it sets a cookie or says otherwise itself."""
    if is_page(response) and not response.cookies and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = keeping(request, now=timezone.now())
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def good_until(request: HttpRequest, moment: datetime) -> None:
    """Say that what is shown now will be shown no longer at `moment`; the earliest counts."""
    known: datetime | None = getattr(request, "good_until", None)
    request.good_until = min(moment, known or moment)  # type: ignore[attr-defined]


def keeping(request: HttpRequest, *, now: datetime) -> str:
    """How a page may be kept: as usual, or, shortly before it will look different, by nobody beyond that moment.

    What is marked otherwise than as usual is not kept here at all: for a minute or two pages are made each time.
    """
    until: datetime | None = getattr(request, "good_until", None)
    left = (until - now).total_seconds() if until else float("inf")
    if left > settings.PAGE_CACHE_SECONDS + ON_THE_WAY_SECONDS:
        return PUBLIC
    return f"public, max-age=0, s-maxage={max(0, min(30, int(left)))}"


def is_keepable(response: HttpResponseBase) -> bool:
    """Whether the answer is one we marked as being for everybody."""
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    is_shared_page = is_page(response) and not response.cookies and response.headers.get("Cache-Control") == PUBLIC
    return is_shared_page and varies <= VARIES


def pack(response: HttpResponseBase, *, now: float) -> KeptPage:
    """The answer as it will be kept."""
    content: bytes = response.content  # type: ignore[attr-defined]  # is_page saw that it does not stream
    packed = gzip.compress(content, 6, mtime=0) if len(content) >= WORTH_PACKING else b""
    return KeptPage(
        headers=dict(response.headers.items()),
        content=content,
        packed=packed,
        etag=hashlib.sha256(content).hexdigest()[:24],
        kept_at=now,
    )


def not_modified(headers: dict[str, str]) -> HttpResponseNotModified:
    """The browser’s copy is good."""
    kept = {name: headers[name] for name in ("ETag", "Cache-Control", "Vary") if name in headers}
    return HttpResponseNotModified(headers=kept)
