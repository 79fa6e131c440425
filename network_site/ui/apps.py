"""Design: the Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "network_site.ui"
    label = "ui"
    verbose_name = "Design"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Before any template is read."""
        from network_site.ui import fixed_texts

        fixed_texts.install()
