"""A letter is promised once, sent once, tried again when that is safe, and asked about when it is not."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from network_site.base import stopping
from network_site.base.models import AuditEntry, Incident
from network_site.mail import outbox
from network_site.mail.errors import MailError
from network_site.mail.models import OutgoingMail
from network_site.people.models import User
from tests.mail.conftest import Inbox

Status = OutgoingMail.Status
Promise = Callable[..., OutgoingMail]
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def deliver(now: datetime = NOW) -> int:
    return outbox.deliver_due(now=now)


def open_questions() -> list[tuple[str, str]]:
    return list(Incident.objects.filter(resolved_at=None).values_list("kind", "subject"))


def again(mail: OutgoingMail) -> OutgoingMail:
    mail.refresh_from_db()
    return mail


def test_a_promise_is_made_once(promise: Promise) -> None:
    first = promise()
    assert not outbox.queue("test.plain", to="other@example.org", dedupe_key=first.dedupe_key, payload={"x": 1})
    assert again(first).to == "ada@example.org"
    assert OutgoingMail.objects.count() == 1


def test_a_promise_is_taken_back_with_its_deed(letters: dict[str, Any]) -> None:
    with transaction.atomic():
        outbox.queue("test.plain", to="ada@example.org", dedupe_key="a", payload={})
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_a_letter_arrives_whole(promise: Promise, inbox: Inbox) -> None:
    mail = promise(reply_to="desk@example.org")
    assert deliver() == 1
    (message,) = inbox.messages
    assert message["Subject"] == "Your places at the conference"
    assert message["To"] == "ada@example.org"
    assert message["From"] == "Social Prescribing Network <bookings@example.org>"
    assert message["Reply-To"] == "desk@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("ticket.pdf", b"%PDF-1.7 ticket")
    mail = again(mail)
    assert (mail.status, mail.sent_at, mail.attempts, mail.error) == (Status.SENT, NOW, 1, "")
    assert mail.message_id == message["Message-ID"]


def test_answers_go_to_the_network_unless_said_otherwise(promise: Promise, inbox: Inbox) -> None:
    promise()
    deliver()
    assert inbox.messages[0]["Reply-To"] == "hello@example.org"


def test_what_is_sent_is_not_sent_again(promise: Promise, inbox: Inbox) -> None:
    promise()
    assert [deliver(), deliver(), deliver(NOW + timedelta(days=9))] == [1, 0, 0]
    assert len(inbox.messages) == 1


def test_many_letters_share_one_connection(promise: Promise, inbox: Inbox) -> None:
    for number in range(5):
        promise(f"order_paid:{number}")
    assert deliver() == 5
    assert inbox.connections == 1


def test_no_more_than_the_limit_are_sent_and_the_oldest_first(promise: Promise, inbox: Inbox) -> None:
    for number in range(3):
        promise(f"order_paid:{number}", to=f"n{number}@example.org")
    assert outbox.deliver_due(limit=2, now=NOW) == 2
    assert [message["To"] for message in inbox.messages] == ["n0@example.org", "n1@example.org"]


def test_nothing_due_asks_no_server(promise: Promise, silent_server: int) -> None:
    assert deliver() == 0
    assert open_questions() == []


def test_work_ends_between_two_letters_when_asked(promise: Promise, inbox: Inbox) -> None:
    promise("a")
    promise("b")

    def stop_now() -> str:
        stopping.ask()
        return "250 OK"

    inbox.at_data = stop_now
    try:
        assert deliver() == 1
    finally:
        stopping.forget()
    assert OutgoingMail.objects.filter(status=Status.QUEUED).count() == 1


def test_a_full_mailbox_is_tried_again_with_growing_waits_and_then_given_up(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    inbox.answers["ada@example.org"] = "452 4.2.2 mailbox full"
    moment, waits = NOW, []
    while mail.status == Status.QUEUED:
        deliver(moment)
        mail = again(mail)
        if mail.next_attempt_at:
            waits.append((mail.next_attempt_at - moment).total_seconds() / 60)
            assert deliver(mail.next_attempt_at - timedelta(seconds=1)) == 0
            moment = mail.next_attempt_at
    assert waits == [1, 5, 30, 120, 720]
    assert (mail.status, mail.attempts, mail.sent_at) == (Status.FAILED, 6, None)
    assert mail.error == "The address was refused: 452 4.2.2 mailbox full"
    assert open_questions() == [("mail.failed", f"mail:{mail.pk}")]
    assert inbox.messages == []


def test_a_letter_taken_at_the_second_attempt_is_sent(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    inbox.at_data = lambda: "451 4.3.0 try later"
    deliver()
    mail = again(mail)
    assert (mail.status, mail.next_attempt_at) == (Status.QUEUED, NOW + timedelta(minutes=1))
    inbox.at_data = lambda: "250 OK"
    assert deliver(NOW + timedelta(minutes=1)) == 1
    mail = again(mail)
    assert (mail.status, mail.error, mail.next_attempt_at) == (Status.SENT, "", None)


@pytest.mark.parametrize("at_data", [False, True])
def test_a_refused_letter_is_given_up_at_once_and_the_others_go_on(
    promise: Promise, inbox: Inbox, *, at_data: bool
) -> None:
    mail = promise("a", to="nobody@example.org")
    other = promise("b")
    if at_data:
        answers = iter(["554 5.7.1 not wanted", "250 OK"])
        inbox.at_data = lambda: next(answers)
    else:
        inbox.answers["nobody@example.org"] = "550 5.1.1 no such person"
    assert deliver() == 1
    mail = again(mail)
    assert (mail.status, again(other).status) == (Status.FAILED, Status.SENT)
    assert "5.1.1 no such person" in mail.error or "5.7.1 not wanted" in mail.error
    (incident,) = Incident.objects.all()
    assert (incident.kind, incident.subject) == ("mail.failed", f"mail:{mail.pk}")
    assert "nobody@example.org" in incident.sentence


def test_our_own_address_refused_is_not_the_letters_fault(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    inbox.answers["MAIL"] = "550 5.7.1 you may not send as this"
    deliver()
    mail = again(mail)
    assert (mail.status, mail.error) == (Status.QUEUED, "550 5.7.1 you may not send as this")


def test_a_line_cut_before_the_letter_is_tried_again(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    inbox.answers["MAIL"] = "drop"
    deliver()
    mail = again(mail)
    assert (mail.status, mail.next_attempt_at) == (Status.QUEUED, NOW + timedelta(minutes=1))
    assert open_questions() == []


def test_a_line_cut_after_the_letter_is_asked_about_and_never_sent_again(promise: Promise, inbox: Inbox) -> None:
    mail, other = promise("a"), promise("b")
    answers = iter(["drop after", "250 OK"])
    inbox.at_data = lambda: next(answers)
    assert deliver() == 1
    assert [deliver(NOW + timedelta(days=day)) for day in range(1, 4)] == [0, 0, 0]
    assert len(inbox.messages) == 2
    assert (again(mail).status, again(other).status) == (Status.UNKNOWN, Status.SENT)
    assert open_questions() == [("mail.unknown", f"mail:{mail.pk}")]


def test_a_server_that_cannot_be_reached_costs_no_attempt(promise: Promise, silent_server: int) -> None:
    mail = promise()
    assert [deliver(), deliver()] == [0, 0]
    mail = again(mail)
    assert (mail.status, mail.attempts) == (Status.QUEUED, 0)
    assert open_questions() == [("mail.server", "mail:server")]


def test_the_question_about_the_server_is_settled_when_it_answers(promise: Promise, inbox: Inbox) -> None:
    Incident.objects.create(kind="mail.server", subject="mail:server", sentence="x", opened_at=NOW)
    promise()
    deliver()
    assert open_questions() == []


def test_a_server_that_falls_silent_while_taking_the_letter_is_asked_about(
    promise: Promise, inbox: Inbox, settings: Any
) -> None:
    from threading import Event

    settings.EMAIL_TIMEOUT = 0.2
    over = Event()
    mail = promise()

    def silence() -> str:
        over.wait(5)
        return "250 OK"

    inbox.at_data = silence
    deliver()
    over.set()
    assert again(mail).status == Status.UNKNOWN
    assert "timed out" in mail.error


def test_a_letter_that_cannot_be_written_waits_for_us(
    promise: Promise, inbox: Inbox, letters: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    mail, lost, other = promise("a", kind="test.broken"), promise("b", kind="test.unknown"), promise("c")
    letters["test.broken"] = lambda payload: payload["missing"]
    with caplog.at_level(logging.CRITICAL, logger="network_site.mail"):
        assert deliver() == 1
    assert (again(mail).status, again(lost).status, again(other).status) == ("queued", "queued", "sent")
    assert mail.error == "It could not be written: KeyError: 'missing'"
    assert "“test.unknown”" in lost.error


def test_a_letter_found_in_the_middle_of_sending_is_asked_about(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    assert outbox.claim(mail.pk, now=NOW) is not None  # and then the worker is killed
    assert deliver(NOW + outbox.LEASE) == 0
    assert again(mail).status == Status.SENDING
    assert deliver(NOW + outbox.LEASE + timedelta(seconds=1)) == 0
    assert again(mail).status == Status.UNKNOWN
    assert inbox.messages == []
    assert open_questions() == [("mail.unknown", f"mail:{mail.pk}")]


def test_a_slow_worker_may_still_say_that_it_was_sent(promise: Promise, inbox: Inbox) -> None:
    mail = outbox.claim(promise().pk, now=NOW)
    assert mail is not None
    assert outbox.give_up_on_lost(now=NOW + timedelta(hours=1)) == 1
    outbox.mark_sent(mail, now=NOW + timedelta(hours=1))
    assert again(mail).status == Status.SENT
    assert open_questions() == []


def test_a_slow_worker_has_no_say_in_a_newer_attempt(promise: Promise, inbox: Inbox) -> None:
    slow = outbox.claim(promise().pk, now=NOW)
    assert slow is not None
    later = NOW + timedelta(hours=1)
    outbox.give_up_on_lost(now=later)
    outbox.resend(again(OutgoingMail.objects.get()), by=None, now=later)
    outbox.claim(slow.pk, now=later)
    outbox.mark_sent(slow, now=later)
    outbox.mark_failed(slow, reason="too late")
    assert not outbox.mark_unknown(slow, reason="too late")
    assert OutgoingMail.objects.get().status == Status.SENDING


@pytest.mark.parametrize("status", [Status.FAILED, Status.UNKNOWN])
def test_staff_send_a_lost_letter_again_under_the_same_id(promise: Promise, inbox: Inbox, status: str) -> None:
    mail = outbox.claim(promise().pk, now=NOW)
    assert mail is not None
    by = User.objects.create_user("staff@example.org")
    (outbox.mark_failed if status == Status.FAILED else outbox.mark_unknown)(mail, reason="lost")
    mail = again(mail)
    outbox.resend(mail, by=by, now=NOW)
    assert (mail.status, mail.attempts, mail.error) == (Status.QUEUED, 0, "")
    assert open_questions() == []
    assert Incident.objects.get().resolved_by == by
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.subject, entry.by, entry.data["was"]) == ("resent", f"mail:{mail.pk}", by, status)
    deliver()
    assert again(mail).message_id == outbox.message_id(OutgoingMail(dedupe_key=mail.dedupe_key))


def test_a_copy_of_a_sent_letter_is_a_new_message(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    deliver()
    outbox.resend(again(mail), by=None, now=NOW)
    deliver()
    first, second = (message["Message-ID"] for message in inbox.messages)
    assert first != second


def test_a_letter_on_its_way_is_not_sent_again(promise: Promise) -> None:
    mail = promise()
    with pytest.raises(MailError, match="already on its way"):
        outbox.resend(mail, by=None, now=NOW)


def test_two_people_asking_at_once_get_one_copy(promise: Promise, inbox: Inbox) -> None:
    mail = promise()
    deliver()
    mine, yours = again(mail), OutgoingMail.objects.get()
    outbox.resend(mine, by=None, now=NOW)
    with pytest.raises(MailError, match="already on its way"):
        outbox.resend(yours, by=None, now=NOW)
    assert AuditEntry.objects.count() == 1


def test_old_letters_lose_their_contents_and_cannot_be_sent_again(promise: Promise, inbox: Inbox) -> None:
    old, waiting = promise("a", payload={"order": 1}), promise("b", payload={"order": 2})
    inbox.at_data = iter(["250 OK", "451 later"]).__next__
    deliver()
    assert outbox.prune(now=NOW + outbox.KEEP_PAYLOAD) == 0
    assert outbox.prune(now=NOW + outbox.KEEP_PAYLOAD + timedelta(seconds=1)) == 1
    assert (again(old).payload, again(waiting).payload) == ({}, {"order": 2})
    with pytest.raises(MailError, match="too old"):
        outbox.resend(old, by=None, now=NOW)


def test_letters_name_themselves(promise: Promise) -> None:
    assert str(promise()) == "test.plain to ada@example.org"
