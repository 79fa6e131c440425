"""Mail: the Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MailConfig(AppConfig):
    name = "network_site.mail"
    label = "mail"
    verbose_name = "Mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app that writes letters register its kinds: its module `emails`."""
        from network_site.mail import notices  # noqa: F401  carries what rooms tell staff

        autodiscover_modules("emails")
