"""The cast: somebody without an account, a delegate, an editor, a conference manager; and a conference with a sale."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from events.admin.rights import names
from events.models import ConferenceIndexPage
from network_site.people.models import User
from network_site.people.roles import EDITORS, ensure_roles, grant


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def with_rights(email: str, *rights: str) -> User:
    """A user who may enter the admin and has these permissions."""
    user = User.objects.create_user(email, name=email.split("@", maxsplit=1)[0].title())
    for name in ("wagtailadmin.access_admin", *rights):
        label, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
    return user


@pytest.fixture
def anonymous() -> Client:
    return Client()


@pytest.fixture
def delegate(db: None) -> Client:
    return logged_in(User.objects.create_user("delegate@example.org"))


@pytest.fixture
def editor(db: None) -> Client:
    ensure_roles()
    user = User.objects.create_user("editor@example.org", name="Edith")
    grant(user, EDITORS)
    return logged_in(user)


@pytest.fixture
def manager_user(db: None) -> User:
    """Everything the desk asks for, and nothing else."""
    return with_rights("manager@example.org", *names())


@pytest.fixture
def manager(manager_user: User) -> Client:
    return logged_in(manager_user)


@pytest.fixture
def index_page(db: None) -> ConferenceIndexPage:
    """The page of all conferences, below the site's first page."""
    root = Site.objects.get(is_default_site=True).root_page if Site.objects.exists() else Page.objects.get(depth=1)
    return root.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences"))


def said(response: HttpResponse) -> list[str]:
    """What the page tells whoever did something, as text (ask with follow=True)."""
    found = (re.sub(r"<[^>]+>", " ", str(message)) for message in response.context["messages"])
    return [" ".join(unescape(text).split()) for text in found]


def sees(response: HttpResponse) -> str:
    """The page's own part as text."""
    main = response.content.decode().split('id="main"', 1)[-1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def questions(client: Client, url: str, steps: list[int], more: Callable[[int], None]) -> set[int]:
    """How many queries a page needs as there is more and more to show; one number where it does not matter."""
    client.get(url)
    counts = set()
    for step in steps:
        more(step)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        counts.add(len(seen))
    return counts
