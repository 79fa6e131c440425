"""The pages of people and partners in Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Watch, Window

pytestmark = pytest.mark.browser

PAGES = [
    "/people/",
    "/people/marie-polley/",
    "/partners/",
    "/partners/the-kings-fund/",
    "/partners/university-of-salford/",
]


def test_one_walks_from_the_people_to_a_person_to_the_history(window: Window) -> None:
    page = window(360, 780, java_script_enabled=False)
    title = page.get_by_role("heading", level=1)
    page.goto("/people/")
    page.get_by_role("link", name="Marie Polley").click()
    expect(title).to_have_text("Marie Polley")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").last.click()
    page.get_by_role("link", name="The King’s Fund").click()
    expect(title).to_have_text("The King’s Fund")
    page.get_by_role("link", name="Coming of age").first.click()
    expect(title).to_have_text("Coming of age")


def test_nothing_leaves_the_site(page: Page, watched: Watch) -> None:
    wrong = watched(page)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
    assert wrong == []
    assert page.context.cookies() == []
