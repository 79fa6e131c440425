"""Somebody buys two places in a real browser, with JavaScript and without it."""

import re
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import zxingcpp
from django.core import mail as django_mail
from icalendar import Calendar

from events.models import Order, Quota
from events.verification import verify_address
from network_site.mail.outbox import deliver_due
from tests.browser.axe import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def buy_two_places(page: "Page") -> None:
    """From the home page to the booked page, as a delegate would."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("programme|conference", re.IGNORECASE)).first.click()
    page.goto("/conferences/closer-to-home/")
    page.get_by_label(re.compile("NHS and public sector")).first.select_option("2")
    page.locator("form[action$='/tickets/'] button").first.click()
    page.wait_for_url("**/details/")
    page.locator("[name=buyer_name]").fill("Amira Demonstration")
    page.locator("[name=buyer_email]").fill("amira@example.org")
    page.get_by_role("button", name=re.compile("Pay £290")).click()
    page.wait_for_url("**/payments/practice/**")
    page.get_by_role("button", name=re.compile("Pay")).click()
    page.wait_for_url("**/orders/**")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_two_places_are_bought(browser: "Browser", site: str, scripts: bool, tmp_path: Path) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    before = Quota.objects.get(name="Places in Leeds").taken
    buy_two_places(page)
    order = Order.objects.get(buyer_email="amira@example.org")
    assert order.status == Order.Status.PAID
    assert Quota.objects.get(name="Places in Leeds").taken == before + 2
    assert order.reference in page.inner_text("main")
    assert context.cookies() == []
    pdf = page.request.get(f"{order.get_absolute_url()}tickets.pdf").body()
    assert read_codes(pdf) == [verify_address(line) for line in order.lines.order_by("number")]
    assert read_codes(pdf)[0].startswith(f"{site}/tickets/{order.reference}-1-")
    entry = Calendar.from_ical(page.request.get(f"{order.get_absolute_url()}calendar.ics").body())
    assert [str(event["SUMMARY"]) for event in entry.walk("VEVENT")] == ["Closer to home"]
    context.close()


def read_codes(pdf: bytes) -> list[str]:
    """The text of the QR code on each page, as a telephone at the door would read it."""
    return [zxingcpp.read_barcodes(page.render(scale=3).to_pil())[0].text for page in pypdfium2.PdfDocument(pdf)]


def test_the_ticket_comes_by_mail(browser: "Browser", site: str) -> None:
    deliver_due(limit=1000)
    django_mail.outbox.clear()
    context = browser.new_context(base_url=site)
    buy_two_places(context.new_page())
    deliver_due(limit=10)
    order = Order.objects.get(buyer_email="amira@example.org")
    letters = [letter for letter in django_mail.outbox if letter.to == ["amira@example.org"]]
    assert len(letters) == 1
    parts = {
        part.get_filename(): part
        for part in message_from_bytes(letters[0].message().as_bytes()).walk()
        if part.get_filename()
    }
    pdf = next(part for name, part in parts.items() if name and name.endswith(".pdf")).get_payload(decode=True)
    ics = next(part for name, part in parts.items() if name and name.endswith(".ics")).get_payload(decode=True)
    assert len(read_codes(bytes(pdf))) == 2  # type: ignore[arg-type]
    assert len(Calendar.from_ical(ics).walk("VEVENT")) == 1
    assert order.get_absolute_url() in letters[0].body
    context.close()


@pytest.mark.parametrize(
    ("choice", "words"), [("Decline", "declined|not accepted|try again"), ("back|abandon|leave", "held")]
)
def test_a_card_that_is_refused_keeps_the_places(browser: "Browser", site: str, choice: str, words: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/conferences/closer-to-home/")
    page.get_by_label(re.compile("NHS and public sector")).first.select_option("1")
    page.locator("form[action$='/tickets/'] button").first.click()
    page.locator("[name=buyer_name]").fill("Bryn Example")
    page.locator("[name=buyer_email]").fill("bryn@example.org")
    page.get_by_role("button", name=re.compile("Pay £")).click()
    page.wait_for_url("**/payments/practice/**")
    page.get_by_role("button", name=re.compile(choice, re.IGNORECASE)).or_(
        page.get_by_role("link", name=re.compile(choice, re.IGNORECASE))
    ).first.click()
    assert re.search(words, page.inner_text("main"), re.IGNORECASE)
    order = Order.objects.get(buyer_email="bryn@example.org")
    assert order.status in {Order.Status.HELD, Order.Status.AWAITING_PAYMENT}
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_every_step_is_for_everybody(browser: "Browser", site: str, width: int, scheme: str) -> None:
    """axe-core and sideways scrolling on the pages that only a buyer sees, with errors and without."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,  # type: ignore[arg-type]
    )
    page = context.new_page()
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        if found:
            wrong[name] = found

    page.goto("/conferences/closer-to-home/tickets/")
    page.locator("form[action$='/tickets/'] button").first.click()
    look("nothing chosen")
    page.get_by_label(re.compile("NHS and public sector")).first.select_option("2")
    page.locator("form[action$='/tickets/'] button").first.click()
    page.wait_for_url("**/details/")
    look("details")
    page.locator("[name=buyer_name]").fill("Amira Demonstration")
    page.locator("[name=buyer_email]").fill("amira.example.org")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_role("button", name=re.compile("Pay £290")).click()
    look("details with an error")
    page.locator("[name=buyer_email]").fill("amira@example.org")
    page.get_by_role("button", name=re.compile("Pay £290")).click()
    page.wait_for_url("**/payments/practice/**")
    look("practice")
    page.get_by_role("button", name=re.compile("Pay")).click()
    page.wait_for_url("**/orders/**")
    look("booked")
    line = Order.objects.get(buyer_email="amira@example.org").lines.first()
    assert line
    page.goto(f"/places/{line.token}/")
    look("place")
    page.goto(verify_address(line))
    look("verify")
    context.close()
    assert wrong == {}
