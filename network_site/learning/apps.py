"""Learning: the Django app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "network_site.learning"
    label = "learning"
    verbose_name = "Courses and resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the other rooms what there is to learn from."""
        from network_site.learning import findable, offering, structured  # noqa: F401
