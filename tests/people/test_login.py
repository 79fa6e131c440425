"""Logging in: by code, by password, as staff; and what somebody learns who should not."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from network_site.mail.models import OutgoingMail
from network_site.people.models import User
from tests.factories.people import UserFactory
from tests.people.conftest import ADDRESS, PASSWORD

Post = Callable[..., Any]
LOGIN = "/accounts/login/"
CONFIRM = "/accounts/login/code/confirm/"
WRONG = "This is not the code we sent."


def who(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def test_a_code_lets_somebody_in(ada: User, client: Client, post: Post, code: Callable[[], str]) -> None:
    assert client.get(LOGIN).status_code == 200
    asked = post(LOGIN, login=ADDRESS)
    assert (asked.status_code, asked.url) == (302, CONFIRM)
    assert ADDRESS in client.get(CONFIRM).content.decode()
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    entered = post(CONFIRM, code=code())
    assert (entered.status_code, entered.url) == (302, "/my/")
    assert who(client) == str(ada.pk)
    assert "Hello, Ada" in client.get("/my/").content.decode()


def test_the_case_of_an_address_does_not_matter(ada: User, client: Client, post: Post, code: Callable[[], str]) -> None:
    post(LOGIN, login="ADA@Example.ORG")
    post(CONFIRM, code=code())
    assert who(client) == str(ada.pk)


def test_the_letter_with_the_code_is_in_the_outbox_and_sent_at_once(ada: User, post: Post) -> None:
    post(LOGIN, login=ADDRESS)
    letter = OutgoingMail.objects.get()
    assert (letter.kind, letter.to, letter.status) == ("people.account", ADDRESS, OutgoingMail.Status.SENT)


def test_who_asked_for_a_page_comes_to_it(ada: User, client: Client, post: Post, code: Callable[[], str]) -> None:
    sent_away = client.get("/my/")
    assert sent_away.url == f"{LOGIN}?next=/my/"
    page = client.get("/accounts/login/?next=/accounts/email/").content.decode()
    assert '<input type="hidden" name="next" value="/accounts/email/">' in page
    asked = post(LOGIN, login=ADDRESS, next="/accounts/email/")
    assert asked.url == f"{CONFIRM}?next=%2Faccounts%2Femail%2F"
    assert post(CONFIRM, code=code(), next="/accounts/email/").url == "/accounts/email/"


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_away_from_the_site(ada: User, post: Post, code: Callable[[], str], onward: str) -> None:
    post(LOGIN, login=ADDRESS, next=onward)
    assert post(CONFIRM, code=code(), next=onward).url == "/my/"


def test_a_wrong_code_keeps_them_out_and_says_what_to_do(ada: User, client: Client, post: Post) -> None:
    post(LOGIN, login=ADDRESS)
    answer = post(CONFIRM, code="WRONG1")
    assert answer.status_code == 200
    assert WRONG in answer.content.decode()
    assert who(client) == ""


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(
    ada: User, client: Client, post: Post, code: Callable[[], str]
) -> None:
    post(LOGIN, login=ADDRESS)
    for _ in range(5):
        post(CONFIRM, code="WRONG1")
    assert post(CONFIRM, code=code()).url.startswith(LOGIN)
    assert who(client) == ""


@pytest.mark.parametrize(("minutes", "is_in"), [(14, True), (16, False)])
def test_a_code_lasts_fifteen_minutes(
    ada: User, client: Client, post: Post, code: Callable[[], str], minutes: int, is_in: bool
) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        post(LOGIN, login=ADDRESS)
    with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
        post(CONFIRM, code=code())
        assert bool(who(client)) is is_in


def test_a_code_works_only_in_the_browser_that_asked_for_it(ada: User, post: Post, code: Callable[[], str]) -> None:
    post(LOGIN, login=ADDRESS)
    stranger = Client()
    assert stranger.post(CONFIRM, {"code": code()}).url.startswith(LOGIN)
    assert who(stranger) == ""


def test_another_code_can_be_asked_for_and_the_first_no_longer_works(
    ada: User, client: Client, post: Post, code: Callable[[], str]
) -> None:
    post(LOGIN, login=ADDRESS)
    first = code()
    post(CONFIRM, action="resend")
    assert len(mail.outbox) == 2
    assert code() != first
    assert WRONG in post(CONFIRM, code=first).content.decode()
    post(CONFIRM, code=code())
    assert who(client) == str(ada.pk)


def test_a_stranger_learns_nothing_from_the_page(ada: User, post: Post) -> None:
    known = post(LOGIN, login=ADDRESS)
    unknown = Client().post(LOGIN, {"login": "nobody@example.org"})
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)


def test_only_the_owner_of_an_unknown_address_learns_that_it_is_unknown(client: Client, db: None, post: Post) -> None:
    post(LOGIN, login="nobody@example.org")
    letter = mail.outbox[-1]
    assert letter.to == ["nobody@example.org"]
    assert letter.subject == "There is no account with this address"
    assert WRONG in post(CONFIRM, code="ABC123").content.decode()
    assert who(client) == ""


def test_no_code_is_sent_for_a_closed_account(client: Client, db: None, post: Post) -> None:
    UserFactory(email=ADDRESS, is_active=False)
    assert post(LOGIN, login=ADDRESS).url == CONFIRM
    assert [letter.subject for letter in mail.outbox] == ["There is no account with this address"]


def test_a_closed_account_stays_closed_to_its_password(client: Client, db: None, post: Post) -> None:
    user = UserFactory(email=ADDRESS, password=PASSWORD, is_active=False)
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    answer = post(LOGIN, login=ADDRESS, password=PASSWORD)
    assert answer.url == "/accounts/inactive/"
    assert who(client) == ""
    assert "This account is closed" in client.get(answer.url).content.decode()


def test_a_code_may_be_asked_for_on_a_page_of_its_own(
    ada: User, client: Client, post: Post, code: Callable[[], str]
) -> None:
    assert post("/accounts/login/code/", email=ADDRESS).url == CONFIRM
    post(CONFIRM, code=code())
    assert who(client) == str(ada.pk)


def test_that_page_tells_a_stranger_nothing_either(client: Client, db: None, post: Post) -> None:
    assert post("/accounts/login/code/", email="nobody@example.org").url == CONFIRM


def test_an_account_closed_while_its_owner_is_in_is_closed_at_once(ada: User, client: Client) -> None:
    client.force_login(ada)
    ada.is_active = False
    ada.save()
    assert client.get("/my/").url.startswith(LOGIN)


def test_a_password_lets_somebody_in_too(db: None, client: Client, post: Post, code: Callable[[], str]) -> None:
    user = UserFactory(email=ADDRESS, password=PASSWORD)
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    assert post(LOGIN, login=ADDRESS, password=PASSWORD).url == "/my/"
    assert who(client) == str(user.pk)
    assert mail.outbox == []


def test_a_wrong_password_opens_the_place_it_was_typed_in(db: None, client: Client, post: Post) -> None:
    UserFactory(email=ADDRESS, password=PASSWORD)
    html = post(LOGIN, login=ADDRESS, password="something else").content.decode()
    assert "do not belong together" in html
    assert "Error:" in html
    assert re.search(r'<details class="question"\s+open', html)
    assert who(client) == ""


def test_a_password_of_an_account_without_one_does_not_work(ada: User, client: Client, post: Post) -> None:
    assert "do not belong together" in post(LOGIN, login=ADDRESS, password="anything at all").content.decode()
    assert who(client) == ""


def test_an_address_never_confirmed_is_confirmed_by_a_code_after_the_password(
    db: None, client: Client, post: Post, code: Callable[[], str]
) -> None:
    user = UserFactory(email=ADDRESS, password=PASSWORD)
    assert post(LOGIN, login=ADDRESS, password=PASSWORD).url == "/accounts/confirm-email/"
    assert who(client) == ""
    assert "is your code to confirm this address" in mail.outbox[-1].subject
    post("/accounts/confirm-email/", code=code())
    assert who(client) == str(user.pk)


def test_no_address_is_asked_for_again(client: Client, db: None, post: Post) -> None:
    answer = post(LOGIN, login="")
    assert answer.status_code == 200
    assert "Error:" in answer.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "3/5m/key"})
def test_passwords_cannot_be_tried_for_ever(db: None, client: Client, post: Post) -> None:
    user = UserFactory(email=ADDRESS, password=PASSWORD)
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    for _ in range(3):
        post(LOGIN, login=ADDRESS, password="wrong")
    answer = post(LOGIN, login=ADDRESS, password=PASSWORD)
    assert "tried too often" in answer.content.decode()
    assert who(client) == ""
    cache.clear()
    post(LOGIN, login=ADDRESS, password=PASSWORD)
    assert who(client) == str(user.pk)


def test_there_is_no_open_sign_up(client: Client, db: None, post: Post) -> None:
    assert "You need no account" in client.get("/accounts/signup/").content.decode()
    post("/accounts/signup/", email="new@example.org")
    assert not User.objects.filter(email="new@example.org").exists()


def test_logging_out_needs_a_click(ada: User, client: Client, post: Post) -> None:
    client.force_login(ada)
    assert "Log out" in client.get("/accounts/logout/").content.decode()
    assert who(client)
    assert post("/accounts/logout/").url == "/"
    assert who(client) == ""


def test_the_doors_of_the_admin_lead_to_the_one_login(client: Client, db: None) -> None:
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/pages/").url == f"{LOGIN}?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/login/?next=https://evil.example/").url == f"{LOGIN}?next=%2Fadmin%2F"
    assert client.get("/admin/login/").url == f"{LOGIN}?next=%2Fadmin%2F"


def test_somebody_without_a_role_is_told_so_on_their_own_page(ada: User, client: Client) -> None:
    client.force_login(ada)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/my/"
    page = response.content.decode()
    assert "You do not have permission to access the admin." in page
    assert "Edit the site" not in page
