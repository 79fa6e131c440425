"""Every public page: accessible, valid, within its policy, from 320 px up, in the light and in the dark."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import html5lib
import pytest

from network_site.demo.addresses import READING
from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PUBLIC = [
    *READING,
    "/conferences/closer-to-home/tickets/",
    "/patterns/",
    "/accounts/login/",
    "/nothing-here/",
    "/dev/mail/",
]
Watch = Callable[["Page"], list[str]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: "Browser", site: str, watched: Watch, scheme: str) -> None:
    found: dict[str, list[str]] = {}
    for width in (360, 1280):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            bypass_csp=True,  # type: ignore[arg-type]
        )
        page = context.new_page()
        for path in PUBLIC:
            page.goto(path)
            if wrong := axe(page):
                found[f"{path} at {width}"] = wrong
        context.close()
    assert found == {}


def test_nothing_leaves_the_site_and_the_policy_holds(context: "BrowserContext", watched: Watch) -> None:
    page = context.new_page()
    wrong = watched(page)
    for path in PUBLIC:
        if path != "/nothing-here/":
            response = page.goto(path, wait_until="load")
            assert response
            policy = response.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
    assert wrong == []


def test_reading_sets_no_cookie(context: "BrowserContext") -> None:
    page = context.new_page()
    for path in PUBLIC:
        if not path.startswith("/accounts/"):
            page.goto(path)
    assert context.cookies() == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_nothing_scrolls_sideways(browser: "Browser", site: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
    page = context.new_page()
    too_wide = {}
    for path in PUBLIC:
        page.goto(path)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            too_wide[path] = overflow
    context.close()
    assert too_wide == {}


def test_html_is_valid(context: "BrowserContext") -> None:
    page = context.new_page()
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


def test_one_first_heading_and_a_way_past_the_menu(context: "BrowserContext") -> None:
    page = context.new_page()
    for path in PUBLIC:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        if path == "/patterns/":  # it shows a list of errors, which takes the focus as it should
            continue
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", path


def test_a_film_loads_only_when_asked_for(context: "BrowserContext", site: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.route(re.compile(r"^https://"), lambda route: (asked.append(route.request.url), route.abort()))
    page.goto("/what-is-social-prescribing/")
    assert asked == []
    assert page.locator("iframe").count() == 0
    page.get_by_role("button", name=re.compile("Play video")).first.click()
    page.wait_for_selector("iframe")
    assert len(asked) == 1
    assert asked[0].startswith("https://www.youtube-nocookie.com/embed/")


def test_print_shows_the_words_without_the_menus(context: "BrowserContext") -> None:
    page = context.new_page()
    page.goto("/conferences/closer-to-home/")
    page.emulate_media(media="print")
    assert page.locator("nav.site-nav").is_hidden()
    assert page.locator("h1").is_visible()


def test_nothing_shifts_while_the_home_page_loads(context: "BrowserContext") -> None:
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for path in ("/", "/conferences/closer-to-home/"):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("window.shift") < 0.02, path
