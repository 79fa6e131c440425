"""Handing one letter to the mail server, and reading what became of it."""

import hashlib
import logging
import smtplib
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from network_site.mail.kinds import write
from network_site.mail.letters import Letter
from network_site.mail.models import OutgoingMail

logger = logging.getLogger(__name__)
PERMANENT = 500
TOO_MANY = frozenset({408, 429})


class Verdict(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    NOT_YET = "not yet"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The verdict, and what the server or the error said."""

    verdict: Verdict
    reason: str = ""


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt at the same promise, so that a mailbox knows a second copy for what it is."""
    name = f"{mail.dedupe_key}\n{mail.copies}" if mail.copies else mail.dedupe_key
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(name.encode()).hexdigest()[:40]}@{domain}>"


def compose(mail: OutgoingMail) -> EmailMultiAlternatives:
    """Write the letter as a message ready to go, built once so that a fault shows before the line is used.

    It is in the site's language, whoever's visit sends it and whoever sends it again.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _written(mail)


def _written(mail: OutgoingMail) -> EmailMultiAlternatives:
    letter = write(mail.kind, mail.payload)
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=letter.text(),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        reply_to=[mail.reply_to or settings.CONTACT_EMAIL],
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated", **_one_click(letter)},
    )
    message.attach_alternative(letter.html(), "text/html")
    for file in letter.attachments:
        message.attach(file.filename, file.content, file.content_type)
    message.message()
    return message


def _one_click(letter: Letter) -> dict[str, str]:
    """What mail programs need for a button that ends such letters (RFC 2369, RFC 8058)."""
    if not letter.stop_url:
        return {}
    return {"List-Unsubscribe": f"<{letter.stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def hand_over(message: EmailMultiAlternatives, *, line: BaseEmailBackend) -> Answer:
    """Send `message` over `line`; never raises, because whatever happened has to be written down."""
    try:
        taken = line.send_messages([message])
    except Exception as error:  # noqa: BLE001 the letter's fate is written down whatever happened
        logger.warning("A letter was not taken: %r", error)
        return judge(error, line=line)
    if not taken:
        return Answer(Verdict.NOT_YET, "The mail server took nothing and said nothing.")
    return Answer(Verdict.SENT)


def judge(error: Exception, *, line: BaseEmailBackend) -> Answer:
    """What an error says of the letter's fate: a clear no, a not now, or nothing certain."""
    reason = describe(error)
    code = answer_code(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return Answer(Verdict.REFUSED if code >= PERMANENT else Verdict.NOT_YET, reason)
    if isinstance(error, smtplib.SMTPResponseException):  # our name, our password, our sender: not the letter's fault
        return Answer(Verdict.NOT_YET, reason)
    if isinstance(getattr(error, "status_code", None), int):
        return Answer(from_web(code), reason)
    may_have_arrived = getattr(line, "may_have_arrived", lambda: True)()
    return Answer(Verdict.UNKNOWN if may_have_arrived else Verdict.NOT_YET, reason)


def from_web(code: int) -> Verdict:
    """What the status of a provider's answer says."""
    if code in TOO_MANY:
        return Verdict.NOT_YET
    return Verdict.UNKNOWN if code >= PERMANENT else Verdict.REFUSED


def answer_code(error: Any) -> int:
    """The number of the server's answer; 0 when there is none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _said in error.recipients.values()), default=0)
    return int(getattr(error, "smtp_code", None) or getattr(error, "status_code", None) or 0)


def describe(error: Any) -> str:
    """The error in a line staff can read and search for."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
        return f"The address was refused: {said}"
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"[:500]
