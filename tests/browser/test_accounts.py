"""Logging in as people do, under the site's own policy: by code with JavaScript off, and with a passkey."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from network_site.demo.accounts import PASSWORD
from network_site.mail.models import OutgoingMail
from tests.browser.test_every_page import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
EDITOR = "editor@example.org"
OWN = [
    "/my/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
]
Watch = Callable[["Page"], list[str]]


@pytest.fixture
def named_site(site: str) -> str:
    """The same site by a name: a passkey belongs to a name, not to a number."""
    return site.replace("127.0.0.1", "localhost")


def log_in(page: "Page", base: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail address").fill(EDITOR)
    page.get_by_text("I have a password").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in with the password").click()
    page.wait_for_url("**/my/")


def say_it_again(page: "Page") -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()


def test_a_code_lets_an_editor_in_without_javascript(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    assert not page.get_by_role("button", name="Log in with a passkey").is_visible()
    page.get_by_label("E-mail address").fill(EDITOR)
    page.get_by_role("button", name="Send me a code").click()
    code = OutgoingMail.objects.get(kind="people.account").payload["code"]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/my/")
    assert page.get_by_role("heading", level=1).inner_text() == "Hello, Edie"
    context.close()


def test_a_passkey_is_added_used_and_removed_under_the_policy(
    browser: "Browser", named_site: str, site: str, watched: Watch
) -> None:
    context = browser.new_context(base_url=named_site)
    page = context.new_page()
    wrong = watched(page)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    abilities = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **abilities}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    log_in(page, named_site)
    page.goto("/accounts/2fa/webauthn/add/")
    say_it_again(page)
    page.get_by_label("What to call it").fill("My telephone")
    page.get_by_role("button", name="Add this device").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator("code").count() == 10

    page.goto("/my/")
    page.get_by_role("button", name="Log out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/my/")

    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove My telephone").click()
    if "reauthenticate" in page.url:
        say_it_again(page)
    page.get_by_role("button", name="Remove it").click()
    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_text("You have none yet.").is_visible()
    assert [line for line in wrong if not line.startswith(named_site)] == []
    context.close()


def test_axe_finds_nothing_on_pages_about_oneself(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 900}, bypass_csp=True)
    page = context.new_page()
    log_in(page, site)
    found = {}
    for path in OWN:
        page.goto(path)
        if "reauthenticate" in page.url:
            if wrong := axe(page):
                found["/accounts/reauthenticate/"] = wrong
            say_it_again(page)
            page.wait_for_url(f"**{path}")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wrong := axe(page) + ["scrolls sideways"] * (overflow > 0):
            found[path] = wrong
    assert found == {}
    context.close()


def test_a_film_asks_youtube_only_after_the_button(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    asked: list[tuple[str, str]] = []

    def answer(route: object) -> None:
        asked.append((route.request.url, route.request.headers.get("referer", "")))  # type: ignore[attr-defined]
        route.fulfill(body="<p>The player</p>", content_type="text/html")  # type: ignore[attr-defined]

    context.route(re.compile(r"https://www\.youtube"), answer)
    page.goto("/what-is-social-prescribing/")
    page.wait_for_load_state("networkidle")
    play = page.get_by_role("button", name="Play video (loads YouTube)").first
    play.scroll_into_view_if_needed()
    play.hover()
    assert asked == []
    play.click()
    player = page.frame_locator("iframe").get_by_text("The player")
    player.wait_for()
    [(address, referer)] = asked
    assert address.startswith("https://www.youtube-nocookie.com/embed/")
    assert referer == f"{site}/"
    frame = page.locator("iframe")
    assert frame.get_attribute("title")
    assert frame.evaluate("frame => frame === document.activeElement")
    assert context.cookies() == []
    context.close()


def test_without_javascript_a_film_is_a_link(browser: "Browser", site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/what-is-social-prescribing/")
    assert page.locator(".video__play").first.is_hidden()
    assert page.locator(".video a[href^='https://www.youtube.com/watch?v=']").first.is_visible()
    context.close()
