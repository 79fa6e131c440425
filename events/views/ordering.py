"""What an order's pages show: places with their workshops, the bill, the steps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from events.forms import PREFIX, People, PersonForm
from events.models import Conference, Order, OrderLine
from network_site.base.gathering import grouped

STEPS = [_("Places"), _("Names"), _("Pay"), _("Booked")]
FREE_STEPS = [_("Places"), _("Names"), _("Booked")]
GONE = {OrderLine.Status.RELEASED, OrderLine.Status.CANCELLED}


@dataclass
class Place:
    """One place with the workshops beside it."""

    line: OrderLine
    number: int
    workshops: list[OrderLine] = field(default_factory=list)
    form: PersonForm | None = None


@dataclass(frozen=True)
class BillRow:
    """So many of one kind at one price."""

    number: int
    name: str
    pence: int


@dataclass
class Booking:
    """An order as its pages show it."""

    order: Order
    lines: Sequence[OrderLine]

    @property
    def conference(self) -> Conference:
        """What it is for."""
        return self.order.conference

    @property
    def places(self) -> list[Place]:
        """Places in order, each with its workshops; those cancelled while others stay are left out."""
        shown = [line for line in self.lines if line.status not in GONE] or list(self.lines)
        workshops = grouped((line.parent_id, line) for line in shown)
        return [Place(line, number, workshops[line.pk]) for number, line in enumerate(workshops[None], start=1)]

    @property
    def place_lines(self) -> list[OrderLine]:
        """The lines that are places."""
        return [place.line for place in self.places]

    def places_with(self, people: People) -> list[Place]:
        """The places, each with its form."""
        places = self.places
        for place, form in zip(places, people.forms, strict=True):
            place.form = form
        return places

    @property
    def bill(self) -> list[BillRow]:
        """One row for each kind and price."""
        kinds = Counter((line.ticket_type.name, line.price_pence) for line in self.lines)
        return [BillRow(number, name, number * pence) for (name, pence), number in kinds.items()]

    @property
    def steps(self) -> list[str]:
        """The steps of booking; there is none for paying when it is free."""
        return [str(step) for step in (STEPS if self.order.total_pence else FREE_STEPS)]

    @property
    def again(self) -> str:
        """The address where the same choice can be made once more."""
        kinds = Counter(line.ticket_type_id for line in self.lines)
        query = urlencode({f"{PREFIX}{pk}": number for pk, number in kinds.items()})
        return f"{self.conference.get_absolute_url()}tickets/?{query}"
