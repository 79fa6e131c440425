"""What the gateway told us, stored before anything is done about it."""

from django.db import models


class WebhookEvent(models.Model):
    """One message of the gateway; it may come twice, late, or in the wrong order."""

    class Status(models.TextChoices):
        RECEIVED = "received"
        DONE = "done"
        IGNORED = "ignored"
        FAILED = "failed"  # tried again by the worker

    external_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=80)
    is_live = models.BooleanField(default=False)
    payload = models.JSONField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"
