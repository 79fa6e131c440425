"""The cast of the editing room: an editor, a conference manager, a delegate, nobody; and a history to edit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.test import Client
from django.utils.text import slugify
from wagtail.images.tests.utils import get_test_image_file

from network_site.base.models import NetworkImage
from network_site.history.models import Era, Theme, TimelineEvent
from network_site.people.models import User

EVERYTHING = Q(content_type__app_label="history", content_type__model__in=("timelineevent", "era", "theme"))
ENTRY = Q(content_type__app_label="wagtailadmin", codename="access_admin")


def with_rights(email: str, rights: Q) -> User:
    """A user who may enter the admin and has these permissions."""
    user = User.objects.create_user(email, name=email.split("@", maxsplit=1)[0].title())
    user.user_permissions.add(*Permission.objects.filter(rights | ENTRY))
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def edith(db: None) -> User:
    """May do everything with the history."""
    return with_rights("edith@example.org", EVERYTHING)


@pytest.fixture
def editor(edith: User) -> Client:
    return logged_in(edith)


@pytest.fixture
def writer(db: None) -> Client:
    """May write and may not publish."""
    verbs = EVERYTHING & ~Q(codename__startswith="publish_")
    return logged_in(with_rights("wilma@example.org", verbs))


@pytest.fixture
def manager(db: None) -> Client:
    """May see the history, to choose from it."""
    return logged_in(with_rights("manu@example.org", EVERYTHING & Q(codename__startswith="view_")))


@pytest.fixture
def delegate(db: None) -> Client:
    return logged_in(User.objects.create_user("dele@example.org"))


@pytest.fixture
def era(db: None) -> Era:
    return Era.objects.create(slug="founding", title="The founding", years="2015 to 2016", starts_on=date(2015, 1, 1))


@pytest.fixture
def theme(db: None) -> Theme:
    return Theme.objects.create(slug="research", name="Research")


Make = Callable[..., TimelineEvent]


@pytest.fixture
def moment(era: Era) -> Make:
    """Make a moment with nothing to note about it, but for what is given."""

    def make(title: str = "The first conference", **facts: Any) -> TimelineEvent:
        usual = {
            "slug": slugify(title),
            "summary": "Ninety people met.",
            "starts_on": date(2016, 1, 1),
            "precision": "month",
            "era": era,
            "links": [("link", {"text": "The report", "page": None, "url": "https://example.org/report"})],
        }
        themes = facts.pop("themes", ())
        event = TimelineEvent(title=title, **{**usual, **facts})
        event.themes = themes
        event.save()
        return event

    return make


def picture(**facts: Any) -> NetworkImage:
    """A small picture in the library."""
    return NetworkImage.objects.create(title="Hands", file=get_test_image_file(), **facts)


def filled(era: Era, **changes: Any) -> dict[str, Any]:
    """What a browser sends from the form with a moment."""
    return {
        "title": "The first conference",
        "slug": "the-first-conference",
        "summary": "Ninety people met.",
        "precision": "month",
        "starts_on_day": "",
        "starts_on_month": "1",
        "starts_on_year": "2016",
        "ends_on_day": "",
        "ends_on_month": "",
        "ends_on_year": "",
        "era": str(era.pk),
        "links-count": "0",
        "delegates": "",
        "tied_publications-TOTAL_FORMS": "0",
        "tied_publications-INITIAL_FORMS": "0",
        **changes,
    }
