"""How others show a page, for an editor's eyes; and the bar for staff on the page itself."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from network_site.base import previews
from network_site.base.previews import told
from network_site.editing.checks import RULES
from network_site.editing.content_checker import BORROWED, LOOKED_AT, HouseChecker
from network_site.people.models import User
from tests.editing.conftest import said

pytestmark = pytest.mark.any_database

HEAD = """<html><head><title>
  A page – The network</title><meta name="description" content="What it is &amp; why."><link rel="canonical"
  href="https://spn.example/about/people/"><meta property="og:title" content="Shared"><meta property="og:image"
  content="https://spn.example/cards/3.png?v=2"></head><body><title>Not this</title></body></html>"""


def test_what_a_head_tells_others() -> None:
    found = told(HEAD)
    assert found.title == "A page – The network"
    assert found.description == found.shared_description == "What it is & why."
    assert found.shared_title == "Shared"
    assert found.picture == "/cards/3.png"
    assert found.steps == ["spn.example", "about", "people"]


def test_a_head_that_tells_nothing() -> None:
    found = told("")
    assert (found.title, found.description, found.picture) == ("", "", "")
    assert found.steps == ["testserver"]


def test_long_words_are_cut_as_search_engines_do() -> None:
    found = told(f"<title>{'word ' * 40}</title><meta name=description content='{'word ' * 90}'>")
    assert len(found.short_title) <= previews.LONGEST_TITLE
    assert len(found.short_description) <= previews.LONGEST_DESCRIPTION


@given(st.text())
def test_any_head_can_be_read(html: str) -> None:
    told(f"<meta name='description' content='x'>{html}")


def test_a_declaration_nobody_knows() -> None:
    assert told("<title>A</title><![odd[x]]>").title == "A"


def preview(client: Client, page: Any, mode: str) -> str:
    return said(client.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode}))


def test_a_page_has_four_ways_to_be_looked_at(add: Callable[..., Any], desk: Client) -> None:
    page = add("A page", summary="About <b>us</b>.", text="<p>Words of the body.</p>")
    assert "Words of the body." in preview(desk, page, "")
    in_list = preview(desk, page, "list")
    assert "About &lt;b&gt;us&lt;/b&gt;." in in_list
    assert "Words of the body." not in in_list
    assert "There is no summary." not in in_list
    assert "social-card" in preview(desk, page, "shared")
    assert "engine__title" in preview(desk, page, "search")


def test_what_is_missing_is_said(add: Callable[..., Any], desk: Client) -> None:
    page = add("A page", summary="")
    assert "There is no summary." in preview(desk, page, "list")
    assert "no description of its own" in preview(desk, page, "search")


@pytest.mark.parametrize("mode", ["nothing", "../etc", "LIST", "list "])
def test_a_way_there_is_not_shows_the_page(mode: str, add: Callable[..., Any], desk: Client) -> None:
    page = add("A page", text="<p>Words of the body.</p>")
    assert "Words of the body." in preview(desk, page, mode)


def test_sizes(add: Callable[..., Any]) -> None:
    assert [size["device_width"] for size in add().preview_sizes] == [375, 768, 1280]


# --- the bar ----------------------------------------------------------------------------------------------


def test_staff_have_a_bar_on_the_page_and_visitors_have_none(add: Callable[..., Any], desk: Client) -> None:
    page = add("A page", slug="a-page")
    assert "<wagtail-userbar>" in said(desk.get(page.url))
    visitor = Client()
    response = visitor.get(page.url)
    assert "userbar" not in said(response)
    assert not response.cookies


def test_somebody_with_a_booking_has_no_bar(add: Callable[..., Any]) -> None:
    page = add("A page", slug="a-page")
    delegate = Client()
    delegate.force_login(User.objects.create_user("delegate@example.org"))
    assert "wagtail-userbar" not in said(delegate.get(page.url))


def test_the_bar_is_on_pages_of_the_tree_only(home: Any, desk: Client) -> None:
    assert "wagtail-userbar" not in said(desk.get("/patterns/"))


def configuration(page: str) -> dict[str, Any]:
    raw = page.partition('id="checker-axe-configuration"')[2].partition(">")[2].partition("</script>")[0]
    return json.loads(raw)


def test_the_checker_knows_every_rule(add: Callable[..., Any], desk: Client) -> None:
    page = add("A page", summary="")
    found = configuration(said(desk.get(f"/admin/pages/{page.pk}/edit/")))
    names = {BORROWED.get(rule.name, rule.name) for rule in RULES}
    assert names <= set(found["options"]["runOnly"])
    assert names <= set(found["messages"])
    checks = {check["id"]: check["options"] for check in found["spec"]["checks"]}
    assert checks["house-summary"] == {"isMissing": True}
    assert checks["house-long-sentence"] == {"most": 25}


def test_the_checker_asks_for_a_summary_only_of_pages(add: Callable[..., Any], rf: Any) -> None:
    for thing, missing in ((add("A"), False), (add("B", summary=""), True), (None, False)):
        checks = {check["id"]: check["options"] for check in HouseChecker(thing).get_axe_custom_checks(rf.get("/"))}
        assert checks["house-summary"] == {"isMissing": missing}


def test_every_rule_is_looked_for_somewhere() -> None:
    assert {rule.name for rule in RULES} == {*BORROWED, *LOOKED_AT}
