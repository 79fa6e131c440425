"""The history as people use it: with and without scripts, on a phone, on paper, by an address somebody sent."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fixtures import Watch, Window
from tests.browser.looking import at_each

pytestmark = pytest.mark.browser
TITLES = ".moments h3"
STATUS = "[data-part=status]"
DEMONSTRATION = 18


@pytest.fixture
def page(window: Window) -> Page:
    """A window with JavaScript; the other tests of this folder call the history page so."""
    return window()


@pytest.fixture
def plain(window: Window) -> Page:
    """A window without JavaScript."""
    return window(java_script_enabled=False)


def wait_for_moments(page: Page, count: int) -> None:
    """Until so many moments are shown and the status says so."""
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^\s*(All )?{count} "))
    expect(page.locator(TITLES)).to_have_count(count)


def ends(address: str) -> re.Pattern[str]:
    """An address that ends so."""
    return re.compile(f"{re.escape(address)}$")


class TestWithoutScripts:
    def test_choosing_ordering_clearing(self, plain: Page) -> None:
        plain.goto("/history/")
        expect(plain.locator(TITLES)).to_have_count(DEMONSTRATION)
        plain.check("input[name=theme][value=research]")
        plain.check("input[name=milestones]")
        plain.click("text=Show these moments")
        expect(plain).to_have_url(ends("/history/?theme=research&milestones=1&who=&era=&q="))
        expect(plain.locator(TITLES)).to_have_text(["The first national guidance"])
        expect(plain.locator(STATUS)).to_have_text(f"1 of {DEMONSTRATION} moments, oldest first.")
        expect(plain.locator("input[name=theme][value=research]")).to_be_checked()
        plain.click("text=Newest first")
        expect(plain).to_have_url(ends("/history/?theme=research&milestones=1&order=newest"))
        plain.click("text=Show every moment")
        expect(plain).to_have_url(ends("/history/?order=newest"))
        expect(plain.locator(TITLES).first).to_have_text("A new co-chair")

    def test_words_that_lead_nowhere_lead_back(self, plain: Page) -> None:
        plain.goto("/history/")
        plain.fill("input[name=q]", "<b>'\" ŵ %")
        plain.click("text=Show these moments")
        expect(plain.locator("#moments h2")).to_have_text(["No moment fits"])
        expect(plain.locator("input[name=q]")).to_have_value("<b>'\" ŵ %")
        plain.click("#moments a")
        expect(plain.locator(TITLES)).to_have_count(DEMONSTRATION)

    def test_a_link_to_a_moment_is_an_address(self, plain: Page) -> None:
        plain.goto("/history/?theme=conference")
        plain.click("#coming-of-age .permalink")
        expect(plain).to_have_url(ends("/history/#coming-of-age"))
        expect(plain.locator("#coming-of-age:target")).to_have_count(1)

    def test_the_table_leads_to_the_thread(self, plain: Page) -> None:
        plain.goto("/history/")
        plain.click("text=As a table")
        expect(plain.locator(".tl-table tbody th[scope=row]")).to_have_count(DEMONSTRATION)
        plain.click("text=Coming of age")
        expect(plain).to_have_url(ends("/history/#coming-of-age"))

    def test_years_can_be_jumped_to(self, plain: Page) -> None:
        plain.goto("/history/")
        year = plain.locator("#year-2019")
        expect(year).not_to_be_in_viewport()
        plain.click(".jump a:text-is('2019')")
        expect(plain).to_have_url(ends("#year-2019"))
        expect(year).to_be_in_viewport()
        top = year.bounding_box()
        assert top
        assert 0 <= top["y"] < 100


class TestWithScripts:
    def test_a_tick_answers_in_place(self, page: Page, watched: Watch) -> None:
        wrong = watched(page)
        page.goto("/history/")
        page.evaluate("window.same = true")
        page.check("input[name=theme][value=awards]")
        expect(page).to_have_url(ends("/history/?theme=awards"))
        wait_for_moments(page, 2)
        expect(page.locator(STATUS)).to_have_text(f"2 of {DEMONSTRATION} moments, oldest first.")
        assert page.evaluate("window.same") is True
        expect(page.locator("input[name=theme][value=awards]")).to_be_focused()
        expect(page.locator(STATUS)).to_have_attribute("role", "status")
        expect(page.locator(".jump__years a")).to_have_text(["2019", "2020"])
        expect(page.locator("[data-part=data] a").first).to_have_attribute("href", "/history/data.csv?theme=awards")
        assert wrong == []

    def test_going_back_shows_what_was(self, page: Page) -> None:
        page.goto("/history/")
        page.check("input[name=milestones]")
        expect(page).to_have_url(ends("/history/?milestones=1"))
        page.check("input[name=theme][value=awards]")
        expect(page).to_have_url(ends("/history/?theme=awards&milestones=1"))
        page.go_back()
        expect(page.locator("input[value=awards]")).not_to_be_checked()
        expect(page.locator("input[name=milestones]")).to_be_checked()
        page.go_back()
        wait_for_moments(page, DEMONSTRATION)
        expect(page.locator("input[name=milestones]")).not_to_be_checked()

    def test_the_cursor_stays_where_it_was(self, page: Page) -> None:
        page.goto("/history/")
        page.focus("[data-tool=order]")
        page.keyboard.press("Enter")
        expect(page).to_have_url(ends("/history/?order=newest"))
        page.wait_for_selector("[data-tool=order]:focus:text-is('Oldest first')")
        words = page.locator("input[name=q]")
        words.fill("zzzz")
        expect(page.locator("#moments h2")).to_have_text(["No moment fits"])
        expect(words).to_be_focused()
        expect(page).to_have_url(re.compile("order=newest"))
        page.focus("[data-part=tools] [data-tool=clear]")
        page.keyboard.press("Enter")
        wait_for_moments(page, DEMONSTRATION)
        expect(page.locator("[data-part=tools] :focus")).to_have_count(1)
        expect(words).to_have_value("")

    def test_words_typed_letter_by_letter_are_one_step_back(self, page: Page) -> None:
        page.goto("/history/")
        for words in ("con", "conf", "conference"):
            page.fill("input[name=q]", words)
            expect(page).to_have_url(ends(f"/history/?q={words}"))
            expect(page.locator("[data-history]")).not_to_have_attribute("aria-busy", "true")
        page.go_back()
        wait_for_moments(page, DEMONSTRATION)

    def test_a_moment_the_filters_hide_is_found_all_the_same(self, page: Page) -> None:
        page.goto("/history/?theme=awards#coming-of-age")
        expect(page).to_have_url(ends("/history/#coming-of-age"))
        expect(page.locator("#coming-of-age:target")).to_have_count(1)
        page.goto("/history/?theme=awards&view=table#coming-of-age")
        expect(page).to_have_url(ends("/history/?view=table#coming-of-age"))

    def test_an_anchor_that_names_nothing_is_left_alone(self, page: Page, watched: Watch) -> None:
        wrong = watched(page)
        page.goto("/history/#%E0%A4%A")
        page.goto("/history/#nobody")
        expect(page).to_have_url(ends("/history/#nobody"))
        wait_for_moments(page, DEMONSTRATION)
        assert wrong == []

    def test_copying_a_link_says_so(self, page: Page, site: str) -> None:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto("/history/?theme=conference")
        page.click("#coming-of-age .permalink")
        expect(page.locator("[data-copied]")).to_have_text("The link is copied.")
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}/history/#coming-of-age"
        expect(page).to_have_url(ends("/history/?theme=conference"))

    def test_a_server_that_fails_leaves_an_ordinary_form(self, page: Page) -> None:
        page.goto("/history/")
        page.route(
            "**/history/?*",
            lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
        )
        page.check("input[name=theme][value=awards]")
        expect(page).to_have_url(ends("/history/?theme=awards"))
        expect(page.locator(TITLES)).to_have_count(2)


class TestWhereThingsStand:
    def test_nothing_of_it_is_wider_than_the_window(self, page: Page) -> None:
        beyond = """e => [...e.querySelectorAll("*")].filter(
            x => x.getBoundingClientRect().right > innerWidth + 1 && !x.closest("svg, .sr")).length"""
        for address in ("/history/", "/history/?view=table", "/history/?q=zzzz"):
            page.goto(address)
            for width in at_each(page, (320, 360, 768, 1120, 1280)):
                assert page.eval_on_selector("[data-history]", beyond) == 0, (address, width)

    def test_a_phone_comes_to_the_first_moment_before_the_filters_open(self, window: Window) -> None:
        page = window(360)
        page.goto("/history/")
        words = page.locator("input[name=q]")
        expect(words).to_be_hidden()
        first = page.locator(".moments > li").first.bounding_box()
        assert first
        assert first["y"] < 1200
        page.click(".filters summary")
        expect(words).to_be_visible()
        low = "all => all.filter(e => e.offsetHeight < 44).length"
        assert page.eval_on_selector_all(".filters label.check, .filters select, .filters button", low) == 0

    def test_a_wide_page_shows_the_filters_and_the_key(self, page: Page) -> None:
        page.goto("/history/")
        expect(page.locator("input[name=q]")).to_be_visible()
        expect(page.locator(".key")).to_be_visible()
        expect(page.locator(".filters summary")).to_be_hidden()

    def test_what_happened_around_us_is_left_of_the_thread_beside_what_we_did(self, page: Page) -> None:
        page.goto("/history/")

        def left(slug: str) -> dict[str, float]:
            return page.locator(f"#{slug} article").bounding_box() or {}

        guest, host = left("next-steps"), left("rhetoric-to-reality")
        assert guest["x"] + guest["width"] < host["x"] - 200
        assert 0 < host["y"] - guest["y"] < 150

    def test_the_moment_one_was_sent_to_is_marked(self, page: Page) -> None:
        colours = """e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth,
            getComputedStyle(e).outlineColor, getComputedStyle(document.body).backgroundColor]"""
        page.goto("/history/#coming-of-age")
        moment = page.locator("#coming-of-age article")
        expect(moment).to_be_in_viewport()
        box = moment.bounding_box()
        assert box
        assert 0 < box["y"] < 900
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", arg=scheme)
            style, width, outline, paper = moment.evaluate(colours)
            assert (style, width) == ("solid", "3px")
            assert contrast(outline, paper) >= 3

    def test_on_paper_everything_is_open_and_addresses_are_written_out(self, page: Page) -> None:
        page.goto("/history/")
        page.emulate_media(media="print")
        expect(page.locator("article:visible")).to_have_count(DEMONSTRATION)
        for hidden in (".t-col", ".filters", ".jump", ".permalink", ".key"):
            expect(page.locator(f"{hidden}:visible")).to_have_count(0)
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
