"""The research database: the Django app."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "research_db"
    label = "research_db"
    verbose_name = "Research"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the room offers to pages, to the sitemap and to search engines."""
        from research_db import offering  # noqa: F401  each registers what it knows
