"""Real worker processes: killed in the middle of a job, and asked to end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from network_site.base.jobs import Job, Outcome, run
from network_site.base.models import JobLease, WorkerHeartbeat
from tests.base.slow_job import SLOW

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[bytes]
PATIENCE = 60


def until(condition: Callable[[], Any]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.02)


@pytest.fixture
def worker(real_db: str, tmp_path: Path) -> Iterator[Process]:
    """A worker in the middle of its slow job."""
    database = {key: str(value) for key, value in settings.DATABASES["default"].items() if key in ADDRESS and value}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.base.worker_process", "--name", "first", "--pause", "0.02"],
        cwd=ROOT,
        env={**os.environ, "WORKER_DATABASE": json.dumps(database), "WORKER_FOLDER": str(tmp_path)},
    )
    try:
        until(lambda: (tmp_path / "started").exists() or process.poll() is not None)
        assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.wait()


ADDRESS = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"}


def test_another_worker_takes_over_from_one_that_was_killed(worker: Process) -> None:
    worker.kill()
    worker.wait()
    lease = JobLease.objects.get(name="test.slow")
    assert (lease.holder, lease.last_success_at) == ("first", None)
    assert lease.locked_until is not None
    done: list[str] = []
    same = Job("test.slow", SLOW.every_seconds, lambda now: done.append("second"), SLOW.lease_seconds)
    assert run(same, holder="second", now=lease.locked_until - timedelta(seconds=1)) == Outcome.NOT_DUE
    assert run(same, holder="second", now=lease.locked_until) == Outcome.DONE
    assert done == ["second"]
    lease.refresh_from_db()
    assert (lease.holder, lease.locked_until) == ("second", None)
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asked_to_end_finishes_its_item_and_ends_well(worker: Process, tmp_path: Path, number: int) -> None:
    assert WorkerHeartbeat.objects.get().worker == "first"
    worker.send_signal(number)
    (tmp_path / "go").touch()
    assert worker.wait(PATIENCE) == 0
    assert (tmp_path / "finished").exists()
    lease = JobLease.objects.get(name="test.slow")
    assert (lease.locked_until, lease.last_error) == (None, "")
    assert lease.last_success_at is not None
    connection.close()


def test_a_worker_left_alone_works_on(worker: Process, tmp_path: Path) -> None:
    before = WorkerHeartbeat.objects.get().beat_at
    (tmp_path / "go").touch()
    until(lambda: WorkerHeartbeat.objects.get().beat_at > before)
    assert worker.poll() is None
    connection.close()
