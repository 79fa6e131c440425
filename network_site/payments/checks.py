"""System checks: real visitors never meet practice payments, and a demonstration never takes real money."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

PRACTICE = "network_site.payments.practice_gateway.PracticeGateway"


def payments_are_safe(app_configs: Sequence[AppConfig] | None = None, **_others: Any) -> list[CheckMessage]:
    """Every way in which the payment settings would cheat somebody."""
    return [Error(sentence, hint=hint, id=name) for is_wrong, sentence, hint, name in _questions(settings) if is_wrong]


def _questions(place: Any) -> list[tuple[bool, str, str, str]]:
    is_practice = place.PAYMENTS_GATEWAY == PRACTICE
    is_for_show = place.DEBUG or place.IS_DEMONSTRATION
    return [
        (
            is_practice and not is_for_show,
            "The public site would hand out places for practice money.",
            "Set STRIPE_SECRET_KEY, or IS_DEMONSTRATION where everything is invented.",
            "payments.E001",
        ),
        (
            not is_practice and not place.STRIPE_WEBHOOK_SECRET.strip(),
            "Stripe's messages could not be verified, so payments would be noticed late.",
            "Set STRIPE_WEBHOOK_SECRET to the signing secret of the webhook endpoint.",
            "payments.E002",
        ),
        (
            place.IS_DEMONSTRATION and "_live_" in place.STRIPE_SECRET_KEY,
            "A demonstration would take real money.",
            "Use a test key, or unset IS_DEMONSTRATION.",
            "payments.E003",
        ),
    ]
