"""Names on booked places: they may be filled in and changed until the conference starts."""

from collections.abc import Mapping
from datetime import datetime, time

from django.utils.translation import gettext as _

from events.domain.errors import TicketingError
from events.domain.money_path import money_path
from events.models import Order, OrderLine
from network_site.base import audit
from network_site.base.dates import LONDON
from network_site.base.tokens import secret
from network_site.mail.outbox import queue


def can_change(order: Order, *, now: datetime) -> bool:
    """Whether names can still be changed: the order is booked and the conference has not started."""
    conference = order.conference
    starts = datetime.combine(conference.starts_on, conference.opens or time(0), LONDON)
    return order.status == Order.Status.PAID and now < starts


def change_names(order: Order, *, attendees: Mapping[int, tuple[str, str]], now: datetime) -> list[OrderLine]:
    """Write other names on booked places; whoever is new gets their ticket by mail.

    Args:
        order: one that is booked.
        attendees: number of each place -> name and e-mail; both may be empty.
        now: the moment.

    Returns the places that changed. Raises TicketingError once the conference has started; nothing is changed then.
    """
    if not can_change(order, now=now):
        raise TicketingError(_("Names can be changed until the conference starts. Nothing was changed. Write to us."))
    with money_path():
        lines = list(order.lines.select_for_update().filter(status=OrderLine.Status.VALID).order_by("number"))
        changed = [line for line in lines if line.parent_id is None and _rename(order, line, attendees)]
        _rename_addons(lines, {line.pk: line for line in changed})
        OrderLine.objects.bulk_update(lines, ["attendee_name", "attendee_email", "token"])
        if changed:
            audit.record("renamed", subject=order.subject, places=[line.number for line in changed])
    return changed


def _rename(order: Order, line: OrderLine, attendees: Mapping[int, tuple[str, str]]) -> bool:
    name, email = attendees.get(line.number, (line.attendee_name, line.attendee_email))
    if (name, email) == (line.attendee_name, line.attendee_email):
        return False
    if email.casefold() != line.attendee_email.casefold():
        _hand_over(order, line, email)
    line.attendee_name, line.attendee_email = name, email
    return True


def _hand_over(order: Order, line: OrderLine, email: str) -> None:
    """Somebody else comes: the link and the code of whoever had the place before no longer work."""
    if line.attendee_email:
        line.token = secret()
    if email and email.casefold() != order.buyer_email.casefold():
        queue(
            "events.place",
            to=email,
            dedupe_key=f"place:{order.reference}:{line.number}:{line.token}",
            payload={"order": order.pk, "line": line.pk},
        )


def _rename_addons(lines: list[OrderLine], changed: Mapping[int, OrderLine]) -> None:
    for line in lines:
        place = changed.get(line.parent_id or 0)
        if place:
            line.attendee_name, line.attendee_email = place.attendee_name, place.attendee_email
