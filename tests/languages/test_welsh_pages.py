"""Whoever asks for Welsh reads no English but what says so: every page whose words are all ours, and its mistakes."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from network_site.base.freshness import seen
from network_site.pages.models import HomePage, StandardPage
from network_site.people.models import User
from network_site.search import corpus
from tests.factories.people import UserFactory
from tests.languages.conftest import texts

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
Ask = Callable[..., str]
ADDRESS, PASSWORD = "ada@example.org", "three plain words"
# The same in both languages.
NAMES = {
    settings.CONTACT_EMAIL,
    "Social Prescribing",
    "Network",
    ADDRESS,
    "Ada Weaver",
    "Person",
    "Partner",
    "–",
    "…",
    ".",
    ",",
}
# What an authenticator app is told.
SECRET = re.compile("[A-Z2-7]{32}")
OPEN = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/confirm-email/",
    "/search/",
    "/search/?q=network",
    "/search/?q=netwrok",
    "/search/?q=network+nothingatall",
    "/search/?q=nothingatallhere",
    '/search/?q="people+network"',
    "/search/?q=network+-people",
    "/search/?q=network&kind=history",
    "/search/?q=network&page=2",
    "/nothing-here/",
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
    "/accounts/2fa/recovery-codes/generate/",
]
FORMS = [
    ("/accounts/login/", {}),
    ("/accounts/login/", {"login": "not an address"}),
    ("/accounts/login/", {"login": ADDRESS, "password": "wrong"}),
    ("/accounts/login/code/", {"email": "nothing"}),
    ("/accounts/password/reset/", {}),
]
OWN_FORMS: list[tuple[str, dict[str, str]]] = [
    ("/accounts/email/", {"email": "x", "action_add": ""}),
    ("/accounts/email/", {"email": ADDRESS, "action_add": ""}),
    ("/accounts/password/change/", {}),
    ("/accounts/password/change/", {"oldpassword": "x", "password1": "short", "password2": "other"}),
    ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "passwordpassword", "password2": "x"}),
    ("/accounts/2fa/totp/activate/", {"code": "000000"}),
    ("/accounts/2fa/webauthn/add/", {}),
]


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    cache.clear()
    seen.forget()
    yield
    corpus.site.forget()


@pytest.fixture
def network(home: HomePage) -> None:
    """Enough to find something in."""
    for number in range(25):
        home.add_child(
            instance=StandardPage(title=f"The network {number}", slug=f"p{number}", lead="People of the network.")
        )


@pytest.fixture
def owner(client: Client) -> User:
    user: User = UserFactory(email=ADDRESS, password=PASSWORD, name="Ada Weaver")
    user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return user


def is_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and text not in NAMES and not SECRET.fullmatch(text)


def untranslated(welsh: str, english: str) -> list[str]:
    """What is the same in both, though it is not said to be English."""
    own = {text for text, language in texts(welsh) if language == "cy" and is_words(text)}
    theirs = {text for text, _ in texts(english)}
    title = {text for text, _ in texts(welsh, within="head") if is_words(text)}
    site = {settings.SITE_NAME, f"– {settings.SITE_NAME}"}
    return sorted(
        (own & theirs) | {text for text in title & {t for t, _ in texts(english, within="head")} if text not in site}
    )


def read(client: Client, path: str, language: str, data: dict[str, str] | None = None) -> str:
    cache.clear()
    headers = {"accept-language": language}
    answer = client.get(path, headers=headers) if data is None else client.post(path, data, headers=headers)
    if answer.status_code in {301, 302}:
        return read(client, answer["Location"], language)
    return answer.content.decode()


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_everybody(network: None, client: Client, path: str) -> None:
    welsh = read(client, path, "cy")
    assert '<html lang="cy"' in welsh
    assert untranslated(welsh, read(client, path, "en-gb")) == []


@pytest.mark.parametrize("path", OWN)
def test_pages_about_oneself(owner: User, client: Client, path: str) -> None:
    welsh = read(client, path, "cy")
    assert '<html lang="cy"' in welsh
    assert untranslated(welsh, read(client, path, "en-gb")) == []


@pytest.mark.parametrize(("path", "data"), FORMS)
def test_mistakes(client: Client, db: None, path: str, data: dict[str, str]) -> None:
    UserFactory(email=ADDRESS, password=PASSWORD)
    assert untranslated(read(client, path, "cy", data), read(client, path, "en-gb", data)) == []


@pytest.mark.parametrize(("path", "data"), OWN_FORMS)
def test_mistakes_about_oneself(owner: User, client: Client, path: str, data: dict[str, str]) -> None:
    assert untranslated(read(client, path, "cy", data), read(client, path, "en-gb", data)) == []


def test_the_way_in_by_code(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    UserFactory(email=ADDRESS)
    found = []
    for language in ("cy", "en-gb"):
        with django_capture_on_commit_callbacks(execute=True):
            first = read(client, "/accounts/login/", language, {"login": ADDRESS})
        wrong = read(client, "/accounts/login/code/confirm/", language, {"code": "XXXX"})
        found.append((first, wrong))
    assert mail.outbox
    for welsh, english in zip(*found, strict=True):
        assert '<html lang="cy"' in welsh
        assert untranslated(welsh, english) == []


def test_what_was_done_is_said_in_welsh(owner: User, client: Client) -> None:
    data = {"oldpassword": PASSWORD, "password1": "four plain words here", "password2": "four plain words here"}
    html = read(client, "/accounts/password/change/", "cy", data)
    assert ("Mae eich cyfrinair wedi’i newid.", "cy") in texts(html)


def test_this_would_notice_english() -> None:
    english = '<html lang="en-GB"><head><title>A</title></head><body><p>Log in</p><p lang="en-GB">News</p></body>'
    welsh = english.replace('<html lang="en-GB">', '<html lang="cy">').replace("<title>A", "<title>B")
    assert untranslated(welsh, english) == ["Log in"]
