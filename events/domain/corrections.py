"""What staff put right: what a ticket takes, a name, a lost letter, places kept back once."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events.domain import ledger
from events.domain.errors import TicketingError
from events.domain.money_path import money_path
from events.models import CapacityClaim, Order, OrderLine, Quota, StaffHold, TicketType, TypeQuota
from network_site.base.audit import record
from network_site.mail.models import OutgoingMail
from network_site.mail.outbox import queue, resend

if TYPE_CHECKING:
    from network_site.people.models import User

CONFIRMATION = "events.order_paid"


def draw_on(ticket_type: TicketType, *, weights: dict[int, int], by: "User | None") -> None:
    """Say how many units of which quotas (pk -> units) one ticket takes.

    Raises TicketingError once places of this type are held or sold: each has taken its room already.
    """
    with transaction.atomic():
        before = dict(ticket_type.type_quotas.values_list("quota_id", "weight"))
        if weights == before:
            return
        claims = CapacityClaim.objects.filter(status=CapacityClaim.Status.ACTIVE, order_line__ticket_type=ticket_type)
        if claims.exists():
            raise TicketingError(
                _("Places of “%(name)s” are held or sold and have taken their room. Make another ticket type instead.")
                % {"name": ticket_type.name}
            )
        ticket_type.type_quotas.all().delete()
        TypeQuota.objects.bulk_create(
            TypeQuota(ticket_type=ticket_type, quota_id=quota, weight=weight) for quota, weight in weights.items()
        )


def keep_back_once(quota: Quota, *, units: int, reason: str, by: "User | None", now: datetime) -> StaffHold:
    """Keep places back; the same number for the same people is kept back once, however often it is asked."""
    with money_path():
        Quota.objects.select_for_update().get(pk=quota.pk)
        same = quota.staff_holds.filter(units=units, reason=reason, released_at=None)
        if same.exists():
            raise TicketingError(
                _("%(units)s of “%(quota)s” are kept back for “%(reason)s” already. Nothing was changed.")
                % {"units": units, "quota": quota.name, "reason": reason}
            )
        return ledger.keep_back(quota, units=units, reason=reason, by=by, now=now)


def correct_place(line: OrderLine, *, name: str, email: str, by: "User | None") -> bool:
    """Put another name or address on a place and its workshops, at any time; False when it says so already.

    Its code and link stay the same; an address that is new gets the ticket.
    """
    after = {"attendee_name": name, "attendee_email": email}
    before = {field: getattr(line, field) for field in after}
    if before == after:
        return False
    with money_path():
        OrderLine.objects.filter(Q(pk=line.pk) | Q(parent=line)).update(**after)
        _send_ticket(line, email)
        record("corrected a place", subject=line.order.subject, by=by, place=line.number, before=before, after=after)
    return True


def _send_ticket(line: OrderLine, email: str) -> None:
    order, address = line.order, email.casefold()
    is_known = address in {"", line.attendee_email.casefold(), order.buyer_email.casefold()}
    if line.status == OrderLine.Status.VALID and line.parent_id is None and not is_known:
        key = f"place:{order.reference}:{line.number}:{_short(address)}"
        queue("events.place", to=email, dedupe_key=key, payload={"order": order.pk, "line": line.pk})


def _short(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:16]


def correct_buyer(order: Order, *, name: str, email: str, organisation: str, by: "User | None") -> bool:
    """Put right who booked; False when it says so already."""
    after = {"buyer_name": name, "buyer_email": email, "organisation": organisation}
    before = {field: getattr(order, field) for field in after}
    if before == after:
        return False
    with transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**after)
        record("corrected the buyer", subject=order.subject, by=by, before=before, after=after)
    return True


def resend_confirmation(order: Order, *, by: "User | None", now: datetime) -> None:
    """Send the confirmation once more, to the address the order has now.

    Raises TicketingError for an order that is not booked, MailError while a copy is still on its way.
    """
    if order.status != Order.Status.PAID:
        raise TicketingError(
            _("Order %(ref)s is not booked, so there is nothing to confirm.") % {"ref": order.reference}
        )
    with transaction.atomic():
        sent = OutgoingMail.objects.filter(kind=CONFIRMATION, to=order.buyer_email, payload__order=order.pk).first()
        if sent is not None:
            resend(sent, by=by, now=now)
        else:
            key = f"order_paid:{order.reference}:{_short(order.buyer_email.casefold())}"
            queue(CONFIRMATION, to=order.buyer_email, dedupe_key=key, payload={"order": order.pk})
        record("sent the confirmation again", subject=order.subject, by=by, to=order.buyer_email)
