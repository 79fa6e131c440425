"""Base: the Django app."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "network_site.base"
    label = "base"
    verbose_name = "Base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch what editors change and what they upload."""
        from network_site.base import changes, uploads

        changes.watch()
        uploads.watch()
