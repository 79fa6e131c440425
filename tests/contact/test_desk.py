"""The desk of messages: who sees it, what it shows, what its buttons do."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from network_site.base import page_cache
from network_site.base.models import AuditEntry
from network_site.base.offers import waiting
from network_site.contact.admin import rights
from network_site.contact.admin.messages import answer_address, beginning
from network_site.contact.domain.messages import Words, receive
from network_site.contact.models import ContactPage, ContactTopic, Message, Opinion
from network_site.mail.models import OutgoingMail
from network_site.pages.models import StandardPage
from network_site.people.models import User
from tests.contact.conftest import NOW, PERMISSIONS, WORDS, logged_boss, with_rights

pytestmark = pytest.mark.django_db
Status = Message.Status


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def at(message: Message, *more: str) -> str:
    return f"/admin/messages/{message.pk}/" + "".join(f"{part}/" for part in more)


def held(topics: list[ContactTopic]) -> Message:
    return receive(Words("Bo", "bo@example.org", "Buy!"), form="two", topic=topics[0], signs=["trap"], now=NOW)


# --- reading ------------------------------------------------------------------------------------------


def test_the_list_says_who_wrote_what_and_where_it_stands(desk: Client, message: Message) -> None:
    told = words(desk.get("/admin/messages/"))
    assert [
        part for part in ("Ada Weaver", "Bookings", "How far is it?", "new", message.reference) if part not in told
    ] == []


def test_what_waits_comes_first(desk: Client, topics: list[ContactTopic]) -> None:
    first = receive(WORDS, form="1", topic=topics[0], now=NOW)
    second = receive(Words("Bo", "bo@example.org", "Two"), form="2", topic=topics[0], now=NOW.replace(year=2028))
    Message.objects.filter(pk=second.pk).update(status=Status.ANSWERED, answered_at=NOW)
    told = words(desk.get("/admin/messages/"))
    assert told.index(first.reference) < told.index(second.reference)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?status=new", [True, False]),
        ("?status=suspected", [False, True]),
        ("?q=Ada", [True, False]),
        ("?q=Buy", [False, True]),
    ],
)
def test_the_list_can_be_narrowed(
    desk: Client, topics: list[ContactTopic], message: Message, query: str, shown: list[bool]
) -> None:
    other = held(topics)
    told = words(desk.get(f"/admin/messages/{query}"))
    assert [one.reference in told for one in (message, other)] == shown


def test_the_list_can_be_narrowed_to_a_topic(desk: Client, topics: list[ContactTopic], message: Message) -> None:
    assert message.reference in words(desk.get(f"/admin/messages/?topic={topics[0].pk}"))
    assert message.reference not in words(desk.get(f"/admin/messages/?topic={topics[1].pk}"))


def test_the_list_asks_the_same_for_one_and_for_thirty(desk: Client, topics: list[ContactTopic]) -> None:
    counts = []
    for most in (1, 3, 30):
        for number in range(Message.objects.count(), most):
            receive(WORDS, form=str(number), topic=topics[0], now=NOW)
        desk.get("/admin/messages/")
        with CaptureQueriesContext(connection) as seen:
            desk.get("/admin/messages/")
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]


def test_markup_in_a_message_is_shown_as_words(desk: Client, topics: list[ContactTopic]) -> None:
    evil = "<script>alert(1)</script>"
    message = receive(Words(evil, "ada@example.org", evil, evil), form="x", topic=topics[0], now=NOW)
    for path in ("/admin/messages/", at(message), at(message, "erase")):
        assert evil not in desk.get(path).content.decode(), path


def test_a_held_message_says_why(desk: Client, topics: list[ContactTopic]) -> None:
    told = words(desk.get(at(held(topics))))
    assert "The field that people do not see was filled in." in told
    assert "It is genuine: pass it on" in told


def test_answering_opens_a_letter_with_the_reference(message: Message) -> None:
    parts = urlsplit(answer_address(message))
    assert (parts.scheme, parts.path) == ("mailto", "ada@example.org")
    assert parse_qs(parts.query) == {"subject": [f"Your message ({message.reference})"]}


@pytest.mark.parametrize("email", ["a?bcc=x@example.org", "a&cc=x@example.org", "a%0abcc@example.org"])
def test_an_address_cannot_add_to_the_letter(message: Message, email: str) -> None:
    message.email = email
    parts = urlsplit(answer_address(message))
    assert unquote(parts.path) == email
    assert list(parse_qs(parts.query)) == ["subject"]


@pytest.mark.parametrize(("text", "shown"), [("a\n\nb", "a b"), ("x" * 80, "x" * 80), ("x" * 81, "x" * 79 + "…")])
def test_the_beginning_fits_on_a_line(text: str, shown: str) -> None:
    assert beginning(Message(text=text)) == shown


# --- doing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [Status.ANSWERED, Status.CLOSED, Status.SUSPECTED])
def test_a_button_moves_it_and_the_trail_says_who(desk: Client, staff: User, message: Message, to: Status) -> None:
    response = desk.post(at(message, "move"), {"to": to}, follow=True)
    message.refresh_from_db()
    assert message.status == to
    assert AuditEntry.objects.get(subject=message.subject_key).by == staff
    assert "Noted." in words(response)


def test_what_cannot_be_is_said_and_not_done(desk: Client, message: Message) -> None:
    desk.post(at(message, "move"), {"to": Status.CLOSED})
    assert "cannot become" in words(desk.post(at(message, "move"), {"to": Status.ANSWERED}, follow=True))
    message.refresh_from_db()
    assert message.status == Status.CLOSED


@pytest.mark.parametrize("to", ["", "lost", "NEW"])
def test_nonsense_does_nothing(desk: Client, message: Message, to: str) -> None:
    assert desk.post(at(message, "move"), {"to": to}).status_code == 302
    assert desk.post(at(message, "assign"), {"topic": to}).status_code == 302
    message.refresh_from_db()
    assert (message.status, message.topic_label) == (Status.NEW, "Bookings")


def test_looking_changes_nothing(desk: Client, message: Message) -> None:
    for path in (at(message), at(message, "erase")):
        assert desk.get(path).status_code == 200
    assert [desk.get(at(message, verb)).status_code for verb in ("move", "assign")] == [405, 405]
    assert Message.objects.filter(status=Status.NEW, erased_at=None).exists()


def test_a_genuine_message_is_passed_on(desk: Client, topics: list[ContactTopic]) -> None:
    message = held(topics)
    assert not OutgoingMail.objects.exists()
    desk.post(at(message, "move"), {"to": Status.NEW})
    assert OutgoingMail.objects.count() == 2


def test_another_topic(desk: Client, topics: list[ContactTopic], message: Message) -> None:
    told = words(desk.post(at(message, "assign"), {"topic": topics[1].pk}, follow=True))
    assert "It is about “Research” now." in told
    assert OutgoingMail.objects.filter(to="research@example.org").exists()


def test_erasing_asks_first_and_erases_all_from_one_person(
    desk: Client, topics: list[ContactTopic], message: Message
) -> None:
    second = receive(WORDS, form="second", topic=topics[1], now=NOW)
    asked = words(desk.get(at(message, "erase")))
    assert message.reference in asked
    assert second.reference in asked
    told = words(desk.post(at(message, "erase"), follow=True))
    assert "2 erased." in told
    assert "Ada" not in words(desk.get("/admin/messages/"))
    assert "Erased on" in words(desk.get(at(message)))


# --- who ----------------------------------------------------------------------------------------------

PAGES = (
    "/admin/messages/",
    "/admin/page-feedback/",
    "/admin/asked-for-in-vain/",
    "/admin/snippets/contact/contacttopic/",
)


def test_everybody_sees_what_is_theirs(message: Message, about: StandardPage) -> None:
    nobody = Client()
    delegate, stranger = Client(), Client()
    delegate.force_login(User.objects.create_user("delegate@example.org"))
    stranger.force_login(with_rights("admin@example.org", "wagtailadmin.access_admin"))
    for path in (*PAGES, at(message), at(message, "erase"), f"/admin/page-feedback/{about.pk}/"):
        assert [client.get(path).status_code for client in (nobody, delegate, stranger)] == [302, 302, 302], path


def test_staff_with_the_rights_see_all(desk: Client, message: Message, about: StandardPage) -> None:
    Opinion.objects.create(page=about, given_on=NOW.date(), is_useful=True, comment="Good")
    for path in (*PAGES, at(message), f"/admin/page-feedback/{about.pk}/", f"{PAGES[3]}add/"):
        assert desk.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("missing", "verb", "data"),
    [
        (rights.CHANGE_MESSAGES, "move", {"to": "closed"}),
        (rights.CHANGE_MESSAGES, "assign", {}),
        (rights.ERASE_MESSAGES, "erase", {}),
    ],
)
def test_who_may_only_read_changes_nothing(
    message: Message, topics: list[ContactTopic], missing: str, verb: str, data: dict[str, str]
) -> None:
    client = Client()
    client.force_login(with_rights("reader@example.org", *(name for name in PERMISSIONS if name != missing)))
    told = words(client.get(at(message)))
    assert client.post(at(message, verb), {**data, "topic": topics[1].pk}).status_code == 302
    before = message.topic_label
    message.refresh_from_db()
    assert (message.status, message.erased_at, message.topic_label) == (Status.NEW, None, before)
    assert f"/{verb}/" not in told


def test_every_right_exists_and_can_be_given(db: None) -> None:
    from django.contrib.auth.models import Permission

    found = {
        f"{one.content_type.app_label}.{one.codename}" for one in Permission.objects.select_related("content_type")
    }
    assert set(rights.names()) <= found
    group = Group.objects.create(name="Readers")
    told = logged_boss().get(f"/admin/groups/edit/{group.pk}/").content.decode()
    assert "message" in told


# --- what waits ---------------------------------------------------------------------------------------


def waits(user: User) -> list[tuple[int, str]]:
    request = RequestFactory().get("/admin/")
    request.user = user
    return [(one.number, one.url) for offer in waiting.all() for one in offer(request) if "/messages/" in one.url]


def test_what_waits_is_counted_for_who_may_see_it(
    staff: User, topics: list[ContactTopic], message: Message, django_assert_max_num_queries: Any
) -> None:
    held(topics)
    assert waits(staff) == [(1, "/admin/messages/?status=new"), (1, "/admin/messages/?status=suspected")]
    assert waits(User.objects.create_user("delegate@example.org")) == []
    Message.objects.update(status=Status.CLOSED, closed_at=NOW)
    assert waits(staff) == []


def test_the_menu_says_how_many(desk: Client, message: Message) -> None:
    assert "Messages (1)" in words(desk.get("/admin/"))


# --- topics and the report ----------------------------------------------------------------------------


def topic_form(**changes: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("email", "group", "answer_time", "help_words", "help_page", "help_url"), "")
    return {"label": "Press", "is_offered": "on", **empty, **changes}


def test_a_topic_is_made_in_the_admin_and_shown_at_once(
    desk: Client,
    contact: ContactPage,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    monkeypatch.setattr(page_cache, "CHECK_EVERY_SECONDS", 0)
    for label in ("One", "Two"):
        ContactTopic.objects.create(label=label)
    visitor = Client()
    assert "Press" not in words(visitor.get("/contact/"))
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post("/admin/snippets/contact/contacttopic/add/", topic_form(email="press@example.org"))
    assert response.status_code == 302
    assert "Press" in words(visitor.get("/contact/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"email": "a@example.org", "group": True}, "not both"),
        ({"help_url": "javascript:alert(1)"}, "Start the address with https://"),
        ({"email": "nobody"}, "valid email"),
    ],
)
def test_a_topic_that_cannot_be_says_why(desk: Client, changes: dict[str, Any], says: str) -> None:
    facts = {
        name: Group.objects.create(name="Readers").pk if value is True else value for name, value in changes.items()
    }
    response = desk.post("/admin/snippets/contact/contacttopic/add/", topic_form(**facts))
    assert response.status_code == 200
    assert says in words(response)


def test_the_list_of_topics_says_who_gets_it(desk: Client, topics: list[ContactTopic]) -> None:
    assert "bookings@example.org" in words(desk.get("/admin/snippets/contact/contacttopic/"))


def opinions(page: StandardPage) -> None:
    for comment in ("=HYPERLINK(1)", "", "Shorter, please"):
        Opinion.objects.create(page=page, given_on=NOW.date(), is_useful=not comment, comment=comment)


def test_the_report_of_feedback(desk: Client, about: StandardPage) -> None:
    opinions(about)
    told = words(desk.get("/admin/page-feedback/"))
    assert "About us" in told
    assert "33%" in told
    sentences = words(desk.get(f"/admin/page-feedback/{about.pk}/"))
    assert "Shorter, please" in sentences


@pytest.mark.parametrize("query", ["?since=30", "?since=365", "?since=", "?since=x", "?since=1e9"])
def test_the_report_by_time(desk: Client, about: StandardPage, query: str) -> None:
    opinions(about)
    assert desk.get(f"/admin/page-feedback/{query}").status_code == 200


@pytest.mark.parametrize(("path", "holds"), [("", ["About us", "33"]), ("page", ["Shorter, please", "'=HYPERLINK(1)"])])
def test_the_spreadsheets(desk: Client, about: StandardPage, path: str, holds: list[str]) -> None:
    opinions(about)
    address = f"/admin/page-feedback/{about.pk}/" if path else "/admin/page-feedback/"
    body = b"".join(desk.get(f"{address}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert [part for part in holds if part not in body] == []
    assert '"=HYPER' not in body
    assert not any(line.startswith("=") or ",=" in line for line in body.splitlines())


def test_the_report_asks_the_same_for_one_page_and_for_thirty(desk: Client, about: StandardPage, home: Any) -> None:
    counts = []
    for most in (1, 3, 30):
        for number in range(Opinion.objects.count(), most):
            page = home.add_child(instance=StandardPage(title=f"P{number}", slug=f"p{number}"))
            Opinion.objects.create(page=page, given_on=NOW.date(), is_useful=False)
        desk.get("/admin/page-feedback/")
        with CaptureQueriesContext(connection) as seen:
            desk.get("/admin/page-feedback/")
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]
