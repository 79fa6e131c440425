"""The process dies after any commit, or just before one: afterwards the jobs bring everything in order."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.db.transaction import Atomic

from events.domain import cancellation, checkout, holds, reconcile
from events.domain.fsck import findings
from events.models import Order, Quota, TicketType
from network_site.mail.models import OutgoingMail
from network_site.payments import reconcile as payments_reconcile
from network_site.payments.models import CheckoutAttempt, Payment, PracticeRefund, PracticeSession, Refund
from network_site.payments.settlement import settle
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.usefixtures("real_db"),
    pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning"),
]
LONG_AFTER = NOW + timedelta(hours=3)
Story = Callable[[TicketType], None]


class Killed(BaseException):
    """The process is gone: nothing in the code may catch this."""


@contextmanager
def dying_at(commit: int, *, before: bool, die: Callable[[], None]) -> Iterator[list[int]]:
    """Die just before or just after the given commit, counted from 1; yields the commits that were reached."""
    reached: list[int] = []
    leave = Atomic.__exit__

    def leave_and_die(self: Atomic, kind, error, trace) -> None:
        is_commit = kind is None and len(connection.atomic_blocks) == 1
        if not is_commit:
            return leave(self, kind, error, trace)
        number = len(reached) + 1
        reached.append(number)
        if before and number == commit:
            leave(self, Killed, Killed(), None)
            die()
        # What runs on commit may commit as well.
        leave(self, kind, error, trace)
        if number == commit:
            die()
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Atomic, "__exit__", leave_and_die)
        yield reached


def raise_killed() -> None:
    raise Killed


def buy_and_cancel(kind: TicketType) -> None:
    """Hold, name, go to pay, pay, settle, cancel with the money back: every commit of a purchase's whole life."""
    order = orders.paying(kind, 2)
    orders.pay(order)
    with orders.at(NOW):
        checkout.refresh(order, now=NOW)
        cancellation.cancel_order(order, by=None, now=NOW, refund=True)


def buy_and_step_back(kind: TicketType) -> None:
    """Go to pay, come back, go again and pay."""
    order = orders.paying(kind)
    with orders.at(NOW):
        checkout.step_back(order, now=NOW)
        checkout.start(order, now=NOW, site_url=orders.SITE)
    orders.pay(order)
    with orders.at(NOW):
        checkout.refresh(order, now=NOW)


def pay_late(kind: TicketType) -> None:
    """Money comes after the places were let go and the room was filled; it is seated or goes back."""
    order = orders.refund_due(kind)
    with orders.at(NOW):
        reconcile.settlement.refund_late(order, by=None, now=NOW)


def gateway_writes_again() -> None:
    """The gateway's messages of what was paid come for three days, until somebody takes them."""
    for session_id in PracticeSession.objects.filter(status="complete").values_list("session_id", flat=True):
        settle(session_id, now=NOW)


def recover(story: Story) -> None:
    """What the worker does after a restart: a minute later, and once more when every page is over."""
    if story is pay_late:
        # Our books said by mistake that its page was over: only a message can tell.
        gateway_writes_again()
    for now in (NOW + timedelta(minutes=1), LONG_AFTER, LONG_AFTER + timedelta(days=1, minutes=1)):
        with orders.at(now):
            payments_reconcile.run(now=now)
            reconcile.converge(now=now)
            holds.expire_lapsed(now=now)


def assert_in_order() -> None:
    """Nothing waits any more, the books agree, and money is where its order says; nothing was mailed twice."""
    assert findings(now=LONG_AFTER + timedelta(days=2)) == []
    assert set(Order.objects.values_list("status", flat=True)) <= {"paid", "expired", "cancelled"}
    assert set(CheckoutAttempt.objects.values_list("status", flat=True)) <= {"complete", "expired", "abandoned"}
    assert set(Refund.objects.values_list("status", flat=True)) <= {"succeeded"}
    came = {session.payment_id for session in PracticeSession.objects.filter(status="complete")}
    assert set(Payment.objects.values_list("external_id", flat=True)) == came
    back = sorted(PracticeRefund.objects.values_list("refund_id", "amount_pence"))
    assert sorted(Refund.objects.values_list("external_id", "amount_pence")) == back
    for payment in Payment.objects.all():
        order = Order.objects.get(reference=payment.reference.removeprefix("order:"))
        kept = reconcile.money.remaining_pence(payment)
        assert (order.status, kept) in {("paid", order.total_pence), ("cancelled", 0)}
    letters = OutgoingMail.objects.values_list("kind", "to")
    assert len(letters) == len(set(letters))


STORIES = [buy_and_cancel, buy_and_step_back, pay_late]


@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_dying_at_any_commit_loses_nothing(story, before) -> None:
    commit, was_killed = 0, True
    while was_killed:
        commit += 1
        kind = TicketTypeFactory(quota__size=3)
        with dying_at(commit, before=before, die=raise_killed):
            try:
                story(kind)
                was_killed = False
            except Killed:
                pass
        recover(story)
        assert_in_order()
    # A story without commits would prove nothing.
    assert commit > 5


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_process_that_is_really_gone_loses_nothing(story) -> None:
    ends, commit = [], 0
    while 0 not in ends:
        commit += 2
        kind = TicketTypeFactory(quota__size=3)
        ends.append(_end_of(lambda: _live(story, kind, commit)))  # noqa: B023
        recover(story)
        assert_in_order()
    assert set(ends) == {0, 9}


def _live(story: Story, kind: TicketType, commit: int) -> None:
    connections.close_all()
    with dying_at(commit, before=False, die=lambda: os._exit(9)):
        story(kind)
    connections.close_all()
    os._exit(0)


def _end_of(life: Callable[[], None]) -> int | None:
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=life)
    child.start()
    child.join(60)
    return child.exitcode


def test_dying_leaves_the_places_of_others_alone() -> None:
    kind = TicketTypeFactory(quota__size=3)
    other = orders.booked(kind)
    with dying_at(3, before=False, die=raise_killed), pytest.raises(Killed):
        buy_and_cancel(kind)
    recover(buy_and_cancel)
    other.refresh_from_db()
    assert (other.status, Quota.objects.get().taken) == ("paid", 1)
    assert_in_order()
