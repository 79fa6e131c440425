"""“My network”: the bookings and places of whoever is logged in, found by the addresses they proved to be theirs."""

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.template.loader import render_to_string

from events.models import Order, OrderLine
from network_site.people import my_area

SHOWN = (Order.Status.AWAITING_PAYMENT, Order.Status.PAID, Order.Status.REFUND_DUE)


@my_area.panel("events.bookings", order=20)
def my_bookings(request: HttpRequest) -> str:
    """The panel; empty for somebody without a booking or a place."""
    addresses = _proved_addresses(request)
    orders, places = _orders(addresses), _places(addresses)
    if not (orders or places):
        return ""
    return render_to_string("events/my_bookings.html", {"orders": orders, "places": places}, request=request)


def _proved_addresses(request: HttpRequest) -> list[str]:
    proved = EmailAddress.objects.filter(user=request.user, verified=True)
    return list(proved.values_list(Lower("email"), flat=True))


def _orders(addresses: list[str]) -> list[Order]:
    orders = Order.objects.annotate(address=Lower("buyer_email")).filter(address__in=addresses, status__in=SHOWN)
    return list(orders.select_related("conference").order_by("-conference__starts_on", "-placed_at"))


def _places(addresses: list[str]) -> list[OrderLine]:
    """Places other people booked for them."""
    lines = OrderLine.objects.annotate(address=Lower("attendee_email"), buyer=Lower("order__buyer_email"))
    mine = lines.filter(Q(address__in=addresses) & ~Q(buyer__in=addresses), parent=None, status=OrderLine.Status.VALID)
    return list(mine.select_related("order__conference").order_by("-order__conference__starts_on", "pk"))
