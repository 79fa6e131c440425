"""The booking panel: what can be chosen, at which price, and how much room is left."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.forms import BoundField

from events.domain.availability import Offer, OfferState, offers
from events.forms import PREFIX, PlacesForm
from events.models import Conference, Quota, TicketType, TypeQuota
from events.views.ordering import STEPS
from network_site.ui.remembered import values_of


@dataclass(frozen=True)
class TicketRow:
    """One kind of ticket in the booking panel."""

    offer: Offer
    input: BoundField
    quota: Quota | None
    room: Quota | None
    fits: int = 0

    @property
    def is_limited_alone(self) -> bool:
        """Whether it has less room than the whole conference, so that its own row of stitches says something."""
        return self.quota is not None and self.quota != self.room

    @property
    def is_answered(self) -> bool:
        """Whether a visitor sent something: what strangers send is not remembered."""
        return self.input.form.is_bound or bool(self.input.form.initial)

    @property
    def shown(self) -> tuple[Hashable, ...]:
        """Everything its drawing depends on, while nothing was answered."""
        offer, quota = self.offer, self.quota if self.is_limited_alone else None
        return (
            (offer.price_pence, offer.full_price_pence, offer.is_early, offer.most, offer.state),
            quota and (quota.taken, quota.size),
            values_of(offer.ticket_type),
        )

    @property
    def is_on_sale(self) -> bool:
        """Whether a number can be chosen."""
        return self.offer.state == OfferState.ON_SALE

    @property
    def state(self) -> str:
        """on_sale, sold_out, not_yet, over or closed."""
        return str(self.offer.state)


@dataclass
class Panel:
    """The booking panel: places, then workshops."""

    conference: Conference
    form: PlacesForm

    @cached_property
    def draws(self) -> list[TypeQuota]:
        """What its tickets draw on, read with the offers."""
        return [draw for offer in self.form.offers for draw in offer.ticket_type.type_quotas.all()]

    @cached_property
    def _limits(self) -> dict[int, Quota]:
        return tightest(self.draws)

    @cached_property
    def room(self) -> Quota | None:
        """The conference's main room."""
        return main_rooms(self.draws).get(self.conference.pk)

    @cached_property
    def rows(self) -> list[TicketRow]:
        """Every kind of ticket the public may see."""
        return [self._row(offer) for offer in self.form.offers]

    def _row(self, offer: Offer) -> TicketRow:
        pk = offer.ticket_type.pk
        return TicketRow(offer, self.form[f"{PREFIX}{pk}"], self._limits.get(pk), self.room, self.form.fits.get(pk, 0))

    @property
    def places(self) -> list[TicketRow]:
        """Places at the conference."""
        return [row for row in self.rows if not row.offer.ticket_type.is_addon]

    @property
    def workshops(self) -> list[TicketRow]:
        """What is chosen beside a place."""
        return [row for row in self.rows if row.offer.ticket_type.is_addon]

    @property
    def steps(self) -> list[str]:
        """The steps of booking, as far as they are known before anything is chosen."""
        return [str(step) for step in STEPS]

    @property
    def is_open(self) -> bool:
        """Whether any place can be chosen now."""
        return any(row.is_on_sale for row in self.places)

    @property
    def is_sold_out(self) -> bool:
        """Whether the places that were on sale are all gone."""
        return not self.is_open and any(row.state == OfferState.SOLD_OUT for row in self.places)

    @property
    def opens_at(self) -> datetime | None:
        """When the first kind of place goes on sale, where that is known."""
        waiting = [row.offer.ticket_type.on_sale_from for row in self.places if not row.is_on_sale]
        return min((moment for moment in waiting if moment), default=None)

    @property
    def early_until(self) -> datetime | None:
        """Until when the lower prices hold."""
        ends = [row.offer.ticket_type.early_until for row in self.places if row.is_on_sale and row.offer.is_early]
        return min((moment for moment in ends if moment), default=None)


def panel_of(
    conference: Conference,
    *,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> Panel:
    """The booking panel, with what the visitor sent in it."""
    form = PlacesForm(data, offers=offers(conference, now=now), initial=initial)
    return Panel(conference, form)


def draws_of(conferences: Sequence[Conference]) -> list[TypeQuota]:
    """Which ticket types draw on which quotas, for all of them at once."""
    draws = TypeQuota.objects.filter(ticket_type__conference__in=conferences)
    return list(draws.select_related("quota", "ticket_type").order_by("pk"))


def main_rooms(draws: Iterable[TypeQuota]) -> dict[int, Quota]:
    """For each conference the biggest quota that places in the room draw on."""
    found = [draw.quota for draw in draws if draw.quota.size and _is_in_the_room(draw.ticket_type)]
    return {quota.conference_id: quota for quota in sorted(found, key=lambda quota: (quota.size or 0, -quota.pk))}


def _is_in_the_room(ticket_type: TicketType) -> bool:
    return not (ticket_type.is_addon or ticket_type.is_online or ticket_type.is_hidden)


def tightest(draws: Iterable[TypeQuota]) -> dict[int, Quota]:
    """For each ticket type with a limit the quota that stops it first."""
    limited = [draw for draw in draws if draw.quota.size]
    loosest_first = sorted(limited, key=lambda draw: (draw.quota.left or 0) // draw.weight, reverse=True)
    return {draw.ticket_type_id: draw.quota for draw in loosest_first}
