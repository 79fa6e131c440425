"""The research database: the Django app."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "research_db"
    label = "research_db"
    verbose_name = "Research"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be found and told of; let nothing delete what visitors could read; forget people."""
        from research_db import findable, keeping, structured  # noqa: F401  registers what it knows
        from research_db.alerts import saving  # noqa: F401  registers what it forgets

        keeping.watch()
