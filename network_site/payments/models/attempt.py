"""One try at taking money on a page the gateway hosts."""

from django.db import models
from django.db.models import Q


class CheckoutAttempt(models.Model):
    """A payable page for one reference; there is never more than one that can still be paid.

    `frozen_params` are what the gateway is asked with, byte for byte, however often the call must be repeated.
    """

    class Status(models.TextChoices):
        CREATING = "creating"  # written down; the gateway may or may not know
        OPEN = "open"  # the page exists and can be paid
        COMPLETE = "complete"  # paid and settled
        EXPIRED = "expired"  # the gateway says it can no longer be paid
        ABANDONED = "abandoned"  # the page was never made

    reference = models.CharField(max_length=80, db_index=True, help_text="What is paid for, such as order:ABC123.")
    number = models.PositiveIntegerField()
    gateway = models.CharField(max_length=20)
    idempotency_key = models.CharField(max_length=120, unique=True)
    frozen_params = models.JSONField()
    amount_pence = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CREATING)
    session_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    page_url = models.URLField(max_length=2000, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="The last thing the gateway said, such as a decline.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)

    ALLOWED = {
        Status.CREATING: {Status.OPEN, Status.COMPLETE, Status.EXPIRED, Status.ABANDONED},
        Status.OPEN: {Status.COMPLETE, Status.EXPIRED},
        Status.COMPLETE: set(),
        Status.EXPIRED: {Status.COMPLETE},
        Status.ABANDONED: {Status.COMPLETE},
    }

    class Meta:
        ordering = ["reference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "number"], name="attempt_number_is_used_once"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(status__in=["creating", "open"]),
                name="one_payable_page_a_reference",
            ),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="attempt_asks_for_money"),
            models.CheckConstraint(
                condition=~Q(status__in=["open", "complete"]) | Q(session_id__isnull=False),
                name="open_attempt_has_a_session",
            ),
        ]

    def __str__(self) -> str:
        return self.idempotency_key
