"""Where did the places go? The bar, the table and the ledger say the same."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.domain import ledger
from events.models import Quota
from tests.events.admin.conftest import sees
from tests.factories.conferences import NOW, QuotaFactory, TicketTypeFactory
from tests.factories.orders import at, booked, held, paying

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with at(NOW):
        yield


def look(manager: Client, quota: Quota) -> Any:
    return manager.get(reverse("conferences:places", args=[quota.conference.pk]))


def test_every_place_is_accounted_for(manager: Client) -> None:
    place = TicketTypeFactory(quota__size=20, quota__name="Main hall")
    quota = place.quotas.get()
    booked(place, 10)
    paying(place, 2)
    held(place, 3)
    ledger.keep_back(quota, units=4, reason="Speakers", by=None, now=NOW)
    response = look(manager, quota)
    (bar,) = response.context["bars"]
    assert [(part.css, part.label, part.units, part.start, part.width, part.percent) for part in bar.parts] == [
        ("paid", "Booked", 10, 0.0, 500.0, 50.0),
        ("being_paid", "Being paid", 2, 500.0, 100.0, 10.0),
        ("held", "Held", 3, 600.0, 150.0, 15.0),
        ("kept_back", "Kept back by staff", 4, 750.0, 200.0, 20.0),
        ("free", "Free", 1, 950.0, 50.0, 5.0),
    ]
    assert bar.sentence == "Booked: 10, Being paid: 2, Held: 3, Kept back by staff: 4, Free: 1"
    assert "The ledger balances" in sees(response)
    html = " ".join(response.content.decode().split())
    assert 'class="desk-part desk-part--paid" x="0.0" y="0" width="500.0"' in html


def test_what_never_runs_out(manager: Client) -> None:
    quota = QuotaFactory(size=None)
    assert "Nothing is taken, and it never runs out." in sees(look(manager, quota))
    ledger.keep_back(quota, units=4, reason="Speakers", by=None, now=NOW)
    (bar,) = look(manager, quota).context["bars"]
    assert [(part.css, part.units, part.width) for part in bar.parts] == [("kept_back", 4, 1000.0)]


def test_a_ledger_that_does_not_balance_is_said_at_once(manager: Client) -> None:
    quota = QuotaFactory(size=20)
    Quota.objects.filter(pk=quota.pk).update(taken=3)
    page = sees(look(manager, quota))
    assert "The ledger does not balance." in page
    assert "The ledger balances" not in page


def test_a_conference_without_room(manager: Client) -> None:
    quota = QuotaFactory()
    Quota.objects.all().delete()
    assert "It has no quota yet." in sees(look(manager, quota))
