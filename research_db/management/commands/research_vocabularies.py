"""The command that adds the facets and terms the research database starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from research_db.domain.vocabularies import content, lay_out


class Command(BaseCommand):
    """Adds what is missing and changes nothing else; may run any number of times."""

    help = "Adds the facets and terms the research database starts with; keeps what editors changed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Terms added: {lay_out(content())}.")
