"""The ledger: how much room there is, and who holds which part of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.conference import Conference


class Quota(models.Model):
    """Room that can run out, shared by the ticket types that draw on it.

    `taken` is the sum of the active claims' units, always; the database refuses more than `size`.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="quotas")
    name = models.CharField(_("name"), max_length=100)
    size = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: it never runs out."))
    taken = models.PositiveIntegerField(default=0, editable=False)
    is_closed = models.BooleanField(_("closed"), default=False, help_text=_("Nothing more is sold from it."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "name"], name="quota_name_is_used_once"),
            models.CheckConstraint(condition=Q(size=None) | Q(taken__lte=F("size")), name="never_oversold"),
            models.CheckConstraint(condition=Q(taken__gte=0), name="never_less_than_nothing_taken"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int | None:
        """Units still free; None where it never runs out."""
        return None if self.size is None else self.size - self.taken


class StaffHold(models.Model):
    """Places staff keep back, for speakers or partners."""

    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="staff_holds")
    units = models.PositiveIntegerField(_("places"))
    reason = models.CharField(_("for whom"), max_length=200)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=1), name="staff_hold_keeps_something"),
            models.CheckConstraint(
                condition=Q(held_by=None) | Q(held_at__isnull=False), name="staff_hold_held_by_needs_held_at"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | Q(released_at__isnull=False),
                name="staff_hold_released_by_needs_released_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.units} × {self.quota}: {self.reason}"


class CapacityClaim(models.Model):
    """Units of one quota that one holder has, or had."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        RELEASED = "released"

    # The partial unique indexes below serve as its index.
    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="claims", db_index=False)
    units = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    order_line = models.ForeignKey(
        "events.OrderLine", null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    staff_hold = models.ForeignKey(
        StaffHold, null=True, blank=True, on_delete=models.PROTECT, related_name="claims", db_index=False
    )
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(units__gte=1), name="claim_takes_something"),
            models.CheckConstraint(
                condition=Q(order_line__isnull=False, staff_hold=None) | Q(order_line=None, staff_hold__isnull=False),
                name="claim_has_exactly_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(status="active", released_at=None) | Q(status="released", released_at__isnull=False),
                name="released_claim_says_when",
            ),
            models.UniqueConstraint(
                fields=["quota", "order_line"],
                condition=Q(status="active", order_line__isnull=False),
                name="line_claims_a_quota_once",
            ),
            models.UniqueConstraint(
                fields=["quota", "staff_hold"],
                condition=Q(status="active", staff_hold__isnull=False),
                name="staff_hold_claims_a_quota_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.units} × {self.quota}"
