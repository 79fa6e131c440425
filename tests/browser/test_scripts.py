"""The small scripts: each makes a page that works without it a little better, and nothing worse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
NOW = 1_800_000_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def show(page: Page, body: str, script: str) -> None:
    """A page with a script, once the script has run."""
    page.set_content(f"<!doctype html><html lang=en><title>x</title><body>{body}</body></html>")
    lines = Path(str(finders.find(f"ui/js/{script}.js"))).read_text()
    page.add_script_tag(content=f"{lines}\ndocument.documentElement.dataset.ran = '';", type="module")
    page.wait_for_selector("html[data-ran]", state="attached")


MENU = """<details class="menu"><summary>Menu</summary><a href="#x">Inside</a></details><p>Outside</p>"""


@pytest.mark.parametrize("close", ["press outside", "escape"])
def test_the_menu_closes(page: Page, close: str) -> None:
    show(page, MENU, "menu")
    inside = page.get_by_text("Inside")
    page.click("summary")
    expect(inside).to_be_visible()
    page.click("p") if close == "press outside" else page.keyboard.press("Escape")
    expect(inside).to_be_hidden()


def test_escape_brings_the_cursor_back_to_the_menu(page: Page) -> None:
    show(page, MENU, "menu")
    page.click("summary")
    page.focus("a")
    page.keyboard.press("Escape")
    expect(page.locator("summary")).to_be_focused()


def test_a_press_inside_the_menu_leaves_it_open(page: Page) -> None:
    show(page, MENU, "menu")
    page.click("summary")
    page.click("a")
    expect(page).to_have_url(re.compile("#x$"))
    expect(page.get_by_text("Inside")).to_be_visible()


def test_a_page_without_a_menu_is_left_alone(page: Page) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    show(page, "<p>Nothing</p>", "menu")
    assert wrong == []


def options(most: int) -> str:
    return "".join(f"<option>{n}</option>" for n in range(most + 1))


@pytest.fixture
def booking(page: Page) -> Page:
    fields = f"""<select id="a" data-places>{options(12)}</select><select id="b" data-places>{options(12)}</select>
        <select id="workshop">{options(3)}</select>"""
    show(page, f"<form data-count-places>{fields}{render_to_string('ui/components/book_button.html')}</form>", "places")
    return page


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (0, 0, "Book places"),
        (1, 0, "Book one place"),
        (1, 1, "Book two places"),
        (5, 5, "Book ten places"),
        (12, 9, "Book 21 places"),
    ],
)
def test_the_button_says_how_many_places(booking: Page, first: int, second: int, says: str) -> None:
    booking.select_option("#a", str(first))
    booking.select_option("#b", str(second))
    expect(booking.locator("button")).to_have_text(says)


def test_a_workshop_is_no_place(booking: Page) -> None:
    booking.select_option("#a", "1")
    booking.select_option("#workshop", "3")
    expect(booking.locator("button")).to_have_text("Book one place")


def test_a_form_with_a_button_of_its_own_keeps_its_words(page: Page) -> None:
    show(page, "<form data-count-places><input data-places value=2><button>Go</button></form>", "places")
    page.fill("input", "3")
    expect(page.locator("button")).to_have_text("Go")


def held(page: Page, minutes: float) -> None:
    until = timezone.datetime.fromtimestamp(NOW + minutes * 60, tz=timezone.get_default_timezone())
    page.clock.install(time=NOW - 3600)
    page.clock.pause_at(NOW)
    show(page, render_to_string("ui/components/hold.html", {"until": until}), "hold")


def left(page: Page) -> str:
    return page.inner_text(".hold__left")


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(35, "35 minutes left"), (1.5, "2 minutes left"), (0.5, "one minute left"), (0, "the time is over")],
)
def test_a_hold_says_how_many_minutes_are_left(page: Page, minutes: float, says: str) -> None:
    held(page, minutes)
    expect(page.locator(".hold__left")).to_have_text(says)


def test_the_minutes_go_by(page: Page) -> None:
    held(page, 3)
    said = []
    for _ in range(4):
        said.append(left(page))
        page.clock.fast_forward(60_000)
        page.clock.run_for(200)
    assert said == ["3 minutes left", "2 minutes left", "one minute left", "the time is over"]


def test_only_the_last_minutes_are_spoken(page: Page) -> None:
    held(page, 12)
    spoken = []
    for _ in range(12):
        page.clock.fast_forward(60_000)
        page.clock.run_for(200)
        spoken.append(page.text_content("[role=status]"))
    assert [words for i, words in enumerate(spoken) if i == 0 or words != spoken[i - 1]] == [
        "",
        "10 minutes left",
        "5 minutes left",
        "2 minutes left",
        "one minute left",
        "the time is over",
    ]


def test_a_hold_without_a_time_stays_as_it_is(page: Page) -> None:
    show(page, '<p data-hold-until="soon" data-many="{n}">Held<span class="hold__left"></span></p>', "hold")
    expect(page.locator("p")).to_have_text("Held")
