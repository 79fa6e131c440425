"""Writing to us and answering the question at the foot, in a real browser, with JavaScript and without it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from wagtail.models import Site

from network_site.contact.admin.rights import names
from network_site.contact.domain import suspicion
from network_site.contact.models import Message, Opinion
from network_site.mail.models import OutgoingMail
from network_site.pages.models import StandardPage
from network_site.people.models import User
from network_site.people.roles import EDITORS, ensure_roles, grant
from network_site.ui.models import Announcement
from tests.browser.fixtures import Watch, Window
from tests.browser.looking import at_each, faults_everywhere, sign_in

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])


@pytest.fixture(autouse=True)
def _quick_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test types faster than anybody; its forms are believed all the same."""
    monkeypatch.setattr(suspicion, "SHORTEST", timedelta(0))


@pytest.fixture
def visitor(window: Window, scripts: bool) -> Iterator[Page]:
    page = window(java_script_enabled=scripts)
    yield page
    assert page.context.cookies() == []


def fill(page: Page) -> None:
    page.get_by_label("Research and evidence").check()
    page.get_by_label("Your name").fill("Ada Weaver")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Your message").fill("Who works on gardening groups?\n\nThank you.")


@SCRIPTS
def test_a_message_is_written(visitor: Page, watched: Watch) -> None:
    wrong = watched(visitor)
    before = OutgoingMail.objects.count()
    visitor.goto("/contact/")
    fill(visitor)
    visitor.get_by_label("Send me a copy").check()
    visitor.get_by_role("button", name="Send your message").click()
    visitor.wait_for_url("**/contact/sent/**")
    message = Message.objects.get(email="ada@example.org")
    expect(visitor.locator("main")).to_contain_text(message.reference)
    assert (message.status, message.signs, message.is_copy_wanted) == (Message.Status.NEW, [], True)
    assert message.text == "Who works on gardening groups?\n\nThank you."
    assert OutgoingMail.objects.count() == before + 2
    visitor.reload()
    visitor.go_back()
    assert Message.objects.filter(email="ada@example.org").count() == 1
    assert wrong == []


@SCRIPTS
def test_what_needs_help_is_said_first_and_nothing_is_lost(visitor: Page) -> None:
    visitor.goto("/contact/")
    fill(visitor)
    visitor.get_by_label("Your e-mail address").fill("ada")
    visitor.get_by_role("button", name="Send your message").click()
    summary = visitor.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(visitor).to_have_title(re.compile(r"^\s*Error:"))
    summary.get_by_role("link").click()
    expect(visitor.locator("#id_email")).to_be_focused()
    expect(visitor.get_by_label("Your message")).to_have_value(re.compile("^Who works"))
    expect(visitor.get_by_label("Research and evidence")).to_be_checked()
    visitor.get_by_label("Your e-mail address").fill("ada@example.org")
    visitor.get_by_role("button", name="Send your message").click()
    visitor.wait_for_url("**/contact/sent/**")
    assert Message.objects.filter(email="ada@example.org").count() == 1


def test_two_presses_send_one_message(page: Page) -> None:
    page.goto("/contact/")
    fill(page)
    page.get_by_role("button", name="Send your message").dblclick()
    page.wait_for_url("**/contact/sent/**")
    assert Message.objects.filter(email="ada@example.org").count() == 1


@SCRIPTS
def test_a_chosen_topic_tells_where_the_answer_may_be(visitor: Page) -> None:
    visitor.goto("/contact/")
    promise = visitor.get_by_text("We answer on the same working day.")
    expect(promise).to_be_hidden()
    visitor.get_by_label("Press").check()
    expect(promise).to_be_visible()
    expect(visitor.get_by_role("link", name="People").last).to_be_visible()
    visitor.get_by_label("Something else").check()
    expect(promise).to_be_hidden()


def test_the_trap_is_out_of_everybodys_way(page: Page) -> None:
    page.goto("/contact/")
    expect(page.get_by_role("textbox", name="Leave this empty")).to_have_count(0)
    hidden = page.locator(".letter__trap").bounding_box()
    assert hidden
    assert (hidden["width"], hidden["height"]) == (1, 1)
    before = page.locator("#id_is_copy_wanted")
    before.focus()
    page.keyboard.press("Tab")
    expect(before).not_to_be_focused()
    expect(page.locator("#remarks")).not_to_be_focused()


def test_the_form_is_filled_in_by_keyboard(page: Page) -> None:
    page.goto("/contact/")
    page.locator("#id_topic_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_topic_1")).to_be_checked()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_name":
            break
    for words in ("Ada", "ada@example.org", "", "Hello"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") != "BUTTON":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/sent/**")


# --- the question at the foot -------------------------------------------------------------------------


@SCRIPTS
@pytest.mark.parametrize("path", ["/about/", "/conferences/closer-to-home/"])
def test_a_page_is_judged(visitor: Page, watched: Watch, scripts: bool, path: str) -> None:
    wrong = watched(visitor)
    before = Opinion.objects.count()
    visitor.goto(path)
    question = visitor.get_by_role("group", name="Was this page useful?")
    sentence = visitor.get_by_label("What would make it better?")
    expect(sentence).to_be_hidden()
    question.get_by_label("No", exact=True).check()
    sentence.fill("Shorter, please.")
    visitor.locator(".opinion").get_by_role("button", name="Send").click()
    thanks = visitor.get_by_role("status").filter(has_text="Thank you")
    expect(thanks).to_be_visible()
    expect(question).to_be_hidden()
    expect(visitor).to_have_url(re.compile(f"{path}{'' if scripts else '#thank-you'}$"))
    if scripts:
        expect(thanks).to_be_focused()
    opinion = Opinion.objects.order_by("-pk")[0]
    assert (Opinion.objects.count(), opinion.is_useful, opinion.comment) == (before + 1, False, "Shorter, please.")
    assert wrong == []


def test_when_the_script_cannot_send_the_form_is_sent(page: Page) -> None:
    asked: list[str] = []

    def fail_once(route: Route) -> None:
        asked.append(route.request.resource_type)
        route.abort() if asked[-1] == "fetch" else route.continue_()

    page.route(re.compile("/feedback/"), fail_once)
    page.goto("/about/")
    page.locator("#useful-yes").check()
    page.locator(".opinion").get_by_role("button", name="Send").click()
    page.wait_for_url("**/about/#thank-you")
    assert asked == ["fetch", "document"]


def test_too_long_a_sentence_is_helped_with_and_kept(page: Page) -> None:
    page.goto("/about/")
    page.locator("#useful-yes").check()
    page.get_by_label("What would make it better?").fill("word " * 120)
    page.locator(".opinion").get_by_role("button", name="Send").click()
    page.wait_for_url("**/feedback/**")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_comment")).to_have_value(re.compile("^word word"))


# --- how it holds -------------------------------------------------------------------------------------


def wrong_form(page: Page) -> None:
    page.goto("/contact/")
    page.get_by_role("button", name="Send your message").click()
    expect(page.get_by_role("alert")).to_be_visible()


def sent(page: Page) -> None:
    page.goto("/contact/")
    fill(page)
    page.get_by_role("button", name="Send your message").click()
    page.wait_for_url("**/contact/sent/**")


def opened(page: Page) -> None:
    page.goto("/about/")
    page.locator("#useful-no").check()
    expect(page.get_by_label("What would make it better?")).to_be_visible()


def asked_on_a_page_of_its_own(page: Page) -> None:
    page.goto(f"/feedback/{StandardPage.objects.get(slug='about').pk}/")


def thanked(page: Page) -> None:
    page.goto("/about/#thank-you")


@pytest.mark.parametrize("state", [wrong_form, sent, opened, asked_on_a_page_of_its_own, thanked])
def test_nothing_keeps_anybody_out(page: Page, state: Callable[[Page], None]) -> None:
    state(page)
    assert faults_everywhere(page) == []


@pytest.mark.parametrize("tone", ["notice", "urgent"])
def test_an_announcement_holds_in_every_width(page: Page, tone: str) -> None:
    Announcement.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "text": "The hall in Leeds is closed today because of snow; everything happens online instead.",
            "link_text": "How to join",
            "link_url": "/conferences/",
            "tone": tone,
            "is_active": True,
            "starts_at": timezone.now() - timedelta(hours=1),
        },
    )
    page.goto("/nothing-here/")
    expect(page.get_by_role("complementary", name=re.compile("announcement", re.IGNORECASE))).to_be_visible()
    assert faults_everywhere(page) == []
    for width in at_each(page, (320, 1280)):
        header = page.locator(".site-header").bounding_box()
        assert header
        assert header["height"] < 250, f"a short page must not stretch its header at {width}"


# --- the desk -----------------------------------------------------------------------------------------


def test_an_editor_answers_a_message(page: Page, site: str) -> None:
    ensure_roles()
    user = User.objects.create_user("desk@example.org", "knit one, link two", name="Desk")
    grant(user, EDITORS)
    wanted = Q()
    for label, codename in (name.split(".") for name in names()):
        wanted |= Q(content_type__app_label=label, codename=codename)
    user.user_permissions.add(*Permission.objects.filter(wanted))
    sign_in(page, site, user)
    page.goto("/admin/messages/?status=new")
    page.get_by_role("link", name=re.compile("Ines Farrow")).first.click()
    answer = page.get_by_role("link", name="Answer by e-mail")
    expect(answer).to_have_attribute("href", re.compile("^mailto:ines.farrow@example.org"))
    page.get_by_role("button", name="Mark as answered").click()
    expect(page.get_by_text("Noted.").first).to_be_visible()
    message = Message.objects.get(name__startswith="Ines")
    assert (message.status, message.answered_by) == (Message.Status.ANSWERED, user)
    page.goto("/admin/page-feedback/")
    page.get_by_role("link", name=re.compile("social prescribing")).first.click()
    expect(page.get_by_text("Say earlier how one gets to a link worker.")).to_be_visible()
