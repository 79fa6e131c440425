"""The letters about messages, to the mailbox and back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from network_site.contact.domain.erasure import erase_person
from network_site.contact.domain.messages import Words, receive
from network_site.contact.models import ContactTopic, Message
from network_site.mail import outbox
from network_site.mail.errors import MailError
from network_site.mail.kinds import write
from network_site.mail.models import OutgoingMail
from tests.contact.conftest import make_topics
from tests.mail.conftest import Inbox, inbox  # noqa: F401  the fixture

LATER = datetime(2030, 1, 1, tzinfo=UTC)
NOW = datetime(2027, 7, 4, 9, 5, tzinfo=UTC)


def letter(kind: str, message: Message) -> Any:
    return write(kind, {"message": message.pk})


def words(**changes: Any) -> Words:
    return Words(**{"name": "Ada", "email": "ada@example.org", "text": "How far?\n\nThank you.", **changes})


def test_to_whom_it_is_for(topics: list[ContactTopic]) -> None:
    message = receive(words(organisation="The mill"), form="one", topic=topics[0], now=NOW)
    found = letter("contact.message", message)
    assert found.subject == f"Bookings ({message.reference})"
    text = found.text()
    told = (
        "From: Ada",
        "Address: ada@example.org",
        "Organisation: The mill",
        "How far?",
        "Received: 4 July 2027, 10.05",
    )
    assert [line for line in told if line not in text] == []
    assert f"/admin/messages/{message.pk}/" in text
    assert "How far?" in found.html()


@pytest.mark.parametrize("is_copy_wanted", [True, False])
def test_thanks_have_the_words_only_when_asked_for(topics: list[ContactTopic], is_copy_wanted: bool) -> None:
    message = receive(words(is_copy_wanted=is_copy_wanted), form="one", topic=topics[0], now=NOW)
    found = letter("contact.thanks", message)
    assert [("How far?" in told) for told in (found.text(), found.html())] == [is_copy_wanted] * 2
    assert "We answer within two working days." in found.text()
    assert message.reference in found.subject


def test_thanks_without_a_time_promise_none(topics: list[ContactTopic]) -> None:
    message = receive(words(), form="one", topic=topics[1], now=NOW)
    assert "as soon as we can" in letter("contact.thanks", message).text()


def test_a_message_about_nothing_in_particular(db: None) -> None:
    message = receive(words(), form="one", topic=None, now=NOW)
    found = letter("contact.message", message)
    assert found.subject == f"A message ({message.reference})"
    assert "About:" not in found.text()


def test_markup_in_a_message_is_only_words(topics: list[ContactTopic]) -> None:
    message = receive(words(text="<script>x</script> <mj-raw>"), form="one", topic=topics[0], now=NOW)
    html = letter("contact.message", message).html()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


@pytest.mark.parametrize("kind", ["contact.message", "contact.thanks"])
def test_what_is_erased_cannot_be_written(topics: list[ContactTopic], kind: str) -> None:
    message = receive(words(), form="one", topic=topics[0], now=NOW)
    erase_person("ada@example.org", by=None, now=NOW)
    with pytest.raises(MailError, match="erased"):
        letter(kind, message)


def test_both_letters_arrive_over_smtp(real_db: str, inbox: Inbox) -> None:  # noqa: F811
    topic = make_topics()[0]
    message = receive(words(is_copy_wanted=True, text="How far?\nThank you – ŵ."), form="one", topic=topic, now=NOW)
    assert outbox.deliver_due(now=LATER) == 2
    by_to = {str(found["To"]): found for found in inbox.messages}
    routed, thanks = by_to["bookings@example.org"], by_to["ada@example.org"]
    assert (routed["Reply-To"], routed["Subject"]) == ("ada@example.org", f"Bookings ({message.reference})")
    assert thanks["Reply-To"] == "hello@example.org"
    for found in (routed, thanks):
        parts = [part.get_content_type() for part in found.walk()]
        assert parts == ["multipart/alternative", "text/plain", "text/html"]
        body = found.get_body(("plain",))
        assert body
        assert "Thank you – ŵ." in body.get_content()
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"sent"}
    assert outbox.deliver_due(now=LATER) == 0


def test_the_same_form_twice_arrives_once(real_db: str, inbox: Inbox) -> None:  # noqa: F811
    topic = make_topics()[0]
    for _again in range(2):
        receive(words(), form="one", topic=topic, now=NOW)
        outbox.deliver_due(now=LATER)
    assert sorted(str(found["To"]) for found in inbox.messages) == ["ada@example.org", "bookings@example.org"]
