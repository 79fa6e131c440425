"""What the desk asks."""

import pytest

from events.domain import ledger
from events.domain.queries import Slice, incidents_of, orders_for_desk, where_places_went
from events.models import Order
from network_site.base.incidents import open_incident
from tests.factories import orders
from tests.factories.conferences import NOW, QuotaFactory, TicketTypeFactory


@pytest.mark.parametrize("text", ["ann", "Ann Lee", "lee@ex", "NHS", "cy", "delegate@"])
def test_an_order_is_found_by_any_part_of_what_people_remember(text) -> None:
    order, other = orders.held(TicketTypeFactory(), 2), orders.held(TicketTypeFactory())
    orders.name(order, email="lee@example.org", people={1: ("Cy", "delegate@x.org"), 2: ("Cyril", "")})
    Order.objects.filter(pk=order.pk).update(buyer_name="Ann Lee")
    Order.objects.filter(pk=other.pk).update(reference="777777")  # whose letters, being drawn, could be any
    other.refresh_from_db()
    assert list(orders_for_desk(text=text)) == [order]
    assert list(orders_for_desk(text=other.reference.lower())) == [other]
    assert list(orders_for_desk(text=f"{text} {other.reference}")) == []


def test_orders_are_listed_by_conference_and_status_newest_first() -> None:
    kind = TicketTypeFactory()
    first, second, booked = orders.held(kind), orders.held(kind), orders.booked(kind)
    elsewhere = orders.held(TicketTypeFactory())
    assert list(orders_for_desk(conference=kind.conference, status="held")) == [second, first]
    assert list(orders_for_desk(conference=kind.conference)) == [booked, second, first]
    assert list(orders_for_desk()) == [elsewhere, booked, second, first]


def test_every_place_of_a_quota_is_accounted_for() -> None:
    kind = TicketTypeFactory(quota__size=20)
    quota = kind.quotas.get()
    orders.held(kind, 4)
    orders.paying(kind, 3)
    orders.booked(kind, 2)
    orders.cancelled(kind, 5)
    ledger.keep_back(quota, units=1, reason="Speakers", by=None, now=NOW)
    quota.refresh_from_db()
    assert where_places_went(quota) == [
        Slice("paid", "Booked", 2),
        Slice("being_paid", "Being paid", 3),
        Slice("held", "Held", 4),
        Slice("kept_back", "Kept back by staff", 1),
        Slice("free", "Free", 10),
    ]


def test_a_quota_without_end_has_no_free_places_to_count() -> None:
    assert where_places_went(QuotaFactory(endless=True)) == []


def test_what_nobody_can_explain_is_said(broken_ledger) -> None:
    kind = TicketTypeFactory(quota__size=1)
    order = orders.held(kind)
    Order.objects.filter(pk=order.pk).update(status="expired")
    quota = kind.quotas.get()
    assert where_places_went(quota) == [Slice("other", "Unexplained: ask for a check of the ledger", 1)]


def test_incidents_of_an_order_are_its_own() -> None:
    order = orders.held(TicketTypeFactory())
    mine = open_incident("a", subject=order.subject, sentence="b")
    open_incident("a", subject="order:OTHER", sentence="b")
    assert list(incidents_of(order)) == [mine]
