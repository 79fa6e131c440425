"""Payments: the Django app."""

from django.apps import AppConfig
from django.core.checks import register


class PaymentsConfig(AppConfig):
    name = "network_site.payments"
    label = "payments"
    verbose_name = "Payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from network_site.payments.checks import payments_are_safe

        register(payments_are_safe)
