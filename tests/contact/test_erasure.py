"""What was promised to be forgotten is forgotten, everywhere; and nothing else is."""

from datetime import timedelta
from typing import Any

import pytest

from network_site.base.incidents import open_incident
from network_site.base.models import AuditEntry, Incident
from network_site.contact.domain import erasure
from network_site.contact.domain.erasure import NOBODY, erase_person, of_person, prune
from network_site.contact.domain.messages import Words, move, receive
from network_site.contact.models import ContactTopic, Message, MissedAddress, Opinion
from network_site.mail import outbox
from network_site.mail.models import OutgoingMail
from network_site.people.models import User
from tests.contact.conftest import NOW, WORDS

pytestmark = pytest.mark.django_db
Status = Message.Status
OTHER = Words(name="Bo", email="bo@example.org", text="Hello", organisation="A charity")


def everything() -> str:
    """Whatever the database says about messages, letters and incidents."""
    models: tuple[Any, ...] = (Message, OutgoingMail, Incident, AuditEntry)
    return str([list(model.objects.values()) for model in models])


def test_a_person_is_forgotten_everywhere(topics: list[ContactTopic], staff: User) -> None:
    words = Words(name="Ada Weaver", email="Ada@example.org", text="A secret", organisation="The mill")
    for number in range(2):
        message = receive(words, form=str(number), topic=topics[0], now=NOW)
    letter = OutgoingMail.objects.filter(kind="contact.message").first()
    assert letter
    OutgoingMail.objects.update(status="failed", error="The address was refused: Ada@example.org", next_attempt_at=None)
    open_incident("mail.failed", subject=letter.subject_key, sentence="The letter to Ada@example.org failed.")
    assert erase_person("ada@EXAMPLE.org", by=staff, now=NOW) == 2
    told = everything()
    assert [word for word in ("Ada", "ada@", "secret", "The mill") if word in told] == []
    message.refresh_from_db()
    assert (message.erased_at, message.erased_by, message.topic_label) == (NOW, staff, "Bookings")
    assert AuditEntry.objects.filter(verb="erased", by=staff).count() == 2


def test_letters_that_have_not_left_do_not_leave(topics: list[ContactTopic], message: Message, staff: User) -> None:
    erase_person(message.email, by=staff, now=NOW)
    assert not OutgoingMail.objects.exists()


def test_letters_that_left_forget_to_whom(message: Message, staff: User) -> None:
    OutgoingMail.objects.update(status="sent", sent_at=NOW, message_id="<x@y>", next_attempt_at=None)
    erase_person(message.email, by=staff, now=NOW)
    assert set(OutgoingMail.objects.values_list("kind", "to", "reply_to")) == {
        ("contact.message", "bookings@example.org", ""),
        ("contact.thanks", NOBODY, ""),
    }


def test_nobody_else_is_forgotten(topics: list[ContactTopic], message: Message, staff: User) -> None:
    other = receive(OTHER, form="other", topic=topics[0], now=NOW)
    outbox.queue("people.account", to="ada@example.org", dedupe_key="account:x", payload={})
    erase_person(message.email, by=staff, now=NOW)
    other.refresh_from_db()
    assert (other.name, other.erased_at) == ("Bo", None)
    assert sorted(OutgoingMail.objects.values_list("kind", flat=True)) == [
        "contact.message",
        "contact.thanks",
        "people.account",
    ]


def test_nobody_has_an_empty_address(message: Message, staff: User) -> None:
    erase_person(message.email, by=staff, now=NOW)
    assert of_person("") == []
    assert erase_person("", by=staff, now=NOW) == 0


def test_an_erased_message_sends_no_letters_any_more(topics: list[ContactTopic], staff: User) -> None:
    message = receive(WORDS, form="one", topic=topics[0], signs=["links"], now=NOW)
    erase_person(message.email, by=staff, now=NOW)
    message.refresh_from_db()
    move(message, to=Status.NEW, by=staff, now=NOW)
    assert not OutgoingMail.objects.exists()


# --- by itself ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "held", "is_erased"), [(364, False, False), (366, False, True), (29, True, False), (31, True, True)]
)
def test_messages_are_forgotten_in_their_time(
    topics: list[ContactTopic], days: int, held: bool, is_erased: bool
) -> None:
    at = NOW - timedelta(days=days)
    message = receive(WORDS, form="one", topic=topics[0], signs=["quick"] if held else [], now=at)
    assert prune(NOW) == int(is_erased)
    message.refresh_from_db()
    assert (message.erased_at is not None, message.text == "") == (is_erased, is_erased)
    assert message.status == (Status.CLOSED if is_erased else Status.SUSPECTED if held else Status.NEW)


def test_what_is_erased_by_itself_was_erased_by_nobody(topics: list[ContactTopic]) -> None:
    message = receive(WORDS, form="one", topic=topics[0], now=NOW - timedelta(days=400))
    prune(NOW)
    message.refresh_from_db()
    assert (message.erased_by, message.closed_by, message.closed_at) == (None, None, NOW)


def test_many_are_forgotten_a_few_at_a_time(topics: list[ContactTopic], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "AT_ONCE", 2)
    for number in range(5):
        receive(WORDS, form=str(number), topic=topics[0], now=NOW - timedelta(days=400))
    assert (prune(NOW), prune(NOW)) == (5, 0)
    assert not OutgoingMail.objects.exists()


def test_an_answered_message_keeps_its_state(topics: list[ContactTopic], staff: User) -> None:
    message = receive(WORDS, form="one", topic=topics[0], now=NOW - timedelta(days=400))
    move(message, to=Status.ANSWERED, by=staff, now=NOW)
    prune(NOW)
    message.refresh_from_db()
    assert (message.status, message.answered_by) == (Status.ANSWERED, staff)


def test_opinions_lose_their_key_then_their_words_then_everything(about: Any) -> None:
    for days in (0, 3, 366, 3 * 366):
        Opinion.objects.create(
            page=about, given_on=(NOW - timedelta(days=days)).date(), is_useful=True, comment="Good", key=f"{days}"
        )
    prune(NOW)
    assert list(Opinion.objects.order_by("-given_on").values_list("key", "comment")) == [
        ("0", "Good"),
        (None, "Good"),
        (None, ""),
    ]


def test_addresses_asked_for_in_vain_are_kept_ninety_days(db: None) -> None:
    for days in (90, 91):
        MissedAddress.objects.create(path="/old", asked_on=(NOW - timedelta(days=days)).date())
    prune(NOW)
    assert MissedAddress.objects.get().asked_on == (NOW - timedelta(days=90)).date()
