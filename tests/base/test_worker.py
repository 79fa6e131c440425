"""A worker's round: a sign of life, the jobs, the chores."""

import logging
import os
import signal
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from network_site import schedule
from network_site.base import stopping
from network_site.base import worker as module
from network_site.base.jobs import Job, Outcome
from network_site.base.models import Incident, JobLease, WorkerHeartbeat
from network_site.base.worker import Worker, beat, default_name, fail_lost_chores, forget_workers, last_beat, run_chores
from network_site.mail.models import OutgoingMail

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
DONE: list[str] = []


@task(backend="db")
def chore(word: str) -> None:
    """Something queued."""
    DONE.append(word)
    if word == "stop":
        stopping.ask()
    if word == "bad":
        raise ValueError(word)


@pytest.fixture(autouse=True)
def _afresh() -> Any:
    DONE.clear()
    stopping.forget()
    loggers = [logging.getLogger(name) for name in ("django_tasks", "django_tasks_db", "network_site.base")]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    stopping.forget()
    for logger in loggers:
        logger.setLevel(logging.NOTSET)


@pytest.mark.usefixtures("real_db")
def test_a_round_gives_a_sign_of_life_and_runs_jobs_and_chores() -> None:
    chore.enqueue("hello")
    ran: list[datetime] = []
    with time_machine.travel(NOW, tick=False):
        assert Worker(jobs=(Job("test.job", 60, ran.append),), name="one").round() == [Outcome.DONE]
    assert ran == [NOW]
    assert DONE == ["hello"]
    heart = WorkerHeartbeat.objects.get()
    assert (heart.worker, heart.started_at, heart.beat_at) == ("one", NOW, NOW)
    assert str(heart) == "one"


@pytest.mark.usefixtures("real_db")
def test_signs_of_life_are_one_row_a_worker() -> None:
    beat("one", now=NOW)
    beat("two", now=NOW)
    beat("one", now=NOW + timedelta(minutes=1))
    assert dict(WorkerHeartbeat.objects.values_list("worker", "beat_at")) == {
        "one": NOW + timedelta(minutes=1),
        "two": NOW,
    }
    assert set(WorkerHeartbeat.objects.values_list("started_at", flat=True)) == {NOW}
    assert last_beat() == NOW + timedelta(minutes=1)


@pytest.mark.usefixtures("real_db")
def test_a_worker_is_seen_to_live_between_long_jobs() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        worker = Worker(jobs=(), name="one")
        worker.round()
        clock.shift(60)
        worker.sign_of_life()
    assert last_beat() == NOW + timedelta(minutes=1)


@pytest.mark.usefixtures("real_db")
def test_workers_gone_for_a_day_are_forgotten_but_not_the_last() -> None:
    for number in range(3):
        beat(f"old {number}", now=NOW + timedelta(seconds=number))
    assert forget_workers(now=NOW + timedelta(days=2)) == 2
    assert WorkerHeartbeat.objects.get().worker == "old 2"


@pytest.mark.usefixtures("real_db")
def test_a_chore_that_fails_stops_no_other() -> None:
    for word in ("a", "bad", "b"):
        chore.enqueue(word)
    assert run_chores("one") == 3
    assert DONE == ["a", "bad", "b"]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"]


@pytest.mark.usefixtures("real_db")
def test_chores_end_between_two_when_asked_and_a_round_does_a_few() -> None:
    for word in ("a", "stop", "b"):
        chore.enqueue(word)
    assert run_chores("one") == 2
    stopping.forget()
    for _number in range(30):
        chore.enqueue("c")
    assert run_chores("one") == module.CHORES_A_ROUND


@pytest.mark.usefixtures("real_db")
def test_a_chore_whose_worker_died_is_called_failed() -> None:
    chore.enqueue("lost")
    lost = DBTaskResult.objects.get()
    with time_machine.travel(NOW, tick=False):
        lost.claim("dead worker")
    assert fail_lost_chores(now=NOW + timedelta(hours=1)) == 0
    assert fail_lost_chores(now=NOW + timedelta(hours=3)) == 1
    lost.refresh_from_db()
    assert (lost.status, lost.finished_at, lost.traceback) == (
        "FAILED",
        NOW + timedelta(hours=3),
        "The worker was lost.",
    )


@pytest.mark.usefixtures("real_db")
def test_a_worker_runs_until_told_to_stop() -> None:
    rounds: list[datetime] = []

    def stop_at_the_third(now: datetime) -> None:
        rounds.append(now)
        if len(rounds) == 3:
            stopping.ask()

    Worker(jobs=(Job("test.job", 0, stop_at_the_third),), name="one", pause_seconds=0).run()
    assert len(rounds) == 3


@pytest.mark.usefixtures("real_db")
def test_a_database_that_goes_away_costs_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    rounds: list[int] = []

    def round_of(worker: Worker) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("gone")
        stopping.ask()

    monkeypatch.setattr(module.connections, "close_all", lambda: closed.append(True))
    monkeypatch.setattr(Worker, "round", round_of)
    Worker(jobs=(), name="one", pause_seconds=0).run()
    assert (len(rounds), closed) == (2, [True])


def test_a_worker_is_named_for_its_machine_and_process() -> None:
    assert default_name().rpartition(":")[2].isdigit()
    assert len(default_name()) < 64


JOBS = (Job("test.fine", 60, lambda now: DONE.append("fine")),)
BAD_JOBS = (*JOBS, Job("test.bad", 60, lambda now: 1 / 0))


@pytest.mark.usefixtures("real_db")
def test_the_command_runs_what_is_due_once(settings: Any) -> None:
    settings.WORKER_SCHEDULE = "tests.base.test_worker.JOBS"
    call_command("worker", "--once", "--name=cron", stdout=StringIO())
    call_command("worker", "--once", stdout=StringIO())
    assert DONE == ["fine"]
    assert WorkerHeartbeat.objects.filter(worker="cron").exists()


@pytest.mark.usefixtures("real_db")
def test_the_command_says_when_a_job_failed(settings: Any) -> None:
    settings.WORKER_SCHEDULE = "tests.base.test_worker.BAD_JOBS"
    with pytest.raises(CommandError, match="A job failed"):
        call_command("worker", "--once", "--name=cron")
    assert DONE == ["fine"]


@pytest.mark.usefixtures("real_db")
def test_every_job_of_the_site_runs_on_an_empty_database() -> None:
    assert Worker(jobs=schedule.JOBS, name="one").round() == [Outcome.DONE] * len(schedule.JOBS)
    assert not JobLease.objects.exclude(last_error="").exists()
    assert not Incident.objects.exists()


def test_the_jobs_of_the_site_have_names_of_their_own() -> None:
    assert len({job.name for job in schedule.JOBS}) == len(schedule.JOBS)


@pytest.mark.usefixtures("real_db")
def test_the_nightly_audit_tells_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    from events.domain import fsck

    finding = fsck.Finding(kind="ledger", subject="quota:1", sentence="Two books do not agree.")
    monkeypatch.setattr(fsck, "findings", lambda *, now: [finding])
    schedule.audit_tickets(NOW)
    schedule.audit_tickets(NOW)
    (incident,) = Incident.objects.all()
    assert (incident.kind, incident.subject, incident.sentence) == ("ledger", "quota:1", "Two books do not agree.")


@pytest.mark.usefixtures("real_db")
def test_pruning_lets_go_of_what_is_old_only() -> None:
    now = timezone.now()
    for days, name in ((400, "old"), (1, "new")):
        sent = now - timedelta(days=days)
        OutgoingMail.objects.create(
            kind="x",
            to="a@b.org",
            dedupe_key=name,
            payload={"a": 1},
            status="sent",
            sent_at=sent,
            message_id="<x>",
            queued_at=sent,
        )
        JobLease.objects.create(name=f"{name} job", last_started_at=sent)
        JobLease.objects.update_or_create(name="mail.deliver", defaults={"last_started_at": sent})
    schedule.prune(now)
    assert dict(OutgoingMail.objects.values_list("dedupe_key", "payload")) == {"old": {}, "new": {"a": 1}}
    assert set(JobLease.objects.values_list("name", flat=True)) == {"new job", "mail.deliver"}


@pytest.mark.usefixtures("real_db")
def test_a_signal_ends_the_command(settings: Any) -> None:
    settings.WORKER_SCHEDULE = "tests.base.test_worker.SIGNAL_JOBS"
    call_command("worker", "--name=one", "--pause=0")
    assert DONE == ["signal"]


def send_signal(now: datetime) -> None:
    DONE.append("signal")
    os.kill(os.getpid(), signal.SIGTERM)


SIGNAL_JOBS = (Job("test.signal", 60, send_signal),)
