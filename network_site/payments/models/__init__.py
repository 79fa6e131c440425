"""Money that is asked for, came in and went back, and what the gateway told us about it."""

from network_site.payments.models.attempt import CheckoutAttempt
from network_site.payments.models.payment import Dispute, Payment, Refund
from network_site.payments.models.practice import PracticeRefund, PracticeSession
from network_site.payments.models.webhook import WebhookEvent

__all__ = [
    "CheckoutAttempt",
    "Dispute",
    "Payment",
    "PracticeRefund",
    "PracticeSession",
    "Refund",
    "WebhookEvent",
]
