"""Pages reached by a link that holds a secret."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from events.models import Order, OrderLine

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def private(view: View[P]) -> View[P]:
    """Keep the page out of caches, search machines and the addresses other sites get to see.

    The referrer policy is not "no-referrer": with that, browsers send forms with the origin "null".
    """

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept


def find_order(reference: str, secret: str) -> Order:
    """The order with both; 404 when either is wrong, and no hint which."""
    return get_object_or_404(Order.objects.select_related("conference"), reference=reference, secret=secret)


def find_place(token: str) -> OrderLine:
    """The place with this token."""
    lines = OrderLine.objects.select_related("order__conference", "ticket_type")
    return get_object_or_404(lines, token=token, parent=None)
