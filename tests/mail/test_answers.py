"""What a mail server's or a provider's answer says of a letter's fate."""

import smtplib

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from network_site.mail.delivery import Answer, Verdict, hand_over, judge, message_id
from network_site.mail.models import OutgoingMail
from network_site.mail.smtp import WatchedBackend, WatchedSecureSMTP, WatchedSMTP


class ProviderError(Exception):
    def __init__(self, status_code: int | None) -> None:
        super().__init__("no")
        self.status_code = status_code


class Line(BaseEmailBackend):
    """A line that fails as told, or takes nothing."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error

    def send_messages(self, messages: object) -> int:
        if self.error:
            raise self.error
        return 0


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no such person")}), Verdict.REFUSED),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (451, b"greylisted")}), Verdict.NOT_YET),
        (smtplib.SMTPRecipientsRefused({}), Verdict.NOT_YET),
        (smtplib.SMTPDataError(552, b"too large"), Verdict.REFUSED),
        (smtplib.SMTPDataError(450, "later"), Verdict.NOT_YET),
        (smtplib.SMTPSenderRefused(553, b"not you", "us@example.org"), Verdict.NOT_YET),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Verdict.NOT_YET),
        (ProviderError(400), Verdict.REFUSED),
        (ProviderError(429), Verdict.NOT_YET),
        (ProviderError(408), Verdict.NOT_YET),
        (ProviderError(503), Verdict.UNKNOWN),
        (ProviderError(None), Verdict.UNKNOWN),
        (RuntimeError("who knows"), Verdict.UNKNOWN),
    ],
)
def test_an_error_says(error: Exception, verdict: Verdict) -> None:
    answer = judge(error, line=Line())
    assert answer.verdict == verdict
    assert answer.reason


def test_before_the_letter_went_over_the_line_nothing_can_have_arrived() -> None:
    line = WatchedBackend()
    assert judge(OSError("cut"), line=line).verdict == Verdict.NOT_YET
    line.connection = WatchedSMTP()
    line.connection.is_handing_over = True
    assert judge(OSError("cut"), line=line).verdict == Verdict.UNKNOWN


def test_a_line_that_takes_nothing_is_asked_again() -> None:
    assert hand_over(EmailMultiAlternatives(to=["a@b.c"]), line=Line()).verdict == Verdict.NOT_YET


def test_what_a_line_raises_is_an_answer() -> None:
    answer = hand_over(EmailMultiAlternatives(to=["a@b.c"]), line=Line(ProviderError(401)))
    assert answer == Answer(Verdict.REFUSED, "ProviderError: no")


def test_the_line_is_watched_whether_encrypted_or_not() -> None:
    assert WatchedBackend().connection_class is WatchedSMTP
    assert WatchedBackend(use_ssl=True).connection_class is WatchedSecureSMTP


def test_the_id_is_the_promises_own(settings: object) -> None:
    settings.DEFAULT_FROM_EMAIL = "Network <bookings@example.org>"  # type: ignore[attr-defined]
    first, again, other = (OutgoingMail(dedupe_key=key) for key in ("a", "a", "b"))
    assert message_id(first) == message_id(again) != message_id(other)
    assert message_id(first).endswith("@example.org>")
    settings.DEFAULT_FROM_EMAIL = ""  # type: ignore[attr-defined]
    assert message_id(first).endswith("@localhost>")


def test_django_keeps_its_own_outbox_apart() -> None:
    assert not getattr(django_mail, "outbox", [])
