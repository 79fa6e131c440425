"""The outbox: one row for each letter the house promised to send."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network_site.mail.kinds import name_of


class OutgoingMail(models.Model):
    """A letter on its way; `dedupe_key` says which promise it keeps, and no promise is kept twice."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        UNKNOWN = "unknown", _("perhaps sent")

    kind = models.CharField(max_length=60)
    to = models.EmailField()
    dedupe_key = models.CharField(max_length=160, unique=True)
    payload = models.JSONField(default=dict, blank=True)
    reply_to = models.EmailField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often staff asked for one more copy of a letter that had been sent.
    copies = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # When the payload was emptied; who got what stays known.
    pruned_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name = _("outgoing letter")
        verbose_name_plural = _("outgoing letters")
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(status="queued"), name="mail_due"),
            models.Index(fields=["claimed_at"], condition=Q(status="sending"), name="mail_being_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["queued", "sending", "sent", "failed", "unknown"]), name="mail_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="queued") | Q(next_attempt_at__isnull=False), name="queued_mail_has_its_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="sending") | Q(claimed_at__isnull=False, attempts__gte=1),
                name="mail_being_sent_is_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | (Q(sent_at__isnull=False) & ~Q(message_id="")),
                name="sent_mail_says_when_and_under_which_id",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["failed", "unknown"]) | ~Q(error=""), name="undelivered_mail_says_why"
            ),
            models.CheckConstraint(
                condition=Q(pruned_at=None) | Q(status="sent", payload={}), name="only_sent_mail_is_pruned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    @property
    def name(self) -> str:
        """What people call such a letter."""
        return name_of(self.kind)

    @property
    def subject_key(self) -> str:
        """What incidents and the audit trail call this letter."""
        return f"mail:{self.pk}"
