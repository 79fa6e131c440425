"""A message comes in, is passed on, answered and closed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network_site.base import audit, tokens
from network_site.contact.domain.errors import ContactError
from network_site.contact.domain.routing import addresses
from network_site.contact.models import ContactTopic, Message
from network_site.mail import outbox

if TYPE_CHECKING:
    from network_site.people.models import User

Status = Message.Status
# 25^6 references; five in a row that exist already do not happen.
TRIES = 5
# One address gets at most so many thank-you letters a day, however often somebody types it in.
MOST_THANKS = 3
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Words:
    """What somebody wrote, checked by the form."""

    name: str
    email: str
    text: str
    organisation: str = ""
    is_copy_wanted: bool = False


def key_of(form: str, *, topic: ContactTopic | None, words: Words) -> str:
    """What makes two messages one: the same words on the same form. Words put right afterwards are a new message."""
    told = json.dumps([form, topic.pk if topic else None, asdict(words)], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def receive(
    words: Words, *, form: str, topic: ContactTopic | None, signs: Sequence[str] = (), now: datetime
) -> Message:
    """Keep a message and promise its letters, in one transaction; the same form sent again gives the same message.

    Args:
        form: the form's token, which tells it from other forms.
        signs: why it should be looked at first; with any it is held and no letter is promised.
    """
    key = key_of(form, topic=topic, words=words)
    for _attempt in range(TRIES):
        if known := Message.objects.filter(key=key).first():
            return known
        try:
            with transaction.atomic():
                return _keep(words, key=key, topic=topic, signs=signs, now=now)
        except IntegrityError:  # sent twice at once, or a reference that exists
            continue
    raise ContactError(_("Your message could not be kept. Send it again in a minute; what you wrote is still here."))


def _keep(
    words: Words, *, key: str, topic: ContactTopic | None, signs: Sequence[str], now: datetime
) -> Message:  # fmt: skip
    message = Message.objects.create(
        **asdict(words),
        reference=tokens.reference(),
        key=key,
        topic=topic,
        topic_label=topic.label if topic else "",
        status=Status.SUSPECTED if signs else Status.NEW,
        signs=list(signs),
        received_at=now,
    )
    if not signs:
        promise_letters(message, now=now)
    return message


def promise_letters(message: Message, *, now: datetime) -> None:
    """The message to whom it is for, and thanks to who wrote it; each once, however often this is asked."""
    pass_on(message)
    recent = Message.objects.filter(email__iexact=message.email, received_at__gt=now - A_DAY).exclude(pk=message.pk)
    if recent.exclude(status=Status.SUSPECTED).count() < MOST_THANKS:
        _queue("contact.thanks", message, to=message.email)


def pass_on(message: Message) -> None:
    """Send the message to whom its topic says."""
    for address in addresses(message.topic):
        _queue("contact.message", message, to=address, reply_to=message.email)


def _queue(kind: str, message: Message, *, to: str, **more: Any) -> None:
    # Only the key goes into the outbox: words are read when the letter is written, so erasing them erases them.
    digest = hashlib.sha256(to.lower().encode()).hexdigest()[:16]
    outbox.queue(
        kind, to=to, dedupe_key=f"{kind}:{message.reference}:{digest}", payload={"message": message.pk}, **more
    )


@transaction.atomic
def move(message: Message, *, to: str, by: "User | None", now: datetime) -> None:
    """Say that a message is answered, closed, held, or new again; ContactError where that cannot be.

    A held message that becomes new is genuine: now its letters are promised.
    """
    was = Status(message.status)
    if Status(to) not in Message.ALLOWED[was]:
        raise ContactError(
            _("A message that is %(was)s cannot become %(to)s.") % {"was": was.label, "to": Status(to).label}
        )
    if not Message.objects.filter(pk=message.pk, status=was).update(status=to, **_marks(to, by=by, now=now)):
        raise ContactError(_("Somebody else was quicker. Look at the message again."))
    audit.record(to, subject=message.subject_key, by=by, was=was)
    message.refresh_from_db()
    if was == Status.SUSPECTED and to == Status.NEW and not message.erased_at:
        promise_letters(message, now=now)


def _marks(to: str, *, by: "User | None", now: datetime) -> dict[str, Any]:
    """Who and when, for the two deeds that have a name."""
    if to in {Status.ANSWERED, Status.CLOSED}:
        return {f"{to}_at": now, f"{to}_by": by}
    return {}


@transaction.atomic
def assign(message: Message, *, topic: ContactTopic, by: "User | None") -> None:
    """Give a message another topic, and pass it on to whom that one goes unless it is held or erased."""
    was = message.topic_label
    Message.objects.filter(pk=message.pk).update(topic=topic, topic_label=topic.label)
    message.refresh_from_db()
    audit.record("assigned", subject=message.subject_key, by=by, was=was, topic=topic.label)
    if message.status != Status.SUSPECTED and not message.erased_at:
        pass_on(message)
