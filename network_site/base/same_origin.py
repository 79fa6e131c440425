"""Protecting forms that anybody may send, without a cookie: other sites' forms are refused by what the browser says."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# "none": the visitor's own doing, such as reloading the answer of a form.
OWN = frozenset({"same-origin", "none"})


def same_origin(view: View) -> View:
    """Let only forms of this site send to `view`; needs no token, no session and no cookie.

    Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin; scripts cannot change either.
    A request with neither comes from no browser, so no visitor is being misused.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE or is_own(request):
            return view(request, *args, **kwargs)
        return refuse(request)

    return cast("View", csrf_exempt(guarded))


def is_own(request: HttpRequest) -> bool:
    """Whether the request comes from a page of this site, as far as the browser says."""
    origin = request.headers.get("Origin", "")
    if origin and origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN
    return not origin or urlsplit(origin).netloc == request.get_host()


def refuse(request: HttpRequest) -> HttpResponse:
    """The page that says why nothing was done and what to do."""
    response = render(request, "base/other_site.html", status=403)
    response["Cache-Control"] = "no-store"
    return response
