"""A small tree of pages, people of every role, and ways to look at the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Site

from network_site.base.pages import BasePage
from network_site.editing.workflows import ensure_workflows
from network_site.pages.models import HomePage, StandardPage
from network_site.people.models import User
from network_site.people.roles import AUTHORS, EDITORS, ensure_roles
from tests.factories.pages import raw


@pytest.fixture
def home(db: None) -> HomePage:
    ensure_roles()
    ensure_workflows()
    root = Page.objects.get(depth=1)
    page = root.add_child(
        instance=HomePage(
            title="The network", slug="front", headline="We link people", lead="All.", summary="All of us."
        )
    )
    Site.objects.update(root_page=page, hostname="testserver")
    Site.clear_site_root_paths_cache()
    return page


@pytest.fixture
def add(home: HomePage) -> Callable[..., Any]:
    """A page under the home page, published with a summary unless told otherwise."""

    def make(title: str = "A page", *, text: str = "", kind: type[BasePage] = StandardPage, **fields: Any) -> Any:
        body = {"body": raw(("text", text))} if text else {}
        page = home.add_child(instance=kind(**{"title": title, "summary": "What it is about.", **body, **fields}))
        if page.live:
            page.save_revision().publish()
            page.refresh_from_db()
        return page

    return make


def member(email: str, *groups: str) -> User:
    user = User.objects.create_user(email, name=email.partition("@")[0].title())
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def editor(home: HomePage) -> User:
    return member("edie@example.org", EDITORS)


@pytest.fixture
def author(home: HomePage) -> User:
    return member("arthur@example.org", AUTHORS)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def desk(editor: User, as_user: Callable[[User], Client]) -> Client:
    """An editor's browser."""
    return as_user(editor)


def said(response: Any) -> str:
    """What a screen says, spaces made one."""
    assert response.status_code == 200, response.status_code
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(content.decode().split())
