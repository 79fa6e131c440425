"""The outbox: promise a letter inside a transaction, send it later, once."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base import audit, stopping
from network_site.base.incidents import open_incident, resolve_incident
from network_site.base.models import Incident
from network_site.mail.delivery import Answer, Verdict, compose, hand_over, message_id
from network_site.mail.errors import MailError
from network_site.mail.models import OutgoingMail

if TYPE_CHECKING:
    from network_site.people.models import User

logger = logging.getLogger(__name__)
Status = OutgoingMail.Status
# The wait after the first, second, ... attempt; after the last wait one more attempt is made.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 12 * 60))
# Longer than any conversation with a mail server whose every step may take EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)
ENDS = frozenset({Status.SENT, Status.FAILED, Status.UNKNOWN})
KEEP_PAYLOAD = timedelta(days=180)
SERVER_INCIDENT = {"kind": "mail.server", "subject": "mail:server"}


def queue(kind: str, *, to: str, dedupe_key: str, payload: dict[str, Any], reply_to: str = "") -> bool:
    """Promise a letter, in the transaction of the deed it tells of.

    Args:
        kind: who writes it, see `kinds.letter_kind`.
        to: one address.
        dedupe_key: which promise this is, such as "order_paid:ABC123"; False when it was made before.
        payload: what the writer needs, as JSON.
        reply_to: where answers go; empty for the network's own address.
    """
    now = timezone.now()
    _mail, is_new = OutgoingMail.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "kind": kind, "to": to, "payload": payload, "reply_to": reply_to, "queued_at": now, "next_attempt_at": now,
        },
    )  # fmt: skip
    return is_new


def deliver_due(*, limit: int = 50, now: datetime | None = None) -> int:
    """Send what is due over one connection; returns how many letters the mail server took. Never inside a transaction.

    Each letter is claimed and committed as being sent before the first byte leaves; one found in that state after its
    worker died is asked about and never sent again by itself.
    """
    moment = now or timezone.now()
    give_up_on_lost(now=moment)
    due = OutgoingMail.objects.filter(status=Status.QUEUED, next_attempt_at__lte=moment)
    waiting = list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit])
    if not waiting:
        return 0
    line: BaseEmailBackend = get_connection()
    try:
        sent = send_all(waiting, line=line, now=moment)
    finally:
        line.close()
    if sent:
        settle(SERVER_INCIDENT["subject"], by=None, resolution=_("The mail server answers again."))
    return sent


def send_all(waiting: list[int], *, line: BaseEmailBackend, now: datetime) -> int:
    """Send the letters with these keys until told to stop or the mail server cannot be reached."""
    sent = 0
    for pk in waiting:
        if stopping.is_asked() or not is_open(line):
            break
        mail = claim(pk, now=now)
        if mail is not None:
            sent += send(mail, line=line, now=now)
    return sent


def is_open(line: BaseEmailBackend) -> bool:
    """Open the line if need be; a server that cannot be reached costs no letter an attempt, but staff hear of it."""
    try:
        line.open()
    except OSError as error:
        logger.warning("The mail server cannot be reached: %r", error)
        open_incident(
            **SERVER_INCIDENT,
            sentence=_("The mail server cannot be reached. Letters wait and nothing is lost."),
            advice=_("Check EMAIL_URL and the provider. Sending goes on by itself when the server answers."),
            data={"error": repr(error)[:500]},
        )
        return False
    return True


def claim(pk: int, *, now: datetime) -> OutgoingMail | None:
    """Take a waiting letter for sending; None when another worker has it. Committed when this returns."""
    with transaction.atomic(durable=True):
        mine = OutgoingMail.objects.filter(pk=pk, status=Status.QUEUED, next_attempt_at__lte=now).update(
            status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    return OutgoingMail.objects.get(pk=pk) if mine else None


def send(mail: OutgoingMail, *, line: BaseEmailBackend, now: datetime) -> bool:
    """Send a claimed letter and write down what became of it; True when the server took it."""
    try:
        message = compose(mail)
    except Exception as error:
        logger.exception("The letter %s cannot be written", mail.subject_key)
        answer = Answer(Verdict.NOT_YET, f"It could not be written: {type(error).__name__}: {error}"[:500])
    else:
        answer = hand_over(message, line=line)
        if answer.verdict != Verdict.SENT:
            line.close()
    write_down(mail, answer=answer, now=now)
    return answer.verdict == Verdict.SENT


def write_down(mail: OutgoingMail, *, answer: Answer, now: datetime) -> None:
    """Move a letter that is being sent to where the answer puts it."""
    if answer.verdict == Verdict.SENT:
        mark_sent(mail, now=now)
    elif answer.verdict == Verdict.UNKNOWN:
        mark_unknown(mail, reason=answer.reason)
    elif answer.verdict == Verdict.NOT_YET and mail.attempts <= len(WAITS):
        mine(mail, Status.SENDING).update(
            status=Status.QUEUED, next_attempt_at=now + WAITS[mail.attempts - 1], claimed_at=None, error=answer.reason
        )
    else:
        mark_failed(mail, reason=answer.reason)


def mine(mail: OutgoingMail, *statuses: str) -> Any:
    """This letter, as long as nobody began another attempt at it."""
    return OutgoingMail.objects.filter(
        pk=mail.pk, attempts=mail.attempts, claimed_at=mail.claimed_at, status__in=statuses
    )


@transaction.atomic
def mark_sent(mail: OutgoingMail, *, now: datetime) -> None:
    """The server took it; a slow worker may say so even after the letter was given up as lost."""
    sent = mine(mail, Status.SENDING, Status.UNKNOWN)
    if sent.update(status=Status.SENT, sent_at=now, message_id=message_id(mail), error="", next_attempt_at=None):
        settle(mail.subject_key, by=None, resolution=_("The mail server took the letter."))


@transaction.atomic
def mark_failed(mail: OutgoingMail, *, reason: str) -> None:
    """Nobody got it and nobody will, unless staff send it again."""
    if mine(mail, Status.SENDING).update(status=Status.FAILED, error=reason, next_attempt_at=None):
        open_incident(
            "mail.failed",
            subject=mail.subject_key,
            sentence=_("The letter “%(kind)s” to %(to)s could not be delivered. %(reason)s")
            % {"kind": mail.kind, "to": mail.to, "reason": reason},
            advice=_("Correct the address or tell the person another way, then send the letter again."),
        )


@transaction.atomic
def mark_unknown(mail: OutgoingMail, *, reason: str) -> bool:
    """Perhaps they got it: people decide, because a second copy is worse than a question."""
    if not mine(mail, Status.SENDING).update(status=Status.UNKNOWN, error=reason, next_attempt_at=None):
        return False
    open_incident(
        "mail.unknown",
        subject=mail.subject_key,
        sentence=_("The letter “%(kind)s” to %(to)s was perhaps sent. %(reason)s")
        % {"kind": mail.kind, "to": mail.to, "reason": reason},
        advice=_("Look in the provider’s log or ask the person. If it did not arrive, send it again."),
    )
    return True


def give_up_on_lost(*, now: datetime) -> int:
    """Ask about letters whose worker died while sending them; returns how many."""
    lost = OutgoingMail.objects.filter(status=Status.SENDING, claimed_at__lt=now - LEASE)
    reason = _("The worker stopped while it was sending.")
    return sum(mark_unknown(mail, reason=reason) for mail in lost)


@transaction.atomic
def resend(mail: OutgoingMail, *, by: "User | None", now: datetime) -> None:
    """Send a letter once more because a person decided so; MailError while it is still on its way or was pruned.

    A copy of a letter that had been sent is a new message; a letter that perhaps was sent keeps its id.
    """
    if mail.pruned_at:
        raise MailError(_("This letter is too old to be sent again: its contents were deleted."))
    if mail.status not in ENDS:
        raise MailError(_("This letter is already on its way."))
    copies = mail.copies + (mail.status == Status.SENT)
    if not OutgoingMail.objects.filter(pk=mail.pk, status=mail.status, copies=mail.copies, pruned_at=None).update(
        status=Status.QUEUED, copies=copies, attempts=0, next_attempt_at=now, claimed_at=None, sent_at=None, error=""
    ):
        raise MailError(_("This letter is already on its way."))
    audit.record("resent", subject=mail.subject_key, by=by, kind=mail.kind, to=mail.to, was=mail.status)
    settle(mail.subject_key, by=by, resolution=_("Sent again."))
    mail.refresh_from_db()


def settle(subject: str, *, by: "User | None", resolution: str) -> None:
    """Close what was asked about a letter."""
    for incident in Incident.objects.filter(subject=subject, resolved_at=None):
        resolve_incident(incident, by=by, resolution=resolution)


def prune(*, now: datetime | None = None) -> int:
    """Empty the payload of letters sent long ago, which may name people; returns how many."""
    moment = now or timezone.now()
    old = OutgoingMail.objects.filter(status=Status.SENT, pruned_at=None, sent_at__lt=moment - KEEP_PAYLOAD)
    return old.update(payload={}, pruned_at=moment)
