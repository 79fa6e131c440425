"""Tickets as PDF: one page for each place, with a QR code the door can read."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from events.models import Conference, Order, OrderLine, Session
from events.verification import verify_address
from network_site.base.dates import LONDON, clock, day_in_words
from network_site.pdf.engine import render

TEMPLATE = Path(__file__).parent / "pdf" / "ticket.typ"
# More than this does not fit on the lower half of the sheet.
MOST_SESSIONS = 14


def order_tickets(order: Order) -> bytes:
    """All valid tickets of an order, one page each; the same bytes whenever nothing changed."""
    lines = order.lines.filter(status=OrderLine.Status.VALID).select_related("ticket_type")
    return _tickets(order, list(lines.order_by("number")))


def place_ticket(line: OrderLine) -> bytes:
    """One delegate's ticket."""
    addons = line.addons.filter(status=OrderLine.Status.VALID).select_related("ticket_type")
    return _tickets(line.order, [line, *addons.order_by("number")])


def qr_svg(text: str) -> bytes:
    """A QR code, black on white, with its quiet zone."""
    import segno

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=8, border=4, light="#ffffff", dark="#000000")
    return out.getvalue()


def qr_inline(text: str) -> str:
    """The same as markup for a page."""
    import segno

    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(scale=4, border=4, light="#ffffff", dark="#000000", omitsize=True))


def _tickets(order: Order, lines: list[OrderLine]) -> bytes:
    places = [line for line in lines if line.parent_id is None]
    data = {
        "conference": _conference(order.conference),
        "tickets": [_ticket(line, order=order, lines=lines) for line in places],
        "sessions": _sessions(order.conference),
        "words": _words(),
    }
    files = {f"qr-{line.number}.svg": qr_svg(verify_address(line)) for line in places}
    return render(
        TEMPLATE, data=data, at=max(order.paid_at or order.placed_at, order.conference.changed_at), files=files
    )


def _conference(conference: Conference) -> dict[str, str]:
    return {
        "series": conference.series,
        "title": conference.title,
        "when": conference.when_long,
        "times": _times(conference),
        "where": conference.where,
    }


def _times(conference: Conference) -> str:
    times = [time for time in (conference.opens, conference.closes) if time]
    return _(" to ").join(f"{time.hour}.{time:%M}" for time in times)


def _ticket(line: OrderLine, *, order: Order, lines: Iterable[OrderLine]) -> dict[str, Any]:
    return {
        "name": line.attendee_name or _("Name to be filled in"),
        "has_name": bool(line.attendee_name),
        "type": line.ticket_type.name,
        "reference": f"{order.reference}-{line.number}",
        "organisation": order.organisation,
        "workshops": [addon.ticket_type.name for addon in lines if addon.parent_id == line.pk],
        "qr": f"qr-{line.number}.svg",
        "qr_alt": _("QR code of ticket %(reference)s") % {"reference": f"{order.reference}-{line.number}"},
    }


def _sessions(conference: Conference) -> list[dict[str, Any]]:
    """The programme as far as it fits, with the day before the first of each."""
    day, found = None, []
    for session in conference.sessions.all()[:MOST_SESSIONS]:
        starts = session.starts_at.astimezone(LONDON)
        is_new = starts.date() != day
        day = starts.date()
        found.append(
            {
                "day": day_in_words(day, weekday=True, year=False) if is_new else "",
                "time": clock(session.starts_at),
                "title": session.title,
                "is_highlight": session.is_highlight,
                "is_awards": session.kind == Session.Kind.AWARDS,
            }
        )
    return found


def _words() -> dict[str, str]:
    return {
        "document": _("Ticket"),
        "site": settings.SITE_NAME,
        "when": _("When"),
        "where": _("Where"),
        "ticket": _("Ticket"),
        "reference": _("Reference"),
        "workshops": _("Workshops"),
        "door": _("Show this at the door, on paper or on your telephone."),
        "fold": _("Fold here"),
        "programme": _("Programme"),
        "plans": _("Change of plan?"),
        "plans_text": _("Write to %(address)s and say the reference.") % {"address": settings.CONTACT_EMAIL},
        "demonstration": _("Demonstration: this ticket is not real.") if settings.IS_DEMONSTRATION else "",
    }
