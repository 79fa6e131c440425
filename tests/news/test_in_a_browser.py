"""News in Chromium: accessible in both schemes, on a phone and on a desk, and without JavaScript."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.test_every_page import Watch

pytestmark = pytest.mark.browser

ARTICLE = "/news/ten-years-since-94-people-met-in-one-room/"
PAGES = ["/news/", "/news/2026/", "/news/?topic=history", "/news/?topic=nothing", ARTICLE]


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


def test_a_reader_without_javascript_chooses_reads_and_walks_on(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto("/news/")
    page.get_by_role("navigation", name="Topic").get_by_role("link", name="History").click()
    assert page.get_by_role("status").first.inner_text().startswith("2 articles about “History”.")
    page.get_by_role("link", name="Ten years since 94 people met in one room").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ten years since 94 people met in one room"
    page.get_by_role("navigation", name="Other articles").get_by_role("link", name="One thread, ten years long").click()
    assert page.get_by_role("heading", level=1).inner_text() == "One thread, ten years long"
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="News").click()
    page.get_by_role("navigation", name="Year").get_by_role("link", name="2025").click()
    assert page.get_by_role("heading", level=1).inner_text() == "News in 2025"
    context.close()


def test_nothing_leaves_the_site_and_nothing_jumps(context: "BrowserContext", watched: "Watch") -> None:
    page: Page = context.new_page()
    wrong = watched(page)
    page.add_init_script(
        "window.jumped = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.jumped += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("window.jumped") < 0.02, path
    assert wrong == []
    assert context.cookies() == []


def test_everything_one_can_press_is_large_enough_on_a_phone(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 780}, has_touch=True)
    page = context.new_page()
    page.goto("/news/")
    small = page.eval_on_selector_all(
        ".news-choices a, .follow a, .pages a",
        "links => links.filter(a => a.getBoundingClientRect().height < 44).map(a => a.textContent)",
    )
    assert small == []
    context.close()
