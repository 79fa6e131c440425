"""Logging in as people do, under the site's own policy: by code with JavaScript off, and with a passkey."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from network_site.demo.accounts import PASSWORD
from network_site.mail.models import OutgoingMail
from tests.browser.fixtures import Watch, Window
from tests.browser.looking import faults

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


@pytest.fixture
def named_site(site: str) -> str:
    """The same site by a name: a passkey belongs to a name, not to a number."""
    return site.replace("127.0.0.1", "localhost")


def log_in(page: Page, base: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("E-mail address").fill(EDITOR)
    page.get_by_text("I have a password").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in with the password").click()
    page.wait_for_url("**/my/")


def say_it_again(page: Page) -> None:
    """Whoever logged in a while ago is asked once more, and goes on where they wanted to."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()
    page.wait_for_url(lambda address: "reauthenticate" not in address)


def test_a_code_lets_an_editor_in_without_javascript(window: Window) -> None:
    page = window(java_script_enabled=False)
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
    expect(page.get_by_role("button", name="Log in with a passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill(EDITOR)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code")).to_be_visible()
    code = OutgoingMail.objects.get(kind="people.account").payload["code"]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/my/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Edie")


def test_a_passkey_is_added_used_and_removed_under_the_policy(window: Window, named_site: str, watched: Watch) -> None:
    page = window(base_url=named_site)
    wrong = watched(page)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    abilities = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True, **abilities}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    log_in(page, named_site)
    page.goto("/accounts/2fa/webauthn/add/")
    say_it_again(page)
    page.get_by_label("What to call it").fill("My telephone")
    page.get_by_role("button", name="Add this device").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    expect(page.locator("code")).to_have_count(10)

    page.goto("/my/")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{named_site}/")
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/my/")

    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove My telephone").click()
    remove = page.get_by_role("button", name="Remove it")
    expect(remove.or_(page.get_by_label("Password"))).to_be_visible()
    if "reauthenticate" in page.url:
        say_it_again(page)
    with page.expect_navigation():
        remove.click()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert [line for line in wrong if not line.startswith(named_site)] == []


def test_axe_finds_nothing_on_pages_about_oneself(window: Window, site: str) -> None:
    page = window(360, bypass_csp=True)
    log_in(page, site)
    found = {}
    for path in OWN:
        page.goto(path)
        if "reauthenticate" in page.url:
            if wrong := faults(page):
                found["/accounts/reauthenticate/"] = wrong
            say_it_again(page)
            page.wait_for_url(f"**{path}")
        if wrong := faults(page):
            found[path] = wrong
    assert found == {}


def test_a_film_asks_youtube_only_after_the_button(page: Page, site: str) -> None:
    asked: list[tuple[str, str]] = []

    def answer(route: Route) -> None:
        asked.append((route.request.url, route.request.headers.get("referer", "")))
        route.fulfill(body="<p>The player</p>", content_type="text/html")

    page.context.route(re.compile(r"https://www\.youtube"), answer)
    page.goto("/what-is-social-prescribing/", wait_until="networkidle")
    play = page.get_by_role("button", name="Play video (loads YouTube)").first
    play.scroll_into_view_if_needed()
    play.hover()
    expect(page.locator("iframe")).to_have_count(0)
    assert asked == []
    play.click()
    expect(page.frame_locator("iframe").get_by_text("The player")).to_be_visible()
    [(address, referer)] = asked
    assert address.startswith("https://www.youtube-nocookie.com/embed/")
    assert referer == f"{site}/"
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("title", re.compile("."))
    expect(frame).to_be_focused()
    assert page.context.cookies() == []


def test_without_javascript_a_film_is_a_link(window: Window) -> None:
    page = window(java_script_enabled=False)
    page.goto("/what-is-social-prescribing/")
    expect(page.locator(".video a[href^='https://www.youtube.com/watch?v=']").first).to_be_visible()
    expect(page.locator(".video__play").first).to_be_hidden()
