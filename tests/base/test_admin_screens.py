"""Wagtail's own screens work under the policy that the admin gets, and ask no other site."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from wagtail.models import Page as WagtailPage

from network_site.people.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
Watch = Callable[["Page"], list[str]]
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
def desk(browser: "Browser", site: str) -> "Page":
    """A window in which somebody who may do everything is signed in."""
    visitor = Client()
    visitor.force_login(User.objects.create_superuser("root@example.org"))
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": visitor.cookies["sessionid"].value, "url": site}])
    return context.new_page()


def places() -> dict[str, int]:
    return {
        "home": WagtailPage.objects.filter(depth=2).values_list("pk", flat=True)[0],
        "about": WagtailPage.objects.get(slug="about").pk,
    }


def test_the_screens_break_no_policy(desk: "Page", watched: Watch) -> None:
    wrong = watched(desk)
    for screen in SCREENS:
        desk.goto(screen.format(**places()), wait_until="load")
        desk.wait_for_selector("main, .content")
    desk.context.close()
    assert wrong == []


def test_a_page_is_edited_and_previewed_under_the_policy(desk: "Page", watched: Watch) -> None:
    wrong = watched(desk)
    desk.goto(f"/admin/pages/{places()['about']}/edit/", wait_until="load")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("iframe[title='Preview'], #w-preview-iframe").first
    preview.locator("main h1").wait_for(timeout=20_000)
    assert preview.locator("main h1").inner_text()
    desk.context.close()
    # Wagtail's table editor speaks no en-gb; its content checker tells what it finds on the console.
    assert [line for line in wrong if "handsontable" not in line and "axe.run results" not in line] == []
