"""Each kind of letter has one writer."""

from typing import Any

import pytest

from network_site.mail.errors import MailError
from network_site.mail.kinds import letter_kind, write
from network_site.mail.letters import Letter, Paragraph


def compose(payload: dict[str, Any]) -> Letter:
    return Letter(subject=payload["subject"], blocks=(Paragraph("x"),))


def test_the_writer_gets_what_was_queued(letters: dict[str, Any]) -> None:
    assert letter_kind("test.own")(compose) is compose
    assert write("test.own", {"subject": "Hello"}).subject == "Hello"


def test_a_kind_has_one_writer(letters: dict[str, Any]) -> None:
    letter_kind("test.own")(compose)
    letter_kind("test.own")(compose)
    with pytest.raises(ValueError, match=r"test\.own"):
        letter_kind("test.own")(lambda payload: compose(payload))


def test_a_kind_nobody_writes_is_said_so(letters: dict[str, Any]) -> None:
    with pytest.raises(MailError, match=r"“test\.lost”"):
        write("test.lost", {})
