"""What something else needs is not deleted, one by one or from a list, and whoever tries is told what needs it."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from network_site.base.audit import record
from network_site.history.models import Era, TimelineEvent
from network_site.people.models import User
from research_db.models import Facet, Publication, Source, Term
from tests.editing.conftest import said

pytestmark = pytest.mark.django_db
Made = tuple[Model, str]


def facet() -> Made:
    one = Facet.objects.create(key="population", label="Who took part")
    Term.objects.create(facet=one, slug="older", label="Older adults")
    return one, "Terms: 1"


def source() -> Made:
    one = Source.objects.create(key="annals", title="Annals")
    for title in ("One", "Another"):
        Publication.objects.create(title=title, source=one)
    return one, "Publications: 2"


def term() -> Made:
    """Nothing is about it, but another was replaced by it."""
    groups = Facet.objects.create(key="population", label="Who took part")
    one = Term.objects.create(facet=groups, slug="older", label="Older adults")
    Term.objects.create(facet=groups, slug="old", label="Old people", retired_into=one)
    return one, "Terms: 1"


def draft() -> Made:
    one = Publication.objects.create(title="Kept", live=False)
    Publication.objects.create(title="Gone", live=False, merged_into=one)
    return one, "Publications: 1"


def era() -> Made:
    one = Era.objects.create(slug="era", title="Era", years="2015", starts_on=date(2015, 1, 1))
    TimelineEvent.objects.create(
        title="We met", slug="met", summary="We met.", starts_on=date(2016, 1, 1), precision="day", era=one
    )
    return one, ""


@pytest.fixture
def manager() -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(User.objects.create_superuser("manager@example.org"))
    return client


def alone(one: Model) -> str:
    return reverse(type(one).snippet_viewset.get_url_name("delete"), args=[one.pk])  # type: ignore[attr-defined]


def of_a_list(one: Model) -> str:
    meta = one._meta
    return f"{reverse('wagtail_bulk_action', args=[meta.app_label, meta.model_name, 'delete'])}?id={one.pk}"


@pytest.mark.parametrize("make", [facet, source, term, draft, era])
@pytest.mark.parametrize("address", [alone, of_a_list])
def test_what_is_needed_stays(manager: Client, make: Callable[[], Made], address: Callable[[Model], str]) -> None:
    one, needed_by = make()
    answer = manager.post(address(one), follow=True)
    assert answer.status_code == 200
    assert needed_by in said(answer)
    assert type(one)._default_manager.filter(pk=one.pk).exists()


@pytest.mark.parametrize("address", [alone, of_a_list])
def test_what_nothing_needs_goes(manager: Client, address: Callable[[Model], str]) -> None:
    one = Source.objects.create(key="annals", title="Annals")
    manager.post(address(one))
    assert not Source.objects.exists()


def users(*several: User) -> str:
    chosen = urlencode([("id", user.pk) for user in several])
    return f"{reverse('wagtail_bulk_action', args=['people', 'user', 'delete'])}?{chosen}"


def test_whoever_is_on_record_stays_and_can_be_kept_out(manager: Client) -> None:
    known, other = (User.objects.create_user(f"{name}@example.org") for name in ("known", "other"))
    record("published", subject="publication:1", by=known)
    for address in (reverse("wagtailusers_users:delete", args=[known.pk]), users(known, other)):
        answer = manager.post(address, follow=True)
        assert "1" in said(answer)
        assert "untick “Active”" in said(answer)
        assert User.objects.filter(pk__in=[known.pk, other.pk]).count() == 2
    manager.post(users(other))
    assert not User.objects.filter(pk=other.pk).exists()
