"""Pages under the eyes of those who read them otherwise: narrow, in large letters, on paper, by ear."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import at_each

pytestmark = pytest.mark.browser

NARROW_AND_WIDE = (360, 1280)


def test_a_phone_opens_the_list_of_headings_and_a_desk_shows_it(page: Page) -> None:
    page.goto("/what-is-social-prescribing/")
    contents = page.get_by_role("navigation", name="On this page")
    first = contents.get_by_role("link").first
    for width in at_each(page, (768, 1280)):
        expect(first, f"at {width}").to_be_visible()
        expect(contents.locator("summary"), f"at {width}").to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(first).to_be_hidden()
    expect(contents.get_by_role("heading")).to_be_hidden()
    contents.locator("summary").press("Enter")
    expect(first).to_be_visible()
    first.click()
    expect(page).to_have_url(re.compile("#who-can-it-help$"))


def test_a_table_folded_on_a_phone_is_still_one_to_the_ear(page: Page) -> None:
    page.goto("/about/every-block/")
    for width in at_each(page, NARROW_AND_WIDE):
        table = page.get_by_role("table", name="Three conferences and who came")
        expect(table.get_by_role("columnheader"), f"at {width}").to_have_count(4)
        expect(table.get_by_role("row"), f"at {width}").to_have_count(4)
        expect(table.get_by_role("rowheader").first, f"at {width}").to_have_text("January 2016")
        expect(table.get_by_role("row").nth(1).get_by_role("cell"), f"at {width}").to_have_count(3)


def test_paper_says_where_a_course_is_and_asks_nothing(page: Page) -> None:
    page.goto("/courses-and-resources/peer-leadership-step-one/")
    page.emulate_media(media="print")
    start = page.get_by_role("link", name="Start learning")
    expect(start).to_be_visible()
    assert "https://" in start.evaluate("link => getComputedStyle(link, '::after').content")
    expect(page.get_by_text("Was this page useful?")).to_be_hidden()
    page.goto("/courses-and-resources/")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.get_by_role("heading", name="Courses", exact=True)).to_be_visible()


def test_on_a_phone_the_question_follows_the_page_and_the_spool_ends_it(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/privacy/")
    below = page.locator("footer").evaluate(
        """footer => [".opinion", ".cols-f", ".spool"].map(part => footer.querySelector(part).getBoundingClientRect().top)"""
    )
    assert below == sorted(below)
    page.goto("/")  # here the thread runs on into its spool
    spool, links = (page.locator("footer").locator(part).bounding_box() for part in (".spool", ".cols-f"))
    assert spool
    assert links
    assert spool["y"] < links["y"]
