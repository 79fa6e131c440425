"""A page's addresses, in a browser: an editor writes it, moves it, points an old address at it and takes it down."""

import re

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from network_site.pages.models import StandardPage
from network_site.people.roles import EDITORS
from tests.browser.fixtures import Window
from tests.browser.test_editing import desk_of, more

pytestmark = pytest.mark.browser
TITLE = "Where the wool goes"


def publish(desk: Page, home: WagtailPage) -> StandardPage:
    """A page with a title and a sentence, at once in public."""
    desk.goto(f"/admin/pages/add/pages/standardpage/{home.pk}/")
    desk.fill("#id_title", TITLE)
    desk.fill("#id_lead", "To whoever knits.")
    more(desk, "Publish")
    desk.wait_for_url(f"**/admin/pages/{home.pk}/")
    return StandardPage.objects.get(title=TITLE)


def choose(desk: Page, button: str, title: str) -> None:
    """A page, in the window that opens for it."""
    desk.wait_for_load_state()
    desk.get_by_role("button", name=button).click()
    desk.locator(".modal-dialog input[name=q]").fill(title)
    desk.locator(".modal-dialog a.choose-page").filter(has_text=title).first.click()
    expect(desk.locator(".modal-dialog")).to_have_count(0)


def move(desk: Page, written: StandardPage, under: WagtailPage) -> None:
    """Below another page."""
    desk.goto(f"/admin/pages/{written.pk}/move/")
    desk.wait_for_load_state()
    desk.locator(".chooser").get_by_role("button", name="Actions").click()
    choose(desk, "Choose another page", under.title)
    desk.get_by_role("button", name="Confirm").click()
    desk.get_by_role("button", name="Yes, move this page").click()
    desk.wait_for_url(f"**/admin/pages/{under.pk}/")


def point(desk: Page, old: str, title: str) -> None:
    """An address of old at a page."""
    desk.goto("/admin/redirects/add/")
    desk.fill("#id_old_path", old)
    choose(desk, "Choose a page", title)
    desk.get_by_role("button", name=re.compile("^(Save|Create|Add)")).click()
    expect(desk.get_by_role("link", name=old)).to_be_visible()


def take_down(desk: Page, written: StandardPage, under: WagtailPage) -> None:
    """Out of public."""
    desk.goto(f"/admin/pages/{written.pk}/unpublish/")
    desk.get_by_role("button", name="Yes, unpublish it").click()
    desk.wait_for_url(f"**/admin/pages/{under.pk}/")


def test_a_page_that_moves_is_found_under_every_address_it_had(window: Window, site: str) -> None:
    home, about = WagtailPage.objects.get(depth=2), WagtailPage.objects.get(slug="about")
    desk, visitor = desk_of(window, site, "reads@example.org", EDITORS), window()

    written = publish(desk, home)
    visitor.goto("/where-the-wool-goes/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)

    move(desk, written, about)
    point(desk, "/wool", TITLE)
    for path in ("/about/where-the-wool-goes/", "/where-the-wool-goes/", "/wool/"):
        visitor.goto(path)
        expect(visitor, path).to_have_url(re.compile("/about/where-the-wool-goes/$"))
        expect(visitor.get_by_role("heading", level=1), path).to_have_text(TITLE)

    take_down(desk, written, about)
    assert {visitor.request.get(path).status for path in ("/about/where-the-wool-goes/", "/wool/")} == {404}
