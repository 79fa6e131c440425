"""Users, people and organisations as rows."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from network_site.people import addresses
from network_site.people.models import Organisation, Person, User

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters() -> None:
    assert User.objects.create_user("Ada@Example.ORG").email == "ada@example.org"


def test_an_address_belongs_to_one_user_in_any_case() -> None:
    User.objects.create_user("ada@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ADA@example.org")])


def test_a_user_without_a_password_has_none() -> None:
    user = User.objects.create_user("ada@example.org")
    assert not user.has_usable_password()


def test_a_superuser_may_do_everything() -> None:
    boss = User.objects.create_superuser("boss@example.org", "three plain words")
    assert (boss.is_staff, boss.is_superuser, boss.check_password("three plain words")) == (True, True, True)


def test_a_user_is_found_by_their_address_in_any_case() -> None:
    user = User.objects.create_user("ada@example.org")
    assert User.objects.get_by_natural_key("ADA@example.org") == user


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [("Ada Weaver", "Ada Weaver", "Ada"), ("Ada", "Ada", "Ada"), ("", "ada@example.org", "ada@example.org")],
)
def test_a_user_is_called_by_name_or_else_by_address(name: str, full: str, short: str) -> None:
    user = User(email="ada@example.org", name=name)
    assert (str(user), user.get_full_name(), user.get_short_name()) == (full, full, short)


def test_people_and_organisations_are_called_by_name() -> None:
    assert [str(Person(name="Ada")), str(Organisation(name="The Mill"))] == ["Ada", "The Mill"]


def test_people_stand_in_their_order_then_by_name() -> None:
    for name, place in (("Cy", 0), ("Ada", 1), ("Bea", 0)):
        Person.objects.create(name=name, sort_order=place)
    assert [person.name for person in Person.objects.all()] == ["Bea", "Cy", "Ada"]


def test_two_organisations_do_not_share_a_name() -> None:
    Organisation.objects.create(name="The Mill")
    with pytest.raises(ValidationError):
        Organisation(name="The Mill").full_clean()


def test_who_leaves_takes_nobody_along() -> None:
    place = Organisation.objects.create(name="The Mill")
    user = User.objects.create_user("ada@example.org")
    person = Person.objects.create(name="Ada", organisation=place, user=user)
    place.delete()
    user.delete()
    person.refresh_from_db()
    assert (person.organisation, person.user) == (None, None)


def test_an_address_is_remembered_once_and_a_confirmed_one_stays_confirmed() -> None:
    user = User.objects.create_user("ada@example.org")
    addresses.remember(user)
    user.emailaddress_set.update(verified=True)
    addresses.remember(user)
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [("ada@example.org", True, True)]


def test_a_second_address_is_not_the_first() -> None:
    user = User.objects.create_user("ada@example.org")
    user.emailaddress_set.create(email="other@example.org", primary=True, verified=True)
    addresses.remember(user)
    assert list(user.emailaddress_set.order_by("email").values_list("email", "primary")) == [
        ("ada@example.org", False),
        ("other@example.org", True),
    ]
