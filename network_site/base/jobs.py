"""Periodic jobs: each runs in one worker at a time, and once after a pause however long."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from network_site.base.incidents import open_incident, resolve_incident
from network_site.base.models import Incident, JobLease

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """What runs how often; `run` gets the time, and may be cut off and repeated at any moment.

    `lease_seconds` is how long a worker that died keeps others away; longer than the job ever takes.
    """

    name: str
    every_seconds: int
    run: Callable[[datetime], object]
    lease_seconds: int = 300


class Outcome(StrEnum):
    """What became of a job in this round."""

    NOT_DUE = "not due"
    DONE = "done"
    FAILED = "failed"


def schedule() -> tuple[Job, ...]:
    """The jobs of this site, from `settings.WORKER_SCHEDULE`."""
    jobs: tuple[Job, ...] = import_string(settings.WORKER_SCHEDULE)
    return jobs


def due(jobs: Iterable[Job], *, now: datetime) -> list[Job]:
    """Which of `jobs` may be taken now, with one question to the database; taking one asks again."""
    leases = {lease.name: lease for lease in JobLease.objects.all()}
    return [job for job in jobs if job.name not in leases or is_due(leases[job.name], job=job, now=now)]


def is_due(lease: JobLease, *, job: Job, now: datetime) -> bool:
    """Whether it is time, and nobody runs it; a lease that ended by itself belonged to a worker that died."""
    if lease.locked_until:
        return lease.locked_until <= now
    return lease.last_started_at is None or lease.last_started_at <= now - timedelta(seconds=job.every_seconds)


def take(job: Job, *, holder: str, now: datetime) -> bool:
    """Take the job for `holder` by compare-and-set; False when it is not due or another worker was quicker."""
    JobLease.objects.get_or_create(name=job.name)
    time_has_come = Q(last_started_at=None) | Q(last_started_at__lte=now - timedelta(seconds=job.every_seconds))
    free = (Q(locked_until=None) & time_has_come) | Q(locked_until__lte=now)
    taken = JobLease.objects.filter(free, name=job.name).update(
        locked_until=now + timedelta(seconds=job.lease_seconds), holder=holder, last_started_at=now
    )
    return bool(taken)


def run(job: Job, *, holder: str, now: datetime) -> Outcome:
    """Run the job if it is due; what it raises is logged and kept, and never stops the others."""
    if not take(job, holder=holder, now=now):
        return Outcome.NOT_DUE
    try:
        job.run(now)
    except Exception as error:
        logger.exception("The job %s failed", job.name)
        give_back(job, holder=holder, now=now, error=f"{type(error).__name__}: {error}"[:2000])
        return Outcome.FAILED
    give_back(job, holder=holder, now=now)
    return Outcome.DONE


def give_back(job: Job, *, holder: str, now: datetime, error: str = "") -> None:
    """End the lease, unless it ran out and another worker has it; failing twice running becomes an incident."""
    before = JobLease.objects.filter(name=job.name).values_list("last_error", flat=True).first()
    mine = JobLease.objects.filter(name=job.name, holder=holder, last_started_at=now)
    with transaction.atomic():
        if not mine.update(locked_until=None, last_error=error, **({} if error else {"last_success_at": now})):
            return
        if error and before:
            complain(job, error=error)
        elif before:
            for incident in Incident.objects.filter(kind="job.failed", subject=f"job:{job.name}", resolved_at=None):
                resolve_incident(incident, by=None, resolution=_("It runs again."))


def complain(job: Job, *, error: str) -> None:
    """Tell staff that a job does not get through."""
    open_incident(
        "job.failed",
        subject=f"job:{job.name}",
        sentence=_("The periodic job “%(job)s” failed twice running: %(error)s") % {"job": job.name, "error": error},
        advice=_("Tell a developer; the worker’s log has the details. It is tried again by itself."),
    )


def run_due(
    jobs: Iterable[Job], *, holder: str, clock: Callable[[], datetime], stop: Callable[[], bool]
) -> list[Outcome]:
    """Run every job that is due, until told to stop."""
    outcomes: list[Outcome] = []
    for job in due(jobs, now=clock()):
        if stop():
            break
        outcomes.append(run(job, holder=holder, now=clock()))
    return outcomes
