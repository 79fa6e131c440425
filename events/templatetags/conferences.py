"""Tags that read what the pages of conferences show."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from events.models import Conference, ConferenceIndexPage, ConferencePage
from events.views.faces import Entry, Face, Item, Listing, face_once, listing_of
from events.views.panels import TicketRow
from network_site.ui.remembered import drawn, values_of

register = template.Library()


@register.simple_tag
def contact_email() -> str:
    """Where questions about bookings go."""
    return settings.CONTACT_EMAIL


@register.simple_tag
def conference_face(conference: Conference) -> Face:
    """Everything the page of a conference shows."""
    return face_once(conference)


@register.simple_tag
def conference_listing(index: ConferenceIndexPage) -> Listing:
    """The next conferences and the past ones."""
    return listing_of(ConferencePage.readable().child_of(index).select_related("conference"))


@register.simple_tag
def conference_front(face: Face, page: ConferencePage) -> SafeString:
    """What the conference is, its programme and its places: the larger part of its page."""
    context = {"face": face, "conference": face.conference, "page": page}
    return drawn("events/parts/front.html", context, shown=(page.who_for, *face.shown))


@register.simple_tag
def session_row(item: Item, face: Face) -> SafeString:
    """A line of the programme."""
    shown = (face.state, face.is_over, item.room, values_of(item.session))
    context = {"item": item, "session": item.session, "face": {"state": face.state, "is_over": face.is_over}}
    return drawn("events/parts/session.html", context, shown=shown)


@register.simple_tag
def ticket_row(row: TicketRow) -> SafeString:
    """A kind of ticket in the booking panel."""
    template_name, context = "events/parts/ticket_row.html", {"row": row}
    if row.is_answered:
        return render_to_string(template_name, context)
    return drawn(template_name, context, shown=row.shown)


@register.simple_tag
def past_entry(entry: Entry) -> SafeString:
    """A conference that was."""
    shown = (entry.page.url, entry.is_first_of_year, values_of(entry.conference))
    return drawn("events/parts/past.html", {"entry": entry}, shown=shown)


@register.simple_tag
def coming_entry(entry: Entry) -> SafeString:
    """A conference that will be."""
    room = entry.room and (entry.room.taken, entry.room.size)
    shown = (entry.page.url, room, values_of(entry.conference))
    return drawn("events/parts/coming.html", {"entry": entry}, shown=shown)
