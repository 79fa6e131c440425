"""Two impatient clicks, two colleagues at once: what is done, is done once."""

from collections.abc import Callable

from django.utils import timezone

from events.domain import cancellation, corrections, fsck, ledger, settlement
from events.models import Order, StaffHold
from network_site.base.errors import HouseError
from network_site.payments.models import Refund
from tests.factories.conferences import NOW, QuotaFactory, TicketTypeFactory
from tests.factories.orders import booked, refund_due
from tests.races.crowd import at_once

CLICKS = 6


def clicks(deed: Callable[[], object]) -> dict[str, int]:
    """The same deed asked for at the same moment; how often it was done, and how often refused with a sentence."""

    def click() -> str:
        try:
            deed()
        except HouseError:
            return "refused"
        return "done"

    return dict(at_once([click] * CLICKS))


ONCE = {"done": 1, "refused": CLICKS - 1}


def test_places_are_kept_back_once(real_db: str) -> None:
    quota = QuotaFactory(size=100)
    told = clicks(lambda: corrections.keep_back_once(quota, units=5, reason="Speakers", by=None, now=NOW))
    quota.refresh_from_db()
    assert (told, quota.taken, StaffHold.objects.count()) == (ONCE, 5, 1)


def test_places_are_let_go_once(real_db: str) -> None:
    quota = QuotaFactory(size=100)
    hold = ledger.keep_back(quota, units=5, reason="Speakers", by=None, now=NOW)
    told = clicks(lambda: ledger.let_go(hold, by=None, now=NOW))
    quota.refresh_from_db()
    assert (told, quota.taken) == (ONCE, 0)


def test_an_order_is_cancelled_and_refunded_once(real_db: str) -> None:
    order = booked(TicketTypeFactory(), 2, now=timezone.now())

    def cancel() -> None:
        fresh = Order.objects.get(pk=order.pk)
        cancellation.cancel_order(fresh, by=None, now=timezone.now(), refund=True)

    assert (clicks(cancel), Refund.objects.count()) == (ONCE, 1)
    assert fsck.findings() == []


def test_one_colleague_seats_late_money_or_another_sends_it_back(real_db: str) -> None:
    order = refund_due(TicketTypeFactory(quota__size=3), 2, now=timezone.now())

    def either(verb: Callable[..., None]) -> Callable[[], str]:
        def click() -> str:
            try:
                verb(Order.objects.get(pk=order.pk), by=None, now=timezone.now())
            except HouseError:
                return "refused"
            return "done"

        return click

    told = at_once([either(settlement.seat_late), either(settlement.refund_late)] * 3)
    order.refresh_from_db()
    assert told == {"done": 1, "refused": 5}
    seated = order.status == Order.Status.PAID
    assert Refund.objects.count() == (0 if seated else 1)
    assert fsck.findings() == []


def test_what_a_ticket_takes_is_written_once(real_db: str) -> None:
    place = TicketTypeFactory()
    quota, other = place.quotas.get(), QuotaFactory(conference=place.conference)
    at_once([lambda: str(corrections.draw_on(place, weights={quota.pk: 2, other.pk: 1}, by=None))] * CLICKS)
    assert dict(place.type_quotas.values_list("quota_id", "weight")) == {quota.pk: 2, other.pk: 1}
