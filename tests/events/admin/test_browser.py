"""The desk in a real browser: accessible from a telephone up, in the light and in the dark, and all of it works."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from events.models import Conference, Order, StaffHold
from network_site.base.incidents import open_incident
from network_site.people.models import User
from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


def logged_in(context: "BrowserContext", address: str) -> None:
    user = User.objects.get(email="manager@example.org")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}])


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
def test_axe_finds_nothing(browser: "Browser", site: str, scheme: str, width: int) -> None:
    size = {"width": width, "height": 900}
    window = browser.new_context(base_url=site, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    logged_in(window, site)
    page = window.new_page()
    found: dict[str, list[str]] = {}
    for path in desk():
        page.goto(path)
        if wrong := axe(page):
            found[path] = wrong
    window.close()
    assert found == {}


def test_a_manager_makes_a_conference_and_keeps_places_back(
    context: "BrowserContext", site: str, watched: "Callable[[Page], list[str]]"
) -> None:
    from playwright.sync_api import expect

    logged_in(context, site)
    page = context.new_page()
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
    page.wait_for_selector("text=Write the amount in pounds, such as 45 or 45.50.")
    page.fill("#id_price_pence", "45.50")
    page.click("button.button-longrunning")
    page.wait_for_url("**/tickets/")
    page.click("text=Keep places back")
    page.fill("#id_units", "5")
    page.fill("#id_reason", "Speakers")
    page.click("button:has-text('Keep them back')")
    page.wait_for_selector("text=5 of “Hall” are kept back.")
    conference = Conference.objects.get(slug="york-beyond")
    assert StaffHold.objects.get(quota__conference=conference).units == 5
    assert conference.ticket_types.get().price_pence == 4550
    assert wrong == []
