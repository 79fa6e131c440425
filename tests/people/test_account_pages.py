"""The pages about one's own account."""

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.test import Client

from network_site.people.models import User
from tests.factories.people import UserFactory
from tests.people.conftest import ADDRESS, PASSWORD

Post = Callable[..., Any]
OPEN = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/confirm-email/",
]
OWN = [
    "/my/",
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]


@pytest.fixture
def owner(db: None, client: Client, post: Post) -> User:
    """Somebody who has just said twice who they are, so that nothing asks again."""
    user: User = UserFactory(email=ADDRESS, password=PASSWORD, name="Ada Weaver")
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    assert post("/accounts/login/", login=ADDRESS, password=PASSWORD).url == "/my/"
    post("/accounts/reauthenticate/", password=PASSWORD)
    return user


def check(html: str) -> None:
    """In the house's frame, well-formed, nothing the policy would refuse."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    assert [code for _where, code, _facts in parser.errors] == []
    assert 'class="skip"' in html
    assert html.count("<h1") == 1
    assert re.findall(r"<style|\sstyle=|\son\w+=", html) == []
    kinds = re.findall(r"<script(?![^>]*\ssrc=)[^>]*type=\"([^\"]*)\"", html)
    assert set(kinds) <= {"application/json"}
    assert len(kinds) == len(re.findall(r"<script(?![^>]*\ssrc=)", html))
    assert '<meta name="robots" content="noindex">' in html
    assert re.findall(r"<(?:input|textarea)(?![^>]*type=\"hidden\")(?![^>]*\bid=)[^>]*>", html) == []


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_everybody_are_the_house_s(client: Client, db: None, path: str) -> None:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    check(answer.content.decode())


@pytest.mark.parametrize("path", OWN)
def test_pages_for_oneself_are_the_house_s(owner: User, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    check(answer.content.decode())


@pytest.mark.parametrize("path", OWN[:1] + OWN[2:])
def test_nobody_sees_another_s(client: Client, db: None, path: str) -> None:
    assert client.get(path).url.startswith("/accounts/login/")


def test_every_form_field_has_its_label_and_hint(owner: User, client: Client) -> None:
    for path in ("/accounts/password/change/", "/accounts/email/"):
        html = client.get(path).content.decode()
        inputs = re.findall(r'<input[^>]*type="(?:password|email|text)"[^>]*id="([^"]+)"', html)
        labels = re.findall(r'<label[^>]*for="([^"]+)"', html)
        assert set(inputs) <= set(labels)


def test_a_password_is_changed_and_the_owner_told(owner: User, post: Post) -> None:
    new = "four quite plain words"
    post("/accounts/password/change/", oldpassword=PASSWORD, password1=new, password2=new)
    owner.refresh_from_db()
    assert owner.check_password(new)
    assert mail.outbox[-1].subject == "Your password was changed"
    assert settings.CONTACT_EMAIL in mail.outbox[-1].body


def test_a_short_password_is_refused(owner: User, post: Post) -> None:
    answer = post("/accounts/password/change/", oldpassword=PASSWORD, password1="short", password2="short")
    html = answer.content.decode()
    assert "Error:" in html
    check(html)
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_somebody_who_logs_in_by_code_may_choose_a_password(ada: User, client: Client, post: Post) -> None:
    client.force_login(ada)
    assert "Choose a password" in client.get("/my/").content.decode()
    html = client.get("/accounts/password/set/").content.decode()
    check(html)
    post("/accounts/password/set/", password1=PASSWORD, password2=PASSWORD)
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_with_a_code(
    db: None, client: Client, post: Post, code: Callable[[], str]
) -> None:
    user = UserFactory(email=ADDRESS, password=PASSWORD)
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    asked = post("/accounts/password/reset/", email=ADDRESS)
    check(client.get(asked.url).content.decode())
    confirmed = post(asked.url, code=code())
    html = client.get(confirmed.url).content.decode()
    check(html)
    new = "four quite plain words"
    post(confirmed.url, password1=new, password2=new)
    user.refresh_from_db()
    assert user.check_password(new)
    assert mail.outbox[-1].subject == "You have a new password"


def test_resetting_tells_a_stranger_nothing(ada: User, post: Post) -> None:
    known = post("/accounts/password/reset/", email=ADDRESS)
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)


def test_an_address_is_changed_only_with_the_code_sent_to_the_new_one(
    owner: User, client: Client, post: Post, code: Callable[[], str]
) -> None:
    asked = post("/accounts/email/", email="new@example.org", action_add="")
    owner.refresh_from_db()
    assert owner.email == ADDRESS
    assert mail.outbox[-1].to == ["new@example.org"]
    check(client.get(asked.url).content.decode())
    waiting = client.get("/accounts/email/").content.decode()
    check(waiting)
    post(asked.url, code=code())
    owner.refresh_from_db()
    assert owner.email == "new@example.org"
    assert [letter.to for letter in mail.outbox if letter.subject == "Your address was changed"] == [[ADDRESS]]


def test_an_authenticator_app_is_asked_for_from_then_on(owner: User, client: Client, post: Post) -> None:
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    html = page.content.decode()
    assert "data:image/svg+xml" in html
    right = hotp_value(secret, next(yield_hotp_counters_from_time()))
    activated = post("/accounts/2fa/totp/activate/", code=f"{right:06d}")
    assert activated.status_code == 302
    check(client.get("/accounts/2fa/").content.decode())
    check(client.get("/accounts/2fa/recovery-codes/").content.decode())
    check(client.get("/accounts/2fa/recovery-codes/generate/").content.decode())
    check(client.get("/accounts/2fa/totp/deactivate/").content.decode())
    post("/accounts/logout/")
    asked = post("/accounts/login/", login=ADDRESS, password=PASSWORD)
    assert asked.url == "/accounts/2fa/authenticate/"
    check(client.get(asked.url).content.decode())
    assert "_auth_user_id" not in client.session


def test_something_important_asks_once_more(owner: User, client: Client, post: Post) -> None:
    TOTP.activate(owner, generate_totp_secret())
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    sent_away = client.get("/accounts/2fa/recovery-codes/generate/")
    assert sent_away.url.startswith(("/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"))
    for path in ("/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/"):
        check(client.get(path).content.decode())


def test_passkeys_carry_the_network_s_name(owner: User, client: Client) -> None:
    data = client.get("/accounts/2fa/webauthn/add/").context["js_data"]
    options = data["creation_options"]["publicKey"]
    assert options["rp"] == {"id": "testserver", "name": settings.SITE_NAME}
    assert options["user"]["name"] == ADDRESS
