"""Every public task, done with JavaScript switched off; `docs/design.md` has the same list."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wagtail.models import Site

from events.models import Order
from network_site.contact.domain import suspicion
from network_site.contact.models import Message, Opinion
from network_site.mail.models import OutgoingMail
from network_site.ui.models import Announcement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
DESIGN = Path(__file__).resolve().parents[2] / "docs/design.md"
WINDOW = {"width": 1280, "height": 900}


def heading(page: "Page", words: str) -> None:
    """Wait until the page one is on is called this."""
    from playwright.sync_api import expect

    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def read_a_page(page: "Page") -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="What is it?").first.click()
    heading(page, "What is social prescribing?")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Home").click()
    page.wait_for_url(re.compile("/$"))


def choose_moments(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/history/")
    page.check("input[name=theme][value=awards]")
    page.click("text=Show these moments")
    expect(page.locator(".moments h3")).to_have_text(["The first awards", "ESTEEM opens"])


def take_the_history_away(page: "Page") -> None:
    page.goto("/history/")
    address = page.locator("a[href*='data.csv']").first.get_attribute("href")
    answer = page.request.get(address or "")
    assert answer.ok
    assert "ESTEEM opens" in answer.text()


def search_and_narrow(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.fill("#main input[name=q]", "salford")
    page.get_by_role("main").get_by_role("button", name="Search", exact=True).click()
    kinds = page.get_by_role("navigation", name="Kinds of results")
    kinds.get_by_role("link", name="Conferences").click()
    expect(page.locator("#found")).to_contain_text("in Conferences")
    page.locator(".hit a").first.click()
    heading(page, "Researchers meet in Salford")


def read_of_a_person(page: "Page") -> None:
    page.goto("/people/")
    page.get_by_role("main").get_by_role("link", name="Marie Polley").first.click()
    heading(page, "Marie Polley")


def choose_news(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/news/")
    page.get_by_role("navigation", name="Topic").get_by_role("link", name="History").click()
    expect(page.get_by_role("status").first).to_contain_text("2 articles")
    page.get_by_role("link", name="One thread, ten years long").click()
    heading(page, "One thread, ten years long")


def choose_a_course(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/courses-and-resources/")
    page.get_by_label("Courses").check()
    page.get_by_label("Free").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("status").first).to_contain_text("1 of 5")
    page.get_by_role("main").get_by_role("link", name=re.compile("Peer Leadership")).click()
    expect(page.get_by_role("link", name="Start learning").first).to_have_attribute("href", re.compile("^https://"))


def download(page: "Page") -> None:
    page.goto("/courses-and-resources/ten-questions/")
    address = page.locator("main a[href$='.pdf']").first.get_attribute("href")
    answer = page.request.get(address or "")
    assert answer.ok
    assert answer.body().startswith(b"%PDF")


def watch_a_film(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/what-is-social-prescribing/")
    watch = page.get_by_role("link", name=re.compile("on YouTube$")).first
    expect(watch).to_be_visible()
    expect(watch).to_have_attribute("href", re.compile(r"^https://www\.youtube\.com/watch\?v="))
    expect(page.get_by_role("button", name="Play video")).to_have_count(0)


def write_to_us(page: "Page") -> None:
    page.goto("/contact/")
    page.get_by_label("Research and evidence").check()
    page.get_by_label("Your name").fill("Ada Weaver")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Your message").fill("Who works on gardening groups?")
    page.get_by_role("button", name="Send your message").click()
    page.wait_for_url("**/contact/sent/**")
    assert Message.objects.get(email="ada@example.org").reference in page.inner_text("main")


def say_whether_a_page_helped(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/about/")
    before = Opinion.objects.count()
    page.locator("#useful-no").check()
    page.get_by_label("What would make it better?").fill("A map.")
    page.locator("#feedback").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. Your answer helps us")).to_be_visible()
    assert Opinion.objects.count() == before + 1


def read_an_announcement(page: "Page") -> None:
    from playwright.sync_api import expect

    notice = Announcement.for_site(Site.objects.get(is_default_site=True))
    notice.text = "The office is closed on Friday."
    notice.is_active = True
    notice.save()
    page.goto("/")
    expect(page.get_by_role("complementary", name="Announcement")).to_contain_text("closed on Friday")


def buy_a_place(page: "Page") -> None:
    page.goto("/conferences/")
    page.get_by_role("main").get_by_role("link", name="Closer to home").first.click()
    page.get_by_label(re.compile("NHS and public sector")).first.select_option("1")
    page.locator("form[action$='/tickets/'] button").first.click()
    page.wait_for_url("**/details/")
    page.locator("[name=buyer_name]").fill("Amira Demonstration")
    page.locator("[name=buyer_email]").fill("amira@example.org")
    page.get_by_role("button", name=re.compile("Pay £")).click()
    page.wait_for_url("**/payments/practice/**")
    page.get_by_role("button", name=re.compile("Pay")).click()
    page.wait_for_url("**/orders/**")
    order = Order.objects.get(buyer_email="amira@example.org")
    assert order.status == Order.Status.PAID
    tickets = page.locator("main a[href$='tickets.pdf']").first.get_attribute("href")
    assert page.request.get(tickets or "").body().startswith(b"%PDF")


def log_in_and_look_up_an_order(page: "Page") -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill("delegate@example.org")
    page.get_by_role("button", name="Send me a code").click()
    code = page.get_by_label("Code")
    code.wait_for()
    code.fill(OutgoingMail.objects.get(kind="people.account").payload["code"])
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/my/")
    heading(page, "Hello, Dele")
    order = Order.objects.get(buyer_email="delegate@example.org")
    page.locator(f"main a[href*='{order.reference}']").first.click()
    page.wait_for_url(f"**{order.get_absolute_url()}")
    assert order.reference in page.inner_text("main")


def follow_the_calendar(page: "Page") -> None:
    page.goto("/conferences/")
    address = page.locator("a[href$='calendar.ics']").first.get_attribute("href") or ""
    assert "BEGIN:VEVENT" in page.request.get(re.sub("^webcal:", "http:", address)).text()


def print_a_page(page: "Page") -> None:
    from playwright.sync_api import expect

    page.goto("/what-is-social-prescribing/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("header nav").first).to_be_hidden()


TASKS: dict[str, Callable[["Page"], None]] = {
    "read a page and find the way back": read_a_page,
    "choose moments of the history": choose_moments,
    "take the history away as a table": take_the_history_away,
    "search and narrow what is found": search_and_narrow,
    "read of a person": read_of_a_person,
    "choose news by topic": choose_news,
    "choose a course": choose_a_course,
    "download a document": download,
    "watch a film, elsewhere": watch_a_film,
    "write to us": write_to_us,
    "say whether a page helped": say_whether_a_page_helped,
    "read an announcement": read_an_announcement,
    "choose places, pay and take the tickets": buy_a_place,
    "log in with a code and look up an order": log_in_and_look_up_an_order,
    "follow the calendar": follow_the_calendar,
    "print a page": print_a_page,
}


@pytest.fixture
def page(browser: "Browser", site: str, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Page]":
    """A window without JavaScript; a browser under test writes quicker than people do."""
    monkeypatch.setattr(suspicion, "SHORTEST", timedelta(0))
    context = browser.new_context(base_url=site, viewport=WINDOW, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("task", TASKS)
def test_a_task(page: "Page", task: str) -> None:
    TASKS[task](page)


def test_the_list_of_tasks_is_the_one_we_publish() -> None:
    listed = re.findall(r"^\| ([^|]+?) \| `test_a_task\[", DESIGN.read_text(), re.MULTILINE)
    assert listed == list(TASKS)
