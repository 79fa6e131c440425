"""Questions about orders and places."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet, Sum, prefetch_related_objects
from django.utils.translation import gettext as _

from events.models import CapacityClaim, Conference, Order, OrderLine, Quota
from network_site.base.models import Incident


@dataclass(frozen=True)
class Slice:
    """Part of a quota: what it went to, and how many units."""

    kind: str
    label: str
    units: int


KINDS = {Order.Status.PAID: "paid", Order.Status.AWAITING_PAYMENT: "being_paid", Order.Status.HELD: "held"}


def orders_for_desk(
    *, conference: Conference | None = None, status: str = "", text: str = ""
) -> QuerySet[Order, Order]:
    """Orders as the desk looks for them, newest first; `text` is any part of a reference, name or address."""
    orders = Order.objects.select_related("conference")
    if conference is not None:
        orders = orders.filter(conference=conference)
    if status:
        orders = orders.filter(status=status)
    for word in text.split():
        orders = orders.filter(_mentions(word))
    return orders


def _mentions(word: str) -> Q:
    inside = Q(lines__attendee_name__icontains=word) | Q(lines__attendee_email__icontains=word)
    people = Order.objects.filter(inside).order_by().values("pk")
    return (
        Q(reference__icontains=word)
        | Q(buyer_name__icontains=word)
        | Q(buyer_email__icontains=word)
        | Q(organisation__icontains=word)
        | Q(pk__in=people)
    )


def where_places_went(quota: Quota) -> list[Slice]:
    """Where every unit of a quota is: booked, being paid, held, kept back, free (not where it never runs out)."""
    active = CapacityClaim.objects.filter(quota=quota, status=CapacityClaim.Status.ACTIVE)
    sums = active.order_by().values_list("order_line__order__status").annotate(units=Sum("units"))
    by_kind = {KINDS.get(status, "other") if status else "kept_back": units for status, units in sums}
    labels = {
        "paid": _("Booked"),
        "being_paid": _("Being paid"),
        "held": _("Held"),
        "kept_back": _("Kept back by staff"),
        "other": _("Unexplained: ask for a check of the ledger"),
    }
    slices = [Slice(kind, label, by_kind[kind]) for kind, label in labels.items() if by_kind.get(kind)]
    if quota.left:
        slices.append(Slice("free", _("Free"), quota.left))
    return slices


def incidents_of(order: Order) -> QuerySet[Incident, Incident]:
    """What staff were asked about an order, newest first."""
    return Incident.objects.filter(subject=order.subject)


def lines_of(order: Order) -> list[OrderLine]:
    """An order's lines with their kinds, in order; kept with the order for whoever asks it next."""
    lines = OrderLine.objects.select_related("ticket_type").order_by("number")
    prefetch_related_objects([order], Prefetch("lines", queryset=lines))
    return list(order.lines.all())
