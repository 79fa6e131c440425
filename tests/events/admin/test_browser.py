"""The desk in a real browser: accessible from a telephone up, in the light and in the dark, and all of it works."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from events.models import Conference, Order, StaffHold
from network_site.base.incidents import open_incident
from network_site.people.models import User
from tests.browser.axe import axe
from tests.browser.fixtures import Watch, Window
from tests.browser.looking import sign_in

pytestmark = pytest.mark.browser


def as_manager(page: Page, site: str) -> Page:
    sign_in(page, site, User.objects.get(email="manager@example.org"))
    return page


def desk() -> list[str]:
    """The pages a manager sees most, with the demonstration's own data."""
    conference = Conference.objects.get(slug="closer-to-home")
    order = Order.objects.filter(conference=conference, status="paid").first()
    incident = open_incident("odd", subject=order.subject, sentence="Odd.", advice="Look.") if order else None
    assert order
    assert incident
    one = [conference.pk]
    return [
        "/admin/",
        reverse("conferences:index"),
        reverse("conferences:tickets", args=one),
        reverse("conferences:places", args=one),
        reverse("conferences:edit", args=one),
        reverse("conferences:types_add", args=one),
        reverse("conferences:move", args=[*one, "cancelled"]),
        reverse("conferences:keep_back", args=one),
        reverse("orders:index"),
        reverse("orders:order", args=[order.pk]),
        reverse("orders:cancel", args=[order.pk]),
        reverse("incidents:index"),
        reverse("incidents:incident", args=[incident.pk]),
        reverse("outbox:index"),
        reverse("trail:index"),
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing(window: Window, site: str, scheme: str, width: int) -> None:
    page = as_manager(window(width, color_scheme=scheme), site)
    found: dict[str, list[str]] = {}
    for path in desk():
        page.goto(path)
        if wrong := axe(page):
            found[path] = wrong
    assert found == {}


def test_a_manager_makes_a_conference_and_keeps_places_back(page: Page, site: str, watched: Watch) -> None:
    as_manager(page, site)
    wrong = watched(page)
    page.goto(reverse("conferences:add"))
    page.click("#id_title")
    page.keyboard.type("York & beyond")
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).to_have_value("york-beyond")
    page.click("#id_starts_on")
    page.keyboard.type("2028-05-01")
    page.click("#id_strapline")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/tickets/")
    page.click("text=Add a quota")
    page.fill("#id_name", "Hall")
    page.fill("#id_size", "40")
    page.click("button.button-longrunning")
    page.wait_for_url("**/tickets/")
    page.click("text=Add a ticket type")
    page.fill("#id_name", "Full place")
    page.fill("#id_price_pence", "45.5")
    page.click("button.button-longrunning")
    expect(page.get_by_text("Write the amount in pounds, such as 45 or 45.50.").first).to_be_visible()
    page.fill("#id_price_pence", "45.50")
    page.click("button.button-longrunning")
    page.wait_for_url("**/tickets/")
    page.click("text=Keep places back")
    page.fill("#id_units", "5")
    page.fill("#id_reason", "Speakers")
    page.click("button:has-text('Keep them back')")
    expect(page.get_by_text("5 of “Hall” are kept back.").first).to_be_visible()
    conference = Conference.objects.get(slug="york-beyond")
    assert StaffHold.objects.get(quota__conference=conference).units == 5
    assert conference.ticket_types.get().price_pence == 4550
    assert wrong == []
