"""The pages of people and partners in Chromium."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.test_every_page import Watch

pytestmark = pytest.mark.browser

PAGES = [
    "/people/",
    "/people/marie-polley/",
    "/partners/",
    "/partners/the-kings-fund/",
    "/partners/university-of-salford/",
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


def test_one_walks_from_the_people_to_a_person_to_the_history(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto("/people/")
    page.get_by_role("link", name="Marie Polley").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Marie Polley"
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    page.get_by_role("link", name="The King’s Fund").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The King’s Fund"
    page.get_by_role("link", name="Coming of age").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Coming of age"
    context.close()


def test_nothing_leaves_the_site(context: "BrowserContext", watched: "Watch") -> None:
    page = context.new_page()
    wrong = watched(page)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
    assert wrong == []
    assert context.cookies() == []
