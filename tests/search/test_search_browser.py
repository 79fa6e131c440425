"""The search in a browser: by keyboard, by pointer, without JavaScript, and by the rules of accessibility."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
FIELD, OPTIONS = "#q", "#q-list [role=option]"


@pytest.fixture
def page(context: "BrowserContext", watched: Callable[["Page"], list[str]]) -> "Page":
    page = context.new_page()
    page.wrong = watched(page)
    page.goto("/search/")
    return page


def type_in(page: "Page", words: str) -> None:
    page.focus(FIELD)
    with page.expect_response("**/search/suggest*"):
        page.keyboard.type(words)
    page.wait_for_selector(OPTIONS)


def chosen(page: "Page") -> str:
    active = page.get_attribute(FIELD, "aria-activedescendant")
    return page.text_content(f"[id='{active}'] b") if active else ""


def test_suggestions_by_keyboard(page: "Page") -> None:
    type_in(page, "conf")
    names = page.locator(f"{OPTIONS} b").all_text_contents()
    assert len(names) > 1
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    assert str(len(names)) in page.text_content("[data-says]")
    assert chosen(page) == ""
    for name in [*names, "", names[0]]:  # past the last one the words that were typed have their turn
        page.keyboard.press("ArrowDown")
        assert chosen(page) == name
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ""
    page.keyboard.press("ArrowUp")
    assert chosen(page) == names[-1]
    assert page.locator("[aria-selected=true]").count() == 1
    address = page.locator("[aria-selected=true]").get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.wrong == []


def test_escape_closes_and_keeps_the_words(page: "Page") -> None:
    type_in(page, "conf")
    page.keyboard.press("Escape")
    assert page.locator("#q-list").is_hidden()
    assert page.input_value(FIELD) == "conf"
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    assert page.locator("#q-list").is_visible()
    page.keyboard.press("Tab")
    assert page.locator("#q-list").is_hidden()


def test_enter_without_a_choice_searches(page: "Page") -> None:
    type_in(page, "conference")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=conference")
    assert "results for “conference”" in page.text_content("#found")


def test_a_press_on_a_suggestion_goes_there(page: "Page") -> None:
    type_in(page, "conf")
    option = page.locator(OPTIONS).first
    address = option.get_attribute("data-url")
    option.click()
    page.wait_for_url(f"**{address}")


def test_a_newer_question_replaces_an_older_one(page: "Page") -> None:
    held = []
    page.route("**/search/suggest?q=co", lambda route: held.append(route))
    page.focus(FIELD)
    with page.expect_request("**/search/suggest?q=co"):
        page.keyboard.type("co")
    with page.expect_response("**/search/suggest?q=conf"):
        page.keyboard.type("nf")
    page.wait_for_selector(OPTIONS)
    before = page.locator(OPTIONS).all_text_contents()
    for route in held:  # the old answer comes last
        route.fulfill(json={"suggestions": [{"title": "Old", "url": "/old/", "kind": "Page"}]})
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.locator(OPTIONS).all_text_contents() == before


def test_suggestions_that_cannot_be_had_leave_a_form(page: "Page") -> None:
    page.route("**/search/suggest*", lambda route: route.abort())
    page.fill(FIELD, "conference")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=conference")


def test_nothing_begins_so_is_said(page: "Page") -> None:
    page.focus(FIELD)
    with page.expect_response("**/search/suggest*"):
        page.keyboard.type("xyzzy")
    page.wait_for_function("document.querySelector('[data-says]').textContent")
    assert page.text_content("[data-says]") == "No suggestions"
    assert page.locator("#q-list").is_hidden()


def test_every_page_leads_to_the_search(page: "Page") -> None:
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/")
        link = page.get_by_role("link", name="Search")
        box = link.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        link.click()
        page.wait_for_url("**/search/")


def test_without_scripts_everything_can_be_done(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.fill(FIELD, "confernce")
    page.get_by_role("button", name="Search").click()
    assert "“conference”" in page.text_content("#found")
    page.get_by_role("navigation", name="Kinds of results").get_by_role("link", name="Conferences").click()
    assert "in Conferences" in page.text_content("#found")
    page.locator(".hit a").first.click()
    assert page.url.startswith(f"{site}/conferences/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_keeps_anybody_out(browser: "Browser", site: str, scheme: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for address in (
        "/search/",
        "/search/?q=conference",
        "/search/?q=conference&kind=people",
        "/search/?q=xyzzy",
        "/search/?q=confernce+xyzzyplugh",
    ):
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto("/search/")
    type_in(page, "conf")
    page.keyboard.press("ArrowDown")
    assert axe(page) == []
    context.close()
