"""What the admin's first page says to whom, and which permissions can be given."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from events.admin.dashboard import sales, today
from events.admin.rights import names
from events.wagtail_hooks import register_permissions
from network_site.base.incidents import open_incident
from network_site.people.roles import CONFERENCE_MANAGERS, ensure_roles
from tests.events.admin.conftest import logged_in, sees, with_rights
from tests.factories.conferences import NOW, TicketTypeFactory
from tests.factories.orders import at, booked, cancelled

pytestmark = pytest.mark.django_db


@pytest.fixture
def _sold_today() -> Any:
    place = TicketTypeFactory()
    with at(NOW):
        booked(place, 2)
        cancelled(place)
        yield


@pytest.mark.usefixtures("_sold_today")
def test_todays_sales() -> None:
    assert sales(today(NOW)) == {"places": 2, "orders": 1, "paid": 13500, "back": 4500}
    tomorrow = today(NOW) + timedelta(days=1)
    assert sales(tomorrow) == {"places": 0, "orders": 0, "paid": 0, "back": 0}


def test_today_begins_at_midnight_in_london() -> None:
    summer = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)
    assert today(summer).isoformat() == "2027-07-02T00:00:00+01:00"


@pytest.mark.usefixtures("_sold_today")
def test_each_sees_what_they_may() -> None:
    open_incident("odd", subject="x", sentence="Something odd.")
    watcher = sees(logged_in(with_rights("watch@example.org", "base.view_incident")).get("/admin/"))
    assert "1 incident is open" in watcher
    assert "Something odd." in watcher
    assert "£" not in watcher
    seller = sees(
        logged_in(with_rights("sell@example.org", "events.view_order", "payments.view_payment")).get("/admin/")
    )
    assert "2 places booked today · 1 order · £135.00 came in · £45.00 went back" in seller
    assert "Something odd." not in seller
    assert "Conferences today" not in sees(logged_in(with_rights("nobody@example.org")).get("/admin/"))


def test_only_the_newest_incidents_are_named(manager: Client) -> None:
    for number in range(7):
        open_incident(f"odd-{number}", subject="x", sentence=f"Odd number {number}.")
    page = sees(manager.get("/admin/"))
    assert "7 incidents are open" in page
    assert [number for number in range(7) if f"Odd number {number}." in page] == [2, 3, 4, 5, 6]


def test_every_permission_the_desk_asks_for_exists_and_can_be_given() -> None:
    found = {f"{one.content_type.app_label}.{one.codename}" for one in register_permissions()}
    assert found == set(names())
    assert Permission.objects.filter(pk__in=register_permissions()).count() == len(names())


def test_the_group_of_conference_managers_may_do_all_of_it() -> None:
    """The group is made elsewhere; the desk and the group must not drift apart."""
    ensure_roles()
    group = Group.objects.get(name=CONFERENCE_MANAGERS)
    given = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
    assert set(names()) - given == set()
