"""A message is kept once, goes where its topic says, and moves only where it may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from network_site.base.models import AuditEntry
from network_site.contact.domain import messages
from network_site.contact.domain.errors import ContactError
from network_site.contact.domain.messages import Words, assign, key_of, move, receive
from network_site.contact.domain.routing import addresses
from network_site.contact.models import ContactTopic, Message
from network_site.mail.models import OutgoingMail
from network_site.people.models import User
from tests.contact.conftest import NOW, WORDS

pytestmark = pytest.mark.django_db
Status = Message.Status


def letters() -> list[tuple[str, str, str]]:
    return sorted(OutgoingMail.objects.values_list("kind", "to", "reply_to"))


def test_a_message_is_kept_with_its_two_letters(topics: list[ContactTopic]) -> None:
    message = receive(WORDS, form="one", topic=topics[0], now=NOW)
    assert (message.status, message.topic_label, message.received_at) == (Status.NEW, "Bookings", NOW)
    assert letters() == [
        ("contact.message", "bookings@example.org", "ada@example.org"),
        ("contact.thanks", "ada@example.org", ""),
    ]


def test_the_outbox_holds_no_words_of_it(message: Message) -> None:
    assert set(OutgoingMail.objects.values_list("payload__message", flat=True)) == {message.pk}
    assert all(list(mail.payload) == ["message"] for mail in OutgoingMail.objects.all())


def test_the_same_form_again_is_the_same_message(topics: list[ContactTopic], message: Message) -> None:
    again = receive(WORDS, form="one", topic=topics[0], now=NOW + timedelta(hours=1))
    assert again == message
    assert Message.objects.count() == 1
    assert len(letters()) == 2


@pytest.mark.parametrize(
    "changed",
    [{"form": "two"}, {"text": "How far is it, please?"}, {"email": "ada@example.com"}, {"is_copy_wanted": True}],
    ids=str,
)
def test_words_put_right_on_the_same_form_are_not_lost(
    topics: list[ContactTopic], message: Message, changed: dict[str, Any]
) -> None:
    form = changed.pop("form", "one")
    words = Words(**{"name": WORDS.name, "email": WORDS.email, "text": WORDS.text, **changed})
    assert receive(words, form=form, topic=topics[0], now=NOW) != message
    assert Message.objects.count() == 2


def test_a_message_that_is_held_sends_nothing(topics: list[ContactTopic]) -> None:
    message = receive(WORDS, form="one", topic=topics[0], signs=["links"], now=NOW)
    assert (message.status, message.signs) == (Status.SUSPECTED, ["links"])
    assert letters() == []


def test_a_held_message_that_is_genuine_sends_its_letters_once(topics: list[ContactTopic], staff: User) -> None:
    message = receive(WORDS, form="one", topic=topics[0], signs=["links"], now=NOW)
    for to in (Status.NEW, Status.SUSPECTED, Status.NEW):
        move(message, to=to, by=staff, now=NOW)
    assert len(letters()) == 2


def test_letter_and_message_stand_or_fall_together(topics: list[ContactTopic], monkeypatch: pytest.MonkeyPatch) -> None:
    def full_outbox(*args: Any, **kwargs: Any) -> bool:
        raise RuntimeError("no room")

    monkeypatch.setattr(messages.outbox, "queue", full_outbox)
    with pytest.raises(RuntimeError):
        receive(WORDS, form="one", topic=topics[0], now=NOW)
    assert not Message.objects.exists()


def test_a_reference_that_exists_is_not_given_again(
    topics: list[ContactTopic], message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = iter([message.reference, message.reference, "FRESH4"])
    monkeypatch.setattr(messages.tokens, "reference", lambda: next(given))
    assert receive(WORDS, form="two", topic=topics[0], now=NOW).reference == "FRESH4"
    monkeypatch.setattr(messages.tokens, "reference", lambda: message.reference)
    with pytest.raises(ContactError, match="could not be kept"):
        receive(WORDS, form="three", topic=topics[0], now=NOW)


def test_one_address_is_not_flooded_with_thanks(topics: list[ContactTopic]) -> None:
    for number in range(6):
        receive(WORDS, form=str(number), topic=topics[0], now=NOW)
    assert [kind for kind, *_ in letters()].count("contact.thanks") == 3
    assert [kind for kind, *_ in letters()].count("contact.message") == 6
    receive(WORDS, form="next day", topic=topics[0], now=NOW + timedelta(days=1, seconds=1))
    assert [kind for kind, *_ in letters()].count("contact.thanks") == 4


def test_the_key_tells_fields_apart() -> None:
    one = Words(name="a", email="b", text="c")
    other = Words(name="", email="b", text="c", organisation="a")
    assert key_of("f", topic=None, words=one) != key_of("f", topic=None, words=other)


# --- where it goes ------------------------------------------------------------------------------------


def test_a_topic_without_an_address_goes_to_the_network(settings: Any, topics: list[ContactTopic]) -> None:
    settings.CONTACT_EMAIL = "house@example.org"
    nowhere = ContactTopic.objects.create(label="Nowhere")
    assert [addresses(topic) for topic in (topics[1], nowhere, None)] == [
        ["research@example.org"],
        ["house@example.org"],
        ["house@example.org"],
    ]


def test_a_group_gets_it_everybody_once(group_of: Callable[..., Group], settings: Any) -> None:
    group = group_of("Readers", "b@example.org", "a@example.org", "gone@example.org", inactive="gone@example.org")
    topic = ContactTopic.objects.create(label="Site", group=group)
    assert addresses(topic) == ["a@example.org", "b@example.org"]
    receive(WORDS, form="one", topic=topic, now=NOW)
    assert [to for kind, to, _ in letters() if kind == "contact.message"] == ["a@example.org", "b@example.org"]


def test_an_empty_group_loses_nothing(group_of: Callable[..., Group], settings: Any) -> None:
    settings.CONTACT_EMAIL = "house@example.org"
    assert addresses(ContactTopic.objects.create(label="Site", group=group_of("Nobody"))) == ["house@example.org"]


def test_a_group_that_is_deleted_leaves_its_topic(group_of: Callable[..., Group]) -> None:
    topic = ContactTopic.objects.create(label="Site", group=group_of("Readers"))
    Group.objects.get(name="Readers").delete()
    topic.refresh_from_db()
    assert topic.group is None


@pytest.mark.parametrize(
    "both", [{"email": "a@example.org", "group": True}, {"help_url": "/x/", "help_page": True}], ids=["goes", "points"]
)
def test_a_topic_goes_and_points_to_one_place(group_of: Callable[..., Group], home: Any, both: dict[str, Any]) -> None:
    facts = {**both, **({"group": group_of("Readers")} if "group" in both else {"help_page": home})}
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactTopic.objects.create(label="Two", **facts)


def test_a_topic_points_only_to_what_is_published(about: Any) -> None:
    topic = ContactTopic(label="Site", help_page=about)
    assert topic.help_link
    assert (topic.help_link.words, topic.help_link.url) == ("About us", "/about/")
    about.live = False
    assert topic.help_link is None
    assert ContactTopic(label="Site").help_link is None


def test_a_deleted_topic_leaves_its_name_on_messages(topics: list[ContactTopic], message: Message) -> None:
    topics[0].delete()
    message.refresh_from_db()
    assert (message.topic, message.topic_label) == (None, "Bookings")


# --- where it may move --------------------------------------------------------------------------------

EVERY_MOVE = [(was, to) for was in Status for to in Status]


@pytest.mark.parametrize(("was", "to"), EVERY_MOVE, ids=str)
def test_a_message_moves_only_where_it_may(message: Message, staff: User, was: Status, to: Status) -> None:
    Message.objects.update(status=was, answered_at=NOW, closed_at=NOW)
    message.refresh_from_db()
    if to in Message.ALLOWED[was]:
        move(message, to=to, by=staff, now=NOW)
        assert message.status == to
        entry = AuditEntry.objects.get(subject=message.subject_key)
        assert (entry.verb, entry.by, entry.data) == (to.value, staff, {"was": was.value})
    else:
        with pytest.raises(ContactError, match="cannot become"):
            move(message, to=to, by=staff, now=NOW)
        assert not AuditEntry.objects.exists()


def test_answering_says_who_and_when(message: Message, staff: User) -> None:
    move(message, to=Status.ANSWERED, by=staff, now=NOW)
    assert (message.answered_by, message.answered_at, message.closed_at) == (staff, NOW, None)


def test_of_two_at_once_the_second_is_told(message: Message, staff: User) -> None:
    other = Message.objects.get(pk=message.pk)
    move(message, to=Status.ANSWERED, by=staff, now=NOW)
    with pytest.raises(ContactError, match="quicker"):
        move(other, to=Status.CLOSED, by=staff, now=NOW)
    assert AuditEntry.objects.count() == 1


def test_another_topic_passes_it_on(topics: list[ContactTopic], message: Message, staff: User) -> None:
    for _again in range(2):
        assign(message, topic=topics[1], by=staff)
    assert message.topic_label == "Research"
    assert [to for kind, to, _ in letters() if kind == "contact.message"] == [
        "bookings@example.org",
        "research@example.org",
    ]
    assert AuditEntry.objects.filter(verb="assigned").count() == 2


def test_a_held_message_is_not_passed_on_by_another_topic(topics: list[ContactTopic], staff: User) -> None:
    message = receive(WORDS, form="one", topic=topics[0], signs=["links"], now=NOW)
    assign(message, topic=topics[1], by=staff)
    assert letters() == []


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "lost"},
        {"status": "answered"},
        {"status": "closed"},
        {"answered_by": True},
        {"closed_by": True},
        {"erased_by": True},
        {"erased_at": NOW},
        {"text": ""},
        {"email": ""},
    ],
    ids=str,
)
def test_the_database_keeps_the_promises(message: Message, staff: User, broken: dict[str, Any]) -> None:
    facts = {name: staff if value is True else value for name, value in broken.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**facts)
