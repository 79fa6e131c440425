"""Two workers at the same letter: one sends it. The control shows that without the claim both would."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.core.mail import get_connection
from django.db import connection, connections
from django.db.models import F

from network_site.mail import outbox
from network_site.mail.models import OutgoingMail
from tests.mail.conftest import Inbox

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
WORKERS = 4


def race(work: Callable[[], object]) -> list[BaseException]:
    """Let several threads do the same at the same moment; what they raised."""
    start, failures = Barrier(WORKERS), []

    def run() -> None:
        try:
            start.wait(20)
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failures


def send_everything() -> None:
    """What `deliver_due` does after it looked: everybody saw the same letters waiting."""
    line = get_connection()
    pks = list(OutgoingMail.objects.order_by("pk").values_list("pk", flat=True))
    try:
        outbox.send_all(pks, line=line, now=NOW)
    finally:
        line.close()


@pytest.fixture
def ten_letters(real_db: str, promise: Callable[..., OutgoingMail], inbox: Inbox) -> Inbox:
    for number in range(10):
        promise(f"order_paid:{number}", to=f"n{number}@example.org")
    OutgoingMail.objects.update(next_attempt_at=NOW)
    connection.close()
    return inbox


def test_workers_at_the_same_letters_send_each_once(ten_letters: Inbox) -> None:
    assert race(send_everything) == []
    assert sorted(str(message["To"]) for message in ten_letters.messages) == [f"n{n}@example.org" for n in range(10)]
    assert set(OutgoingMail.objects.values_list("status", "attempts")) == {("sent", 1)}


def test_without_the_claim_letters_are_sent_twice(ten_letters: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(WORKERS)

    def look_then_leap(pk: int, *, now: datetime) -> OutgoingMail | None:
        waiting = OutgoingMail.objects.filter(pk=pk, status="queued").exists()
        together.wait(20)
        OutgoingMail.objects.filter(pk=pk).update(status="sending", claimed_at=now, attempts=F("attempts") + 1)
        together.wait(20)
        return OutgoingMail.objects.get(pk=pk) if waiting else None

    monkeypatch.setattr(outbox, "claim", look_then_leap)
    assert race(send_everything) == []
    assert len(ten_letters.messages) == 10 * WORKERS


def test_a_promise_raced_for_is_made_once(real_db: str) -> None:
    made: list[bool] = []

    def promise_it() -> None:
        made.append(outbox.queue("test.plain", to="ada@example.org", dedupe_key="order_paid:A", payload={}))

    assert race(promise_it) == []
    assert sorted(made) == [False] * (WORKERS - 1) + [True]
    assert OutgoingMail.objects.count() == 1
