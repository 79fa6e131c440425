"""The search in a browser: by keyboard, by pointer, without JavaScript, and by the rules of accessibility."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Watch, Window
from tests.browser.looking import faults_everywhere

pytestmark = pytest.mark.browser
FIELD, OPTIONS = "#q", "#q-list [role=option]"


@pytest.fixture
def page(window: Window, watched: Watch) -> Page:
    page = window()
    page.wrong = watched(page)
    page.goto("/search/")
    return page


def write(page: Page, words: str) -> None:
    """Words come into the field at one go, so that exactly one question is asked."""
    page.focus(FIELD)
    page.keyboard.insert_text(words)


def type_in(page: Page, words: str) -> None:
    write(page, words)
    expect(page.locator(OPTIONS).first).to_be_visible()


def expect_chosen(page: Page, name: str) -> None:
    """The suggestion of this name, and no other, is the field's; none if it is empty."""
    expect(page.locator(f"{OPTIONS}[aria-selected=true] b")).to_have_text([name] if name else [])
    field = page.locator(FIELD)
    if name:
        option = page.locator(f"{OPTIONS}[aria-selected=true]").get_attribute("id")
        expect(field).to_have_attribute("aria-activedescendant", str(option))
    else:
        expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_suggestions_by_keyboard(page: Page) -> None:
    type_in(page, "conf")
    names = page.locator(f"{OPTIONS} b").all_text_contents()
    assert len(names) > 1
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-says]")).to_contain_text(str(len(names)))
    expect_chosen(page, "")
    for name in [*names, "", names[0]]:  # past the last one the words that were typed have their turn
        page.keyboard.press("ArrowDown")
        expect_chosen(page, name)
    page.keyboard.press("ArrowUp")
    expect_chosen(page, "")
    page.keyboard.press("ArrowUp")
    expect_chosen(page, names[-1])
    address = page.locator("[aria-selected=true]").get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.wrong == []


def test_escape_closes_and_keeps_the_words(page: Page) -> None:
    type_in(page, "conf")
    field, suggestions = page.locator(FIELD), page.locator("#q-list")
    page.keyboard.press("Escape")
    expect(suggestions).to_be_hidden()
    expect(field).to_have_value("conf")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(suggestions).to_be_visible()
    page.keyboard.press("Tab")
    expect(suggestions).to_be_hidden()


def test_enter_without_a_choice_searches(page: Page) -> None:
    type_in(page, "conference")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=conference")
    expect(page.locator("#found")).to_contain_text("results for “conference”")


def test_a_press_on_a_suggestion_goes_there(page: Page) -> None:
    type_in(page, "conf")
    option = page.locator(OPTIONS).first
    address = option.get_attribute("data-url")
    option.click()
    page.wait_for_url(f"**{address}")


def test_a_newer_question_replaces_an_older_one(page: Page) -> None:
    held = []
    page.route("**/search/suggest?q=co", lambda route: held.append(route))
    with page.expect_request("**/search/suggest?q=co"):
        write(page, "co")
    type_in(page, "nf")
    before = page.locator(OPTIONS).all_text_contents()
    for route in held:  # the old answer comes last
        route.fulfill(json={"suggestions": [{"title": "Old", "url": "/old/", "kind": "Page"}]})
    page.evaluate("fetch('/search/suggest?q=conf').then(answer => answer.text())")  # whatever came before it was heard
    expect(page.locator(OPTIONS)).to_have_text(before)


def test_suggestions_that_cannot_be_had_leave_a_form(page: Page) -> None:
    page.route("**/search/suggest*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.fill(FIELD, "conference")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=conference")


def test_nothing_begins_so_is_said(page: Page) -> None:
    write(page, "xyzzy")
    expect(page.locator("[data-says]")).to_have_text("No suggestions")
    expect(page.locator("#q-list")).to_be_hidden()


def test_every_page_leads_to_the_search(page: Page) -> None:
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/")
        link = page.get_by_role("link", name="Search", exact=True)
        box = link.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        link.click()
        page.wait_for_url("**/search/")


def test_without_scripts_everything_can_be_done(window: Window) -> None:
    page = window(java_script_enabled=False)
    found = page.locator("#found")
    page.goto("/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.fill(FIELD, "confernce")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(found).to_contain_text("“conference”")
    page.get_by_role("navigation", name="Kinds of results").get_by_role("link", name="Conferences").click()
    expect(found).to_contain_text("in Conferences")
    page.locator(".hit a").first.click()
    expect(page).to_have_url(re.compile("/conferences/"))


def test_nothing_that_is_offered_keeps_anybody_out(page: Page) -> None:
    page.goto("/search/")
    type_in(page, "conf")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{OPTIONS}[aria-selected=true]")).to_have_count(1)
    assert faults_everywhere(page) == []
