"""Somebody buys two places in a real browser, with JavaScript and without it."""

import re
from email import message_from_bytes

import pypdfium2
import pytest
import zxingcpp
from django.core import mail as django_mail
from icalendar import Calendar
from playwright.sync_api import Page, expect

from events.models import Order, Quota
from events.verification import verify_address
from network_site.mail.models import OutgoingMail
from network_site.mail.outbox import deliver_due
from tests.browser.fixtures import Window
from tests.browser.looking import faults

pytestmark = pytest.mark.browser


def buy_two_places(page: Page) -> None:
    """From the home page to the booked page, as a delegate would."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("programme|conference", re.IGNORECASE)).first.click()
    page.wait_for_url("**/conferences/**")
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
def test_two_places_are_bought(window: Window, site: str, scripts: bool) -> None:
    page = window(java_script_enabled=scripts)
    before = Quota.objects.get(name="Places in Leeds").taken
    buy_two_places(page)
    order = Order.objects.get(buyer_email="amira@example.org")
    assert order.status == Order.Status.PAID
    assert Quota.objects.get(name="Places in Leeds").taken == before + 2
    expect(page.locator("main")).to_contain_text(order.reference)
    assert page.context.cookies() == []
    pdf = page.request.get(f"{order.get_absolute_url()}tickets.pdf").body()
    assert read_codes(pdf) == [verify_address(line) for line in order.lines.order_by("number")]
    assert read_codes(pdf)[0].startswith(f"{site}/tickets/{order.reference}-1-")
    entry = Calendar.from_ical(page.request.get(f"{order.get_absolute_url()}calendar.ics").body())
    assert [str(event["SUMMARY"]) for event in entry.walk("VEVENT")] == ["Closer to home"]


def read_codes(pdf: bytes) -> list[str]:
    """The text of the QR code on each page, as a telephone at the door would read it."""
    return [zxingcpp.read_barcodes(page.render(scale=3).to_pil())[0].text for page in pypdfium2.PdfDocument(pdf)]


def test_the_ticket_comes_by_mail(page: Page) -> None:
    OutgoingMail.objects.all().delete()  # the demonstration's own letters need not be set and sent first
    buy_two_places(page)
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


@pytest.mark.parametrize(
    ("choice", "told"), [("Let the card be declined", "The card was declined."), ("Leave without paying", "held")]
)
def test_a_card_that_is_refused_keeps_the_places(page: Page, choice: str, told: str) -> None:
    page.goto("/conferences/closer-to-home/")
    page.get_by_label(re.compile("NHS and public sector")).first.select_option("1")
    page.locator("form[action$='/tickets/'] button").first.click()
    page.locator("[name=buyer_name]").fill("Bryn Example")
    page.locator("[name=buyer_email]").fill("bryn@example.org")
    page.get_by_role("button", name=re.compile("Pay £")).click()
    page.wait_for_url("**/payments/practice/**")
    page.get_by_role("button", name=choice).click()
    expect(page.locator("main").get_by_text(told).first).to_be_visible()
    order = Order.objects.get(buyer_email="bryn@example.org")
    assert order.status in {Order.Status.HELD, Order.Status.AWAITING_PAYMENT}


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_every_step_is_for_everybody(window: Window, width: int, scheme: str) -> None:
    """axe-core and sideways scrolling on the pages that only a buyer sees, with errors and without."""
    page = window(width, color_scheme=scheme, bypass_csp=True)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if found := faults(page):
            wrong[name] = found

    page.goto("/conferences/closer-to-home/tickets/")
    page.locator("form[action$='/tickets/'] button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    look("nothing chosen")
    page.get_by_label(re.compile("NHS and public sector")).first.select_option("2")
    page.locator("form[action$='/tickets/'] button").first.click()
    page.wait_for_url("**/details/")
    look("details")
    page.locator("[name=buyer_name]").fill("Amira Demonstration")
    page.locator("[name=buyer_email]").fill("amira.example.org")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_role("button", name=re.compile("Pay £290")).click()
    expect(page.get_by_role("alert")).to_be_visible()
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
    assert wrong == {}
