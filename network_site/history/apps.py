"""History: the Django app."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "network_site.history"
    label = "history"
    verbose_name = "History"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be found, be told to search engines, and be named on the pages of what is part of the history."""
        from network_site.history import data, findable, offering  # noqa: F401  each registers what it knows
