"""Choosing places and holding them."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.domain.errors import TicketingError
from events.domain.holds import place_hold
from events.forms import PREFIX, plain_choices
from events.models import Conference
from events.views.panels import Panel, panel_of
from network_site.base.rate_limit import allow
from network_site.base.same_origin import same_origin

TEN_MINUTES = 600


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def tickets(request: HttpRequest, slug: str) -> HttpResponse:
    """The booking panel alone; POST holds the places and goes on to the names."""
    conference = get_object_or_404(Conference.objects.exclude(status=Conference.Status.DRAFT), slug=slug)
    if request.method == "POST":
        return _hold(request, conference)
    chosen = {name: value for name, value in request.GET.items() if name.startswith(PREFIX)}
    return _page(request, panel_of(conference, now=timezone.now(), initial=chosen))


def _hold(request: HttpRequest, conference: Conference) -> HttpResponse:
    now = timezone.now()
    if not _may_hold(request):
        panel = panel_of(conference, now=now, data=request.POST)
        panel.form.add_error(None, _("Many bookings came from your network just now. Wait ten minutes and try again."))
        return _page(request, panel, status=429)
    choices = plain_choices(request.POST) or _read(panel_of(conference, now=now, data=request.POST))
    if not choices:
        return _refuse(request, conference, now=now)
    try:
        order = place_hold(conference, choices=choices, now=now)
    except TicketingError as error:
        return _refuse(request, conference, now=now, error=error)
    return _see_other(f"{order.get_absolute_url()}details/")


def _read(panel: Panel) -> dict[int, int]:
    return panel.form.choices if panel.form.is_valid() else {}


def _refuse(
    request: HttpRequest, conference: Conference, *, now: datetime, error: TicketingError | None = None
) -> HttpResponse:
    """The panel with what was sent and what is wrong with it; nothing is held."""
    panel = panel_of(conference, now=now, data=request.POST)
    if panel.form.is_valid() and error:
        panel.form.refuse(error)
    return _page(request, panel, status=422)


def _may_hold(request: HttpRequest) -> bool:
    address = request.META.get("REMOTE_ADDR", "")
    return allow("hold", key=address, limit=settings.HOLDS_PER_ADDRESS, seconds=TEN_MINUTES)


def _page(request: HttpRequest, panel: Panel, *, status: int = 200) -> HttpResponse:
    context = {"conference": panel.conference, "panel": panel}
    response = render(request, "events/tickets.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _see_other(address: str) -> HttpResponse:
    """303: the browser fetches the next page, whatever was sent before."""
    response = redirect(address)
    response.status_code = 303
    # The address holds a secret.
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
