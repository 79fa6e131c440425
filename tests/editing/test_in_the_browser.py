"""The house's rules in a real browser agree with those in Python; our screens are accessible from a telephone up."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from network_site.editing.content_checker import BORROWED
from network_site.editing.links import uses
from network_site.editing.models import LinkCheck
from network_site.editing.reading import read_pages
from network_site.editing.reports.urls import ENTRIES
from network_site.pages.models import StandardPage
from network_site.people.models import User
from network_site.people.roles import EDITORS
from research_db.models import Term
from tests.browser.axe import axe
from tests.browser.fixtures import Watch, Window
from tests.browser.looking import at_each, in_the_dark, sign_in, too_wide

pytestmark = pytest.mark.browser
# So wide a column breaks no word into syllables.
LEGIBLE = 150
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text())
OURS = {BORROWED.get(name, name): name for case in CASES for name in case["found"]}
LOOK = """async ([html, rules]) => {
    document.querySelector("main").outerHTML = `<main>${html}</main>`;
    const { context, options } = window.wagtail.userbar.axeConfig;
    const { violations } = await window.axe.run(context, { ...options, runOnly: rules });
    document.querySelectorAll("main").forEach((main, place) => place && main.remove());
    return violations.map((violation) => violation.id);
}"""


def as_editor(page: Page, site: str) -> Page:
    user, _made = User.objects.get_or_create(email="edie@example.org", defaults={"name": "Edie"})
    user.groups.add(Group.objects.get(name=EDITORS))
    sign_in(page, site, user)
    return page


def test_both_sets_of_rules_find_the_same(page: Page, site: str) -> None:
    as_editor(page, site)
    page.goto("/about/")
    page.wait_for_function("window.axe && window.wagtail?.userbar?.axeConfig")
    found = {}
    for case in CASES:
        seen = page.evaluate(LOOK, [case["html"], list(OURS)])
        found[case["what"]] = sorted(OURS[name] for name in seen)
    assert found == {case["what"]: sorted(set(case["found"])) for case in CASES}


def test_an_editor_sees_what_to_put_right_and_the_policy_holds(page: Page, site: str, watched: Watch) -> None:
    as_editor(page, site)
    about = StandardPage.objects.get(slug="about")
    about.body = [("text", '<p>See <a href="https://example.org/">click here</a>.</p>')]
    about.summary = ""
    about.save_revision().publish()
    wrong = watched(page)
    page.goto(f"/admin/pages/{about.pk}/edit/")
    page.get_by_role("button", name="Toggle checks").click()
    panel = page.locator("[data-checks-panel]")
    expect(panel).to_contain_text("The words of a link do not say where it leads.")
    expect(panel).to_contain_text("The page has no summary.")
    page.get_by_role("link", name="Everything about the saved draft").click()
    expect(page.get_by_role("heading", name="The page has no summary.")).to_be_visible()
    page.goto("/about/")
    expect(page.locator("wagtail-userbar")).to_contain_text("Checks")
    assert [line for line in wrong if "axe.run results" not in line and "handsontable" not in line] == []


def screens() -> list[str]:
    about = WagtailPage.objects.get(slug="about")
    StandardPage.objects.filter(pk=about.pk).update(review_on=date(2020, 1, 1))
    read_pages(timezone.now())
    uses.write_down(
        about, {"https://a.example/": "Words", "https://b.example/": "More", "": "Gone"}, now=timezone.now()
    )
    LinkCheck.objects.filter(uses__page=about).update(
        status="broken", checked_at=timezone.now(), note="Nothing is there."
    )
    return [
        "/admin/",
        reverse("editing:guide"),
        f"{reverse('editing:guide')}?q=link",
        *(reverse("editing:topic", args=[slug]) for slug in ("house-style", "accessibility", "blocks")),
        reverse("editing:before_you_publish", args=[about.pk]),
        *(reverse(f"editing_reports:{entry.name}") for entry in ENTRIES),
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'reviewed'])}?id={about.pk}",
        f"/admin/pages/{about.get_parent().pk}/",
        *(f"/admin/pages/{about.pk}/view_draft/?mode={mode}" for mode in ("list", "shared", "search")),
    ]


def test_axe_finds_nothing(window: Window, site: str) -> None:
    page = as_editor(window(360), site)
    found: dict[str, list[str]] = {}
    for path in screens():
        page.goto(path)
        for width in at_each(page, (360, 1280)):
            found[f"{path} at {width}"] = axe(page) if width == 360 else in_the_dark(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_without_javascript_a_telephone_shows_what_there_is_and_leads_everywhere(window: Window, site: str) -> None:
    page = window(360, 780, java_script_enabled=False)
    user = User.objects.create_superuser("root@example.org")
    sign_in(page, site, user)
    page.goto("/admin/menu/")
    page.get_by_role("main").get_by_role("link", name="Terms", exact=True).click()
    expect(page).to_have_url(re.compile("/research/terms/$"))
    title = page.locator("#listing-results td.title a").first
    expect(title).to_be_visible()
    place = title.bounding_box()
    assert place
    at = [place["x"] + 5, place["y"] + 5]
    assert (
        page.evaluate("at => document.elementFromPoint(...at).closest('a')?.textContent.trim()", at)
        == title.inner_text()
    )
    assert page.evaluate("document.querySelector('#listing-results td.title').clientWidth") >= LEGIBLE
    page.get_by_role("link", name="Menu", exact=True).click()
    expect(page).to_have_url(re.compile("/admin/menu/$"))
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Home").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    page.goto(reverse("research_terms:move", args=[Term.objects.order_by("pk").values_list("pk", flat=True)[0]]))
    page.get_by_role("button", name="Move it").click()
    told = page.locator(".messages > ul")
    expect(told).to_contain_text("was moved")
    expect(told).to_have_css("opacity", "1")
    expect(told).to_be_in_viewport()


def test_choices_the_menu_and_what_can_be_done_fit_a_telephone(window: Window, site: str) -> None:
    page = window(360, 780)
    sign_in(page, site, User.objects.create_superuser("root@example.org"))
    page.goto(reverse("research_terms:replace", args=[Term.objects.order_by("pk").values_list("pk", flat=True)[0]]))
    expect(page.get_by_role("combobox")).to_be_visible()
    assert too_wide(page) == []
    page.goto("/admin/menu/")
    expect(page.get_by_role("main").get_by_role("link", name="Terms", exact=True)).to_be_visible()
    assert axe(page) + too_wide(page) == []
    page.goto(reverse("research_publications:list"))
    page.locator("#listing-results tbody input[type=checkbox]").first.check()
    expect(page.get_by_role("link", name="Add terms")).to_be_in_viewport()
    assert too_wide(page) == []
