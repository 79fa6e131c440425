"""The list as people use it: in place, back and forth, by keyboard, without scripts, on a phone, in the dark."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from network_site.pages.models import HomePage
from research_db.finding import index
from research_db.models import Datestamp, Facet, Publication, ResearchPage, Term
from tests.browser.axe import axe
from tests.browser.looking import faults_everywhere
from tests.research_db.factory import make_publications

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
ADDRESS = "/research-list/"


@pytest.fixture
def research(site: str) -> str:
    """A hundred and twenty publications on the demonstration site."""
    ResearchPage.objects.all().delete()
    forget_publications()
    HomePage.objects.get().add_child(instance=ResearchPage(title="What do we know?", slug="research-list"))
    make_publications(120)
    # What no line can be broken in stands first on the list: addresses and formulas do in summaries.
    Publication.objects.create(title=f"A {'long' * 60} title", plain_summary="long" * 90, year=2199)
    index.site().catch_up_with_all()
    return site


def forget_publications() -> None:
    """The demonstration's own make way for those that are counted here."""
    Datestamp.objects.all().delete()  # what was public is not deleted
    Publication.objects.update(first_published_at=None)
    Publication.objects.all().delete()
    Term.objects.update(parent=None, retired_into=None)
    Term.objects.all().delete()
    Facet.objects.all().delete()


@pytest.fixture
def page(research: str, browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context(base_url=research, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_choosing_in_place_keeps_the_place(page: "Page", watched: "Callable[[Page], list[str]]") -> None:
    from playwright.sync_api import expect

    wrong = watched(page)
    page.goto(ADDRESS)
    before = page.inner_text("#found")
    page.locator("#f-kind-review").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/research-list/?kind=review")
    expect(page.locator(".chips a")).to_have_count(1)
    expect(page.locator("#found")).not_to_have_text(before)
    expect(page.locator("#f-kind-review")).to_be_focused()
    page.fill("#q", "walking")
    page.keyboard.press("Enter")
    page.wait_for_url("**/research-list/?q=walking&kind=review")
    expect(page.locator("#found")).to_contain_text("about “walking”")
    page.locator(".chips a").click()
    page.wait_for_url("**/research-list/?q=walking")
    expect(page.locator("#f-kind-review")).not_to_be_checked()
    expect(page.locator("#found")).to_be_focused()
    page.go_back()
    page.wait_for_url("**/research-list/?q=walking&kind=review")
    expect(page.locator("#f-kind-review")).to_be_checked()
    page.locator("#other-kind-review").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/research-list/?q=walking&not.kind=review")
    expect(page.locator(".chips a", has_text="not Review")).to_have_count(1)
    expect(page.locator("#other-kind-review")).to_be_focused()
    expect(page.locator("#other-kind-review")).to_contain_text("Keep only these instead")
    page.fill("#from", "2010")
    page.keyboard.press("Enter")
    page.wait_for_url("**&not.kind=review&year=2010..")
    assert wrong == []


def test_a_term_is_found_in_a_long_facet(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto(ADDRESS)
    terms = page.locator("#facet-country .facets__row")
    page.fill("#find-country", "d0")
    expect(page.locator("#facet-country .facets__row:visible")).to_have_count(1)
    expect(page.locator("#f-country-country-d0")).to_be_visible()
    page.fill("#find-country", "")
    expect(page.locator("#facet-country .facets__row:visible")).to_have_count(terms.count())


def test_without_scripts(research: str, browser: "Browser") -> None:
    from playwright.sync_api import expect

    context = browser.new_context(base_url=research, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    page.check("#f-kind-review")
    page.fill("#to", "2015")
    page.click("text=Show these")
    expect(page).to_have_url(f"{research}{ADDRESS}?kind=review&year=..2015")
    page.click("#other-kind-review")
    expect(page).to_have_url(f"{research}{ADDRESS}?not.kind=review&year=..2015")
    page.click("text=Show these")
    expect(page).to_have_url(f"{research}{ADDRESS}?not.kind=review&year=..2015")
    page.click(".chips a >> nth=0")
    expect(page).to_have_url(f"{research}{ADDRESS}?year=..2015")
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        "?q=gp+walking&kind=review&population=adults&not.setting=library&sort=title",
        "?q=walking&kind=video",
    ],
)
def test_accessible_everywhere(page: "Page", address: str) -> None:
    page.goto(ADDRESS + address)
    page.wait_for_selector("#found")
    assert faults_everywhere(page) == []


def test_figures_gaps_map_and_suggestions_on_a_phone_in_the_dark_by_keyboard(research: str, browser: "Browser") -> None:
    from playwright.sync_api import expect

    context = browser.new_context(base_url=research, viewport={"width": 320, "height": 900}, color_scheme="dark")
    page = context.new_page()
    for address, seen in (
        (ADDRESS, ".results"),
        ("/research/statistics/?population=carers", ".columns__bars"),
        ("/research/missing/", ".gaps"),
        ("/research/map/", ".map a"),
    ):
        page.goto(address)
        page.wait_for_selector(seen)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("region", name="Publications by").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".map a").first).to_be_focused()
    told = page.locator(".map a b").first.inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/research-list/\?"))
    expect(page.locator("#found")).to_contain_text(f"{told} publication")
    suggest(page)
    context.close()


def suggest(page: "Page") -> None:
    """With a slip first."""
    from playwright.sync_api import expect

    page.goto("/research/suggest/")
    assert axe(page) == []
    email = page.locator("input[name=email]")
    email.fill("ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.locator("input[name=title]").fill("A walk a week")
    email.fill("")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/research/suggest/thank-you/$"))
    assert axe(page) == []
