"""What somebody wrote to us."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message; who wrote it and what is erased after a time, that it came is kept."""

    class Status(models.TextChoices):
        NEW = "new", _("new")
        SUSPECTED = "suspected", _("held: may be advertising")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    # Where a message may go from where it is.
    ALLOWED = {
        Status.NEW: {Status.ANSWERED, Status.CLOSED, Status.SUSPECTED},
        Status.SUSPECTED: {Status.NEW, Status.CLOSED},
        Status.ANSWERED: {Status.NEW, Status.CLOSED},
        Status.CLOSED: {Status.NEW},
    }
    OPEN = (Status.NEW, Status.SUSPECTED)

    reference = models.CharField(max_length=10, unique=True)
    # What makes the same form sent twice the same message.
    key = models.CharField(max_length=64, unique=True)
    topic = models.ForeignKey(
        "contact.ContactTopic", null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    # As it was called; the topic may be renamed or deleted.
    topic_label = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    text = models.TextField(_("message"), blank=True)
    is_copy_wanted = models.BooleanField(default=False)
    # Why it was held, as a list of the names in `domain.suspicion`.
    signs = models.JSONField(default=list, blank=True)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["status", "-received_at"], name="contact_by_status"),
            models.Index(fields=["email"], name="contact_by_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["new", "suspected", "answered", "closed"]), name="message_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="answered", answered_at__isnull=False) | ~Q(status="answered"),
                name="answered_message_says_when",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed"),
                name="closed_message_says_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False),
                name="message_answered_by_needs_answered_at",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False),
                name="message_closed_by_needs_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, erased_by=None) | Q(erased_at__isnull=False),
                name="message_erased_by_needs_erased_at",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", organisation="", text=""),
                name="erased_message_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | (~Q(text="") & ~Q(email="")),
                name="message_says_something_and_can_be_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject_key(self) -> str:
        """What the audit trail calls this message."""
        return f"message:{self.reference}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.status in self.OPEN
