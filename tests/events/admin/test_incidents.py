"""Incidents: open ones first, settled once, with a note."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network_site.base.incidents import open_incident, resolve_incident
from network_site.base.models import Incident
from tests.events.admin.conftest import logged_in, questions, said, sees, with_rights
from tests.factories.conferences import TicketTypeFactory
from tests.factories.orders import booked

pytestmark = pytest.mark.django_db
INDEX = "/admin/incidents/results/"


def page(client: Client, incident: Incident, **fields: str) -> Any:
    url = reverse("incidents:incident", args=[incident.pk])
    return client.post(url, fields, follow=True) if fields else client.get(url)


def test_open_ones_come_first(manager: Client) -> None:
    old, settled, new = (open_incident(kind, subject="a", sentence=kind) for kind in ("old", "settled", "new"))
    resolve_incident(settled, by=None, resolution="x")
    assert list(manager.get(INDEX).context["object_list"]) == [new, old, settled]
    assert list(manager.get(INDEX, {"resolved_at": "true"}).context["object_list"]) == [new, old]
    assert list(manager.get(INDEX, {"resolved_at": "false"}).context["object_list"]) == [settled]
    assert list(manager.get(INDEX, {"q": "old"}).context["object_list"]) == [old]
    assert tuple(word for word in ("Open", "Settled") if word in manager.get(INDEX).content.decode()) == (
        "Open",
        "Settled",
    )


def test_it_is_settled_once_and_by_whom_is_kept(manager: Client) -> None:
    incident = open_incident("odd", subject="order:X", sentence="Odd.", advice="Ring them.", data={"pence": 45})
    shown = sees(page(manager, incident))
    for fact in ("Odd.", "Ring them.", "order:X", "pence", "45", "Settle it"):
        assert fact in shown, fact
    assert said(page(manager, incident, resolution="Rang them.")) == ["Settled."]
    assert said(page(manager, incident, resolution="Again.")) == ["Somebody settled it before. Nothing was changed."]
    incident.refresh_from_db()
    assert (incident.resolution, incident.resolved_by.email) == ("Rang them.", "manager@example.org")
    shown = sees(page(manager, incident))
    assert "Rang them." in shown
    assert "Settle it" not in shown


def test_a_note_is_needed(manager: Client) -> None:
    incident = open_incident("odd", subject="x", sentence="Odd.")
    response = page(manager, incident, resolution="  ")
    assert list(response.context["form"].errors) == ["resolution"]
    incident.refresh_from_db()
    assert incident.resolved_at is None


def test_it_leads_to_its_order(manager: Client) -> None:
    order = booked(TicketTypeFactory())
    incident = open_incident("odd", subject=order.subject, sentence="Odd.")
    shown = page(manager, incident)
    assert shown.context["order"] == order
    assert reverse("orders:order", args=[order.pk]) in shown.content.decode()
    resolve_incident(incident, by=None, resolution="By itself.")
    assert "the house itself" in sees(page(manager, incident))


def test_whoever_only_sees_incidents_settles_none_and_sees_no_order() -> None:
    order = booked(TicketTypeFactory())
    incident = open_incident("odd", subject=order.subject, sentence="Odd.")
    client = logged_in(with_rights("looks@example.org", "base.view_incident"))
    shown = page(client, incident)
    assert (shown.context["order"], shown.context["may_resolve"], shown.context["trail"]) == (None, False, None)
    page(client, incident, resolution="x")
    incident.refresh_from_db()
    assert incident.resolved_at is None
    assert "Incidents (1)" in client.get("/admin/").content.decode()


def test_nothing_open_says_nothing(manager: Client) -> None:
    home = manager.get("/admin/").content.decode()
    assert "Incidents (" not in home
    assert "No incident is open." in home


def test_the_list_asks_the_same_number_of_questions(manager: Client) -> None:
    def more(number: int) -> None:
        for n in range(number):
            open_incident(f"odd-{Incident.objects.count()}-{n}", subject="x", sentence="Odd.")

    assert len(questions(manager, "/admin/incidents/", [1, 2, 27], more)) == 1
