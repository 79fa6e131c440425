"""Taking the list of attendees away as a spreadsheet; noted in the audit trail, because it is personal data."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import rights
from events.admin.stock import OfTickets
from events.models import Conference, OrderLine
from network_site.base.audit import record
from network_site.base.money import pounds
from network_site.base.safe_csv import lines


class AttendeesForm(forms.Form):
    """Which rows."""

    held = forms.BooleanField(
        label=gettext_lazy("Also places that are held and not yet paid for"), required=False, initial=False
    )


def places(conference: Conference, *, held: bool) -> QuerySet[OrderLine]:
    """Places and workshops that are booked, and those that are held where asked."""
    wanted = [OrderLine.Status.VALID, *([OrderLine.Status.HELD] if held else [])]
    lines_of = OrderLine.objects.filter(order__conference=conference, status__in=wanted)
    return lines_of.select_related("order", "ticket_type", "parent").order_by("order__reference", "number")


def header() -> list[str]:
    """The first row."""
    return [
        *(_("Order"), _("Place"), _("Beside place"), _("Ticket"), _("State"), _("Name"), _("E-mail")),
        *(_("Organisation"), _("Booked by"), _("Booked by (e-mail)"), _("Price")),
    ]


def row(line: OrderLine) -> list[object]:
    """One place; no secret and no token, because files get passed on."""
    order, beside = line.order, line.parent.number if line.parent else ""
    return [
        *(order.reference, line.number, beside, line.ticket_type.name, line.get_status_display()),
        *(line.attendee_name, line.attendee_email, order.organisation, order.buyer_name, order.buyer_email),
        pounds(line.price_pence, exact=True),
    ]


class TakeAttendees(OfTickets):
    """Ask, note it, hand out the file."""

    needs = (rights.SEE_ORDERS, rights.TAKE_ATTENDEES)
    page_title = gettext_lazy("Attendees")
    form_class = AttendeesForm
    yes = gettext_lazy("Download the list")

    def sentences(self) -> list[str]:
        number = places(self.conference, held=False).count()
        return [
            _("A spreadsheet (CSV) with %(n)s booked places and workshops, their names and e-mail addresses.")
            % {"n": number},
            _("It is personal data: keep it where only those who need it can read it, and delete it after the event."),
            _("The audit trail notes that you took it."),
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.make_form()
        held = self.form.is_valid() and self.form.cleaned_data["held"]
        return self.file(held=held)

    def file(self, *, held: bool) -> Any:
        """The spreadsheet as an answer."""
        found = places(self.conference, held=held)
        subject, rows = f"conference:{self.conference.pk}", found.count()
        record("took the list of attendees", subject=subject, by=self.request.user, rows=rows)  # type: ignore[arg-type]
        answer = StreamingHttpResponse(self._text(found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="attendees-{self.conference.slug}.csv"'
        return answer

    def _text(self, found: QuerySet[OrderLine]) -> Iterator[str]:
        return lines(header(), (row(line) for line in found.iterator(chunk_size=500)))
