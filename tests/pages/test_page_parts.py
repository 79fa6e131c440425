"""What every page has: its way from home, its one address, its editors' door, and no cookie."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission

from network_site.pages.models import ExplainerPage, HomePage, PeoplePage, StandardPage
from network_site.people.roles import EDITORS, grant
from tests.factories.people import UserFactory
from tests.pages.reading import Html

Add = Callable[..., Any]
pytestmark = pytest.mark.django_db
KINDS = [HomePage, StandardPage, ExplainerPage, PeoplePage]


def read(client: Client, page: Any) -> str:
    return Html(client.get(page.url).content.decode())


@pytest.fixture
def one_of_each(home: HomePage, add: Add) -> dict[type, Any]:
    return {HomePage: home, **{kind: add(kind, title=kind.__name__) for kind in KINDS[1:]}}


@pytest.mark.parametrize("kind", KINDS)
def test_reading_sets_no_cookie_and_asks_for_no_session(
    one_of_each: dict[type, Any], client: Client, kind: type
) -> None:
    answer = client.get(one_of_each[kind].url)
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert not answer.wsgi_request.session.accessed
    assert set(answer["Vary"].split(", ")) <= {"Accept-Language", "Accept-Encoding", "Cookie"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_one_address_and_one_description(one_of_each: dict[type, Any], client: Client, kind: type) -> None:
    page = one_of_each[kind]
    page.summary = "All about <it>."
    page.save()
    html = read(client, page)
    assert f'<link rel="canonical" href="{settings.SITE_URL}{page.url}">' in html
    assert '<meta name="description" content="All about &lt;it&gt;.">' in html


def test_words_for_search_engines_come_before_the_summary(add: Add, client: Client) -> None:
    page = add(StandardPage, summary="Short.", search_description="For engines.", seo_title="Better title")
    html = read(client, page)
    assert 'content="For engines."' in html
    assert f"<title> Better title – {settings.SITE_NAME} </title>" in html


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_styles_or_scripts_itself(one_of_each: dict[type, Any], client: Client, kind: type) -> None:
    html = read(client, one_of_each[kind])
    assert re.findall(r"<style|\sstyle=|\son\w+=", html) == []
    inline = re.findall(r"<script(?![^>]*\ssrc=)([^>]*)>", html)
    assert set(inline) <= {' type="application/ld+json"'}


def test_the_way_from_home_is_shown_and_told(add: Add, client: Client) -> None:
    middle = add(StandardPage, title="About us")
    page = add(StandardPage, under=middle, title="Rules </script><b>&")
    html = read(client, page)
    crumbs = re.search(r'<nav class="crumbs".*?</nav>', html, re.DOTALL)
    assert crumbs
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', crumbs[0]) == [("/", "Home"), (middle.url, "About us")]
    assert re.findall(r'aria-current="page">([^<]+)<', crumbs[0]) == ["Rules &lt;/script&gt;&lt;b&gt;&amp;"]
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    [told] = [node for node in json.loads(data)["@graph"] if node["@type"] == "BreadcrumbList"]
    assert [(step["position"], step["name"], step["item"]) for step in told["itemListElement"]] == [
        (1, "Home", f"{settings.SITE_URL}/"),
        (2, "About us", f"{settings.SITE_URL}{middle.url}"),
        (3, "Rules </script><b>&", f"{settings.SITE_URL}{page.url}"),
    ]


def test_home_has_no_way_from_home(home: HomePage, client: Client) -> None:
    html = client.get("/").content.decode()
    assert "crumbs" not in html
    assert "BreadcrumbList" not in html


def test_an_editor_finds_the_door_and_others_do_not(add: Add, client: Client) -> None:
    page = add(StandardPage)
    door = f'href="/admin/pages/{page.pk}/edit/"'
    assert door not in read(client, page)
    client.force_login(UserFactory())
    assert door not in read(client, page)
    editor = UserFactory()
    grant(editor, EDITORS)
    client.force_login(editor)
    assert door in read(client, page)


def test_an_editor_of_another_branch_finds_no_door(add: Add, client: Client) -> None:
    page = add(StandardPage)
    editor = UserFactory()
    grant(editor, EDITORS)
    GroupPagePermission.objects.filter(group__name=EDITORS).delete()
    client.force_login(editor)
    assert "/edit/" not in read(client, page)


def test_a_page_that_is_not_served_has_no_door() -> None:
    template = Template("{% load page_parts %}{% may_edit page as yes %}{{ yes }}")
    assert template.render(Context({"page": None})) == "False"
    assert template.render(Context({"page": HomePage()})) == "False"


def test_the_address_of_a_page_outside_any_site_is_the_site_s() -> None:
    template = Template("{% load page_parts %}{% canonical page %}")
    assert template.render(Context({"page": StandardPage(path="00990099", url_path="/x/")})) == f"{settings.SITE_URL}/"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_few_queries(one_of_each: dict[type, Any], client: Client, kind: type, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "page_cache" not in name]
    client.get("/nothing-here/")  # what stands round every page is kept from here on
    with CaptureQueriesContext(connection) as queries:
        client.get(one_of_each[kind].url)
    assert len(queries) <= 15
