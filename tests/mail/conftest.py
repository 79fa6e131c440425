"""A real mail server on this machine, and letters to send through it."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from network_site.mail import kinds, outbox
from network_site.mail.letters import Attachment, Button, Facts, Heading, Letter, Note, Paragraph
from network_site.mail.models import OutgoingMail


@dataclass
class Inbox:
    """aiosmtpd's handler: keeps what arrives; `answers` says no by address, `drop` cuts the line at a command."""

    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    at_data: Callable[[], str] = lambda: "250 OK"
    connections: int = 0
    port: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        answer = self.answers.get("MAIL", "250 OK")
        if answer == "drop":
            server.transport.abort()
            return "421 gone"
        envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.at_data()
        if answer.startswith("250") or answer == "drop after":
            self.envelopes.append(envelope)
            self.messages.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        if answer.startswith("drop"):
            server.transport.abort()
        return answer


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    """Mail goes to a server of this test's own over loopback."""
    found = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        found.port = free.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=found.port, ready_timeout=20)
    controller.start()
    use(settings, found.port)
    yield found
    controller.stop()


@pytest.fixture
def silent_server(settings: Any) -> Iterator[int]:
    """A server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        use(settings, server.getsockname()[1], timeout=0.05)
        yield server.getsockname()[1]


def use(settings: Any, port: int, timeout: float = 10) -> None:
    settings.EMAIL_BACKEND = "network_site.mail.smtp.WatchedBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = timeout
    settings.DEFAULT_FROM_EMAIL = "Social Prescribing Network <bookings@example.org>"
    settings.CONTACT_EMAIL = "hello@example.org"


LETTER = Letter(
    subject="Your places at the conference",
    preheader="Two places, paid",
    blocks=(
        Heading("Your places are booked"),
        Paragraph("Dear Ada,\nthank you for booking."),
        Facts((("Reference", "ABC123"), ("Paid", "£90"))),
        Heading("What to bring"),
        Button("See your places", "https://example.org/orders/ABC123/?a=1&b=2"),
        Note("Keep this letter."),
    ),
    attachments=(Attachment("ticket.pdf", "application/pdf", b"%PDF-1.7 ticket"),),
)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Kinds of this test alone; "test.plain" writes LETTER."""
    own: dict[str, Any] = {}
    monkeypatch.setattr(kinds, "KINDS", own)
    monkeypatch.setattr(kinds, "NAMES", {})
    kinds.letter_kind("test.plain")(lambda payload: LETTER)
    return own


@pytest.fixture
def promise(letters: dict[str, Any]) -> Callable[..., OutgoingMail]:
    """Queue a letter and get its row."""

    def queue(key: str = "order_paid:ABC123", to: str = "ada@example.org", **more: Any) -> OutgoingMail:
        outbox.queue(more.pop("kind", "test.plain"), to=to, dedupe_key=key, payload=more.pop("payload", {}), **more)
        return OutgoingMail.objects.get(dedupe_key=key)

    return queue
