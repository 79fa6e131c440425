"""Places sold in the demonstration, through the same verbs a visitor's click calls; every buyer is invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle, islice

from django.conf import settings

from events.domain import checkout, holds
from events.models import Conference, Order, TicketType
from network_site.payments.models import CheckoutAttempt
from network_site.payments.practice_gateway import decide

FIRST = ("Amira", "Bryn", "Ceri", "Dev", "Elin", "Femi", "Grace", "Hugh", "Ines", "Jonas", "Kezia", "Lowri")
LAST = ("Demonstration", "Example", "Sample", "Invented", "Placeholder")
EMPLOYERS = ("Example NHS Trust", "Sample Council", "Invented University", "The Placeholder Project", "")


@dataclass(frozen=True)
class Sale:
    """One order: how many of which ticket type, and of which workshop beside."""

    ticket_type: str
    places: int
    workshops: dict[str, int] = field(default_factory=dict)
    email: str = ""


FIRST_TEN, COUNTING = "Workshop: the first ten minutes", "Workshop: counting what counts"
SALES = (
    Sale("NHS and public sector", 2, {COUNTING: 1}, email="delegate@example.org"),
    *(Sale("NHS and public sector", 8, {FIRST_TEN: 8}) for _ in range(3)),
    *(Sale("NHS and public sector", 8, {COUNTING: 7}) for _ in range(3)),
    *(Sale("NHS and public sector", 10) for _ in range(4)),
    *(Sale("Charity or community group", 6) for _ in range(8)),
    *(Sale("Student", 4) for _ in range(12)),
    *(Sale("Lived experience", 2) for _ in range(6)),
    *(Sale("Online, both days", 7) for _ in range(5)),
)


def names() -> Iterator[str]:
    """Invented names without end."""
    for last in cycle(LAST):
        for first in FIRST:
            yield f"{first} {last}"


def sell(conference: Conference, *, now: datetime) -> int:
    """Sell what is not sold yet, in order; returns how many orders were made."""
    types = {ticket_type.name: ticket_type for ticket_type in conference.ticket_types.all()}
    people, employers = names(), cycle(EMPLOYERS)
    made = Order.objects.filter(conference=conference).count()
    for sale in SALES[made:]:
        _buy(conference, sale, types, name=next(people), organisation=next(employers), people=people, now=now)
    return len(SALES) - made


def _buy(
    conference: Conference,
    sale: Sale,
    types: dict[str, TicketType],
    *,
    name: str,
    organisation: str,
    people: Iterator[str],
    now: datetime,
) -> None:
    wanted = {sale.ticket_type: sale.places, **sale.workshops}
    choices = {types[name].pk: number for name, number in wanted.items()}
    order = holds.place_hold(conference, choices=choices, now=now)
    email = sale.email or f"{name.lower().replace(' ', '.')}@example.org"
    attendees = {number: (who, "") for number, who in enumerate([name, *islice(people, sale.places - 1)], start=1)}
    checkout.name_people(
        order, buyer_name=name, buyer_email=email, organisation=organisation, attendees=attendees, now=now
    )
    if checkout.start(order, now=now, site_url=settings.SITE_URL):
        attempt = CheckoutAttempt.objects.get(reference=order.subject)
        decide(str(attempt.session_id), "pay")
        checkout.refresh(order, now=now)
