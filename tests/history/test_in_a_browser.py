"""The history as people use it: with and without scripts, on a phone, on paper, by an address somebody sent."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
Watch = Callable[["Page"], list[str]]
TITLES = ".moments h3"
DEMONSTRATION = 18


@pytest.fixture
def plain(browser: "Browser", site: str) -> "Iterator[Page]":
    """A window without JavaScript."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(context: "BrowserContext") -> "Page":
    return context.new_page()


def in_window(browser: "Browser", site: str, width: int, scheme: str = "light") -> "Page":
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    return context.new_page()


def wait_for_moments(page: "Page", count: int) -> None:
    """Until so many moments are shown; the status says so in the same breath."""
    page.wait_for_selector(f"[data-part=status]:text-matches('^(All )?{count} ')")
    assert page.locator(TITLES).count() == count


def status(page: "Page") -> str:
    return page.inner_text("[data-part=status]").strip()


class TestWithoutScripts:
    def test_choosing_ordering_clearing(self, plain: "Page") -> None:
        plain.goto("/history/")
        assert plain.locator(TITLES).count() == DEMONSTRATION
        plain.check("input[name=theme][value=research]")
        plain.check("input[name=milestones]")
        plain.click("text=Show these moments")
        assert plain.url.endswith("/history/?theme=research&milestones=1&who=&era=&q=")
        assert plain.locator(TITLES).all_inner_texts() == ["The first national guidance"]
        assert status(plain) == f"1 of {DEMONSTRATION} moments, oldest first."
        assert plain.is_checked("input[name=theme][value=research]")
        plain.click("text=Newest first")
        assert plain.url.endswith("/history/?theme=research&milestones=1&order=newest")
        plain.click("text=Show every moment")
        assert plain.url.endswith("/history/?order=newest")
        assert plain.locator(TITLES).first.inner_text() == "A new co-chair"

    def test_words_that_lead_nowhere_lead_back(self, plain: "Page") -> None:
        plain.goto("/history/")
        plain.fill("input[name=q]", "<b>'\" ŵ %")
        plain.click("text=Show these moments")
        assert plain.inner_text("#moments h2") == "No moment fits"
        assert plain.input_value("input[name=q]") == "<b>'\" ŵ %"
        plain.click("#moments a")
        assert plain.locator(TITLES).count() == DEMONSTRATION

    def test_a_link_to_a_moment_is_an_address(self, plain: "Page") -> None:
        plain.goto("/history/?theme=conference")
        plain.click("#coming-of-age .permalink")
        assert plain.url.endswith("/history/#coming-of-age")
        plain.wait_for_selector("#coming-of-age:target")

    def test_the_table_leads_to_the_thread(self, plain: "Page") -> None:
        plain.goto("/history/")
        plain.click("text=As a table")
        assert plain.locator(".tl-table tbody th[scope=row]").count() == DEMONSTRATION
        plain.click("text=Coming of age")
        assert plain.url.endswith("/history/#coming-of-age")

    def test_years_can_be_jumped_to(self, plain: "Page") -> None:
        plain.goto("/history/")
        plain.click(".jump a:text-is('2019')")
        assert plain.url.endswith("#year-2019")
        top = plain.locator("#year-2019").bounding_box()
        assert top
        assert 0 <= top["y"] < 100


class TestWithScripts:
    def test_a_tick_answers_in_place(self, page: "Page", watched: Watch) -> None:
        wrong = watched(page)
        page.goto("/history/")
        page.evaluate("window.same = true")
        page.check("input[name=theme][value=awards]")
        page.wait_for_url("**/history/?theme=awards")
        wait_for_moments(page, 2)
        assert status(page) == f"2 of {DEMONSTRATION} moments, oldest first."
        assert page.evaluate("window.same") is True
        assert page.evaluate("document.activeElement.value") == "awards"
        assert page.get_attribute("[data-part=status]", "role") == "status"
        assert page.locator(".jump__years a").all_inner_texts() == ["2019", "2020"]
        assert page.locator("[data-part=data] a").first.get_attribute("href") == "/history/data.csv?theme=awards"
        assert wrong == []

    def test_going_back_shows_what_was(self, page: "Page") -> None:
        page.goto("/history/")
        page.check("input[name=milestones]")
        page.wait_for_url("**/history/?milestones=1")
        page.check("input[name=theme][value=awards]")
        page.wait_for_url("**/history/?theme=awards&milestones=1")
        page.go_back()
        page.wait_for_selector("input[value=awards]:not(:checked)")
        assert page.is_checked("input[name=milestones]")
        page.go_back()
        wait_for_moments(page, DEMONSTRATION)
        assert not page.is_checked("input[name=milestones]")

    def test_the_cursor_stays_where_it_was(self, page: "Page") -> None:
        page.goto("/history/")
        page.focus("[data-tool=order]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/history/?order=newest")
        page.wait_for_selector("[data-tool=order]:focus:text-is('Oldest first')")
        page.fill("input[name=q]", "zzzz")
        page.wait_for_selector("#moments h2:text-is('No moment fits')")
        assert page.evaluate("document.activeElement.name") == "q"
        assert "order=newest" in page.url
        page.focus("[data-part=tools] [data-tool=clear]")
        page.keyboard.press("Enter")
        wait_for_moments(page, DEMONSTRATION)
        assert page.evaluate("document.activeElement.closest('[data-part]')?.dataset.part") == "tools"
        assert page.input_value("input[name=q]") == ""

    def test_words_typed_letter_by_letter_are_one_step_back(self, page: "Page") -> None:
        page.goto("/history/")
        for words in ("con", "conf", "conference"):
            page.fill("input[name=q]", words)
            page.wait_for_url(f"**/history/?q={words}")
        page.go_back()
        wait_for_moments(page, DEMONSTRATION)

    def test_a_moment_the_filters_hide_is_found_all_the_same(self, page: "Page") -> None:
        page.goto("/history/?theme=awards#coming-of-age")
        page.wait_for_url(re.compile(r"/history/#coming-of-age$"))
        assert page.locator("#coming-of-age:target").count() == 1
        page.goto("/history/?theme=awards&view=table#coming-of-age")
        page.wait_for_url(re.compile(r"/history/\?view=table#coming-of-age$"))

    def test_an_anchor_that_names_nothing_is_left_alone(self, page: "Page", watched: Watch) -> None:
        wrong = watched(page)
        page.goto("/history/#%E0%A4%A")
        page.goto("/history/#nobody")
        assert page.url.endswith("/history/#nobody")
        assert wrong == []

    def test_copying_a_link_says_so(self, context: "BrowserContext", page: "Page", site: str) -> None:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/history/?theme=conference")
        page.click("#coming-of-age .permalink")
        page.wait_for_selector("[data-copied]:text-is('The link is copied.')", state="attached")
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}/history/#coming-of-age"
        assert page.url.endswith("/history/?theme=conference")

    def test_a_server_that_fails_leaves_an_ordinary_form(self, page: "Page") -> None:
        page.goto("/history/")
        page.route(
            "**/history/?*",
            lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
        )
        page.check("input[name=theme][value=awards]")
        page.wait_for_url("**/history/?theme=awards")
        page.wait_for_load_state()
        assert page.locator(TITLES).count() == 2


class TestWhereThingsStand:
    def test_nothing_of_it_is_wider_than_the_window(self, browser: "Browser", site: str) -> None:
        beyond = """e => [...e.querySelectorAll("*")].filter(
            x => x.getBoundingClientRect().right > innerWidth + 1 && !x.closest("svg, .sr")).length"""
        page = in_window(browser, site, 1280)
        for address in ("/history/", "/history/?view=table", "/history/?q=zzzz"):
            page.goto(address)
            for width in (320, 360, 768, 1120, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.eval_on_selector("[data-history]", beyond) == 0, (address, width)
        page.context.close()

    def test_a_phone_comes_to_the_first_moment_before_the_filters_open(self, browser: "Browser", site: str) -> None:
        page = in_window(browser, site, 360)
        page.goto("/history/")
        assert not page.is_visible("input[name=q]")
        first = page.locator(".moments > li").first.bounding_box()
        assert first
        assert first["y"] < 1200
        page.click(".filters summary")
        assert page.is_visible("input[name=q]")
        low = "all => all.filter(e => e.offsetHeight < 44).length"
        assert page.eval_on_selector_all(".filters label.check, .filters select, .filters button", low) == 0
        page.context.close()

    def test_a_wide_page_shows_the_filters_and_the_key(self, page: "Page") -> None:
        page.goto("/history/")
        assert page.is_visible("input[name=q]")
        assert page.is_visible(".key")
        assert not page.is_visible(".filters summary")

    def test_what_happened_around_us_is_left_of_the_thread_beside_what_we_did(self, page: "Page") -> None:
        page.goto("/history/")

        def left(slug: str) -> dict[str, float]:
            return page.locator(f"#{slug} article").bounding_box() or {}

        guest, host = left("next-steps"), left("rhetoric-to-reality")
        assert guest["x"] + guest["width"] < host["x"] - 200
        assert 0 < host["y"] - guest["y"] < 150

    def test_the_moment_one_was_sent_to_is_marked(self, page: "Page") -> None:
        colours = """e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth,
            getComputedStyle(e).outlineColor, getComputedStyle(document.body).backgroundColor]"""
        page.goto("/history/#coming-of-age")
        box = page.locator("#coming-of-age article").bounding_box()
        assert box
        assert 0 < box["y"] < 900
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            style, width, outline, paper = page.eval_on_selector("#coming-of-age article", colours)
            assert (style, width) == ("solid", "3px")
            assert contrast(outline, paper) >= 3

    def test_on_paper_everything_is_open_and_addresses_are_written_out(self, page: "Page") -> None:
        page.goto("/history/")
        page.emulate_media(media="print")
        assert page.locator("article:visible").count() == DEMONSTRATION
        for hidden in (".t-col", ".filters", ".jump", ".permalink", ".key"):
            assert page.locator(f"{hidden}:visible").count() == 0
        border = page.eval_on_selector(".moment", "e => getComputedStyle(e).borderLeftWidth")
        assert float(border.removesuffix("px")) > 1
        written = page.eval_on_selector("#first-conference .links a", "e => getComputedStyle(e, '::after').content")
        assert written == '" (" attr(href) ")"' or "/what-is-social-prescribing/" in written


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours as browsers write them."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: "Browser", site: str, width: int) -> None:
    for scheme in ("light", "dark"):
        page = in_window(browser, site, width, scheme)
        for address in ("/history/#coming-of-age", "/history/?view=table", "/history/?q=zzzz&order=newest"):
            page.goto(address)
            assert axe(page) == [], (address, scheme)
        page.context.close()
