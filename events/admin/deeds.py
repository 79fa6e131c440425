"""What can be done with an order; every deed asks first, calls one verb, and is safe to repeat."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import rights
from events.admin.correcting import CorrectBuyer, CorrectPlace
from events.admin.of_order import OfLine, OfOrder
from events.domain import cancellation, checkout, corrections, settlement
from events.models import Order, OrderLine
from network_site.base.money import pounds

Status = Order.Status


class RefundForm(forms.Form):
    """Whether the money goes back; only those who may give money back are asked."""

    refund = forms.BooleanField(label=gettext_lazy("Give the money back"), required=False, initial=True)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, may_refund: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_refund:
            self.fields["refund"].disabled = True
            self.fields["refund"].initial = False
            self.fields["refund"].help_text = _("You may not give money back; ask somebody who may.")


class CancelOrder(OfOrder):
    """Let go of every place of an order."""

    url_name = "cancel"
    possible = frozenset(Order.HOLDING)
    page_title = gettext_lazy("Cancel the order")
    form_class = RefundForm
    yes = gettext_lazy("Yes, cancel the order")
    is_serious = True

    def form_kwargs(self) -> dict[str, Any]:
        return {"may_refund": self.may(rights.GIVE_MONEY_BACK)}

    def sentences(self) -> list[str]:
        held = self.order.lines.filter(status__in=[OrderLine.Status.HELD, OrderLine.Status.VALID]).count()
        return [
            _("All %(n)s places and workshops of %(ref)s are let go, and others can buy them at once.")
            % {"n": held, "ref": self.order.reference},
            _("A payment page that is still open is closed first; if it was paid meanwhile, that is settled."),
            _("%(who)s gets an e-mail. This cannot be undone.") % {"who": self.order.buyer_email or _("Nobody")},
        ]

    def do(self, form: Any) -> str:
        asked = form.cleaned_data
        cancellation.cancel_order(
            self.order, by=self.by, now=timezone.now(), refund=asked["refund"], reason=asked["reason"]
        )
        return _("Order %(ref)s is cancelled.") % {"ref": self.order.reference}


class CancelLine(OfLine):
    """Let go of one place, with the workshops beside it."""

    page_title = gettext_lazy("Cancel one place")
    form_class = RefundForm
    yes = gettext_lazy("Yes, cancel this place")
    is_serious = True

    def form_kwargs(self) -> dict[str, Any]:
        return {"may_refund": self.may(rights.GIVE_MONEY_BACK)}

    def sentences(self) -> list[str]:
        line = self.line
        about = {"type": line.ticket_type.name, "name": line.attendee_name or "–", "price": pounds(line.price_pence)}
        found = [_("“%(type)s” for %(name)s, %(price)s, is let go.") % about]
        beside = [addon.ticket_type.name for addon in line.addons.select_related("ticket_type")]
        return [*found, _("With it: %(beside)s.") % {"beside": ", ".join(beside)}] if beside else found

    def do(self, form: Any) -> str:
        cancellation.cancel_line(self.line, by=self.by, now=timezone.now(), refund=form.cleaned_data["refund"])
        return _("The place is cancelled.")


class Resend(OfOrder):
    """The confirmation once more."""

    url_name = "resend"
    possible = frozenset({Status.PAID})
    page_title = gettext_lazy("Send the confirmation again")
    yes = gettext_lazy("Send it")

    def sentences(self) -> list[str]:
        return [_("The confirmation with all tickets goes to %(to)s.") % {"to": self.order.buyer_email}]

    def do(self, form: Any) -> str:
        corrections.resend_confirmation(self.order, by=self.by, now=timezone.now())
        return _("The confirmation is on its way to %(to)s.") % {"to": self.order.buyer_email}


class SeatLate(OfOrder):
    """Money came after the places were let go: seat them anyway."""

    url_name = "seat"
    possible = frozenset({Status.REFUND_DUE})
    page_title = gettext_lazy("Seat them")
    yes = gettext_lazy("Yes, seat them")

    def sentences(self) -> list[str]:
        return [
            _("The places are booked. Where there is no room left, the quota is made larger by what they need."),
            _("Check with the venue first: this goes over what you planned. The audit trail notes it."),
        ]

    def do(self, form: Any) -> str:
        settlement.seat_late(self.order, by=self.by, now=timezone.now())
        return _("Order %(ref)s is booked.") % {"ref": self.order.reference}


class RefundLate(OfOrder):
    """Money came after the places were let go: send it back."""

    needs = (rights.SEE_ORDERS, rights.CHANGE_ORDERS, rights.GIVE_MONEY_BACK)
    url_name = "refund"
    possible = frozenset({Status.REFUND_DUE})
    page_title = gettext_lazy("Give the money back")
    yes = gettext_lazy("Yes, give it back")
    is_serious = True

    def sentences(self) -> list[str]:
        return [_("All of it goes back to the card it came from, and the buyer gets an e-mail.")]

    def do(self, form: Any) -> str:
        settlement.refund_late(self.order, by=self.by, now=timezone.now())
        return _("The money of %(ref)s is on its way back.") % {"ref": self.order.reference}


class Refresh(OfOrder):
    """Ask the payment service what it knows."""

    url_name = "refresh"
    page_title = gettext_lazy("Ask the payment service again")
    yes = gettext_lazy("Ask now")

    def sentences(self) -> list[str]:
        return [_("If the order was paid and we missed it, it is booked now. Otherwise nothing changes.")]

    def do(self, form: Any) -> str:
        now = checkout.refresh(self.order, now=timezone.now())
        return _("Order %(ref)s: %(status)s.") % {"ref": now.reference, "status": now.get_status_display()}


ON_ORDER: tuple[type[OfOrder], ...] = (SeatLate, RefundLate, Resend, CorrectBuyer, Refresh, CancelOrder)


@dataclass(frozen=True)
class DeedButton:
    """One deed that this user may do with this order now."""

    label: Any
    url: str
    is_serious: bool


def deeds_of(order: Order, *, user: Any) -> list[DeedButton]:
    """What this user may do with the order as it stands."""
    return [
        DeedButton(deed.page_title, reverse(f"orders:{deed.url_name}", args=[order.pk]), deed.is_serious)
        for deed in ON_ORDER
        if order.status in deed.possible and user.has_perms(deed.needs)
    ]


def deed_urls() -> list[URLPattern]:
    """Every address of this module."""
    return [
        *(path(f"<int:pk>/{deed.url_name}/", deed.as_view(), name=deed.url_name) for deed in ON_ORDER),
        path("<int:pk>/places/<int:line>/cancel/", CancelLine.as_view(), name="cancel_line"),
        path("<int:pk>/places/<int:line>/correct/", CorrectPlace.as_view(), name="correct_place"),
    ]
