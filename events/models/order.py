"""An order: places somebody holds or has bought, one row for each place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.conference import Conference
from events.models.tickets import TicketType
from network_site.base.tokens import secret


class Order(models.Model):
    """Somebody's places at one conference; reached by a link that holds its secret, without an account."""

    class Status(models.TextChoices):
        HELD = "held", _("Places held")
        AWAITING_PAYMENT = "awaiting_payment", _("Waiting for payment")
        PAID = "paid", _("Booked")
        EXPIRED = "expired", _("Hold ran out")
        REFUND_DUE = "refund_due", _("Paid too late; to be decided")
        CANCELLED = "cancelled", _("Cancelled")

    ALLOWED = {
        Status.HELD: {Status.AWAITING_PAYMENT, Status.PAID, Status.EXPIRED, Status.CANCELLED},
        Status.AWAITING_PAYMENT: {Status.HELD, Status.PAID, Status.EXPIRED, Status.CANCELLED},
        Status.PAID: {Status.CANCELLED},
        Status.EXPIRED: {Status.PAID, Status.REFUND_DUE},
        Status.CANCELLED: {Status.REFUND_DUE},
        Status.REFUND_DUE: {Status.PAID, Status.CANCELLED},
    }
    # States in which the order's lines hold claims.
    HOLDING = (Status.HELD, Status.AWAITING_PAYMENT, Status.PAID)

    reference = models.CharField(max_length=12)
    secret = models.CharField(max_length=40, default=secret)
    # Its index is the desk's, below: every index is paid for by each hold.
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="orders", db_index=False)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.HELD)
    buyer_name = models.CharField(_("your name"), max_length=150, blank=True)
    buyer_email = models.EmailField(_("your e-mail address"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    total_pence = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="GBP")
    placed_at = models.DateTimeField()
    hold_until = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    refund_due_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-placed_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "hold_until"], name="order_status_hold_until"),
            models.Index(fields=["conference", "status", "-placed_at"], name="order_desk"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="order_reference_is_used_once"),
            models.UniqueConstraint(fields=["secret"], name="order_secret_is_used_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["held", "awaiting_payment"]) | Q(hold_until__isnull=False),
                name="a_hold_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(status="paid") | Q(paid_at__isnull=False), name="paid_order_says_when"),
            models.CheckConstraint(
                condition=~Q(status__in=["awaiting_payment", "paid", "refund_due"]) | ~Q(buyer_email=""),
                name="order_that_costs_or_counts_has_a_buyer",
            ),
            models.CheckConstraint(
                condition=~Q(status="refund_due") | Q(refund_due_at__isnull=False),
                name="refund_due_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None) | Q(cancelled_at__isnull=False),
                name="order_cancelled_by_needs_cancelled_at",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False),
                name="cancelled_order_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"/orders/{self.reference}/{self.secret}/"

    @property
    def subject(self) -> str:
        """Its name in payments, incidents and the audit trail."""
        return f"order:{self.reference}"

    def is_lapsed(self) -> bool:
        """Whether the hold has run out by the clock (the ledger may not know yet)."""
        return self.hold_until is not None and self.hold_until <= timezone.now()


class OrderLine(models.Model):
    """One place, or one add-on beside a place (`parent`)."""

    class Status(models.TextChoices):
        HELD = "held", _("Held")
        VALID = "valid", _("Booked")
        RELEASED = "released", _("Let go")
        CANCELLED = "cancelled", _("Cancelled")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveSmallIntegerField()
    ticket_type = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="lines")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="addons", db_index=False
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.HELD)
    price_pence = models.PositiveIntegerField()
    attendee_name = models.CharField(_("name on the badge"), max_length=150, blank=True)
    attendee_email = models.EmailField(_("e-mail address"), blank=True)
    token = models.CharField(max_length=40, default=secret)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    ALLOWED = {
        Status.HELD: {Status.VALID, Status.RELEASED, Status.CANCELLED},
        Status.VALID: {Status.CANCELLED},
        Status.RELEASED: {Status.VALID, Status.CANCELLED},
        Status.CANCELLED: {Status.VALID},
    }
    # States in which a line has its claims.
    HOLDING = (Status.HELD, Status.VALID)

    class Meta:
        ordering = ["order", "number"]
        indexes = [models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="line_parent")]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="line_number_is_used_once"),
            models.UniqueConstraint(fields=["token"], name="line_token_is_used_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="line_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(cancelled_by=None) | Q(cancelled_at__isnull=False),
                name="line_cancelled_by_needs_cancelled_at",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at=None)),
                name="cancelled_line_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} / {self.number}"
