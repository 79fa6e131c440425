"""Who edits, what a form posts, and how many records are changed at once."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from network_site.people.models import User
from network_site.people.roles import AUTHORS, RESEARCH_EDITORS
from research_db.models import Facet, Publication, Term

LIST = "research_publications:list"
INLINES = ("contributions", "identifiers", "notices", "appraisals", "relations")


def client_of(group: str) -> Client:
    user = User.objects.create_user(f"{group.split(maxsplit=1)[0].lower()}@example.org", name=group)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return client_of(RESEARCH_EDITORS)


@pytest.fixture
def author() -> Client:
    return client_of(AUTHORS)


@pytest.fixture
def arts() -> Term:
    facet = Facet.objects.create(key="offer", label="What was offered")
    return Term.objects.create(facet=facet, slug="arts", label="Arts")


def filled(**facts: Any) -> dict[str, Any]:
    """What the form posts for a record with a title, and more."""
    lists = {name: facts.pop(name, []) for name in INLINES}
    plain = {"title": "Company on prescription", "kind": "journal-article", "keywords": "", "year": "2021", **facts}
    return nested_form_data({**plain, **{name: inline_formset(rows) for name, rows in lists.items()}})


def record(**facts: Any) -> Publication:
    return Publication.objects.create(**{"title": "Company on prescription", **facts})


def address(action: str, query: str) -> str:
    """Where something is done with many publications; `query` says with which."""
    return f"{reverse('wagtail_bulk_action', args=['research_db', 'publication', action])}?{query}"


def bulk(action: str, *records: Publication) -> str:
    keys = "&".join(f"id={one.pk}" for one in records)
    return address(action, f"{keys}&next={reverse(LIST)}")
