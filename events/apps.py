"""Conferences: the Django app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = "Conferences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of money that came in and went back, know the letters, and show people their bookings."""
        from events import emails, findable, offering, structured  # noqa: F401  register their kinds
        from events.domain import settlement
        from events.views import my_bookings  # noqa: F401  registers its panel
        from network_site.payments.signals import payment_refunded, payment_settled

        payment_settled.connect(settlement.on_payment_settled, dispatch_uid="events.settled")
        payment_refunded.connect(settlement.on_payment_refunded, dispatch_uid="events.refunded")
