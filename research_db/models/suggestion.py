"""What visitors suggest for the database, until an editor decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Suggestion(models.Model):
    """A publication somebody misses. Who they are is kept until they have been answered, and no longer."""

    class State(models.TextChoices):
        NEW = "new", _("To decide")
        ACCEPTED = "accepted", _("Taken in as a draft")
        REFUSED = "refused", _("Refused")
        DUPLICATE = "duplicate", _("Here already")

    # The same form sent twice is one suggestion.
    key = models.CharField(max_length=64, unique=True, editable=False)
    title = models.TextField(_("title"), blank=True)
    scheme = models.CharField(max_length=10, blank=True)
    value = models.CharField(_("number"), max_length=255, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    authors = models.CharField(_("authors"), max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    why = models.TextField(_("why"), blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    reason = models.TextField(_("reason"), blank=True)
    publication = models.ForeignKey(
        "research_db.Publication", null=True, blank=True, on_delete=models.SET_NULL, related_name="suggestions"
    )
    received_at = models.DateTimeField(_("came in"))
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(value="") | ~Q(url=""), name="suggestion_says_what_it_is_about"
            ),
            models.CheckConstraint(
                condition=Q(state="new", decided_at=None, decided_by=None)
                | (~Q(state="new") & Q(decided_at__isnull=False)),
                name="suggestion_decided_at_once_with_state",
            ),
            models.CheckConstraint(
                condition=Q(state="new") | Q(name="", email=""), name="suggestion_forgets_who_when_decided"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="refusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.title or self.value or self.url
