"""Money that came in, money that went back, and money that is disputed."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Payment(models.Model):
    """Money received for one reference; the same money is recorded once."""

    class Method(models.TextChoices):
        STRIPE = "stripe"
        PRACTICE = "practice"

    reference = models.CharField(max_length=80, db_index=True)
    method = models.CharField(max_length=10, choices=Method.choices)
    external_id = models.CharField(max_length=255, help_text="The gateway's own name for it.")
    amount_pence = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    received_at = models.DateTimeField()
    attempt = models.OneToOneField(
        "payments.CheckoutAttempt", null=True, blank=True, on_delete=models.PROTECT, related_name="payment"
    )

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["method", "external_id"], name="same_money_is_recorded_once"),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="payment_is_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.external_id}"


class Refund(models.Model):
    """Money on its way back to whoever paid."""

    class Status(models.TextChoices):
        REQUESTED = "requested"  # decided here; the gateway may or may not know
        SUBMITTED = "submitted"  # the gateway has it
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Origin(models.TextChoices):
        STAFF = "staff"
        LATE_MONEY = "late_money"
        GATEWAY = "gateway"  # made in the gateway's own dashboard

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_pence = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REQUESTED)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.STAFF)
    reason = models.CharField(max_length=300, blank=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    external_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When the gateway last answered about it.")
    settled_at = models.DateTimeField(null=True, blank=True)

    ALLOWED = {
        Status.REQUESTED: {Status.SUBMITTED, Status.SUCCEEDED, Status.FAILED, Status.CANCELLED},
        Status.SUBMITTED: {Status.SUCCEEDED, Status.FAILED, Status.CANCELLED},
        Status.SUCCEEDED: {Status.FAILED},  # a bank may send the money back days later
        Status.FAILED: set(),
        Status.CANCELLED: set(),
    }

    class Meta:
        ordering = ["requested_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="refund_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(requested_by=None) | Q(requested_at__isnull=False),
                name="refund_requested_by_needs_requested_at",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "succeeded"]) | Q(external_id__isnull=False),
                name="submitted_refund_is_known_at_the_gateway",
            ),
        ]

    def __str__(self) -> str:
        return self.idempotency_key


class Dispute(models.Model):
    """Somebody asked their bank for the money back; a human answers before `due_at`."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    external_id = models.CharField(max_length=255, unique=True)
    status = models.CharField(max_length=40)
    amount_pence = models.PositiveIntegerField()
    due_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.external_id
