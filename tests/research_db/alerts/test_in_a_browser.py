"""From a search to letters and to their end, by keyboard; every page is accessible."""

from typing import TYPE_CHECKING

import pytest

from research_db.models import SavedSearch
from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
EMAIL = "ada@example.org"


def check(page: "Page") -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_from_a_search_to_letters_and_to_their_end(site: str, browser: "Browser", width: int, scheme: str) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto("/research/?q=walking")
    page.get_by_role("link", name="E-mail me when there is").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("E-mail me what is new")
    page.get_by_label("Your e-mail address").fill("ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_label("Once a month, on the first").check()
    page.get_by_role("button", name="Send me the letter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    check(page)
    search = SavedSearch.objects.get(email=EMAIL)
    page.goto(f"/research/alerts/{search.token}/")
    check(page)
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("status")).to_contain_text("Letters are on.")
    page.get_by_role("button", name="Pause the letters").click()
    expect(page.get_by_role("status")).to_contain_text("It is paused")
    check(page)
    page.goto(f"/n/r/{search.token}/")
    check(page)
    page.get_by_role("button", name="Yes, stop them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The letters are stopped")
    assert not SavedSearch.objects.filter(email=EMAIL).exists()
    context.close()
