"""The outbox, the payment service's messages and the audit trail, to read; letters and messages can be repeated."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.admin import records
from network_site.base.audit import record
from network_site.base.models import AuditEntry
from network_site.editing.desk.trail import told
from network_site.mail.models import OutgoingMail
from network_site.mail.outbox import queue
from network_site.payments.models import WebhookEvent
from network_site.people.models import User
from tests.events.admin.conftest import logged_in, questions, said, sees, with_rights
from tests.factories.conferences import NOW

pytestmark = pytest.mark.django_db


def letter(**facts: Any) -> OutgoingMail:
    number = OutgoingMail.objects.count()
    queue("events.place", to=f"to-{number}@example.org", dedupe_key=f"place:{number}", payload={"secret": "hush"})
    OutgoingMail.objects.filter(dedupe_key=f"place:{number}").update(**facts)
    return OutgoingMail.objects.get(dedupe_key=f"place:{number}")


def message(**facts: Any) -> WebhookEvent:
    number = WebhookEvent.objects.count()
    known = {"kind": "customer.created", "payload": {"id": "obj_1", "name": "hush"}, "received_at": NOW}
    return WebhookEvent.objects.create(external_id=f"evt_{number}", **{**known, **facts})


def test_letters_are_found_by_what_became_of_them(manager: Client) -> None:
    failed = letter(status="failed", error="550 no such user")
    waiting = letter()
    url = "/admin/outbox/results/"
    assert list(manager.get(url).context["object_list"]) == [waiting, failed]
    assert list(manager.get(url, {"status": "failed"}).context["object_list"]) == [failed]
    assert list(manager.get(url, {"q": waiting.to}).context["object_list"]) == [waiting]
    assert "550 no such user" in manager.get(url).content.decode()


@pytest.mark.parametrize("status", ["failed", "unknown"])
def test_a_letter_is_sent_again_once(manager: Client, status: str) -> None:
    mail = letter(status=status, error="lost")
    url = reverse("outbox:letter", args=[mail.pk])
    shown = sees(manager.get(url))
    assert "lost" in shown
    assert "hush" not in shown
    assert said(manager.post(url, follow=True)) == [f"The letter is on its way to {mail.to} again."]
    assert said(manager.post(url, follow=True)) == ["This letter is already on its way."]
    mail.refresh_from_db()
    assert mail.status == "queued"
    assert AuditEntry.objects.filter(verb="resent").count() == 1


def test_seeing_letters_is_not_sending_them() -> None:
    client = logged_in(with_rights("looks@example.org", "mail.view_outgoingmail"))
    mail = letter(status="failed", error="lost")
    url = reverse("outbox:letter", args=[mail.pk])
    assert "Send it again" not in sees(client.get(url))
    assert client.post(url)["Location"] == "/admin/"
    mail.refresh_from_db()
    assert mail.status == "failed"


def test_messages_are_found_by_what_became_of_them(manager: Client) -> None:
    failed, done = message(status="failed", error="no answer"), message(status="done")
    url = "/admin/payment-messages/results/"
    assert list(manager.get(url, {"status": "failed"}).context["object_list"]) == [failed]
    assert list(manager.get(url, {"q": done.external_id}).context["object_list"]) == [done]


def test_a_message_is_tried_again_as_often_as_one_likes(manager: Client) -> None:
    event = message(status="failed", error="no answer")
    url = reverse("messages:message", args=[event.pk])
    shown = sees(manager.get(url))
    assert "no answer" in shown
    assert "obj_1" in shown
    assert "hush" not in shown
    for attempts in (1, 2):
        assert said(manager.post(url, follow=True)) == ["Tried again: Ignored."]
        event.refresh_from_db()
        assert (event.status, event.attempts) == ("ignored", attempts)


def test_a_message_that_fails_again_says_why(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    event = message()

    def process(event: WebhookEvent, **_more: Any) -> WebhookEvent:
        event.status, event.error = WebhookEvent.Status.FAILED, "No answer."
        return event

    monkeypatch.setattr(records, "process", process)
    response = manager.post(reverse("messages:message", args=[event.pk]), follow=True)
    assert said(response) == ["It failed again: No answer."]


def test_seeing_messages_is_not_repeating_them() -> None:
    client = logged_in(with_rights("looks@example.org", "payments.view_webhookevent"))
    url = reverse("messages:message", args=[message().pk])
    assert "Try it again" not in sees(client.get(url))
    assert client.post(url)["Location"] == "/admin/"


def test_the_trail_says_who_did_what(manager: Client, manager_user: User) -> None:
    record("cancelled", subject="order:ABC", by=manager_user, refund_pence=4550, reason="", places=[1, 2])
    record("booked", subject="order:XYZ", pence=4500)
    url = "/admin/audit-trail/results/"
    assert [entry.subject for entry in manager.get(url).context["object_list"]] == ["order:XYZ", "order:ABC"]
    shown = manager.get(url).content.decode()
    for fact in ("the house itself", "Manager", "places: 1, 2, refund: £45.50", "amount: £45.00"):
        assert fact in shown, fact
    assert [one.subject for one in manager.get(url, {"q": "abc"}).context["object_list"]] == ["order:ABC"]
    by = manager.get(url, {"by": manager_user.pk})
    assert [one.subject for one in by.context["object_list"]] == ["order:ABC"]


def test_what_was_and_what_is_now() -> None:
    entry = record("corrected", subject="x", before={"name": "Ada", "email": ""}, after={"name": "Zoë"}, n=None)
    assert told(entry) == "before:  / Ada, after: Zoë"


@pytest.mark.parametrize(
    ("url", "make"),
    [
        ("/admin/outbox/", letter),
        ("/admin/payment-messages/", message),
        ("/admin/audit-trail/", lambda: record("x", subject="y", by=User.objects.first())),
    ],
)
def test_lists_ask_the_same_number_of_questions(manager: Client, url: str, make: Any) -> None:
    def more(number: int) -> None:
        for _n in range(number):
            make()

    assert len(questions(manager, url, [1, 2, 27], more)) == 1
