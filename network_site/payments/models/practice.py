"""What the practice gateway remembers, as a real gateway would on its own machines."""

from django.db import models
from django.db.models import Q


class PracticeSession(models.Model):
    """A payable page on which nobody pays; only the practice gateway reads or writes it."""

    class Status(models.TextChoices):
        OPEN = "open"
        COMPLETE = "complete"
        EXPIRED = "expired"

    session_id = models.CharField(max_length=80, primary_key=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    params = models.JSONField()
    amount_pence = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    payment_id = models.CharField(max_length=80, null=True, blank=True, unique=True)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="complete") | Q(payment_id__isnull=False), name="practice_payment_has_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.session_id


class PracticeRefund(models.Model):
    """Practice money on its way back."""

    refund_id = models.CharField(max_length=80, primary_key=True)
    session = models.ForeignKey(PracticeSession, on_delete=models.PROTECT, related_name="refunds")
    idempotency_key = models.CharField(max_length=120, unique=True)
    amount_pence = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.refund_id
