"""The letters about bookings, written when they are sent: they say what is true then."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import calendar, documents
from events.models import Conference, Order, OrderLine
from network_site.base.dates import clock
from network_site.base.money import pounds
from network_site.mail.kinds import letter_kind
from network_site.mail.letters import Attachment, Block, Button, Facts, Heading, Letter, Note, Paragraph
from network_site.payments.models import Payment


@letter_kind("events.order_paid", gettext_lazy("Places booked, with tickets"))
def order_paid(payload: dict[str, Any]) -> Letter:
    """To the buyer: booked, with all tickets."""
    order = _order(payload)
    count = order.lines.filter(parent=None, status=OrderLine.Status.VALID).count()
    title = order.conference.title
    subject = ngettext("Your place at %(title)s", "Your places at %(title)s", count) % {"title": title}
    blocks: tuple[Block, ...] = (
        Heading(_("You are booked")),
        Paragraph(
            _greeting(order.buyer_name)
            + _("your booking is done. Your tickets and an entry for your calendar are attached.")
        ),
        Facts((*_facts(order.conference), *_bill(order, count))),
        Button(_("See your booking"), _address(order)),
        Paragraph(
            _(
                "There you can fill in or change names until the conference starts, "
                "and pass each person their own ticket."
            )
        ),
        Note(_("Keep this letter to yourself: whoever has the link can change the names.")),
    )
    return Letter(subject, blocks, (_order_pdf(order), _order_ics(order)), preheader=order.conference.when)


@letter_kind("events.place", gettext_lazy("Ticket of a delegate"))
def place(payload: dict[str, Any]) -> Letter:
    """To a delegate: their own ticket."""
    line = OrderLine.objects.select_related("order__conference", "ticket_type").get(pk=payload["line"])
    conference = line.order.conference
    address = f"{settings.SITE_URL}/places/{line.token}/"
    booked_by = line.order.buyer_name or line.order.organisation
    blocks: tuple[Block, ...] = (
        Heading(_("You have a place")),
        Paragraph(
            _greeting(line.attendee_name)
            + _(
                "%(buyer)s booked a place for you at %(title)s. "
                "Your ticket and an entry for your calendar are attached."
            )
            % {"buyer": booked_by, "title": conference.title}
        ),
        Facts((*_facts(conference), (_("Ticket"), line.ticket_type.name), (_("Reference"), line.order.reference))),
        Button(_("See your ticket"), address),
        Note(_("If you cannot come, tell %(buyer)s: they can give the place to somebody else.") % {"buyer": booked_by}),
    )
    ticket = Attachment(
        f"ticket-{line.order.reference}-{line.number}.pdf", "application/pdf", documents.place_ticket(line)
    )
    subject = _("Your place at %(title)s") % {"title": conference.title}
    return Letter(subject, blocks, (ticket, _ics(calendar.place_calendar(line))), preheader=conference.when)


@letter_kind("events.order_cancelled", gettext_lazy("Places cancelled"))
def order_cancelled(payload: dict[str, Any]) -> Letter:
    """To the buyer: which places are cancelled, and what becomes of the money."""
    order = _order(payload)
    title = order.conference.title
    is_whole = order.status == Order.Status.CANCELLED
    names = _cancelled_names(order, payload["lines"])
    words = (
        _("your booking for %(title)s is cancelled. The tickets no longer let anybody in.")
        if is_whole
        else _("a part of your booking for %(title)s is cancelled. Those tickets no longer let anybody in.")
    )
    blocks: tuple[Block, ...] = (
        Heading(_("Your booking is cancelled") if is_whole else _("A part of your booking is cancelled")),
        Paragraph(_greeting(order.buyer_name) + words % {"title": title}),
        Facts((*_facts(order.conference), (_("Cancelled"), ", ".join(names)), (_("Reference"), order.reference))),
        Paragraph(_refund_words(payload["refund_pence"])),
        Button(_("See your booking"), _address(order)),
    )
    entries = (_ics(calendar.cancellation(order.conference), method="CANCEL"),) if is_whole else ()
    return Letter(_("Cancelled: %(title)s") % {"title": title}, blocks, entries)


@letter_kind("events.late_money", gettext_lazy("Money that came too late"))
def late_money(payload: dict[str, Any]) -> Letter:
    """To the buyer: money came after the places were gone, or once too often."""
    order = _order(payload)
    amount = pounds(Payment.objects.get(pk=payload["payment"]).amount_pence)
    title = order.conference.title
    blocks = _paid_twice(order, amount) if payload["is_extra"] else _paid_late(order, amount)
    button = Button(_("See how it stands"), _address(order))
    return Letter(_("Your payment for %(title)s") % {"title": title}, (*blocks, button))


def _paid_twice(order: Order, amount: str) -> tuple[Block, ...]:
    words = _("we received %(amount)s for %(title)s although it needs no more money from you.")
    return (
        Heading(_("You paid more than once")),
        Paragraph(_greeting(order.buyer_name) + words % {"amount": amount, "title": order.conference.title}),
        Paragraph(
            _("You need not do anything: the whole amount goes back to your card. Banks show it within ten days.")
        ),
    )


def _paid_late(order: Order, amount: str) -> tuple[Block, ...]:
    words = _(
        "your payment of %(amount)s for %(title)s reached us after your places had been let go, and they are taken now."
    )
    return (
        Heading(_("Your payment came too late")),
        Paragraph(_greeting(order.buyer_name) + words % {"amount": amount, "title": order.conference.title}),
        Paragraph(
            _(
                "You need not do anything. We look for room for you. If there is none, "
                "the whole amount goes back to your card, at the latest after 24 hours."
            )
        ),
    )


@letter_kind("events.hold_lost", gettext_lazy("Places no longer held"))
def hold_lost(payload: dict[str, Any]) -> Letter:
    """To the buyer: the hold ended before anything was paid."""
    order = _order(payload)
    blocks: tuple[Block, ...] = (
        Heading(_("Your places were let go")),
        Paragraph(
            _greeting(order.buyer_name)
            + _(
                "the time for paying for %(title)s ended at %(time)s, so your places are on sale again. "
                "Nothing was taken from you."
            )
            % {"title": order.conference.title, "time": clock(order.hold_until) if order.hold_until else ""}
        ),
        Paragraph(_("If the payment page is still open in your browser, close it: it can no longer be paid.")),
        Button(_("Start again with the same choice"), _address(order)),
    )
    return Letter(_("Your places at %(title)s") % {"title": order.conference.title}, blocks)


def _order(payload: dict[str, Any]) -> Order:
    return Order.objects.select_related("conference").get(pk=payload["order"])


def _address(order: Order) -> str:
    return settings.SITE_URL + order.get_absolute_url()


def _greeting(name: str) -> str:
    return _("Dear %(name)s, ") % {"name": name} if name else _("Hello, ")


def _facts(conference: Conference) -> tuple[tuple[str, str], ...]:
    return ((_("Conference"), conference.title), (_("When"), conference.when_long), (_("Where"), conference.where))


def _bill(order: Order, count: int) -> tuple[tuple[str, str], ...]:
    return (
        (_("Places"), str(count)),
        (_("Paid"), pounds(order.total_pence)),
        (_("Reference"), order.reference),
    )


def _cancelled_names(order: Order, numbers: list[int]) -> list[str]:
    lines = order.lines.filter(number__in=numbers).select_related("ticket_type").order_by("number")
    return [f"{line.attendee_name or order.buyer_name} ({line.ticket_type.name})" for line in lines]


def _refund_words(refund_pence: int) -> str:
    if not refund_pence:
        return _("No money goes back. If you think this is wrong, answer this letter.")
    words = _("%(amount)s goes back to the card it was paid with. Banks show it within ten days.")
    return words % {"amount": pounds(refund_pence)}


def _order_pdf(order: Order) -> Attachment:
    return Attachment(f"tickets-{order.reference}.pdf", "application/pdf", documents.order_tickets(order))


def _order_ics(order: Order) -> Attachment:
    return _ics(calendar.order_calendar(order))


def _ics(feed: calendar.Feed, *, method: str = "PUBLISH") -> Attachment:
    return Attachment("conference.ics", f"text/calendar; method={method}; charset=utf-8", feed.body)
