"""Sharing: the Django app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "network_site.sharing"
    label = "sharing"
    verbose_name = "Sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Know people and partners."""
        from network_site.sharing import people  # noqa: F401
