"""The last places are sold once, however many ask for them at the same moment."""

import contextlib
import threading
from collections import Counter

import pytest
from django.db import connection
from django.db.models import Sum

from events.domain import holds, ledger
from events.domain.errors import SoldOut, TicketingError
from events.domain.fsck import findings
from events.models import CapacityClaim, Order, OrderLine, Quota, TicketType
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, TicketTypeFactory
from tests.races.crowd import Deed, at_once, in_processes

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.usefixtures("real_db"),
    # Python 3.12 and later warn whenever a process with threads forks; ours close their connections first.
    pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning"),
]
BUYERS = 30


def buyer(kind: TicketType, number: int = 1) -> Deed:
    """Somebody who asks for places and says what became of it."""

    def ask() -> str:
        try:
            orders.held(TicketType.objects.select_related("conference").get(pk=kind.pk), number)
        except SoldOut:
            return "sold out"
        except TicketingError as error:
            return str(error)
        return "held"

    return ask


def crowd(deeds: list[Deed]) -> Counter[str]:
    """Threads on PostgreSQL; on SQLite processes, which share nothing but the file."""
    return at_once(deeds) if connection.vendor == "postgresql" else in_processes(deeds)


def sold(quota: Quota) -> int:
    """Units that somebody holds, by the claims themselves."""
    active = CapacityClaim.objects.filter(quota=quota, status="active")
    return active.aggregate(units=Sum("units"))["units"] or 0


@pytest.mark.parametrize("capacity", [1, 7])
def test_thirty_buyers_at_once_get_exactly_what_there_is(capacity) -> None:
    kind = TicketTypeFactory(quota__size=capacity)
    assert crowd([buyer(kind) for _buyer in range(BUYERS)]) == {"held": capacity, "sold out": BUYERS - capacity}
    quota = kind.quotas.get()
    assert (quota.taken, sold(quota)) == (capacity, capacity)
    assert OrderLine.objects.filter(status="held").count() == capacity
    assert findings(now=NOW) == []


def test_buyers_of_shared_quotas_in_any_order_never_wait_for_each_other_for_ever() -> None:
    conference = ConferenceFactory()
    hall, lunch = QuotaFactory(conference=conference, size=20), QuotaFactory(conference=conference, size=17)
    one = TicketTypeFactory(conference=conference, draws={hall: 1, lunch: 1})
    other = TicketTypeFactory(conference=conference, draws={lunch: 1, hall: 1})
    answers = crowd([buyer(kind) for kind in (one, other) * (BUYERS // 2)])
    assert answers == {"held": 17, "sold out": 13}
    assert (sold(hall), sold(lunch)) == (17, 17)
    assert findings(now=NOW) == []


def test_groups_and_single_buyers_fill_it_and_no_more() -> None:
    kind = TicketTypeFactory(quota__size=10)
    answers = crowd([buyer(kind, number) for number in (3, 1) * (BUYERS // 2)])
    quota = kind.quotas.get()
    assert set(answers) == {"held", "sold out"}
    assert (quota.taken, sold(quota)) == (10, 10)
    assert findings(now=NOW) == []


def test_a_hold_that_ran_out_is_let_go_once_by_the_crowd_that_wants_it() -> None:
    kind = TicketTypeFactory(quota__size=3)
    for _order in range(3):
        orders.held(kind, now=NOW.replace(hour=1))
    assert crowd([buyer(kind) for _buyer in range(BUYERS)]) == {"held": 3, "sold out": BUYERS - 3}
    assert Order.objects.filter(status="expired").count() == 3
    assert findings(now=NOW) == []


def test_an_expiry_beside_a_buyer_who_goes_to_pay_lets_one_of_them_win() -> None:
    kind = TicketTypeFactory(quota__size=8)
    made = [orders.named(kind) for _order in range(8)]
    end = made[0].hold_until

    def let_go() -> str:
        return f"let go of {holds.expire_lapsed(now=end)}"

    def pay(order: Order) -> Deed:
        def go() -> str:
            mine = Order.objects.select_related("conference").get(pk=order.pk)
            try:
                orders.checkout.start(mine, now=NOW, site_url=orders.SITE)
            except TicketingError as error:
                return str(error)
            return "paying"

        return go

    with orders.at(NOW):
        answers = crowd([*(pay(order) for order in made), let_go])
    expired = Order.objects.filter(status="expired").count()
    late = "Your hold ran out. Nothing was paid. Choose your places again."
    expected = {"paying": 8 - expired, late: expired, f"let go of {expired}": 1}
    assert dict(answers) == {said: times for said, times in expected.items() if times}
    assert kind.quotas.get().taken == 8 - expired
    assert findings(now=NOW) == []


def test_without_the_guard_it_is_oversold(monkeypatch) -> None:
    """The control: the same code with "count, then insert" instead of the guarded update sells a place twice."""
    kind = TicketTypeFactory(quota__size=1)
    both_have_looked = threading.Barrier(2)

    def look_then_take(units: dict[int, int]) -> None:
        for quota_id, wanted in units.items():
            quota = Quota.objects.get(pk=quota_id)
            if sold(quota) + wanted > (quota.size or 0):
                raise ledger.NoRoom(quota_id)
            both_have_looked.wait(60)

    monkeypatch.setattr(ledger, "claim", look_then_take)
    # On SQLite a transaction begins with the only write lock, so this mistake is made outside one.
    monkeypatch.setattr(holds, "money_path", contextlib.nullcontext)
    assert at_once([buyer(kind), buyer(kind)]) == {"held": 2}
    quota = kind.quotas.get()
    assert (quota.size, sold(quota)) == (1, 2)
    assert [finding.kind for finding in findings(now=NOW)] == ["taken"]


@pytest.mark.postgres
def test_a_buyer_does_not_wait_for_ever_for_another_who_hangs() -> None:
    from django.db import transaction

    kind = TicketTypeFactory(quota__size=5)
    has_lock, may_go = threading.Event(), threading.Event()

    def hang() -> str:
        with transaction.atomic():
            ledger.claim({kind.quotas.get().pk: 1})
            has_lock.set()
            may_go.wait(60)
            transaction.set_rollback(True)
        return "hung"

    def ask() -> str:
        has_lock.wait(60)
        try:
            return buyer(kind)()
        finally:
            may_go.set()

    assert at_once([hang, ask]) == {
        "hung": 1,
        "Many people are booking at this moment, and your turn did not come. Nothing was taken. Try again.": 1,
    }
    assert findings(now=NOW) == []
