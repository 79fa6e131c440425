"""Making and changing users and the directory in the Wagtail admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from network_site.people.models import Organisation, Person, User
from network_site.people.roles import EDITORS
from tests.factories.people import UserFactory
from tests.people.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    user: User = UserFactory(boss=True)
    client.force_login(user)
    return user


def form(**changes: Any) -> dict[str, Any]:
    return {"email": "Bea@Example.org", "name": "Bea Loom", "password1": "", "password2": "", **changes}


def test_a_user_is_made_with_a_name_and_an_address(client: Client, boss: User) -> None:
    page = client.get("/admin/users/new/").content.decode()
    assert 'name="name"' in page
    assert "first_name" not in page
    assert "username" not in page
    group = Group.objects.get(name=EDITORS)
    assert client.post("/admin/users/new/", form(groups=[group.pk])).status_code == 302
    user = User.objects.get(email="bea@example.org")
    assert (user.name, user.is_superuser, list(user.groups.all())) == ("Bea Loom", False, [group])


def test_a_user_made_without_a_password_can_have_none_guessed(client: Client, boss: User) -> None:
    client.post("/admin/users/new/", form())
    user = User.objects.get(email="bea@example.org")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_a_user_may_be_made_with_a_password(client: Client, boss: User) -> None:
    client.post("/admin/users/new/", form(password1=PASSWORD, password2=PASSWORD))
    assert User.objects.get(email="bea@example.org").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"email": "BOSS@example.org"}, "Somebody has an account with this address already."),
        ({"email": "nothing"}, "Enter a valid email address."),
        ({"email": ""}, "This field is required."),
        ({"name": ""}, "This field is required."),
        ({"password1": PASSWORD, "password2": "another"}, "The two password fields didn’t match."),
        ({"password1": "short", "password2": "short"}, "This password is too short."),
    ],
)
def test_what_cannot_be_is_refused(client: Client, boss: User, changes: dict[str, str], says: str) -> None:
    User.objects.filter(pk=boss.pk).update(email="boss@example.org")
    answer = client.post("/admin/users/new/", form(**changes))
    assert answer.status_code == 200
    assert says.replace("’", "&#x27;") in answer.content.decode() or says in answer.content.decode()
    assert User.objects.count() == 1


def test_a_user_is_changed_and_closed(client: Client, boss: User) -> None:
    user = UserFactory(email="bea@example.org", name="Bea", password=PASSWORD)
    page = client.get(f"/admin/users/edit/{user.pk}/").content.decode()
    assert 'value="Bea"' in page
    assert 'name="is_active"' in page
    client.post(f"/admin/users/edit/{user.pk}/", form(name="Bea Loom", email="bea@example.org"))
    user.refresh_from_db()
    assert (user.name, user.is_active) == ("Bea Loom", False)
    assert user.check_password(PASSWORD)


def test_another_address_lets_in_and_the_old_one_no_longer_does(client: Client, boss: User) -> None:
    user = UserFactory(email="old@example.org", name="Bea")
    user.emailaddress_set.create(email="old@example.org", verified=True, primary=True)
    client.post(f"/admin/users/edit/{user.pk}/", form(email="new@example.org", name="Bea", is_active="on"))
    rows = list(user.emailaddress_set.values_list("email", "primary", "verified"))
    assert rows == [("new@example.org", True, False)]


def test_changing_only_the_name_leaves_the_address_confirmed(client: Client, boss: User) -> None:
    user = UserFactory(email="old@example.org", name="Bea")
    user.emailaddress_set.create(email="old@example.org", verified=True, primary=True)
    client.post(f"/admin/users/edit/{user.pk}/", form(email="old@example.org", name="Bea Loom", is_active="on"))
    assert list(user.emailaddress_set.values_list("email", "verified")) == [("old@example.org", True)]


def test_the_boss_cannot_close_themselves(client: Client, boss: User) -> None:
    page = client.get(f"/admin/users/edit/{boss.pk}/").content.decode()
    assert 'name="is_active"' not in page
    client.post(f"/admin/users/edit/{boss.pk}/", form(email=boss.email, name="The Boss"))
    boss.refresh_from_db()
    assert (boss.name, boss.is_active, boss.is_superuser) == ("The Boss", True, True)


def test_users_are_listed_and_found(client: Client, boss: User) -> None:
    UserFactory(email="bea@example.org", name="Bea Loom")
    assert "Bea Loom" in client.get("/admin/users/").content.decode()
    found = client.get("/admin/users/results/?q=bea").content.decode()
    assert "Bea Loom" in found
    assert boss.email not in found


def test_the_admin_s_own_account_page_opens(client: Client, boss: User) -> None:
    assert client.get("/admin/account/").status_code == 200


def test_a_person_is_added_to_the_directory(client: Client, boss: User) -> None:
    place = Organisation.objects.create(name="The Mill")
    client.post(
        "/admin/snippets/people/person/add/",
        {"name": "Ada Weaver", "role": "Co-chair", "about": "", "organisation": place.pk, "portrait": "", "user": ""},
    )
    person = Person.objects.get()
    assert (person.name, person.role, person.organisation) == ("Ada Weaver", "Co-chair", place)


def test_people_are_found_by_name_role_and_place(client: Client, boss: User) -> None:
    place = Organisation.objects.create(name="The Mill")
    Person.objects.create(name="Ada Weaver", role="Co-chair", organisation=place)
    Person.objects.create(name="Bea Loom", role="Judge")
    for text, name in (("weaver", "Ada Weaver"), ("judge", "Bea Loom"), ("mill", "Ada Weaver")):
        page = client.get(f"/admin/snippets/people/person/results/?q={text}").content.decode()
        assert [other for other in ("Ada Weaver", "Bea Loom") if other in page] == [name], text


def test_the_admin_wears_the_house_s_mark(client: Client, boss: User) -> None:
    page = client.get("/admin/").content.decode()
    assert "editing/admin.css" in page
    assert "ui/mark.svg" in page
    assert "Social Prescribing Network" in page
