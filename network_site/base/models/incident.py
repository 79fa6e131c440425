"""What staff must look at: a promise that may be broken, until somebody says it is settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Incident(models.Model):
    """One open question about one subject; the same question is asked once while it is open."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, help_text="What it is about, such as order:ABC123.")
    sentence = models.TextField(help_text="What happened, in words a colleague understands.")
    advice = models.TextField(blank=True, help_text="What to do about it.")
    data = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolution = models.TextField(blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(resolved_at=None),
                name="one_open_incident_per_question",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None) | Q(resolved_at__isnull=False),
                name="incident_resolved_by_needs_resolved_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"
