"""Whatever is asked of a public address of the research database, in whatever way, there is an answer."""

from collections.abc import Callable
from http import HTTPStatus
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from research_db import urls
from research_db.models import Publication, ResearchPage
from tests.research_db.alerts.conftest import saved
from tests.research_db.finding.conftest import found
from tests.research_db.records.conftest import full, make

__all__ = ["found", "full", "make"]
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
Asked = dict[str, list[str]]
NAMES = (
    "q", "year", "from", "to", "page", "sort", "kind", "not.kind", "population", "all", "strict", "exact", "only",
    "rows", "columns", "cite", "id", "format", "r", "verb", "metadataPrefix", "resumptionToken", "identifier", "about",
    "deed", "frequency", "email", "pasted", "title", "authors", "why", "name", "remarks",
)  # fmt: skip
ODD = (
    "", "\0", "\x1f", "\ufffe", "-1", "0", "99999", "9" * 30, "2020..1990", "20201", "٣", "..", "a" * 10_000, '"' * 99,
    "(" * 99, "OR AND OR", 'author:""', "author:(", "year:99999", "-", "*", "%", "%00", "%zz", "مرحبا", "\u202ea", "e\u0301" * 50,
    "10.1000%2Fa%00b", f"10.1000/{'a' * 400}", "https://[::1", "weekly", "a@example.org", "ris", "apa", "confirm",
    "ListRecords", "oai_dc", "journal-article", "older-people", "population", "<script>", "{{ 7 }}", "'; --",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=20))
PAIRS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=4)), st.lists(VALUES, max_size=3), max_size=5
)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["accept", "range", "if-none-match", "if-modified-since", "cookie", "accept-language", "hx-request", "origin"]
    ),
    st.sampled_from(
        [
            *("", "*/*;q=0", "text/html;q=x", "application/x-research-info-systems", ";;,=", "bytes=9-1", '"', "*"),
            *("Sun, 06 Nov 99999 08:49:37 GMT", 'sessionid="\\000aaaaaaaaaaaaa"', "messages=x:y", "zz-*;q=9", "null"),
        ]
    ),
    max_size=2,
)
METHODS = st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])


WHOLE = (b"\xff\xfe=%ff%00", b"email=ada@example.org&frequency=weekly", b"title=Walking")


@pytest.fixture
def addresses(found: object, full: Publication, research: Callable[[], ResearchPage]) -> list[str]:
    """Every public address, with a record, a list and a saved search that there are, and with none."""
    research()
    token = saved("q=walking").token
    there = {"code": full.code, "slug": full.slug, "ending": "ris", "doi": "10.5555/spn.1", "token": token}
    of_list = {**there, "slug": "start-here", "ending": "xlsx"}
    nowhere = {"code": "zzz", "slug": "zzz", "ending": "zzz", "doi": "10.1/\0%", "token": "zzz"}
    own = {_filled(one, names) for one in urls.urlpatterns for names in (there, of_list, nowhere)}
    return sorted({*own, "/research/", "/sitemap.xml"})


def _filled(pattern: URLPattern | URLResolver, names: dict[str, str]) -> str:
    route = str(pattern.pattern).removeprefix("^")
    for kind, name in (("slug", "code"), ("slug", "slug"), ("slug", "token"), ("str", "ending"), ("path", "doi")):
        route = route.replace(f"<{kind}:{name}>", names[name])
    return f"/{route}"


def answer(client: Client, method: str, address: str, asked: Asked, body: bytes, headers: dict[str, str]) -> int:
    """The status of what is answered, all of which is read."""
    question = urlencode(asked, doseq=True)
    response = client.generic(
        method,
        address,
        body,
        content_type="application/x-www-form-urlencoded",
        headers=headers,
        query_params=asked if question else None,
    )
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    return response.status_code


def test_the_addresses_are_all_of_them(client: Client, addresses: list[str]) -> None:
    assert len(addresses) > len(urls.urlpatterns)
    assert not any("<" in one for one in addresses)
    found = {one: answer(client, "GET", one, {}, b"", {}) for one in addresses}
    assert {200, 300, 301, 302, 400, 404} >= set(found.values()) >= {200, 301, 302, 400, 404}
    for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE"):
        found = {one: answer(client, method, one, {}, b"", {}) for one in addresses}
        assert (405 in found.values()) == (method != "HEAD"), method


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 200), METHODS, PAIRS, PAIRS, HEADERS)
def test_there_is_an_answer(
    client: Client, addresses: list[str], place: int, method: str, asked: Asked, body: Asked, headers: dict[str, str]
) -> None:
    answer(client, method, addresses[place % len(addresses)], asked, urlencode(body, doseq=True).encode(), headers)


@pytest.mark.parametrize("address", ["/research/suggest/", "/research/alerts/"])
def test_a_form_comes_back_or_is_taken(client: Client, addresses: list[str], address: str) -> None:
    fields = (("pasted",), ("title", "authors", "why", "name"), ("email", "frequency"), ("year", "title"))
    bodies = [urlencode(dict.fromkeys(names, value)).encode() for names in fields for value in ODD]
    with (
        patch("research_db.views.suggest.allow", lambda *_name, **_more: True),
        patch("research_db.views.alerts.allow", lambda *_name, **_more: True),
    ):
        found = {answer(client, "POST", address, {"q": ["walking"]}, body, {}) for body in (*bodies, *WHOLE)}
    assert {303, 422} <= found <= {200, 303, 422}
