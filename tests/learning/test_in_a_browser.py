"""Courses and resources in Chromium: accessible, and found without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Watch, Window

pytestmark = pytest.mark.browser

SHELF = "/courses-and-resources/"
PAGES = [
    SHELF,
    f"{SHELF}?kind=course&free=yes&topic=personalised-care",
    f"{SHELF}?q=zzz",
    f"{SHELF}peer-leadership-step-one/",
    f"{SHELF}first-year-as-a-link-worker/",
    f"{SHELF}debs-tells-her-story/",
    f"{SHELF}ten-questions/",
]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_without_javascript_finds_a_course(window: Window, width: int) -> None:
    page = window(width, java_script_enabled=False)
    found, courses = page.get_by_role("status").first, page.get_by_label("Courses")
    page.goto(SHELF)
    if width < 960:
        expect(courses).to_be_hidden()
        page.get_by_text("Choose what and for whom").click()
    courses.check()
    page.get_by_label("Link workers").last.check()
    page.get_by_label("Free").check()
    page.get_by_role("button", name="Show these").click()
    expect(found).to_contain_text(re.compile(r"^\s*1 of 5"))
    expect(courses).to_be_checked()
    page.get_by_role("link", name="Without: Free").click()
    expect(found).to_contain_text(re.compile(r"^\s*2 of 5"))
    page.get_by_role("link", name="The first year as a link worker").click()
    start = page.get_by_role("link", name="Start learning")
    expect(start).to_have_attribute("href", "https://example.org/first-year")
    assert start.get_attribute("target") is None
    page.go_back()
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(re.compile(f"{SHELF}$"))
    page.get_by_label("Words to look for").fill("debs")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=4)).to_have_text(["Debs tells her story"])


def test_the_words_in_the_box_go_with_the_boxes_that_are_ticked(page: Page) -> None:
    page.goto(SHELF)
    page.get_by_label("Words to look for").fill("link worker")
    page.get_by_label("Toolkits").check()
    page.keyboard.press("Tab")
    page.get_by_label("Words to look for").press("Enter")
    page.wait_for_url("**q=link+worker**")
    expect(page).to_have_url(re.compile("kind=toolkit"))
    expect(page.get_by_role("heading", level=4)).to_have_text(["Ten questions for a first conversation (invented)"])


def test_nothing_leaves_the_site(page: Page, watched: Watch) -> None:
    wrong = watched(page)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
    assert wrong == []
    assert page.context.cookies() == []
