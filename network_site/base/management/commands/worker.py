"""`manage.py worker`: the periodic jobs and the queued chores."""

import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network_site.base import loaded, stopping
from network_site.base.jobs import Outcome, schedule
from network_site.base.worker import PAUSE_SECONDS, Worker, default_name


class Command(BaseCommand):
    help = "Run the periodic jobs and the queued chores until stopped; --once runs what is due and ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options."""
        parser.add_argument("--once", action="store_true", help="run what is due now and end, for cron")
        parser.add_argument(
            "--name", default="", help="this worker’s name; made from the machine and process if absent"
        )
        parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds between two rounds")

    def handle(self, *, once: bool, name: str, pause: float, **options: Any) -> None:
        """Work; SIGTERM and SIGINT let the current item finish and end with 0."""
        stopping.forget()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask_to_stop)
        worker = Worker(jobs=schedule(), name=name or default_name(), pause_seconds=pause)
        if not once:
            loaded.keep()
            loaded.look_rarely()
            worker.run()
        elif Outcome.FAILED in worker.round():
            raise CommandError("A job failed; the log says which.")


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    """A signal came: end after the current item."""
    stopping.ask()
