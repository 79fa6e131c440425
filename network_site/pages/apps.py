"""Pages: the Django app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "network_site.pages"
    label = "pages"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from network_site.pages import findable, offering, structured  # noqa: F401
