"""One delegate's place, and what the door sees of a ticket."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.documents import qr_inline
from events.models import Order, OrderLine
from events.verification import find_proved, verify_address
from events.views.private import find_place, private


@private
@require_safe
def place(request: HttpRequest, token: str) -> HttpResponse:
    """A delegate's own ticket."""
    line = find_place(token)
    is_valid = line.status == OrderLine.Status.VALID
    context = {
        "line": line,
        "conference": line.order.conference,
        "is_valid": is_valid,
        "is_held": line.status == OrderLine.Status.HELD and line.order.status != Order.Status.EXPIRED,
        "workshops": list(line.addons.filter(status=line.status).select_related("ticket_type").order_by("number")),
        "qr": qr_inline(verify_address(line)) if is_valid else "",
    }
    return render(request, "events/place.html", context)


@private
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a ticket lets somebody in; a name only for staff."""
    line = find_proved(code)
    context = {
        "line": line,
        "is_valid": line is not None and line.status == OrderLine.Status.VALID,
        "is_cancelled": line is not None and line.status == OrderLine.Status.CANCELLED,
        "who": _who(request, line) if line else "",
    }
    return render(request, "events/verify.html", context, status=200 if line else 404)


def _who(request: HttpRequest, line: OrderLine) -> str:
    if request.user.has_perm("events.view_order"):
        return line.attendee_name
    return "".join(f"{word[0].upper()}." for word in line.attendee_name.split())
