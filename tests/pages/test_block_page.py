"""The page with every block in a browser: at hand's width and a desk's, in light and dark, with and without scripts."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from network_site.base.models import NetworkImage
from network_site.demo.directory import Directory
from network_site.demo.every_block import SLUG, make_every_block
from network_site.pages.models import StandardPage
from network_site.people.models import Organisation, Person
from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser
ADDRESS = f"/about/{SLUG}/"
FILM = re.compile(r"https://www\.youtube")


@pytest.fixture
def every_block(site: str) -> str:
    """The address of the page, whether the demonstration has it already or not."""
    if not StandardPage.objects.filter(slug=SLUG).exists():
        from wagtail.models import Page as WagtailPage

        tree = {page.slug: page for page in WagtailPage.objects.filter(depth__gte=2).specific()}
        directory = Directory(
            people={person.name: person for person in Person.objects.all()},
            organisations={organisation.name: organisation for organisation in Organisation.objects.all()},
        )
        make_every_block(tree, directory, {"knitting": NetworkImage.objects.get(title="Knitting")})
    return ADDRESS


def opened(context: "BrowserContext", address: str) -> "Page":
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_every_block(
    browser: "Browser", site: str, every_block: str, width: int, scheme: str, watched: "Callable[[Page], list[str]]"
) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong = watched(page)
    page.goto(every_block)
    page.wait_for_load_state("networkidle")
    for question in page.locator(".question > summary").all():
        question.click()
    assert axe(page) == []
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_in_a_body_is_wider_than_the_page(browser: "Browser", site: str, every_block: str, width: int) -> None:
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 900})
    page = opened(context, every_block)
    wide = page.evaluate(
        """[...document.querySelectorAll(".page-body *")]
        .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".scroll-x"))
        .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    context.close()


def test_words_can_be_twice_as_large_and_from_right_to_left(browser: "Browser", site: str, every_block: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 640, "height": 900})
    page = opened(context, every_block)
    page.evaluate("document.documentElement.dir = 'rtl'; document.documentElement.style.fontSize = '200%'")
    outside = page.evaluate(
        """[...document.querySelectorAll(".page-body :is(p, h2, h3, li, dd, img, a)")]
        .filter(it => !it.closest(".scroll-x, .sr"))
        .filter(it => { const box = it.getBoundingClientRect(); return box.left < -1 || box.right > innerWidth + 1 })
        .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert outside == []
    context.close()


def test_a_picture_takes_no_room_it_had_not_kept(context: "BrowserContext", every_block: str) -> None:
    page = opened(context, every_block)
    page.evaluate(
        """window.shift = 0;
        new PerformanceObserver(list => { for (const it of list.getEntries()) window.shift += it.value })
        .observe({type: "layout-shift", buffered: true})"""
    )
    for picture in page.locator(".page-body img").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shift") < 0.02
    loaded = page.evaluate("[...document.querySelectorAll('.page-body img')].map(img => img.currentSrc)")
    assert loaded
    assert [address for address in loaded if not address.endswith(".avif")] == []


def test_a_table_scrolls_by_keyboard_and_folds_on_a_phone(browser: "Browser", site: str, every_block: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 900})
    page = opened(context, every_block)
    region = page.get_by_role("region", name="Three conferences and who came")
    region.focus()
    assert region.evaluate("it => it === document.activeElement")
    assert region.evaluate("it => it.scrollWidth <= it.clientWidth + 1"), "folded, it needs no scrolling"
    table = region.get_by_role("table")
    assert table.get_by_role("columnheader").count() == 4
    assert table.get_by_role("row").count() == 4
    assert table.get_by_role("cell", name="London", exact=True).is_visible()
    label = table.get_by_role("cell", name="London").evaluate("it => getComputedStyle(it, '::before').content")
    assert "Where" in label
    context.close()


def answer(route: "Route") -> None:
    route.fulfill(body="<p>The player</p>", content_type="text/html")


def test_a_reader_may_allow_films_for_good_and_take_it_back(context: "BrowserContext", every_block: str) -> None:
    asked: list[str] = []
    context.route(FILM, answer)
    page = opened(context, every_block)
    page.on("request", lambda request: asked.append(request.url) if FILM.match(request.url) else None)
    always = page.get_by_label("Always show films from YouTube here")
    assert not always.is_checked()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert asked == []
    always.check()
    page.frame_locator(".video iframe").get_by_text("The player").wait_for()
    assert "autoplay" not in asked[0]
    page.reload()
    page.locator(".video").scroll_into_view_if_needed()
    page.frame_locator(".video iframe").get_by_text("The player").wait_for()
    assert page.locator(".video iframe").get_attribute("title") == "Social prescribing in three minutes"
    before = len(asked)
    always.uncheck()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert len(asked) == before
    assert page.locator(".video__play").is_visible()
    assert page.evaluate("localStorage.length") == 0
    assert context.cookies() == []


def test_a_browser_that_keeps_nothing_is_promised_nothing(context: "BrowserContext", every_block: str) -> None:
    context.route(FILM, answer)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page = opened(context, every_block)
    box = page.locator(".video__always input")
    box.scroll_into_view_if_needed()
    box.click()
    assert not box.is_checked()
    assert page.locator(".video iframe").count() == 0
    page.get_by_role("button", name="Play video").click()
    page.frame_locator(".video iframe").get_by_text("The player").wait_for()


def test_without_scripts_nothing_is_lost(browser: "Browser", site: str, every_block: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = opened(context, every_block)
    assert page.locator(".video__play").is_hidden()
    assert page.locator(".video__always").is_hidden()
    assert page.locator(".video a[href^='https://www.youtube.com/watch?v=']").is_visible()
    question = page.locator(".question").first
    assert question.locator(".question__answer").is_hidden()
    question.locator("summary").click()
    assert question.locator(".question__answer").is_visible()
    context.close()


def test_on_paper_the_answers_are_open(context: "BrowserContext", every_block: str) -> None:
    page = opened(context, every_block)
    page.emulate_media(media="print")
    heights = page.evaluate("[...document.querySelectorAll('.question')].map(it => it.getBoundingClientRect().height)")
    page.emulate_media(media="screen")
    closed = page.evaluate("[...document.querySelectorAll('.question')].map(it => it.getBoundingClientRect().height)")
    assert all(paper > screen + 15 for paper, screen in zip(heights, closed, strict=True))
