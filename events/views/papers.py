"""Tickets to print and entries for a calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from events import calendar, documents
from events.models import Order, OrderLine
from events.views.private import find_order, find_place, private


@private
@require_safe
def order_tickets(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """All tickets of an order as one PDF."""
    order = find_order(reference, secret)
    if order.status != Order.Status.PAID:
        return redirect(order)
    return _pdf(documents.order_tickets(order), name=f"tickets-{order.reference}.pdf")


@private
@require_safe
def order_calendar(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """The conference and the workshops booked, for a calendar."""
    order = find_order(reference, secret)
    if order.status != Order.Status.PAID:
        return redirect(order)
    return _ics(calendar.order_calendar(order), name=f"{order.conference.slug}.ics")


@private
@require_safe
def place_ticket(request: HttpRequest, token: str) -> HttpResponse:
    """One delegate's ticket as a PDF."""
    line = find_place(token)
    if line.status != OrderLine.Status.VALID:
        return redirect("events:place", token=token)
    return _pdf(documents.place_ticket(line), name=f"ticket-{line.order.reference}-{line.number}.pdf")


@private
@require_safe
def place_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What one delegate goes to, for a calendar."""
    line = find_place(token)
    if line.status != OrderLine.Status.VALID:
        return redirect("events:place", token=token)
    return _ics(calendar.place_calendar(line), name=f"{line.order.conference.slug}.ics")


def _pdf(content: bytes, *, name: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers=_named(name))


def _ics(feed: calendar.Feed, *, name: str) -> HttpResponse:
    return HttpResponse(feed.body, content_type=calendar.CONTENT_TYPE, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
