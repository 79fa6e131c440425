"""The worker: a sign of life, the periodic jobs, the queued chores, again and again until told to stop."""

import logging
import os
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as ChoreWorker
from django_tasks_db.models import DBTaskResult

from network_site.base import stopping
from network_site.base.jobs import Job, Outcome, run_due
from network_site.base.models import WorkerHeartbeat

logger = logging.getLogger(__name__)
CHORES = "db"
CHORES_A_ROUND = 20
PAUSE_SECONDS = 1.0
FORGET_WORKERS_AFTER = timedelta(days=1)
# A chore that runs longer than this lost its worker.
LOST_CHORE_AFTER = timedelta(hours=2)


def default_name() -> str:
    """This process’s name among the workers."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}"


@dataclass
class Worker:
    """One worker process; `jobs` are the periodic ones."""

    jobs: tuple[Job, ...]
    name: str = field(default_factory=default_name)
    pause_seconds: float = PAUSE_SECONDS

    def run(self) -> None:
        """Work until told to stop. A database that goes away costs a round, not the worker."""
        logger.info("The worker %s starts", self.name)
        while not stopping.is_asked():
            try:
                self.round()
            except Error:
                logger.exception("The database does not answer; the worker tries again")
                connections.close_all()
            close_old_connections()
            stopping.wait(self.pause_seconds)
        logger.info("The worker %s ends", self.name)

    def round(self) -> list[Outcome]:
        """Everything that is due now, once."""
        beat(self.name, now=timezone.now())
        outcomes = run_due(self.jobs, holder=self.name, clock=self.sign_of_life, stop=stopping.is_asked)
        run_chores(self.name)
        return outcomes

    def sign_of_life(self) -> datetime:
        """The time; the worker is seen to live at each job and not only at each round."""
        now = timezone.now()
        WorkerHeartbeat.objects.filter(worker=self.name, beat_at__lt=now - timedelta(seconds=5)).update(beat_at=now)
        return now


def beat(worker: str, *, now: datetime) -> None:
    """Say that `worker` lives."""
    WorkerHeartbeat.objects.update_or_create(
        worker=worker, defaults={"beat_at": now}, create_defaults={"started_at": now, "beat_at": now}
    )


def run_chores(name: str) -> int:
    """Do what was queued with `task.using(backend="db")`, a few at a time; returns how many were tried."""
    done = 0
    while done < CHORES_A_ROUND and not stopping.is_asked():
        if not DBTaskResult.objects.ready().filter(backend_name=CHORES).exists():
            break
        ChoreWorker(
            queue_names=["*"], interval=0, batch=True, backend_name=CHORES, startup_delay=False, max_tasks=1,
            worker_id=name[:64], excluded_queue_names=[],
        ).run()  # fmt: skip
        done += 1
    return done


def fail_lost_chores(*, now: datetime) -> int:
    """Say of chores whose worker died that they failed; the package leaves them running for ever."""
    lost = DBTaskResult.objects.running().filter(backend_name=CHORES, started_at__lt=now - LOST_CHORE_AFTER)
    failed: int = lost.update(
        status="FAILED", finished_at=now, exception_class_path="builtins.SystemExit", traceback="The worker was lost."
    )
    return failed


def forget_workers(*, now: datetime) -> int:
    """Forget workers that ended long ago; the last sign of life is kept however old it is."""
    last = WorkerHeartbeat.objects.order_by("-beat_at").values_list("pk", flat=True)[:1]
    old = WorkerHeartbeat.objects.filter(beat_at__lt=now - FORGET_WORKERS_AFTER).exclude(pk__in=list(last))
    return old.delete()[0]


def last_beat() -> datetime | None:
    """The newest sign of life of any worker."""
    return WorkerHeartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
