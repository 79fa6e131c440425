"""Who may do what: every group against every deed of the research desk."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from network_site.people.models import User
from network_site.people.roles import AUTHORS, CONFERENCE_MANAGERS, EDITORS, RESEARCH_EDITORS
from research_db.models import Facet, Publication, ReadingList, Source, Term
from tests.research_db.admin.conftest import bulk, client_of

pytestmark = pytest.mark.django_db

RUN_IT = (EDITORS, RESEARCH_EDITORS)
WRITE = (*RUN_IT, AUTHORS)
GROUPS = (AUTHORS, EDITORS, CONFERENCE_MANAGERS, RESEARCH_EDITORS)
MAY = {
    "research_publications:list": WRITE,
    "research_publications:completeness": WRITE,
    "research_publications:addresses": WRITE,
    "research_publications:add": WRITE,
    "research_publications:edit": WRITE,
    "research_publications:history": WRITE,
    "research_publications:delete": RUN_IT,
    "research_publications:unpublish": RUN_IT,
    "research_lists:list": WRITE,
    "research_lists:add": RUN_IT,
    "research_lists:edit": RUN_IT,
    "research_lists:delete": RUN_IT,
    "research_terms:list": WRITE,
    "research_terms:add": RUN_IT,
    "research_terms:edit": RUN_IT,
    "research_terms:move": RUN_IT,
    "research_terms:replace": RUN_IT,
    "research_terms:delete": RUN_IT,
    "research_facets:add": RUN_IT,
    "research_facets:edit": RUN_IT,
    "research_sources:add": RUN_IT,
    "research_sources:edit": RUN_IT,
}
OF_ONE = ("edit", "history", "delete", "unpublish", "move", "replace")


@pytest.fixture
def things() -> dict[str, int]:
    """One of each kind, by the namespace of its room."""
    facet = Facet.objects.create(key="offer", label="What was offered")
    return {
        "research_publications": Publication.objects.create(title="Company").pk,
        "research_lists": ReadingList.objects.create(slug="start", title="Start").pk,
        "research_terms": Term.objects.create(facet=facet, slug="arts", label="Arts").pk,
        "research_facets": facet.pk,
        "research_sources": Source.objects.create(title="Journal of Walks").pk,
    }


def address(name: str, things: dict[str, int]) -> str:
    room, deed = name.split(":")
    return reverse(name, args=[things[room]] if deed in OF_ONE else [])


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_gets_as_far_as_it_may(group: str, things: dict[str, int]) -> None:
    client = client_of(group)
    opened = {name for name in MAY if client.get(address(name, things)).status_code == 200}
    assert opened == {name for name, groups in MAY.items() if group in groups}


@pytest.mark.parametrize("name", MAY)
def test_visitors_are_asked_who_they_are(name: str, things: dict[str, int]) -> None:
    answer = Client().get(address(name, things))
    assert answer.status_code in {302, 403}
    assert "/admin/login/" in answer.headers.get("Location", "/admin/login/")


@pytest.mark.parametrize("deed", ["move", "replace"])
def test_what_may_not_be_seen_is_not_done_either(deed: str, things: dict[str, int]) -> None:
    term = Term.objects.get()
    upper = Term.objects.create(facet=term.facet, slug="culture", label="Culture")
    client_of(AUTHORS).post(address(f"research_terms:{deed}", things), {"under": upper.pk, "into": upper.pk})
    term.refresh_from_db()
    assert (term.parent, term.retired_into) == (None, None)


@pytest.mark.parametrize(
    ("action", "may"), [("publish", RUN_IT), ("withdraw", RUN_IT), ("add_terms", WRITE), ("remove_terms", WRITE)]
)
@pytest.mark.parametrize("group", [AUTHORS, EDITORS, RESEARCH_EDITORS])
def test_in_bulk_as_in_single(action: str, may: tuple[str, ...], group: str, things: dict[str, int]) -> None:
    page = client_of(group).get(bulk(action, Publication.objects.get()))
    allowed = page.context["items"] if page.context else []
    assert bool(allowed) == (group in may)


def test_the_buttons_of_a_term_are_for_those_who_may(things: dict[str, int]) -> None:
    move = reverse("research_terms:move", args=[things["research_terms"]])
    assert move in client_of(RESEARCH_EDITORS).get(reverse("research_terms:list")).content.decode()
    assert move not in client_of(AUTHORS).get(reverse("research_terms:list")).content.decode()


def test_a_replaced_term_has_no_buttons(things: dict[str, int]) -> None:
    term = Term.objects.get()
    old = Term.objects.create(facet=term.facet, slug="culture", label="Culture", retired_into=term)
    page = client_of(RESEARCH_EDITORS).get(reverse("research_terms:list")).content.decode()
    assert reverse("research_terms:replace", args=[term.pk]) in page
    assert reverse("research_terms:replace", args=[old.pk]) not in page


def test_somebody_without_a_group_is_nobody_here(things: dict[str, int]) -> None:
    client = Client()
    client.force_login(User.objects.create_user("nobody@example.org"))
    assert not any(client.get(address(name, things)).status_code == 200 for name in MAY)
    assert Group.objects.filter(name__in=GROUPS).count() == len(GROUPS)
