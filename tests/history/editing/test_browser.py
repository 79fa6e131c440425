"""The editing room in a real browser: a moment written on a telephone, from the first letter to the timeline."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from playwright.sync_api import Page, expect

from network_site.editing.workflows import ensure_workflows
from network_site.history.models import Era, TimelineEvent, TimelinePage
from network_site.pages.models import HomePage
from network_site.people.models import User
from network_site.people.roles import ensure_roles
from tests.browser.fixtures import Watch, Window
from tests.browser.looking import faults, sideways, sign_in

pytestmark = pytest.mark.browser
# Wagtail takes what a form says two seconds after it opened for its beginning, and saves what differs from it.
SAYS_WHEN_EDITS_ARE_WATCHED = (
    'document.addEventListener("w-unsaved:watch-edits", () => { document.documentElement.dataset.watched = "" })'
)
PHONE = (360, 740)


def log_in(page: Page, site: str) -> Page:
    """The demonstration's editor, with everything of the history."""
    user = User.objects.get(email="editor@example.org")
    user.user_permissions.add(*Permission.objects.filter(Q(content_type__app_label="history")))
    sign_in(page, site, user)
    return page


@pytest.fixture
def history(site: str) -> TimelinePage:
    """The demonstration's history, made where it is not there yet."""
    ensure_roles()
    ensure_workflows()
    Era.objects.get_or_create(
        slug="world", defaults={"title": "Across the world", "years": "2021 to today", "starts_on": date(2021, 1, 1)}
    )
    found = TimelinePage.objects.first()
    return found or HomePage.objects.get().add_child(instance=TimelinePage(title="Our history", slug="history"))


def write(page: Page) -> None:
    """Fill the form, with every way to go wrong about the date, until it is saved and looks right."""
    page.get_by_label("Title").fill("A day by the sea")
    page.keyboard.press("Tab")
    expect(page.locator("#id_slug")).to_have_value("a-day-by-the-sea")
    page.get_by_label("What happened").fill("Link workers from three coasts meet on a beach.")
    page.get_by_text("The season, such as spring 2016").click()
    page.locator("[name=starts_on_month]").select_option("4")
    says = page.locator("[data-dates-url]")
    page.locator("[name=starts_on_year]").fill("2024")
    expect(says).to_have_text("Spring 2024")
    page.get_by_text("The day, such as 9 March 2016").click()
    expect(says).to_contain_text("Give the day, the month and the year")
    page.locator("[name=starts_on_day]").fill("31")
    expect(says).to_have_text("There is no 31 April 2024. Correct the day.")
    page.get_by_text("The season, such as spring 2016").click()
    expect(says).to_have_text("Spring 2024")
    page.get_by_label("Across the world").check()
    expect(page.locator("#before-you-publish-notes")).to_contain_text("Add a link to a source")
    assert sideways(page) == 0
    page.get_by_role("button", name="Toggle preview").click()
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.get_by_role("heading", name="A day by the sea", level=3)).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Toggle preview").click()


def test_a_moment_is_written_on_a_telephone_and_shows_on_the_timeline(
    window: Window, site: str, history: TimelinePage, watched: Watch
) -> None:
    page = log_in(window(*PHONE, has_touch=True), site)
    page.add_init_script(SAYS_WHEN_EDITS_ARE_WATCHED)
    wrong = watched(page)
    page.goto(reverse("history_moments:list"))
    page.get_by_role("link", name="Add a moment").first.click()
    page.wait_for_selector("html[data-watched]", state="attached")
    write(page)
    event = TimelineEvent.objects.get(slug="a-day-by-the-sea")
    assert not event.live
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Submit to").click()
    page.wait_for_url(f"**{reverse('history_moments:list')}")
    event.refresh_from_db()
    assert event.workflow_in_progress
    page.goto(reverse("history_moments:edit", args=[event.pk]))
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Approve and Publish").first.click()
    page.wait_for_url(f"**{reverse('history_moments:list')}")
    event.refresh_from_db()
    assert event.live
    assert [line for line in wrong if "400" not in line] == []  # what is not yet complete is not yet saved
    visitor = window(*PHONE)
    visitor.goto(event.get_absolute_url())
    expect(visitor.get_by_role("heading", name="A day by the sea")).to_be_in_viewport()
    expect(visitor.locator(f"#{event.slug}")).to_contain_text("Spring 2024")


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing(
    window: Window, site: str, history: TimelinePage, tmp_path: Path, scheme: str, width: int
) -> None:
    page = log_in(window(width, color_scheme=scheme), site)
    era = Era.objects.first()
    for title in ("One", "Two"):
        TimelineEvent.objects.create(slug=title.lower(), title=title, summary="x", starts_on=date(2024, 5, 1), era=era)
    sheet = tmp_path / "moments.csv"
    sheet.write_text("slug,title,date\none,Changed,2024\ntwo,Two,2024-05-01\n,,2024\nnew,New,2024-13\n")
    found: dict[str, list[str]] = {}

    def look(at: str) -> None:
        if wrong := faults(page):
            found[at] = wrong

    for name in ("ties", "import"):
        page.goto(reverse(f"history_moments:{name}"))
        look(name)
    page.set_input_files("input[type=file]", sheet)
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_url(f"**{reverse('history_moments:import_check')}")
    look("check")
    assert found == {}


def test_moments_of_one_date_are_ordered_from_the_keyboard(
    window: Window, site: str, history: TimelinePage, watched: Watch
) -> None:
    page = log_in(window(), site)
    era = Era.objects.first()
    made = [
        TimelineEvent.objects.create(
            slug=f"tie-{n}", title=f"Tie {n}", summary="x", starts_on=date(1999, 5, 1), era=era
        )
        for n in range(3)
    ]
    wrong = watched(page)
    page.goto(reverse("history_moments:ties"))
    handle = page.locator(f"#item_{made[2].pk} [data-w-orderable-target='handle']").first
    handle.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_text("'Tie 2' has been moved successfully.")).to_be_visible()
    order = TimelineEvent.objects.filter(starts_on=date(1999, 5, 1)).in_order().values_list("title", flat=True)
    assert list(order) == ["Tie 2", "Tie 0", "Tie 1"]
    assert wrong == []


def test_without_scripts_a_file_can_be_imported(
    window: Window, site: str, history: TimelinePage, tmp_path: Path
) -> None:
    page = log_in(window(java_script_enabled=False), site)
    sheet = tmp_path / "moments.csv"
    era = Era.objects.get(slug="world")
    sheet.write_text(f"title;date;era;summary\nBy the sea;spring 2024;{era.slug};We met.\n")
    page.goto(reverse("history_moments:import"))
    page.set_input_files("input[type=file]", sheet)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Import one row").click()
    page.wait_for_url(f"**{reverse('history_moments:list')}")
    assert TimelineEvent.objects.get(slug="by-the-sea").latest_revision
