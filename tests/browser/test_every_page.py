"""Every public page: accessible, valid, within its policy, from 320 px up, in the light and in the dark."""

import re

import html5lib
import pytest
from playwright.sync_api import Page, Response, expect

from network_site.demo.addresses import ASKED, BUYING, READING
from tests.browser.fixtures import ROOT, Watch, Window
from tests.browser.looking import faults_everywhere, in_large_letters, shifts

pytestmark = pytest.mark.browser

MISSING = "/nothing-here/"
PATTERNS = "/patterns/"  # for those who make pages: every piece there is, side by side
PUBLIC = [
    *READING,
    *ASKED,
    *BUYING,
    "/news/2026/",
    "/news/ten-years-since-94-people-met-in-one-room/",
    "/news/?topic=nothing",
    "/courses-and-resources/?q=zzz",
    "/courses-and-resources/first-year-as-a-link-worker/",
    "/courses-and-resources/debs-tells-her-story/",
    "/partners/university-of-salford/",
    "/history/?q=zzzz&order=newest",
    "/search/?q=conference&kind=people",
    "/search/?q=confernce+xyzzyplugh",
    PATTERNS,
    "/accounts/login/",
    "/dev/mail/",
    MISSING,
]
# A few in each test: two processes share them, and what is wrong is soon told.
SHARES = 6

# One line of a style sheet; the browser drops what it does not know without a word.
DECLARATION = re.compile(r"[;{}]\s*([a-z][a-z-]*)\s*:\s*([^;{}]+?)(?:\s*!important)?\s*(?=[;}])")
# What only other browsers know.
ELSEWHERE = {"hanging-punctuation", "line-clamp"}


@pytest.mark.parametrize("share", range(SHARES))
def test_a_page_is_for_everybody(window: Window, watched: Watch, share: int) -> None:
    """Each page is asked for once, and then looked at in every way."""
    page = window()
    left, found = watched(page), {}
    for path in PUBLIC[share::SHARES]:
        response = page.goto(path)
        assert response
        found[path] = [*broken_policy(page, path, response), *invalid(response.text()), *lost_at_the_top(page)]
        found[path] += faults_everywhere(page) + in_large_letters(page)
        found[path] += [] if path == MISSING else left  # a browser complains of a page that is not there
        left.clear()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def broken_policy(page: Page, path: str, response: Response) -> list[str]:
    """Whether a page could run foreign scripts, or leaves a cookie with those who only read."""
    policy = response.headers["content-security-policy"]
    wrong = [f"policy: {policy}"] if "unsafe" in policy or "default-src 'none'" not in policy else []
    if not path.startswith("/accounts/") and page.context.cookies():
        wrong.append("reading it sets a cookie")
    page.context.clear_cookies()
    return wrong


def invalid(text: str) -> list[str]:
    """What is wrong with a page's HTML."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    errors = [f"{where} {code} {facts}" for where, code, facts in parser.errors]
    return errors + [f"id twice: {name}" for name in sorted({name for name in ids if ids.count(name) > 1})]


def lost_at_the_top(page: Page) -> list[str]:
    """Whether a page has one first heading, and the keyboard's first stop leads past the menu."""
    headings = page.locator("h1").count()  # once a page is there no script adds to it
    page.keyboard.press("Tab")
    stop = page.locator(":focus").get_attribute("href")
    # The patterns show a list of errors, which takes the focus as it should.
    wrong = [f"first stop: {stop}"] if stop != "#main" and PATTERNS not in page.url else []
    return wrong + [f"{headings} first headings"] * (headings != 1)


def test_browsers_know_every_declaration(page: Page) -> None:
    told = []
    ours = [*ROOT.glob("*/static/**/*.css"), *ROOT.glob("network_site/*/static/**/*.css")]  # not what benches collect
    for file in sorted(ours):
        rules = re.sub(r"/\*.*?\*/|@font-face\s*\{[^}]*\}", "", file.read_text(), flags=re.DOTALL)
        told += [(file.name, name, value) for name, value in DECLARATION.findall(rules) if name not in ELSEWHERE]
    assert len(told) > 3_000
    assert page.evaluate("told => told.filter(([file, name, value]) => !CSS.supports(name, value))", told) == []


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
