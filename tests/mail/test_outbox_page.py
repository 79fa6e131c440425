"""The outbox on a page: there for developers and the demonstration, not there for the public."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from network_site.mail.models import OutgoingMail

Promise = Callable[..., OutgoingMail]
pytestmark = pytest.mark.django_db
ADDRESSES = ("/dev/mail/", "/dev/mail/{pk}/", "/dev/mail/{pk}/body/", "/dev/mail/{pk}/attachments/1/")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("debug", "demonstration", "status"), [(False, False, 404), (True, False, 200), (False, True, 200)]
)
def test_the_public_site_does_not_have_it(
    client: Client, promise: Promise, settings: Any, address: str, *, debug: bool, demonstration: bool, status: int
) -> None:
    settings.DEBUG, settings.IS_DEMONSTRATION = debug, demonstration
    assert client.get(address.format(pk=promise().pk)).status_code == status


def test_the_list_shows_the_newest_first(client: Client, promise: Promise) -> None:
    first, second = promise("a", to="first@example.org"), promise("b", to="second@example.org")
    page = client.get("/dev/mail/").content.decode()
    assert page.index("second@example.org") < page.index("first@example.org")
    assert f'href="/dev/mail/{first.pk}/"' in page
    assert f'href="/dev/mail/{second.pk}/"' in page
    assert "2 letters" in page


def test_an_empty_outbox_says_what_to_do(client: Client) -> None:
    assert "Book a place at a conference" in client.get("/dev/mail/").content.decode()


def test_a_letter_is_shown_in_both_forms(client: Client, promise: Promise) -> None:
    mail = promise()
    answer = client.get(f"/dev/mail/{mail.pk}/")
    page = answer.content.decode()
    assert f'src="/dev/mail/{mail.pk}/body/"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "Reference: ABC123" in page
    assert f'href="/dev/mail/{mail.pk}/attachments/1/"' in page
    assert "frame-src https://www.youtube-nocookie.com 'self'" in answer["Content-Security-Policy"]


def test_the_letters_html_may_do_nothing(client: Client, promise: Promise) -> None:
    answer = client.get(f"/dev/mail/{promise().pk}/body/")
    assert "Your places are booked" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "frame-ancestors 'self'" in policy


def test_a_file_is_downloaded(client: Client, promise: Promise) -> None:
    answer = client.get(f"/dev/mail/{promise().pk}/attachments/1/")
    assert answer.content == b"%PDF-1.7 ticket"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="ticket.pdf"'


@pytest.mark.parametrize("number", [0, 2])
def test_a_file_that_is_not_there_is_not_found(client: Client, promise: Promise, number: int) -> None:
    assert client.get(f"/dev/mail/{promise().pk}/attachments/{number}/").status_code == 404


def test_a_letter_that_cannot_be_written_says_why(client: Client, promise: Promise) -> None:
    mail = promise(kind="test.lost")
    page = client.get(f"/dev/mail/{mail.pk}/").content.decode()
    assert "This letter cannot be written." in page
    assert "“test.lost”" in page
    assert client.get(f"/dev/mail/{mail.pk}/body/").status_code == 404


def test_only_reading_is_possible_and_nothing_is_kept(client: Client, promise: Promise) -> None:
    mail = promise()
    assert client.post("/dev/mail/").status_code == 405
    answer = client.get(f"/dev/mail/{mail.pk}/")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_letter_nobody_promised_is_not_found(client: Client) -> None:
    assert client.get("/dev/mail/99/").status_code == 404
