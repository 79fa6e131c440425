"""Periodic jobs run when it is time, in one worker, once after a pause, and a failing one stops no other."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import override_settings

from network_site.base import jobs
from network_site.base.jobs import Job, Outcome, run, run_due, take
from network_site.base.models import Incident, JobLease

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.getLogger("network_site.base.jobs").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("network_site.base.jobs").setLevel(logging.NOTSET)


def counted() -> tuple[list[datetime], Job]:
    ran: list[datetime] = []
    return ran, Job("test.minute", 60, ran.append, lease_seconds=300)


def broken(now: datetime) -> None:
    raise ValueError("no")


def round_of(*given: Job, now: datetime = NOW, stop: Callable[[], bool] = lambda: False) -> list[Outcome]:
    return run_due(given, holder="one", clock=lambda: now, stop=stop)


@pytest.mark.django_db
def test_a_job_runs_at_first_and_then_when_its_time_has_come() -> None:
    ran, job = counted()
    outcomes = [run(job, holder="one", now=NOW + timedelta(seconds=second)) for second in (0, 1, 59, 60, 61, 120)]
    assert outcomes == ["done", "not due", "not due", "done", "not due", "done"]
    assert ran == [NOW, NOW + MINUTE, NOW + 2 * MINUTE]


@pytest.mark.django_db
def test_after_a_long_pause_a_job_catches_up_once() -> None:
    ran, job = counted()
    run(job, holder="one", now=NOW)
    late = NOW + timedelta(days=3)
    assert [run(job, holder="one", now=late + timedelta(seconds=n)) for n in range(5)].count(Outcome.DONE) == 1
    assert len(ran) == 2


@pytest.mark.django_db
def test_success_is_remembered_and_the_lease_is_given_back() -> None:
    _ran, job = counted()
    run(job, holder="one", now=NOW)
    lease = JobLease.objects.get()
    assert (lease.name, lease.holder, lease.locked_until) == ("test.minute", "one", None)
    assert (lease.last_started_at, lease.last_success_at, lease.last_error) == (NOW, NOW, "")
    assert str(lease) == "test.minute"


@pytest.mark.django_db
def test_a_job_that_is_running_is_nobody_elses() -> None:
    ran, job = counted()
    assert take(job, holder="one", now=NOW)
    for later in (0, 60, 299):
        assert run(job, holder="two", now=NOW + timedelta(seconds=later)) == Outcome.NOT_DUE
    assert round_of(job, now=NOW + 4 * MINUTE) == []
    assert run(job, holder="two", now=NOW + timedelta(seconds=300)) == Outcome.DONE
    assert len(ran) == 1


@pytest.mark.django_db
def test_a_worker_that_comes_back_from_the_dead_does_not_end_anothers_lease() -> None:
    _ran, job = counted()
    take(job, holder="one", now=NOW)
    later = NOW + 10 * MINUTE
    take(job, holder="two", now=later)
    jobs.give_back(job, holder="one", now=NOW)
    lease = JobLease.objects.get()
    assert (lease.holder, lease.locked_until, lease.last_success_at) == ("two", later + 5 * MINUTE, None)


@pytest.mark.django_db
def test_what_a_job_raises_is_kept_and_the_others_go_on() -> None:
    ran, job = counted()
    assert round_of(Job("test.broken", 60, broken), job) == [Outcome.FAILED, Outcome.DONE]
    assert ran == [NOW]
    lease = JobLease.objects.get(name="test.broken")
    assert (lease.last_error, lease.last_success_at, lease.locked_until) == ("ValueError: no", None, None)
    assert not Incident.objects.exists()


@pytest.mark.django_db
def test_staff_hear_of_a_job_that_fails_twice_running_and_of_its_recovery() -> None:
    bad = Job("test.job", 60, broken)
    assert [run(bad, holder="one", now=NOW + n * MINUTE) for n in range(3)] == [Outcome.FAILED] * 3
    (incident,) = Incident.objects.all()
    assert (incident.kind, incident.subject) == ("job.failed", "job:test.job")
    assert "“test.job” failed twice running: ValueError: no" in incident.sentence
    run(Job("test.job", 60, lambda now: None), holder="one", now=NOW + 9 * MINUTE)
    incident.refresh_from_db()
    assert incident.resolved_at is not None
    assert JobLease.objects.get().last_error == ""


@pytest.mark.django_db
def test_a_failure_that_passes_is_no_incident() -> None:
    run(Job("test.job", 60, broken), holder="one", now=NOW)
    run(Job("test.job", 60, lambda now: None), holder="one", now=NOW + MINUTE)
    run(Job("test.job", 60, broken), holder="one", now=NOW + 2 * MINUTE)
    assert not Incident.objects.exists()


@pytest.mark.django_db
def test_a_round_ends_between_two_jobs_when_asked() -> None:
    ran, job = counted()
    stop = iter([False, True])
    assert round_of(job, Job("test.other", 60, ran.append), stop=lambda: next(stop)) == [Outcome.DONE]
    assert len(ran) == 1


@pytest.mark.django_db
def test_a_round_with_nothing_due_asks_the_database_once(django_assert_num_queries: Callable[..., object]) -> None:
    given = [Job(f"test.{number}", 60, lambda now: None) for number in range(5)]
    round_of(*given)
    with django_assert_num_queries(1):
        assert round_of(*given, now=NOW + timedelta(seconds=30)) == []


def race(workers: int, job: Job) -> list[Outcome]:
    start, outcomes = Barrier(workers), []

    def work(name: str) -> None:
        start.wait(20)
        try:
            outcomes.append(run(job, holder=name, now=NOW))
        finally:
            connections.close_all()

    threads = [Thread(target=work, args=(f"worker {number}",)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)


def test_workers_racing_for_a_job_run_it_once(real_db: str) -> None:
    for number in range(5):
        ran: list[datetime] = []
        job = Job(f"test.{number}", 60, ran.append)
        assert race(4, job) == [Outcome.DONE] + [Outcome.NOT_DUE] * 3
        assert ran == [NOW]


def test_without_the_lease_every_worker_would_run_it(real_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Barrier(4)

    def look_then_take(job: Job, *, holder: str, now: datetime) -> bool:
        lease = JobLease.objects.get_or_create(name=job.name)[0]
        is_free = lease.locked_until is None and lease.last_started_at is None
        seen.wait(20)
        JobLease.objects.filter(pk=lease.pk).update(locked_until=now + MINUTE, holder=holder, last_started_at=now)
        return is_free

    monkeypatch.setattr(jobs, "take", look_then_take)
    ran: list[datetime] = []
    assert race(4, Job("test.job", 60, ran.append)) == [Outcome.DONE] * 4
    assert len(ran) == 4


@override_settings(WORKER_SCHEDULE="tests.base.slow_job.JOBS")
def test_the_schedule_is_named_in_the_settings() -> None:
    assert [job.name for job in jobs.schedule()] == ["test.slow"]
