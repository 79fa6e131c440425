"""Every order of a cancelled conference: handed to the worker, order by order, with a progress report."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from events.admin import chores
from events.domain import fsck
from events.domain.errors import TicketingError
from events.models import Conference, Order
from network_site.base.models import AuditEntry, Incident
from network_site.payments.models import Refund
from network_site.people.models import User
from tests.events.admin.conftest import logged_in, said, sees, with_rights
from tests.factories.conferences import NOW, TicketTypeFactory
from tests.factories.orders import at, booked, held, paying

pytestmark = pytest.mark.django_db
FIELDS = {"refund": "on", "reason": "The venue flooded"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with at(NOW):
        yield


@pytest.fixture
def conference() -> Conference:
    """Cancelled, with three orders that still hold places."""
    place = TicketTypeFactory()
    booked(place, 2)
    paying(place)
    held(place)
    found: Conference = place.conference
    Conference.objects.filter(pk=found.pk).update(status="cancelled")
    return found


def address(conference: Conference) -> str:
    return reverse("conferences:cancel_orders", args=[conference.pk])


def run_worker() -> None:
    """What the worker does with a waiting chore."""
    for row in DBTaskResult.objects.filter(status="READY"):
        row.claim("worker")
        row.set_successful(row.task.call(**row.args_kwargs["kwargs"]))


def test_the_whole_way(manager: Client, conference: Conference) -> None:
    page = sees(manager.get(address(conference)))
    assert "3 orders will be cancelled, one by one." in page
    assert said(manager.post(address(conference), FIELDS, follow=True)) == [
        "The worker cancels the orders one by one. This page shows how far it is."
    ]
    waiting = sees(manager.get(address(conference)))
    assert "The worker is at it. 0 of 3 orders are cancelled." in waiting
    run_worker()
    page = sees(manager.get(address(conference)))
    assert "The worker is done. 3 of 3 orders are cancelled." in page
    assert "No order is left to cancel." in page
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}
    assert [(refund.amount_pence, refund.reason) for refund in Refund.objects.all()] == [(9000, "The venue flooded")]
    assert fsck.findings(now=NOW) == []


def test_asked_twice_it_is_done_once(manager: Client, conference: Conference) -> None:
    manager.post(address(conference), FIELDS, follow=True)
    again = manager.post(address(conference), FIELDS, follow=True)
    assert said(again) == ["The worker is at it already. Nothing was asked twice."]
    assert DBTaskResult.objects.count() == 1
    run_worker()
    after = manager.post(address(conference), FIELDS, follow=True)
    assert said(after) == ["No order was left to cancel."]
    assert DBTaskResult.objects.count() == 1
    assert AuditEntry.objects.filter(verb="asked to cancel every order").count() == 1


def test_one_that_cannot_be_cancelled_is_asked_about_and_stops_nothing(
    manager: Client, conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = Order.objects.get(status="awaiting_payment")
    real = chores.cancel_order

    def cancel(order: Order, **more: Any) -> None:
        if order == stuck:
            raise TicketingError("The payment service does not answer.")
        real(order, **more)

    monkeypatch.setattr(chores, "cancel_order", cancel)
    manager.post(address(conference), FIELDS)
    run_worker()
    assert DBTaskResult.objects.get().return_value == {"cancelled": 2, "stuck": 1}
    incident = Incident.objects.get(kind=chores.STUCK)
    assert incident.subject == stuck.subject
    assert "The payment service does not answer." in incident.sentence
    page = manager.get(address(conference))
    assert page.context["stuck"] == [stuck]
    assert "2 of 3 orders are cancelled." in sees(page)
    monkeypatch.undo()
    manager.post(address(conference), FIELDS)
    run_worker()
    stuck.refresh_from_db()
    assert stuck.status == Order.Status.CANCELLED
    assert manager.get(address(conference)).context["stuck"] == []


def test_killed_half_way_it_goes_on_where_it_was(manager: Client, conference: Conference) -> None:
    by = User.objects.get(email="manager@example.org")
    first = chores.orders_to_cancel(conference).first()
    chores.cancel_order(first, by=by, now=NOW, refund=True, reason="x")
    counts = chores.cancel_every_order.call(conference=conference.pk, by=by.pk, refund=True, reason="x")
    assert counts == {"cancelled": 2, "stuck": 0}


def test_only_a_cancelled_conference_is_cleared(manager: Client) -> None:
    order = booked(TicketTypeFactory())
    url = address(order.conference)
    assert "Cancel the conference first." in sees(manager.get(url))
    assert said(manager.post(url, FIELDS, follow=True)) == ["No order was left to cancel."]
    assert DBTaskResult.objects.count() == 0


def test_a_reason_is_given(manager: Client, conference: Conference) -> None:
    response = manager.post(address(conference), {"refund": "on"})
    assert list(response.context["form"].errors) == ["reason"]
    assert DBTaskResult.objects.count() == 0


def test_it_needs_the_right_to_give_money_back(conference: Conference) -> None:
    client = logged_in(with_rights("door@example.org", "events.view_order", "events.change_order"))
    assert client.post(address(conference), FIELDS)["Location"] == "/admin/"
    assert DBTaskResult.objects.count() == 0
