"""`manage.py words`: bring the .po files up to what the code says, and compile them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network_site.base import words


class Command(BaseCommand):
    """Needs polib, which only developers have; a site in use needs the compiled files and nothing else."""

    help = "Find the words to translate, add the new ones to the .po files, and compile these."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where a file is behind the code")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        behind = [
            line for file in sorted(words.FOLDER.glob("*/LC_MESSAGES/django.po")) for line in self._file(file, check)
        ]
        for line in behind:
            self.stdout.write(line)
        if behind and check:
            raise CommandError("The words are behind the code: run manage.py words and translate what is new.")

    def _file(self, file: Path, check: bool) -> list[str]:
        """What was, or would be, changed in one language."""
        from network_site.base import wordlists

        catalogue = wordlists.read(file)
        changes = wordlists.bring_up(catalogue)
        if check:
            return changes + ([] if wordlists.is_compiled(file) else [f"{file.with_suffix('.mo').name} is old"])
        wordlists.write(catalogue, file)
        return changes
