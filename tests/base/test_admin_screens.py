"""Wagtail's own screens work under the policy that the admin gets, and ask no other site."""

import re

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from network_site.people.models import User
from tests.browser.fixtures import Watch
from tests.browser.looking import sign_in

pytestmark = pytest.mark.browser
SCREENS = [
    "/admin/",
    "/admin/pages/{home}/",
    "/admin/pages/{home}/history/",
    "/admin/pages/{about}/move/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/users/",
    "/admin/reports/site-history/",
    "/admin/redirects/",
    "/admin/workflows/list/",
    "/admin/account/",
]


@pytest.fixture
def desk(page: Page, site: str) -> Page:
    """A window in which somebody who may do everything is signed in."""
    sign_in(page, site, User.objects.create_superuser("root@example.org"))
    return page


def places() -> dict[str, int]:
    return {
        "home": WagtailPage.objects.filter(depth=2).values_list("pk", flat=True)[0],
        "about": WagtailPage.objects.get(slug="about").pk,
    }


def test_the_screens_break_no_policy(desk: Page, watched: Watch) -> None:
    wrong = watched(desk)
    for screen in SCREENS:
        desk.goto(screen.format(**places()), wait_until="networkidle")
        expect(desk.locator("main, .content").first).to_be_visible()
    assert wrong == []


def test_a_page_is_edited_and_previewed_under_the_policy(desk: Page, watched: Watch) -> None:
    wrong = watched(desk)
    desk.goto(f"/admin/pages/{places()['about']}/edit/", wait_until="load")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("iframe[title='Preview'], #w-preview-iframe").first
    expect(preview.locator("main h1")).to_have_text(re.compile("."))
    # Wagtail's table editor speaks no en-gb; its content checker tells what it finds on the console.
    assert [line for line in wrong if "handsontable" not in line and "axe.run results" not in line] == []
