"""Pages in a language that is written from right to left hold together at every width, and Welsh has its letters."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from playwright.sync_api import Page, expect
from wagtail.models import Locale

from network_site.base import freshness, languages
from network_site.demo.addresses import ASKED, READING
from tests.browser.fixtures import Window
from tests.browser.looking import at_each, sideways

ROOT = Path(__file__).resolve().parents[2]
MORE = ["/conferences/closer-to-home/tickets/", "/accounts/login/", "/patterns/", "/nothing-here/"]
# Properties that name a side of the screen; a drawing's own are not among them.
SIDED = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)-radius"
    r"|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)|clear\s*:\s*(?:left|right))"
)
SHORT = re.compile(r"^\s*(?:margin|padding|border-width|inset)\s*:\s*([^;]+);")
# A value of a shorthand: a word, or a function with whatever is in its brackets, once nested.
VALUE = re.compile(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+")


def sheets() -> list[Path]:
    """The styles visitors get."""
    found = [
        file
        for package in ("network_site", "events", "research_db")
        for file in (ROOT / package).rglob("static/**/*.css")
    ]
    return [file for file in found if not re.search(r"admin|editing|outbox", str(file.relative_to(ROOT)))]


def test_no_style_names_a_side_of_the_screen() -> None:
    wrong = []
    for file in sheets():
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            short = SHORT.match(line)
            values = VALUE.findall(short[1]) if short else []
            if SIDED.match(line) or (len(values) == 4 and values[1] != values[3]):
                wrong.append(f"{file.relative_to(ROOT)}:{number} {line.strip()}")
    assert wrong == []
    assert len(sheets()) > 15


@pytest.fixture
def arabic(site: str, settings: Any) -> Iterator[str]:
    """The demonstration as if its pages were written in Arabic."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]
    languages.own.cache_clear()
    Locale.objects.update(language_code="ar")
    cache.clear()
    freshness.seen.forget()
    yield site
    languages.own.cache_clear()


@pytest.mark.browser
def test_nothing_scrolls_sideways(page: Page, arabic: str) -> None:
    too_wide, directions = {}, {}
    for path in [*READING, *ASKED, *MORE]:
        page.goto(path)
        directions[path] = page.evaluate("document.documentElement.dir")
        # What is in our language is turned round too, as if it were Arabic.
        page.evaluate("document.documentElement.dir = 'rtl'")
        for width in at_each(page, (320, 360, 768, 1024, 1280)):
            if wide := sideways(page):
                too_wide[f"{path} at {width}"] = wide
    assert too_wide == {}
    assert directions["/"] == directions["/history/"] == "rtl"
    assert len(directions) > 15


@pytest.mark.browser
def test_the_thread_changes_sides_and_its_words_stay_readable(window: Window, arabic: str) -> None:
    page = window(reduced_motion="reduce")
    page.goto("/history/")
    expect(page.locator(".t-col svg:visible").first).to_have_css("scale", "-1 1")
    turned = page.locator(".t-col svg text:visible").first
    expect(turned).to_have_css("scale", "-1 1")  # turned twice: readable again
    expect(page.locator("main h2").first).to_be_visible()
    assert page.evaluate(LEFT) > 640


@pytest.mark.browser
def test_in_english_nothing_is_mirrored(page: Page) -> None:
    page.goto("/history/")
    expect(page.locator(".t-col svg:visible").first).to_have_css("scale", "none")
    assert page.evaluate(LEFT) < 640


LEFT = "document.querySelector('.brand').getBoundingClientRect().left"
WIDTHS = """async ([family, letters]) => {
    await document.fonts.load(`40px "${family}"`, letters);
    const pen = document.createElement("canvas").getContext("2d");
    const wide = (letter, fonts) => { pen.font = `40px ${fonts}`; return pen.measureText(letter).width; };
    return [...letters].map((letter) => {
        const plain = letter.normalize("NFD")[0];
        return [letter, wide(letter, `"${family}", monospace`), wide(plain, `"${family}", monospace`),
            wide(letter, "monospace")];
    });
}"""


@pytest.mark.browser
@pytest.mark.parametrize("family", ["Fraunces", "Atkinson"])
def test_welsh_letters_are_in_both_typefaces(page: Page, family: str) -> None:
    """A letter with a roof is as wide as without in a typeface that has it; in the fall-back it is not."""
    page.goto("/accounts/login/")
    measured = page.evaluate(WIDTHS, [family, "ŵŷŴŶâêôûáéóïẁẃẅỳ"])
    wrong = [letter for letter, width, plain, _ in measured if abs(width - plain) > 1.5 and letter != "ï"]
    assert wrong == []
    assert any(abs(width - fallback) > 1 for _, width, _, fallback in measured)


@pytest.mark.browser
def test_the_letters_are_fetched_only_where_they_are_needed(window: Window) -> None:
    asked: dict[str, list[str]] = {}
    for language in ("en-GB", "cy"):
        page = window(locale=language)
        fonts = asked.setdefault(language, [])
        page.on("request", lambda request, fonts=fonts: fonts.append(request.url) if "woff2" in request.url else None)
        page.goto("/accounts/login/", wait_until="networkidle")
    assert not [url for url in asked["en-GB"] if "-ext-" in url]
    assert len(asked["en-GB"]) == 2


def test_the_site_speaks_what_it_says_it_does() -> None:
    assert [code for code, _ in django_settings.LANGUAGES] == ["en-gb", "cy"]
