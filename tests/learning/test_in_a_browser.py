"""Courses and resources in Chromium: accessible, and found without JavaScript."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.test_every_page import Watch

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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: "Browser", site: str, scheme: str) -> None:
    found: dict[str, list[str]] = {}
    for width in (320, 360, 768, 1280):
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        for path in PAGES:
            page.goto(path)
            if width in {360, 1280} and (wrong := axe(page)):
                found[f"{path} at {width}"] = wrong
            if page.evaluate("document.querySelector('main').scrollWidth") > width:
                found[f"{path} at {width} scrolls"] = []
        context.close()
    assert found == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_without_javascript_finds_a_course(browser: "Browser", site: str, width: int) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(SHELF)
    if width < 960:
        assert not page.get_by_label("Courses").is_visible()
        page.get_by_text("Choose what and for whom").click()
    page.get_by_label("Courses").check()
    page.get_by_label("Link workers").last.check()
    page.get_by_label("Free").check()
    page.get_by_role("button", name="Show these").click()
    assert page.get_by_role("status").first.inner_text().startswith("1 of 5")
    assert page.get_by_label("Courses").is_checked()
    page.get_by_role("link", name="Without: Free").click()
    assert page.get_by_role("status").first.inner_text().startswith("2 of 5")
    page.get_by_role("link", name="The first year as a link worker").click()
    start = page.get_by_role("link", name="Start learning")
    assert start.get_attribute("href") == "https://example.org/first-year"
    assert start.get_attribute("target") is None
    page.go_back()
    page.get_by_role("link", name="Clear all").click()
    assert page.url == f"{site}{SHELF}"
    page.get_by_label("Words to look for").fill("debs")
    page.get_by_role("button", name="Find").click()
    assert page.get_by_role("heading", level=4).all_inner_texts() == ["Debs tells her story"]
    context.close()


def test_the_words_in_the_box_go_with_the_boxes_that_are_ticked(context: "BrowserContext") -> None:
    page = context.new_page()
    page.goto(SHELF)
    page.get_by_label("Words to look for").fill("link worker")
    page.get_by_label("Toolkits").check()
    page.keyboard.press("Tab")
    page.get_by_label("Words to look for").press("Enter")
    page.wait_for_url("**q=link+worker**")
    assert "kind=toolkit" in page.url
    assert page.get_by_role("heading", level=4).all_inner_texts() == [
        "Ten questions for a first conversation (invented)"
    ]


def test_nothing_leaves_the_site(context: "BrowserContext", watched: "Watch") -> None:
    page = context.new_page()
    wrong = watched(page)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
    assert wrong == []
    assert context.cookies() == []
