"""News in Chromium: accessible in both schemes, on a phone and on a desk, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Watch, Window
from tests.browser.looking import shifts

pytestmark = pytest.mark.browser

ARTICLE = "/news/ten-years-since-94-people-met-in-one-room/"
PAGES = ["/news/", "/news/2026/", "/news/?topic=history", "/news/?topic=nothing", ARTICLE]


def test_a_reader_without_javascript_chooses_reads_and_walks_on(window: Window) -> None:
    page = window(360, 780, java_script_enabled=False)
    title = page.get_by_role("heading", level=1)
    page.goto("/news/")
    page.get_by_role("navigation", name="Topic").get_by_role("link", name="History").click()
    expect(page.get_by_role("status").first).to_contain_text(re.compile(r"^\s*2 articles about “History”\."))
    page.get_by_role("link", name="Ten years since 94 people met in one room").click()
    expect(title).to_have_text("Ten years since 94 people met in one room")
    page.get_by_role("navigation", name="Other articles").get_by_role("link", name="One thread, ten years long").click()
    expect(title).to_have_text("One thread, ten years long")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="News").click()
    page.get_by_role("navigation", name="Year").get_by_role("link", name="2025").click()
    expect(title).to_have_text("News in 2025")


def test_nothing_leaves_the_site_and_nothing_jumps(page: Page, watched: Watch) -> None:
    wrong = watched(page)
    assert shifts(page, PAGES) == {}
    assert wrong == []
    assert page.context.cookies() == []


def test_everything_one_can_press_is_large_enough_on_a_phone(window: Window) -> None:
    page = window(360, 780, has_touch=True)
    page.goto("/news/")
    small = page.eval_on_selector_all(
        ".news-choices a, .follow a, .pages a",
        "links => links.filter(a => a.getBoundingClientRect().height < 44).map(a => a.textContent)",
    )
    assert small == []
