"""What the verbs ask of the database, and that more places do not cost more statements."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain import cancellation, checkout, holds, settlement
from events.models import Order
from network_site.payments.models import Payment
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory

# PostgreSQL is told once in each money transaction how long to wait.
PATIENCE = 1 if connection.vendor == "postgresql" else 0


def statements(verb: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        verb()
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    return sum("lock_timeout" not in sql for sql in asked)


@pytest.mark.parametrize("number", [1, 3, 10])
def test_a_hold_reads_once_and_writes_five_times(number) -> None:
    kind = TicketTypeFactory()
    assert statements(lambda: orders.held(kind, number)) == 6


@pytest.mark.parametrize("number", [1, 3, 10])
def test_naming_reads_once_and_writes_twice(number) -> None:
    order = orders.held(TicketTypeFactory(), number)
    assert statements(lambda: checkout.name_people(
        order, buyer_name="Ada", buyer_email="ada@example.org", organisation="", attendees={}, now=NOW
    )) == 3  # fmt: skip


@pytest.mark.parametrize("number", [1, 3, 10])
def test_letting_go_costs_the_same_for_every_number_of_places(number) -> None:
    order = orders.held(TicketTypeFactory(), number)
    assert statements(lambda: holds.expire(order, now=order.hold_until)) == 5


@pytest.mark.parametrize("number", [1, 3, 10])
def test_booking_costs_the_same_for_every_number_of_places(number) -> None:
    order = orders.named(TicketTypeFactory(free=True), number)
    assert statements(lambda: checkout.start(order, now=NOW, site_url=orders.SITE)) == 7


@pytest.mark.parametrize("number", [1, 3, 10])
def test_cancelling_costs_the_same_for_every_number_of_places(number) -> None:
    order = orders.booked(TicketTypeFactory(free=True), number)
    assert statements(lambda: cancellation.cancel_order(order, by=None, now=NOW, refund=False)) == 12


def test_the_verbs_of_a_whole_purchase_leave_room_for_its_pages() -> None:
    """The budget is 40 statements for all requests of a purchase; the pages read as well."""
    kind = TicketTypeFactory()

    def buy() -> None:
        order = orders.held(kind, 2)
        orders.name(order, people={1: ("Ada", ""), 2: ("Bo", "")})
        checkout.start(order, now=NOW, site_url=orders.SITE)
        orders.pay(order)
        checkout.refresh(order, now=NOW)

    assert statements(buy) <= 33
    assert Order.objects.get().status == "paid"


def test_a_payment_is_received_in_seven_statements() -> None:
    order = orders.named(TicketTypeFactory())
    payment = Payment.objects.create(
        reference=order.subject, method="practice", external_id="x", amount_pence=4500, received_at=NOW
    )
    assert statements(lambda: settlement.receive(payment, now=NOW)) == 7
