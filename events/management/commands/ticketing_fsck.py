"""Prove the ledger of places: `manage.py ticketing_fsck [--fix]`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from events.domain.fsck import findings, repair


class Command(BaseCommand):
    """Say in sentences where the books do not agree; ends with code 1 if they do not."""

    help = "Compare quotas, claims, orders, payments, refunds and letters, and say where they do not agree."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="repair the counts and let go of orphaned claims")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        if fix:
            for sentence in repair(by=None):
                self.stdout.write(f"repaired: {sentence}")
        found = findings()
        for finding in found:
            self.stdout.write(f"{finding.kind}: {finding.subject}: {finding.sentence}")
        if found:
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("The ledger is proved: every book says the same."))
