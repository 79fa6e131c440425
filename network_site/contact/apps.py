"""Contact: the Django app."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "network_site.contact"
    label = "contact"
    verbose_name = "Contact"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer what waits, and the question at the foot of pages."""
        from network_site.contact import offering  # noqa: F401
