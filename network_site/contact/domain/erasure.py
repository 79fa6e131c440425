"""Forgetting who wrote: when somebody asks for it, and by itself after a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from network_site.base import audit
from network_site.base.offers import forgetting
from network_site.contact.models import Message, MissedAddress, Opinion
from network_site.mail.forgetting import NOBODY, forget
from network_site.mail.models import OutgoingMail

if TYPE_CHECKING:
    from network_site.people.models import User

KEEP_MONTHS = 12
KEEP = timedelta(days=KEEP_MONTHS * 365 // 12)
KEEP_SUSPECTED = timedelta(days=30)
KEEP_COMMENTS = timedelta(days=365)
KEEP_OPINIONS = timedelta(days=3 * 365)
KEEP_KEYS = timedelta(days=2)
KEEP_MISSED = timedelta(days=90)
AT_ONCE = 200
KINDS = ("contact.message", "contact.thanks")


def of_person(email: str) -> list[Message]:
    """Every message from this address that still says so."""
    return list(Message.objects.filter(email__iexact=email).exclude(email="")) if email else []


@transaction.atomic
def erase_person(email: str, *, by: "User | None", now: datetime) -> int:
    """Erase what one person wrote to us, their address from our letters, and what other rooms keep by that address.

    Returns how many messages there were.
    """
    found = of_person(email)
    erase(found, by=by, now=now)
    for forget_in_room in forgetting.all() if email else ():
        forget_in_room(email, by=by)
    for message in found:
        audit.record("erased", subject=message.subject_key, by=by)
    return len(found)


@transaction.atomic
def erase(messages: Iterable[Message], *, by: "User | None", now: datetime) -> None:
    """Empty these messages; that they came, when, and about what stays for counting."""
    found = list(messages)
    Message.objects.filter(pk__in=[message.pk for message in found]).update(
        name="", email="", organisation="", text="", erased_at=now, erased_by=by
    )
    _erase_letters([message.reference for message in found])


def _erase_letters(references: list[str]) -> None:
    """Addresses stand in the outbox too: what has not left is dropped, what has left forgets to whom."""
    of_these = Q(pk__in=[])
    for reference in references:
        for kind in KINDS:
            of_these |= Q(dedupe_key__startswith=f"{kind}:{reference}:")
    letters = OutgoingMail.objects.filter(of_these)
    forget(letters, sentence=_("A letter about a message that is erased did not arrive."), why=_("Erased."))
    letters.filter(kind="contact.message").update(reply_to="")
    letters.filter(kind="contact.thanks").update(to=NOBODY)


def prune(now: datetime) -> int:
    """Let go of what was promised to be let go of; returns how many messages were emptied. Safe to repeat."""
    Opinion.objects.filter(given_on__lt=(now - KEEP_KEYS).date()).exclude(key=None).update(key=None)
    Opinion.objects.filter(given_on__lt=(now - KEEP_COMMENTS).date()).exclude(comment="").update(comment="")
    Opinion.objects.filter(given_on__lt=(now - KEEP_OPINIONS).date()).delete()
    MissedAddress.objects.filter(asked_on__lt=(now - KEEP_MISSED).date()).delete()
    is_held = Q(status=Message.Status.SUSPECTED, received_at__lt=now - KEEP_SUSPECTED)
    due = Message.objects.filter(Q(received_at__lt=now - KEEP) | is_held, erased_at=None)
    done = 0
    while batch := list(due[:AT_ONCE]):
        erase(batch, by=None, now=now)
        done += len(batch)
    _close_what_nobody_can_answer(now=now)
    return done


def _close_what_nobody_can_answer(*, now: datetime) -> None:
    gone = Message.objects.filter(status__in=Message.OPEN).exclude(erased_at=None)
    gone.update(status=Message.Status.CLOSED, closed_at=now)
