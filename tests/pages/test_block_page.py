"""The page with every block in a browser: at hand's width and a desk's, in light and dark, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from network_site.base.models import NetworkImage
from network_site.demo.directory import Directory
from network_site.demo.every_block import SLUG, make_every_block
from network_site.pages.models import StandardPage
from network_site.people.models import Organisation, Person
from tests.browser.fixtures import Watch, Window
from tests.browser.looking import faults_everywhere

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


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def test_everybody_can_use_every_block(page: Page, every_block: str, watched: Watch) -> None:
    wrong = watched(page)
    opened(page, every_block)
    for question in page.locator(".question").all():
        question.locator("summary").click()
        expect(question.locator(".question__answer")).to_be_visible()
    assert faults_everywhere(page) == []
    assert wrong == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_in_a_body_is_wider_than_the_page(window: Window, every_block: str, width: int) -> None:
    page = opened(window(width), every_block)
    wide = page.evaluate(
        """[...document.querySelectorAll(".page-body *")]
        .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".scroll-x"))
        .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_words_can_be_twice_as_large_and_from_right_to_left(window: Window, every_block: str) -> None:
    page = opened(window(640), every_block)
    page.evaluate("document.documentElement.dir = 'rtl'; document.documentElement.style.fontSize = '200%'")
    outside = page.evaluate(
        """[...document.querySelectorAll(".page-body :is(p, h2, h3, li, dd, img, a)")]
        .filter(it => !it.closest(".scroll-x, .sr"))
        .filter(it => { const box = it.getBoundingClientRect(); return box.left < -1 || box.right > innerWidth + 1 })
        .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert outside == []


COUNT_SHIFTS = """window.shift = 0;
new PerformanceObserver(list => { for (const it of list.getEntries()) window.shift += it.value })
.observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_that_come_late_move_nothing(window: Window, every_block: str, width: int) -> None:
    page = window(width)
    late: list[Route] = []
    page.route("**/*.woff2", lambda route: late.append(route))
    page.goto(every_block, wait_until="domcontentloaded")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    page.evaluate(COUNT_SHIFTS)
    assert late, "the page asks for letters of its own"
    for letters in late:
        letters.continue_()
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    assert page.evaluate("window.shift") < 0.02


def test_a_picture_takes_no_room_it_had_not_kept(page: Page, every_block: str) -> None:
    opened(page, every_block)
    page.evaluate(COUNT_SHIFTS)
    for picture in page.locator(".page-body img").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function(
        "[...document.querySelectorAll('.page-body img')].every(img => img.complete && img.currentSrc)"
    )
    assert page.evaluate("window.shift") < 0.02
    loaded = page.evaluate("[...document.querySelectorAll('.page-body img')].map(img => img.currentSrc)")
    assert loaded
    assert [address for address in loaded if not address.endswith(".avif")] == []


def test_a_table_scrolls_by_keyboard_and_folds_on_a_phone(window: Window, every_block: str) -> None:
    page = opened(window(320), every_block)
    region = page.get_by_role("region", name="Three conferences and who came")
    region.focus()
    expect(region).to_be_focused()
    assert region.evaluate("it => it.scrollWidth <= it.clientWidth + 1"), "folded, it needs no scrolling"
    table = region.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table.get_by_role("cell", name="London", exact=True)).to_be_visible()
    label = table.get_by_role("cell", name="London").evaluate("it => getComputedStyle(it, '::before').content")
    assert "Where" in label


def answer(route: Route) -> None:
    route.fulfill(body="<p>The player</p>", content_type="text/html")


def test_a_reader_may_allow_films_for_good_and_take_it_back(page: Page, every_block: str) -> None:
    asked: list[str] = []
    page.context.route(FILM, answer)
    opened(page, every_block)
    page.on("request", lambda request: asked.append(request.url) if FILM.match(request.url) else None)
    always = page.get_by_label("Always show films from YouTube here")
    expect(always).not_to_be_checked()
    page.reload(wait_until="networkidle")
    expect(page.locator(".video__play")).to_be_visible()
    assert asked == []
    always.check()
    player = page.frame_locator(".video iframe").get_by_text("The player")
    expect(player).to_be_visible()
    assert "autoplay" not in asked[0]
    page.reload()
    page.locator(".video").scroll_into_view_if_needed()
    expect(player).to_be_visible()
    expect(page.locator(".video iframe")).to_have_attribute("title", "Social prescribing in three minutes")
    before = len(asked)
    always.uncheck()
    page.reload(wait_until="networkidle")
    expect(page.locator(".video__play")).to_be_visible()
    assert len(asked) == before
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_a_browser_that_keeps_nothing_is_promised_nothing(page: Page, every_block: str) -> None:
    page.context.route(FILM, answer)
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    opened(page, every_block)
    box = page.locator(".video__always input")
    box.scroll_into_view_if_needed()
    box.click()
    expect(box).not_to_be_checked()
    expect(page.locator(".video iframe")).to_have_count(0)
    page.get_by_role("button", name="Play video").click()
    expect(page.frame_locator(".video iframe").get_by_text("The player")).to_be_visible()


def test_without_scripts_nothing_is_lost(window: Window, every_block: str) -> None:
    page = opened(window(java_script_enabled=False), every_block)
    expect(page.locator(".video a[href^='https://www.youtube.com/watch?v=']")).to_be_visible()
    expect(page.locator(".video__play")).to_be_hidden()
    expect(page.locator(".video__always")).to_be_hidden()
    question = page.locator(".question").first
    expect(question.locator(".question__answer")).to_be_hidden()
    question.locator("summary").click()
    expect(question.locator(".question__answer")).to_be_visible()


def test_on_paper_the_answers_are_open(page: Page, every_block: str) -> None:
    opened(page, every_block)
    tall = "[...document.querySelectorAll('.question')].map(it => it.getBoundingClientRect().height)"
    closed = page.evaluate(tall)
    page.emulate_media(media="print")
    page.wait_for_function("matchMedia('print').matches")
    heights = page.evaluate(tall)
    assert closed
    assert all(paper > screen + 15 for paper, screen in zip(heights, closed, strict=True))
