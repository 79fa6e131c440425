"""What the house writes about accounts."""

from pathlib import Path
from typing import Any

import allauth
import pytest
from django.core import mail
from django.test.utils import override_settings

from network_site.mail.kinds import write
from network_site.mail.models import OutgoingMail
from network_site.people.adapter import AccountAdapter
from network_site.people.letters import WRITERS, AccountLetter

# Kinds the site's settings never use: no telephone, no links, no sign-up by somebody unknown.
NEVER = {"account/email/password_reset_key"}


def kinds() -> set[str]:
    templates = Path(allauth.__file__).parent / "templates"
    found = {
        str(file.relative_to(templates)).removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for file in (templates / app / "email").glob("*_subject.txt")
    }
    return found - NEVER


def test_the_house_has_words_for_every_letter_allauth_may_send() -> None:
    assert set(WRITERS) == kinds()


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_every_letter_reads_the_same_in_both_forms(kind: str) -> None:
    words = WRITERS[kind]({"code": "ABC123"})
    letter = write(
        "people.account",
        {"subject": words.subject, "paragraphs": list(words.paragraphs), "code": words.code, "note": words.note},
    )
    assert letter.subject == words.subject
    for part in (*words.paragraphs, words.code):
        assert part in " ".join(letter.text().split())
        assert part in letter.html()


@pytest.mark.parametrize("kind", ["login_code", "email_confirmation", "password_reset_code"])
def test_a_code_is_in_the_subject_where_a_telephone_shows_it(kind: str) -> None:
    words = WRITERS[f"account/email/{kind}"]({"code": "ABC123"})
    assert words.subject.startswith("ABC123 ")
    assert words.code == "ABC123"


def test_a_letter_without_code_or_note_has_no_gaps() -> None:
    assert AccountLetter("s", ("One.", "Two.")).text() == "One.\n\nTwo.\n\nSocial Prescribing Network"


def test_a_code_stands_after_the_first_sentence() -> None:
    assert AccountLetter("s", ("One.", "Two."), code="ABC", note="N.").text().split("\n\n")[:4] == [
        "One.",
        "ABC",
        "Two.",
        "N.",
    ]


def test_without_the_outbox_a_letter_still_goes() -> None:
    AccountAdapter().send_mail("account/email/login_code", "ada@example.org", {"code": "ABC123"})
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["ada@example.org"], "ABC123 is your code to log in")
    ]


def test_a_letter_nobody_wrote_fails_loudly() -> None:
    with pytest.raises(KeyError):
        AccountAdapter().send_mail("account/email/something_new", "ada@example.org", {})


@pytest.mark.django_db
@override_settings(EMAIL_BACKEND="tests.people.deaf.EmailBackend")
def test_a_deaf_mail_server_costs_no_letter_and_no_page(ada: Any, post: Any) -> None:
    answer = post("/accounts/login/", login="ada@example.org")
    assert answer.status_code == 302
    assert OutgoingMail.objects.get().status == OutgoingMail.Status.QUEUED
