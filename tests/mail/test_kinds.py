"""Each kind of letter has one writer."""

from typing import Any

import pytest

from network_site.mail.errors import MailError
from network_site.mail.kinds import NAMES, letter_kind, name_of, write
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


def test_every_letter_of_the_site_has_a_name_for_people() -> None:
    assert {kind for kind in NAMES if not kind.startswith("test.") and name_of(kind) == kind} == set()
    assert name_of("events.order_paid") == "Places booked, with tickets"


def test_a_kind_without_a_name_is_called_what_it_is(letters: dict[str, Any]) -> None:
    letter_kind("test.own")(compose)
    assert (name_of("test.own"), name_of("test.gone")) == ("test.own", "test.gone")
