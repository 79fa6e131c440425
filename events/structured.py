"""Conferences as search engines know them: when, where, how to take part and what a place costs; and their picture."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain.availability import OfferState, price_pence, window
from events.models import Conference, ConferenceIndexPage, ConferencePage, TicketType, TypeQuota
from events.views.faces import face_once
from events.views.panels import draws_of
from network_site.base.dates import LONDON, Precision, machine
from network_site.sharing import cards, pictures
from network_site.sharing.cards import Card
from network_site.sharing.shared import Shared, page, tells
from network_site.sharing.structured import Node, describes, known, us

SCHEMA = "https://schema.org/"
ATTENDANCE = {
    Conference.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Conference.Mode.VIRTUAL: "OnlineEventAttendanceMode",
    Conference.Mode.HYBRID: "MixedEventAttendanceMode",
}
STATUS = {Conference.Status.CANCELLED: "EventCancelled", Conference.Status.POSTPONED: "EventPostponed"}
AVAILABLE = {OfferState.ON_SALE: "InStock", OfferState.NOT_YET: "PreOrder"}


@tells(ConferencePage)
def told(conference_page: ConferencePage) -> Shared:
    """A conference's page; where nobody summed it up, its strapline does."""
    said = page(conference_page)
    own = conference_page.description or conference_page.conference.strapline
    return replace(said, description=own or said.description)


@cards.drawn(ConferencePage)
def card(conference_page: ConferencePage) -> Card:
    """When and where, with a loop: closed where the room was full, open where there was room for more."""
    conference = conference_page.conference
    facts = tuple(fact for fact in (conference.when, conference.where) if fact)
    mark = "loop" if conference.was_sold_out else "bight"
    return Card(title=conference_page.title, tag=_("Conference"), facts=facts, mark=mark)


@cards.drawn(ConferenceIndexPage)
def index_card(index: ConferenceIndexPage) -> Card:
    """All conferences."""
    return Card(title=str(index.title), lead=index.summary, mark="bight")


@describes(ConferencePage)
def event(conference_page: ConferencePage, said: Shared) -> list[Node]:
    """The conference as an Event, once it is announced and it is known where it is."""
    conference = conference_page.conference
    places = list(locations(conference, said))
    if conference.status == Conference.Status.DRAFT or not places:
        return []
    node = {
        "@type": "Event",
        "@id": f"{said.url}#event",
        "name": conference.title,
        "description": said.description,
        "url": said.url,
        "image": [pictures.picture(conference_page, said).url],
        "inLanguage": said.language,
        "startDate": starts(conference),
        "endDate": ends(conference),
        "eventAttendanceMode": SCHEMA + ATTENDANCE[Conference.Mode(conference.mode)],
        "eventStatus": SCHEMA + STATUS.get(Conference.Status(conference.status), "EventScheduled"),
        "location": places[0] if len(places) == 1 else places,
        "organizer": us(),
        "offers": offers(conference, said, now=timezone.now(), draws=_known_draws(conference)),
    }
    return [known(node)]


def locations(conference: Conference, said: Shared) -> Iterable[Node]:
    """Where it is: a place, the conference's own page for those who take part from home, or both."""
    if conference.mode != Conference.Mode.VIRTUAL and (conference.venue or conference.town):
        address = known({"@type": "PostalAddress", "addressLocality": conference.town})
        # Without a town the name is all that is known of the address.
        yield {
            "@type": "Place",
            "name": conference.venue or conference.town,
            "address": address if conference.town else conference.venue,
        }
    if conference.mode != Conference.Mode.IN_PERSON:
        yield {"@type": "VirtualLocation", "url": said.url}


def starts(conference: Conference) -> str:
    """The start, to the minute or no finer than it is known."""
    return _moment(conference, conference.starts_on, conference.opens)


def ends(conference: Conference) -> str | None:
    """The end; None where nobody knows more than the start."""
    if conference.precision != Precision.DAY:
        return machine(conference.ends_on, conference.precision) if conference.ends_on else None
    return _moment(conference, conference.last_day, conference.closes if conference.opens else None)


def _moment(conference: Conference, day: date, clock: time | None) -> str:
    if conference.precision == Precision.DAY and clock is not None:
        return datetime.combine(day, clock, LONDON).isoformat()
    return machine(day, conference.precision)


def _known_draws(conference: Conference) -> list[TypeQuota] | None:
    """What the booking panel of the same page has read of its tickets; None where there is no panel."""
    panel = face_once(conference).panel
    return panel.draws if panel else None


def offers(
    conference: Conference, said: Shared, *, now: datetime, draws: Iterable[TypeQuota] | None = None
) -> list[Node]:
    """What a place costs now and whether there is one; nothing where no places are sold. One query, or no query.

    Args:
        draws: which of its tickets draw on which quotas, where somebody asked already; hidden tickets are not told of.
    """
    if conference.status not in {Conference.Status.ON_SALE, Conference.Status.ANNOUNCED}:
        return []
    by_type: dict[TicketType, list[TypeQuota]] = {}
    for draw in sorted(draws_of([conference]) if draws is None else draws, key=_in_order):
        if not (draw.ticket_type.is_addon or draw.ticket_type.is_hidden):
            by_type.setdefault(draw.ticket_type, []).append(draw)
    return [_offer(ticket_type, own, said, now=now) for ticket_type, own in by_type.items()]


def _in_order(draw: TypeQuota) -> tuple[int, int]:
    return draw.ticket_type.sort_order, draw.ticket_type_id


def _offer(ticket_type: TicketType, draws: list[TypeQuota], said: Shared, *, now: datetime) -> Node:
    state = window(ticket_type, now=now)
    has_room = all(draw.quota.left is None or draw.quota.left >= draw.weight for draw in draws)
    is_open = has_room and not any(draw.quota.is_closed for draw in draws)
    pence = price_pence(ticket_type, now=now)
    node: dict[str, Any] = {
        "@type": "Offer",
        "name": ticket_type.name,
        "url": f"{settings.SITE_URL}{said.path}",
        "price": f"{pence // 100}.{pence % 100:02}",
        "priceCurrency": "GBP",
        "availability": SCHEMA + (AVAILABLE.get(state, "SoldOut") if is_open else "SoldOut"),
        "validFrom": ticket_type.on_sale_from.isoformat() if ticket_type.on_sale_from else None,
    }
    return known(node)
