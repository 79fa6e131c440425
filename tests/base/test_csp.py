"""Visitors get a strict policy, the admin one that Wagtail can live with, and neither asks another site."""

import pytest
from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


@csp({"default-src": [NONE]})
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


@csp_update({"frame-src": [SELF]})
def more(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


def preview(request: HttpRequest) -> HttpResponse:
    """As Wagtail's previews: the page went through the middleware as if a visitor had asked for it."""
    return HttpResponse("x", headers={"Content-Security-Policy": "script-src 'self'; frame-ancestors 'none'"})


urlpatterns = [path(place, plain) for place in ("", "admin/", "administrator/", "admin/pages/")]
urlpatterns += [path("admin/own/", own), path("more/", more)]
urlpatterns += [path("admin/preview/", preview), path("preview/", preview)]
pytestmark = pytest.mark.urls(__name__)


def policy(address: str) -> dict[str, list[str]]:
    header = Client().get(address)["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", ["/", "/administrator/"])
def test_visitors_get_no_inline_script_or_style(address: str) -> None:
    found = policy(address)
    assert found["script-src"] == ["'self'"]
    assert found["style-src"] == ["'self'"]
    assert found["default-src"] == found["frame-ancestors"] == found["base-uri"] == ["'none'"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/"])
def test_the_admin_may_show_previews_and_inline_styles(address: str) -> None:
    found = policy(address)
    assert found["frame-src"] == found["frame-ancestors"] == ["'self'"]
    assert found["style-src"] == ["'self'", "'unsafe-inline'"]
    assert found["default-src"] == ["'none'"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/own/"])
def test_the_admin_asks_no_other_site_for_code(address: str) -> None:
    sources = [source for values in policy(address).values() for source in values]
    assert not any("*" in source for source in sources)


def test_a_views_own_policy_wins() -> None:
    assert policy("/admin/own/") == {"default-src": ["'none'"]}
    assert policy("/more/")["frame-src"] == ["https://www.youtube-nocookie.com", "'self'"]


def test_a_preview_keeps_the_visitors_policy_and_may_be_framed_by_the_admin() -> None:
    assert policy("/admin/preview/") == {"script-src": ["'self'"], "frame-ancestors": ["'self'"]}
    assert policy("/preview/") == {"script-src": ["'self'"], "frame-ancestors": ["'none'"]}
