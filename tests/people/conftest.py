"""Somebody with an account, and what the house wrote to them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from network_site.people.models import User
from tests.factories.people import UserFactory

ADDRESS = "ada@example.org"
PASSWORD = "three plain words"


@pytest.fixture
def ada(db: None) -> User:
    user: User = UserFactory(email=ADDRESS, name="Ada Weaver")
    return user


@pytest.fixture
def post(client: Client, django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Send a form as a visitor does: what is to happen after the commit happens."""

    def send(path: str, **fields: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, fields)

    return send


@pytest.fixture
def code() -> Callable[[], str]:
    """The code in the newest letter."""

    def read() -> str:
        return mail.outbox[-1].subject.split()[0]

    return read


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()
