"""An order's own pages, from the names to the ticket; reached by its secret link."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.domain import checkout, names
from events.domain.errors import TicketingError
from events.domain.queries import lines_of
from events.forms import BuyerForm, People
from events.models import Order
from events.views.ordering import Booking
from events.views.private import find_order, private
from network_site.base.dates import clock
from network_site.base.same_origin import same_origin
from network_site.payments import balance
from network_site.payments.errors import PaymentError

REFUSED = (TicketingError, PaymentError)
Status = Order.Status
TEMPLATES = {
    Status.HELD: "events/order/lapsed.html",
    Status.AWAITING_PAYMENT: "events/order/awaiting.html",
    Status.PAID: "events/order/booked.html",
    Status.EXPIRED: "events/order/lapsed.html",
    Status.REFUND_DUE: "events/order/late.html",
    Status.CANCELLED: "events/order/cancelled.html",
}


@private
@require_safe
def order(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """The order as it stands."""
    return _show(request, find_order(reference, secret))


@private
@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """Who buys and who comes; POST saves it and goes on to pay. After booking: the names alone."""
    found = find_order(reference, secret)
    if found.status == Status.PAID:
        return _change_names(request, found)
    if not _can_go_on(found):
        return _see_other(found)
    booking = Booking(found, lines_of(found))
    data = request.POST if request.method == "POST" else None
    answers = Answers(booking, data)
    if data is not None and answers.is_valid():
        return _pay(request, answers)
    return _details_page(request, answers, status=200 if data is None else 422)


@private
@same_origin
@require_POST
def pay(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """Go to the payment page once more, for an order whose names are known."""
    found = find_order(reference, secret)
    try:
        return _to_gateway(found)
    except REFUSED as error:
        found.refresh_from_db()
        return _show(request, found, error=str(error), status=422)


@private
@require_safe
def returned(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """The visitor is back from the payment page: ask the gateway once, and show what is true."""
    found = find_order(reference, secret)
    conference, error = found.conference, ""
    try:
        found = checkout.refresh(found, now=timezone.now())
        found.conference = conference  # read again it would be the same
    except REFUSED as refusal:
        error = str(refusal)
    return _show(request, found, error=error, is_back=True)


@private
@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def stepped_back(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """The visitor left the payment page: the places stay held, and nothing can be paid by accident."""
    found = find_order(reference, secret)
    try:
        checkout.step_back(found, now=timezone.now())
    except REFUSED as error:
        found.refresh_from_db()
        return _show(request, found, error=str(error), status=422)
    return _see_other(found, "details/?payment=stopped")


class Answers:
    """What the page of names asks: who buys, and who comes."""

    def __init__(self, booking: Booking, data: QueryDict | None) -> None:
        self.booking = booking
        self.buyer = BuyerForm(data, initial=_known(booking))
        is_me = bool(data and data.get("is_me"))
        self.people = People(data, lines=booking.place_lines, is_first_known=is_me)

    def is_valid(self) -> bool:
        """Whether both parts are, with all their errors found."""
        return all([self.buyer.is_valid(), self.people.is_valid()])

    def save(self) -> None:
        """Write them down."""
        data = self.buyer.cleaned_data
        checkout.name_people(
            self.booking.order,
            buyer_name=data["buyer_name"],
            buyer_email=data["buyer_email"],
            organisation=data["organisation"],
            attendees=self.people.attendees(first=self.buyer.person),
            now=timezone.now(),
        )


def _known(booking: Booking) -> dict[str, Any]:
    found, first = booking.order, booking.place_lines[0]
    who = (first.attendee_name, first.attendee_email)
    return {
        "buyer_name": found.buyer_name,
        "buyer_email": found.buyer_email,
        "organisation": found.organisation,
        "is_me": not found.buyer_email or who == (found.buyer_name, found.buyer_email),
    }


def _pay(request: HttpRequest, answers: Answers) -> HttpResponse:
    found = answers.booking.order
    try:
        answers.save()
        return _to_gateway(found)
    except REFUSED as error:
        found.refresh_from_db()
        if not _can_go_on(found):
            return _show(request, found, error=str(error), status=422)
        answers.buyer.add_error(None, str(error))
        return _details_page(request, answers, status=422)


def _to_gateway(found: Order) -> HttpResponse:
    address = checkout.start(found, now=timezone.now(), site_url=settings.SITE_URL)
    response = redirect(address or found.get_absolute_url())
    response.status_code = 303
    return response


def _change_names(request: HttpRequest, found: Order) -> HttpResponse:
    """Names of a booked order, until the conference starts."""
    if request.method != "POST":
        return _see_other(found)
    people = People(request.POST, lines=Booking(found, lines_of(found)).place_lines)
    if not people.is_valid():
        return _show(request, found, people=people, status=422)
    try:
        names.change_names(found, attendees=people.attendees(), now=timezone.now())
    except TicketingError as error:
        return _show(request, found, people=people, error=str(error), status=422)
    return _see_other(found, "?names=saved#places")


def _can_go_on(found: Order) -> bool:
    return found.status == Status.HELD and not found.is_lapsed()


def _see_other(found: Order, rest: str = "") -> HttpResponse:
    response = redirect(f"{found.get_absolute_url()}{rest}")
    response.status_code = 303
    return response


def _show(
    request: HttpRequest,
    found: Order,
    *,
    people: People | None = None,
    error: str = "",
    is_back: bool = False,
    status: int = 200,
) -> HttpResponse:
    if _can_go_on(found):
        return _see_other(found, "details/" + ("?payment=not-taken" if is_back else ""))
    booking = Booking(found, lines_of(found))
    context = {"booking": booking, "order": found, "conference": found.conference, "error": error, "is_back": is_back}
    context["names_saved"] = request.GET.get("names") == "saved"
    more = _booked(booking, people) if found.status == Status.PAID else _money(found)
    return render(request, TEMPLATES[Status(found.status)], {**context, **more}, status=status)


def _booked(booking: Booking, people: People | None) -> dict[str, Any]:
    people = people or People(lines=booking.place_lines)
    can_change = names.can_change(booking.order, now=timezone.now())
    return {"people": people, "places": booking.places_with(people), "can_change": can_change}


def _money(found: Order) -> dict[str, Any]:
    if found.status not in {Status.CANCELLED, Status.REFUND_DUE}:
        return {}
    paid, refunded = balance.paid_pence(found.subject), balance.refunded_pence(found.subject)
    return {"paid_pence": paid, "refunded_pence": refunded}


def _details_page(request: HttpRequest, answers: Answers, *, status: int) -> HttpResponse:
    booking = answers.booking
    context = {
        "booking": booking,
        "order": booking.order,
        "conference": booking.conference,
        "form": answers.buyer,
        "people": answers.people,
        "places": booking.places_with(answers.people),
        "notice": _notice(request.GET.get("payment", ""), booking.order),
    }
    return render(request, "events/order/details.html", context, status=status)


def _notice(payment: str, found: Order) -> str:
    until = clock(found.hold_until) if found.hold_until else ""
    words = {
        "stopped": _("You came back before paying. Nothing was taken, and your places are held until %(until)s."),
        "not-taken": _("The payment did not go through. Nothing was taken, and your places are held until %(until)s."),
    }
    return words[payment] % {"until": until} if payment in words else ""
