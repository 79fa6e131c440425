"""Addresses people asked for in vain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissedAddress(models.Model):
    """How often a path that leads nowhere was asked for on one day; no more is known, not who and not from where."""

    path = models.CharField(_("address"), max_length=255)
    asked_on = models.DateField(_("asked on"))
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        ordering = ["-asked_on", "-times"]
        verbose_name = _("address asked for in vain")
        verbose_name_plural = _("addresses asked for in vain")
        constraints = [
            models.UniqueConstraint(fields=["path", "asked_on"], name="missed_address_is_counted_once_a_day"),
            models.CheckConstraint(condition=models.Q(times__gte=1), name="missed_address_was_asked_for"),
        ]

    def __str__(self) -> str:
        return self.path
