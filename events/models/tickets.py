"""What can be bought: ticket types, their prices, and which quotas they draw on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models.conference import Conference, Session
from events.models.ledger import Quota


class TicketType(models.Model):
    """A kind of place, such as "Student", or an add-on such as a workshop (then `session` is set)."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="ticket_types")
    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(_("who it is for"), max_length=250, blank=True)
    price_pence = models.PositiveIntegerField(_("price in pence"), help_text=_("0 is free; 4500 is £45."))
    early_price_pence = models.PositiveIntegerField(_("early price in pence"), null=True, blank=True)
    early_until = models.DateTimeField(_("early price until"), null=True, blank=True)
    on_sale_from = models.DateTimeField(_("on sale from"), null=True, blank=True)
    on_sale_until = models.DateTimeField(_("on sale until"), null=True, blank=True)
    max_per_order = models.PositiveSmallIntegerField(_("most in one order"), default=10)
    is_online = models.BooleanField(_("online place"), default=False)
    is_hidden = models.BooleanField(_("hidden"), default=False, help_text=_("Kept, but not offered to the public."))
    session = models.ForeignKey(
        Session,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ticket_types",
        verbose_name=_("workshop"),
    )
    quotas = models.ManyToManyField(Quota, through="events.TypeQuota", related_name="ticket_types")
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "name"], name="ticket_type_name_is_used_once"),
            models.CheckConstraint(
                condition=Q(early_price_pence=None, early_until=None)
                | Q(
                    early_price_pence__isnull=False,
                    early_until__isnull=False,
                    early_price_pence__lt=F("price_pence"),
                ),
                name="early_price_is_lower_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(on_sale_from=None) | Q(on_sale_until=None) | Q(on_sale_from__lt=F("on_sale_until")),
                name="sale_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(max_per_order__gte=1, max_per_order__lte=100), name="order_limit_is_1_to_100"
            ),
            models.CheckConstraint(
                condition=Q(price_pence__lte=10_000_00), name="price_is_at_most_ten_thousand_pounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_addon(self) -> bool:
        """Whether it needs a place beside it."""
        return self.session_id is not None


class TypeQuota(models.Model):
    """A ticket type takes `weight` units of a quota."""

    ticket_type = models.ForeignKey(TicketType, on_delete=models.CASCADE, related_name="type_quotas")
    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="type_quotas")
    weight = models.PositiveSmallIntegerField(_("units it takes"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket_type", "quota"], name="type_draws_once_on_a_quota"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="type_takes_at_least_one_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_type} → {self.quota}"
