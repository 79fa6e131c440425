"""SMTP that remembers how far it came: a line cut while the letter is handed over leaves its fate unknown."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Watched:
    """For smtplib's clients: notes when the letter itself goes over the line and no answer has come yet."""

    is_handing_over = False

    def mail(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Begin a letter."""
        self.is_handing_over = False
        return super().mail(*args, **kwargs)  # type: ignore[misc]

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter over."""
        self.is_handing_over = True
        answer: tuple[int, bytes] = super().data(msg)  # type: ignore[misc]
        self.is_handing_over = False
        return answer


class WatchedSMTP(Watched, smtplib.SMTP):
    """An open line."""


class WatchedSecureSMTP(Watched, smtplib.SMTP_SSL):
    """A line that is encrypted from the first byte."""


class WatchedBackend(EmailBackend):
    """Django's SMTP backend, asked whether the last letter may have arrived."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The watched client for this line."""
        return WatchedSecureSMTP if self.use_ssl else WatchedSMTP

    def may_have_arrived(self) -> bool:
        """Whether the line was cut after the letter began to go over it."""
        return bool(getattr(self.connection, "is_handing_over", False))
