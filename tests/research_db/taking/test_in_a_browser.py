"""Choosing two publications and taking them away by keyboard, and copying a citation."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rispy

from tests.browser.axe import axe
from tests.browser.fixtures import Window

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_two_publications_and_a_citation(
    window: Window, site: str, watched: "Callable[[Page], list[str]]", tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    page = window(permissions=["clipboard-read", "clipboard-write"])
    wrong = watched(page)
    page.goto("/research/")
    ticks = page.locator("#results input[name=r]")
    wanted = [page.locator("#results h3 a").nth(place).inner_text() for place in (0, 2)]
    for place in (0, 2):
        ticks.nth(place).focus()
        page.keyboard.press("Space")
        expect(ticks.nth(place)).to_be_checked()
    assert axe(page) == []
    with page.expect_download() as taken:
        page.get_by_role("group", name="Those you ticked").get_by_role("button", name="RIS", exact=True).press("Enter")
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    assert file.name == "research-selection.ris"
    assert [one["title"] for one in rispy.loads(file.read_text(encoding="utf-8"))] == wanted

    page.get_by_role("link", name=wanted[0], exact=True).click()
    page.get_by_role("link", name="Harvard", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?cite=harvard#cite$"))
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator(".cite [role=status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".cite__text").inner_text().strip()
    assert axe(page) == []
    assert wrong == []
