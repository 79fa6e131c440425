"""From choosing places to the letter that says they are booked."""

from events.models import Order
from network_site.mail.models import OutgoingMail
from tests.factories import orders
from tests.factories.conferences import TicketTypeFactory


def test_a_purchase_books_the_places_and_writes_once() -> None:
    kind = TicketTypeFactory(quota__size=2)
    order = orders.booked(kind, 2, email="ada@example.org")
    assert order.status == Order.Status.PAID
    assert [line.status for line in order.lines.all()] == ["valid", "valid"]
    assert kind.quotas.get().taken == 2
    assert [(mail.kind, mail.to) for mail in OutgoingMail.objects.all()] == [("events.order_paid", "ada@example.org")]
