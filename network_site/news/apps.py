"""News: the Django app."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "network_site.news"
    label = "news"
    verbose_name = "News"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the other rooms what there is to read."""
        from network_site.news import findable, offering, structured  # noqa: F401
