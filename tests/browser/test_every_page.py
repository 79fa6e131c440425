"""Every public page: accessible, valid, within its policy, from 320 px up, in the light and in the dark."""

import re

import html5lib
import pytest
from playwright.sync_api import Page, expect

from network_site.demo.addresses import READING
from tests.browser.axe import axe
from tests.browser.fixtures import ROOT, Watch, Window
from tests.browser.looking import at_each, shifts, sideways

pytestmark = pytest.mark.browser

PUBLIC = [
    *READING,
    "/research/?q=loneliness&population=older-people",
    "/conferences/closer-to-home/tickets/",
    "/patterns/",
    "/accounts/login/",
    "/nothing-here/",
    "/dev/mail/",
]

# One line of a style sheet; the browser drops what it does not know without a word.
DECLARATION = re.compile(r"[;{}]\s*([a-z][a-z-]*)\s*:\s*([^;{}]+?)(?:\s*!important)?\s*(?=[;}])")
# What only other browsers know.
ELSEWHERE = {"hanging-punctuation", "line-clamp"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing(window: Window, scheme: str, half: int) -> None:
    page = window(color_scheme=scheme, bypass_csp=True)
    found: dict[str, list[str]] = {}
    for path in PUBLIC[half::2]:
        page.goto(path)
        for width in at_each(page, (360, 1280)):
            if wrong := axe(page):
                found[f"{path} at {width}"] = wrong
    assert found == {}


def test_nothing_leaves_the_site_and_the_policy_holds(page: Page, watched: Watch) -> None:
    wrong = watched(page)
    for path in PUBLIC:
        if path != "/nothing-here/":
            response = page.goto(path, wait_until="networkidle")
            assert response
            policy = response.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
            if not path.startswith("/accounts/"):
                assert page.context.cookies() == [], f"reading {path} sets a cookie"
            page.context.clear_cookies()
    assert wrong == []
    page.goto("/nothing-here/")
    assert page.context.cookies() == []


def test_nothing_scrolls_sideways(page: Page) -> None:
    too_wide = {}
    for path in PUBLIC:
        page.goto(path)
        for width in at_each(page, (320, 360, 768, 1024, 1280)):
            if overflow := sideways(page):
                too_wide[f"{path} at {width}"] = overflow
    assert too_wide == {}


def test_browsers_know_every_declaration(page: Page) -> None:
    told = []
    ours = [*ROOT.glob("*/static/**/*.css"), *ROOT.glob("network_site/*/static/**/*.css")]  # not what benches collect
    for file in sorted(ours):
        rules = re.sub(r"/\*.*?\*/|@font-face\s*\{[^}]*\}", "", file.read_text(), flags=re.DOTALL)
        told += [(file.name, name, value) for name, value in DECLARATION.findall(rules) if name not in ELSEWHERE]
    assert len(told) > 3_000
    assert page.evaluate("told => told.filter(([file, name, value]) => !CSS.supports(name, value))", told) == []


def test_html_is_valid(page: Page) -> None:
    problems: dict[str, list[str]] = {}
    for path in PUBLIC:
        text = page.request.get(path).text()
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        errors = [f"{where} {code} {facts}" for where, code, facts in parser.errors]
        ids = re.findall(r'\sid="([^"]+)"', text)
        errors += [f"id twice: {name}" for name in sorted({name for name in ids if ids.count(name) > 1})]
        if errors:
            problems[path] = errors
    assert problems == {}


def test_one_first_heading_and_a_way_past_the_menu(page: Page) -> None:
    for path in PUBLIC:
        page.goto(path)
        assert page.locator("h1").count() == 1, path  # once a page is there no script adds to it
        if path == "/patterns/":  # it shows a list of errors, which takes the focus as it should
            continue
        page.keyboard.press("Tab")
        expect(page.locator(":focus"), path).to_have_attribute("href", "#main")


def test_a_film_loads_only_when_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.route(re.compile(r"^https://"), lambda route: (asked.append(route.request.url), route.abort()))
    page.goto("/what-is-social-prescribing/", wait_until="networkidle")
    expect(page.locator("iframe")).to_have_count(0)
    assert asked == []
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name=re.compile("Play video")).first.click()
    expect(page.locator("iframe")).to_have_count(1)
    assert len(asked) == 1
    assert asked[0].startswith("https://www.youtube-nocookie.com/embed/")


def test_print_shows_the_words_without_the_menus(page: Page) -> None:
    page.goto("/conferences/closer-to-home/")
    page.emulate_media(media="print")
    expect(page.locator("nav.site-nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_nothing_shifts_while_a_page_loads(page: Page) -> None:
    page.set_viewport_size({"width": 412, "height": 823})
    assert shifts(page, ["/", "/conferences/closer-to-home/", "/research/"]) == {}
