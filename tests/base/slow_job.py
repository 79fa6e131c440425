"""A schedule of one job that writes `started` into a folder, waits for `go` there, and writes `finished`."""

import os
import time
from datetime import datetime
from pathlib import Path

from network_site.base.jobs import Job

PATIENCE = 60


def slow(now: datetime) -> None:
    """The job: as long as the test wants."""
    folder = Path(os.environ["WORKER_FOLDER"])
    (folder / "started").touch()
    give_up = time.monotonic() + PATIENCE
    while not (folder / "go").exists():
        if time.monotonic() > give_up:
            raise TimeoutError
        time.sleep(0.02)
    (folder / "finished").touch()


SLOW = Job("test.slow", every_seconds=3600, run=slow, lease_seconds=600)
JOBS = (SLOW,)
