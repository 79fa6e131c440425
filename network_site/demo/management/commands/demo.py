"""`manage.py demo`: from nothing to a site with content, accounts, worker and web server."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from network_site.demo.accounts import ACCOUNTS, PASSWORD
from network_site.demo.seed import seed


class Command(BaseCommand):
    """Safe to repeat: what is there is kept."""

    help = "Migrate, fill an empty database with demonstration content, start the worker and the site."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--only-seed", action="store_true", help="prepare the database and stop")

    def handle(self, *args: Any, host: str, port: int, only_seed: bool, **options: Any) -> None:
        if not settings.IS_DEMONSTRATION:
            raise CommandError("This is not a demonstration site: refusing to put invented content into it.")
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0)
        if seed():
            self.stdout.write("Demonstration content is in place.")
        if not only_seed:
            address = f"http://{host}:{port}"
            os.environ.setdefault("SITE_URL", address)  # what letters and tickets of the processes below lead to
            os.environ.setdefault("DEBUG", "False")  # mistakes are shown as visitors see them
            self._announce(address)
            self._serve(host, port)

    def _announce(self, address: str) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nThe site:     {address}/"))
        self.stdout.write(f"The admin:    {address}/admin/\nIts letters:  {address}/dev/mail/\n")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<24} {account.role}")
        self.stdout.write(f"  the password of each: {PASSWORD}\n\nStop with Ctrl-C.\n")

    def _serve(self, host: str, port: int) -> None:
        """Run worker and web server until one ends or somebody stops us; then end both."""
        python = sys.executable
        processes = [
            subprocess.Popen([python, "manage.py", "worker"]),  # noqa: S603
            subprocess.Popen(  # noqa: S603
                [
                    python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
                    "--blocking-threads", "2", "--log-level", "warning", "network_site.wsgi:application",
                ]
            ),
        ]  # fmt: skip

        def stop(_signal: int, _frame: FrameType | None) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, stop)
        try:
            processes[1].wait()
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=30)
