"""What editors and conference managers may do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from events.admin import rights
from events.models import ConferenceIndexPage
from network_site.pages.models import HomePage
from network_site.people.models import Person, User
from network_site.people.roles import CONFERENCE_MANAGERS, EDITORS, ensure_roles, grant
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Callable[[str], User]:
    def make(role: str) -> User:
        user: User = UserFactory()
        grant(user, role)
        return user

    return make


@pytest.fixture
def home() -> HomePage:
    page: HomePage = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="front", headline="We link", lead="People.")
    )
    return page


def counted() -> tuple[int, ...]:
    permissions = sum(group.permissions.count() for group in Group.objects.all())
    return (
        Group.objects.count(),
        permissions,
        GroupPagePermission.objects.count(),
        GroupCollectionPermission.objects.count(),
    )


def test_both_groups_are_there_after_a_migration() -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= {EDITORS, CONFERENCE_MANAGERS}


def test_asking_again_changes_nothing() -> None:
    before = counted()
    ensure_roles()
    ensure_roles()
    assert counted() == before


def test_the_next_migration_gives_back_what_a_group_lost() -> None:
    before = counted()
    Group.objects.get(name=CONFERENCE_MANAGERS).delete()
    call_command("migrate", verbosity=0)
    assert counted() == before


def test_it_takes_nothing_away(django_user_model: Any) -> None:
    group = Group.objects.get(name=EDITORS)
    extra = Group.objects.get(name=CONFERENCE_MANAGERS).permissions.get(codename="view_order")
    group.permissions.add(extra)
    ensure_roles()
    assert extra in group.permissions.all()


def test_an_editor_arranges_pages_and_people_but_sells_nothing(home: HomePage, member: Callable[[str], User]) -> None:
    editor = member(EDITORS)
    tester = home.permissions_for_user(editor)
    assert tester.can_edit()
    assert tester.can_publish()
    assert tester.can_add_subpage()
    expected = {
        "wagtailadmin.access_admin": True,
        "people.change_person": True,
        "people.add_organisation": True,
        "people.change_user": False,
        "events.change_conference": False,
        "events.view_order": False,
        "payments.add_refund": False,
    }
    assert {name: editor.has_perm(name) for name in expected} == expected


def test_an_editor_keeps_the_menus(member: Callable[[str], User]) -> None:
    editor = member(EDITORS)
    for model in ("navigation", "footer", "announcement"):
        assert editor.has_perm(f"ui.change_{model}"), model


def test_a_conference_manager_has_every_right_the_desk_asks_for(member: Callable[[str], User]) -> None:
    manager = member(CONFERENCE_MANAGERS)
    assert [name for name in rights.names() if not manager.has_perm(name)] == []


def test_nobody_writes_the_ledger_by_hand(member: Callable[[str], User]) -> None:
    manager = member(CONFERENCE_MANAGERS)
    by_hand = [
        f"events.{verb}_{model}" for verb in ("add", "delete") for model in ("order", "orderline", "capacityclaim")
    ]
    assert [name for name in by_hand if manager.has_perm(name)] == []


def test_a_conference_manager_looks_after_the_conferences_branch_only(
    home: HomePage, member: Callable[[str], User]
) -> None:
    branch = home.add_child(instance=ConferenceIndexPage(title="Conferences"))
    branch.save_revision().publish()
    manager = member(CONFERENCE_MANAGERS)
    assert branch.permissions_for_user(manager).can_edit()
    assert branch.permissions_for_user(manager).can_add_subpage()
    assert not home.permissions_for_user(manager).can_edit()


def test_publishing_another_page_asks_for_nothing(home: HomePage) -> None:
    before = counted()
    home.save_revision().publish()
    assert counted() == before


@pytest.mark.parametrize("role", [EDITORS, CONFERENCE_MANAGERS])
def test_both_may_bring_pictures_and_documents(client: Client, member: Callable[[str], User], role: str) -> None:
    client.force_login(member(role))
    for path in (
        "/admin/images/multiple/add/",
        "/admin/documents/multiple/add/",
        "/admin/images/",
        "/admin/documents/",
    ):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("role", [EDITORS, CONFERENCE_MANAGERS])
def test_both_open_the_directory(client: Client, member: Callable[[str], User], role: str) -> None:
    person = Person.objects.create(name="Ada Weaver", role="Co-chair")
    client.force_login(member(role))
    for path in ("", "add/", f"edit/{person.pk}/", "?q=weav"):
        assert client.get(f"/admin/snippets/people/person/{path}").status_code == 200, path
    assert client.get("/admin/snippets/people/organisation/").status_code == 200


@pytest.mark.parametrize("role", [EDITORS, CONFERENCE_MANAGERS])
def test_neither_touches_accounts(client: Client, member: Callable[[str], User], role: str) -> None:
    client.force_login(member(role))
    assert client.get("/admin/users/").status_code == 302
