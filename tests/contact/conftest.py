"""A contact page with topics, and people who write."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from network_site.contact.admin.rights import names
from network_site.contact.domain.messages import Words, receive
from network_site.contact.domain.suspicion import new_token
from network_site.contact.models import ContactPage, ContactTopic, Message
from network_site.pages.models import HomePage, StandardPage
from network_site.people.models import User

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
# What a browser says of a form that it got from this site.
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "http://testserver"}
PERMISSIONS = ("wagtailadmin.access_admin", *names())


def make_home() -> HomePage:
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    page: HomePage = root.add_child(instance=HomePage(title="Home", slug="front", headline="We link", lead="People."))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": page})
    Site.clear_site_root_paths_cache()
    return page


def make_topics() -> list[ContactTopic]:
    return [
        ContactTopic.objects.create(
            label="Bookings", email="bookings@example.org", answer_time="within two working days", sort_order=1,
            help_words="Names can be changed without us:", help_url="/conferences/",
        ),
        ContactTopic.objects.create(label="Research", email="research@example.org", sort_order=2),
    ]  # fmt: skip


def make_contact_page(home: HomePage) -> ContactPage:
    page: ContactPage = home.add_child(instance=ContactPage(title="Write to us", slug="contact", lead="We answer."))
    return page


@pytest.fixture
def home(db: None) -> HomePage:
    return make_home()


@pytest.fixture
def contact(home: HomePage) -> ContactPage:
    return make_contact_page(home)


@pytest.fixture
def topics(db: None) -> list[ContactTopic]:
    return make_topics()


@pytest.fixture
def about(home: HomePage) -> StandardPage:
    page: StandardPage = home.add_child(instance=StandardPage(title="About us", slug="about"))
    return page


def typed(**changes: Any) -> dict[str, str]:
    """What a patient person sends: the form was made a minute ago."""
    topic = ContactTopic.objects.filter(is_offered=True).first()
    return {
        "form": new_token(now=timezone.now() - timedelta(minutes=1)),
        "topic": str(topic.pk) if topic else "",
        "name": "Ada Weaver",
        "email": "ada@example.org",
        "organisation": "",
        "text": "How far is the hall from the station?",
        "remarks": "",
        **changes,
    }


def send(client: Client, data: dict[str, str] | None = None, **headers: str) -> Any:
    return client.post("/contact/send/", typed() if data is None else data, **{**OWN, **headers})  # type: ignore[arg-type]


WORDS = Words(name="Ada Weaver", email="ada@example.org", text="How far is it?")


@pytest.fixture
def message(topics: list[ContactTopic]) -> Message:
    return receive(WORDS, form="one", topic=topics[0], now=NOW)


@pytest.fixture
def staff(db: None) -> User:
    return with_rights("edith@example.org", *PERMISSIONS)


def with_rights(email: str, *rights: str) -> User:
    user = User.objects.create_user(email, name=email.split("@", maxsplit=1)[0].title())
    for name in rights:
        label, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=label, codename=codename))
    return user


@pytest.fixture
def desk(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def group_of() -> Callable[..., Group]:
    def make(name: str, *emails: str, inactive: str = "") -> Group:
        group = Group.objects.create(name=name)
        for email in emails:
            User.objects.create_user(email, is_active=email != inactive).groups.add(group)
        return group

    return make


def logged_boss() -> Client:
    """Somebody who may do everything in the admin."""
    client = Client()
    client.force_login(User.objects.create_superuser("boss@example.org", "x", name="Boss"))
    return client
