"""Any story of buyers, staff, clocks and a moody gateway: places are never oversold and money is never lost."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import connection
from django.db.models import Sum
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from events.domain import cancellation, checkout, holds, ledger, programme, reconcile, settlement
from events.domain.errors import TicketingError
from events.domain.fsck import findings
from events.models import CapacityClaim, Order, OrderLine, Quota, StaffHold
from network_site.base.models import AuditEntry
from network_site.mail.models import OutgoingMail
from network_site.payments import attempts, practice_gateway
from network_site.payments import reconcile as payments_reconcile
from network_site.payments.models import CheckoutAttempt, Payment, PracticeRefund, PracticeSession, Refund
from network_site.payments.settlement import settle
from tests.events.domain.moody import Mood, MoodyGateway
from tests.events.domain.undo import undone
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, SessionFactory, TicketTypeFactory
from tests.factories.people import UserFactory

# It proves other things than lines, and counting these would make it twice as slow.
pytestmark = pytest.mark.no_cover

# By the clock alone these are allowed while a story is told.
ONLY_LATE = {"hold past its end", "undecided"}
# A longer campaign, with other stories each time: STORIES=500 pytest tests/events/domain/test_story.py
FEW = 15
STORIES = int(os.environ.get("STORIES", FEW))
ANY_ORDER = st.integers(0, 5)


class Story(RuleBasedStateMachine):
    """Rules are what anybody may do next; what cannot be done is refused with a TicketingError and changes nothing."""

    states_seen: ClassVar[set[str]] = set()
    letters_seen: ClassVar[set[str]] = set()
    deeds_seen: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.undo = undone()
        self.undo.__enter__()
        self.watch = connection.execute_wrapper(self.notice)
        self.watch.__enter__()
        self.looked_at: tuple[datetime, int] | None = None
        self.written = 0
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()
        self.now = NOW
        self.money_kept_on_purpose: set[int] = set()
        MoodyGateway.mood = Mood.FINE

    def notice(self, go_on: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.written += sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return go_on(sql, *rest)

    @initialize(size=st.integers(2, 8))
    def open_the_sale(self, size: int) -> None:
        self.staff = UserFactory(staff=True)
        conference = ConferenceFactory(hold_minutes=15)
        hall = QuotaFactory(conference=conference, size=size)
        room = QuotaFactory(conference=conference, size=2)
        full = TicketTypeFactory(conference=conference, quota=hall)
        cheap = TicketTypeFactory(conference=conference, quota=hall, price_pence=1000)
        free = TicketTypeFactory(conference=conference, quota=hall, free=True)
        table = TicketTypeFactory(conference=conference, draws={hall: 3}, price_pence=9000)
        session = SessionFactory(conference=conference, workshop=True)
        self.workshop = TicketTypeFactory(conference=conference, session=session, quota=room, price_pence=500)
        self.kinds = [full, cheap, free, table]

    def some_order(self, number: int) -> Order:
        """One of the newest orders, as a page shows it that was loaded just now."""
        found = Order.objects.select_related("conference").order_by("-pk")[:6]
        return found[number % len(found)]

    # --- Buyers ---

    @rule(
        kind=st.sampled_from([0, 0, 1, 2, 3]),
        number=st.integers(1, 2),
        workshops=st.integers(0, 2),
        goes_on=st.booleans(),
    )
    def hold(self, kind: int, number: int, workshops: int, *, goes_on: bool) -> None:
        chosen = self.kinds[kind]
        with suppress(TicketingError):
            order = holds.place_hold(
                chosen.conference, choices={chosen.pk: number, self.workshop.pk: min(number, workshops)}, now=self.now
            )
            orders.name(order, now=self.now)
            if goes_on:
                checkout.start(order, now=self.now, site_url=orders.SITE)

    @precondition(lambda self: Order.objects.exists())
    @rule(number=ANY_ORDER, verb=st.sampled_from(["start", "back", "look"]))
    def press(self, number: int, verb: str) -> None:
        order = self.some_order(number)
        with suppress(TicketingError):
            if verb == "start":
                checkout.start(order, now=self.now, site_url=orders.SITE)
            elif verb == "back":
                checkout.step_back(order, now=self.now)
            else:
                checkout.refresh(order, now=self.now)

    @precondition(lambda self: PracticeSession.objects.filter(status="open").exists())
    @rule(number=ANY_ORDER, choice=st.sampled_from(["pay", "pay", "pay", "decline", "abandon"]))
    def decide_at_the_gateway(self, number: int, choice: str) -> None:
        pages = PracticeSession.objects.filter(status="open").order_by("-pk")[:6]
        practice_gateway.decide(pages[number % len(pages)].session_id, choice)

    @precondition(lambda self: MoodyGateway.mood == Mood.FINE and PracticeSession.objects.exists())
    @rule(number=ANY_ORDER, times=st.integers(1, 2))
    def the_gateway_writes(self, number: int, times: int) -> None:
        """Its messages come in any order, more than once, and at any time."""
        pages = PracticeSession.objects.order_by("pk")[:6]
        for _time in range(times):
            settle(pages[number % len(pages)].session_id, now=self.now)

    @rule(mood=st.sampled_from([Mood.FINE, Mood.FINE, Mood.FINE, *Mood]))
    def the_gateway_changes_its_mood(self, mood: Mood) -> None:
        MoodyGateway.mood = mood

    # --- Time and the worker ---

    @rule(minutes=st.sampled_from([1, 14, 16, 36, 41, 26 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.traveller.move_to(self.now)

    @rule(job=st.sampled_from(["expire", "converge", "payments"]))
    def a_job_runs(self, job: str) -> None:
        if job == "expire":
            holds.expire_lapsed(now=self.now)
        elif job == "converge":
            reconcile.converge(now=self.now)
        else:
            payments_reconcile.run(now=self.now)

    # --- Staff ---

    @precondition(lambda self: Order.objects.exists())
    @rule(number=ANY_ORDER, refund=st.booleans(), whole=st.booleans())
    def cancel(self, number: int, *, refund: bool, whole: bool) -> None:
        order = self.some_order(number)
        try:
            if whole:
                cancellation.cancel_order(order, by=None, now=self.now, refund=refund)
            else:
                line: OrderLine = order.lines.get(number=1)
                cancellation.cancel_line(line, by=None, now=self.now, refund=refund)
        except TicketingError:
            return
        if not refund:
            self.money_kept_on_purpose.add(order.pk)

    @precondition(lambda self: Order.objects.filter(status="refund_due").exists())
    @rule(seat=st.booleans())
    def decide_about_late_money(self, *, seat: bool) -> None:
        order = Order.objects.filter(status="refund_due").latest("pk")
        with suppress(TicketingError):
            (settlement.seat_late if seat else settlement.refund_late)(order, by=None, now=self.now)

    @rule(units=st.integers(1, 6), keep=st.booleans())
    def keep_back_or_let_go(self, units: int, *, keep: bool) -> None:
        hold = StaffHold.objects.order_by("-pk").first()
        with suppress(TicketingError):
            if keep or hold is None:
                ledger.keep_back(Quota.objects.earliest("pk"), units=units, reason="x", by=None, now=self.now)
            else:
                ledger.let_go(hold, by=None, now=self.now)

    @precondition(lambda self: CheckoutAttempt.objects.filter(status="open").exists())
    @rule(minutes=st.sampled_from([41, 41, 1]), is_full=st.booleans(), is_told=st.booleans())
    def a_page_is_set_aside_though_it_is_paid(self, minutes: int, *, is_full: bool, is_told: bool) -> None:
        """A mistake of staff: our books say that the page is over, and the buyer pays on it all the same."""
        MoodyGateway.mood = Mood.FINE
        attempt = CheckoutAttempt.objects.filter(status="open").latest("pk")
        attempts.set_aside(attempt, by=self.staff, reason="x", now=self.now)
        practice_gateway.decide(str(attempt.session_id), "pay")
        self.time_passes(minutes)
        reconcile.converge(now=self.now)
        holds.expire_lapsed(now=self.now)
        if is_full:
            self.keep_back_or_let_go(Quota.objects.earliest("pk").left or 1, keep=True)
        if is_told:
            settle(str(attempt.session_id), now=self.now)

    @precondition(lambda self: CheckoutAttempt.objects.filter(status="open").exists())
    @rule()
    def two_pages_of_one_order_are_paid(self) -> None:
        """The same mistake, and the buyer pays on the old page and on a new one."""
        MoodyGateway.mood = Mood.FINE
        attempt = CheckoutAttempt.objects.filter(status="open").latest("pk")
        attempts.set_aside(attempt, by=self.staff, reason="x", now=self.now)
        reconcile.converge(now=self.now)
        order = Order.objects.select_related("conference").get(reference=attempt.reference.removeprefix("order:"))
        with suppress(TicketingError):
            checkout.start(order, now=self.now, site_url=orders.SITE)
        for page in PracticeSession.objects.filter(params__reference=attempt.reference):
            practice_gateway.decide(page.session_id, "pay")
            settle(page.session_id, now=self.now)

    @rule(size=st.integers(1, 8), closed=st.sampled_from([False, False, False, True]))
    def change_the_room(self, size: int, *, closed: bool) -> None:
        quota = Quota.objects.earliest("pk")
        (programme.close if closed else programme.reopen)(quota, by=None)
        with suppress(TicketingError):
            programme.resize(quota, size=size, by=None)

    # --- What is always true ---

    @invariant()
    def all_is_well(self) -> None:
        """Looks again when anything was written or time has passed: all that is looked at is in the database."""
        if self.looked_at != (self.now, self.written):
            self.nothing_is_oversold_and_every_place_is_accounted_for()
            self.what_was_seen_is_remembered()
            self.nobody_is_written_to_twice_about_the_same()
            self.looked_at = (self.now, self.written)

    def nothing_is_oversold_and_every_place_is_accounted_for(self) -> None:
        for quota in Quota.objects.all():
            active = CapacityClaim.objects.filter(quota=quota, status="active")
            assert quota.taken == (active.aggregate(units=Sum("units"))["units"] or 0)
            assert quota.size is None or quota.taken <= quota.size
        assert [finding for finding in findings(now=self.now) if finding.kind not in ONLY_LATE] == []

    def what_was_seen_is_remembered(self) -> None:
        Story.states_seen |= set(Order.objects.values_list("status", flat=True))
        Story.deeds_seen |= set(AuditEntry.objects.values_list("verb", flat=True))
        Story.deeds_seen |= {"seated late" for _one in AuditEntry.objects.filter(verb="booked", data__late=True)}
        Story.letters_seen |= set(OutgoingMail.objects.values_list("kind", flat=True))

    def nobody_is_written_to_twice_about_the_same(self) -> None:
        letters = [str(letter) for letter in OutgoingMail.objects.values_list("kind", "to", "payload")]
        assert len(letters) == len(set(letters))

    def teardown(self) -> None:
        try:
            self.the_gateway_gets_well_and_every_job_runs()
            self.money_is_where_it_belongs()
        finally:
            self.clock.stop()
            self.watch.__exit__(None, None, None)
            self.undo.__exit__(None, None, None)

    def the_gateway_gets_well_and_every_job_runs(self) -> None:
        MoodyGateway.mood = Mood.FINE
        for page in PracticeSession.objects.filter(status="complete"):
            settle(page.session_id, now=self.now)
        for minutes in (0, 60, 26 * 60, 27 * 60):
            self.now += timedelta(minutes=minutes)
            self.traveller.move_to(self.now)
            payments_reconcile.run(now=self.now)
            reconcile.converge(now=self.now)
            holds.expire_lapsed(now=self.now)

    def money_is_where_it_belongs(self) -> None:
        assert findings(now=self.now) == []
        assert set(Order.objects.values_list("status", flat=True)) <= {"paid", "expired", "cancelled"}
        assert not CheckoutAttempt.objects.filter(status__in=["creating", "open"]).exists()
        paid = PracticeSession.objects.filter(status="complete").values_list("payment_id", flat=True)
        assert sorted(Payment.objects.values_list("external_id", flat=True)) == sorted(paid)
        at_the_gateway = sorted(PracticeRefund.objects.values_list("refund_id", "amount_pence"))
        assert sorted(Refund.objects.values_list("external_id", "amount_pence")) == at_the_gateway
        for payment in Payment.objects.all():
            order = Order.objects.get(reference=payment.reference.removeprefix("order:"))
            kept = reconcile.money.remaining_pence(payment)
            assert order.status == "paid" or kept == 0 or order.pk in self.money_kept_on_purpose


@pytest.fixture
def moody() -> Iterator[None]:
    gateway = f"{MoodyGateway.__module__}.{MoodyGateway.__qualname__}"
    with override_settings(PAYMENTS_GATEWAY=gateway):
        yield


@pytest.mark.usefixtures("moody")
def test_any_story_ends_well() -> None:
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=STORIES == FEW,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate] if STORIES == FEW else list(Phase),
        ),
    )


def every_rule_at_random(story: Story, dice: Random) -> None:
    """One rule with arguments as they fall; hypothesis shuns whole rules in a story, this does not."""
    full = [0, 0, 1, 2, 3]
    deeds: list[Callable[[], None]] = [
        lambda: story.hold(dice.choice(full), dice.randint(1, 2), dice.randint(0, 2), goes_on=dice.random() < 0.7),
        lambda: story.time_passes(dice.choice([1, 14, 16, 41])),
        lambda: story.a_job_runs(dice.choice(["expire", "converge", "payments"])),
        lambda: story.the_gateway_changes_its_mood(dice.choice([Mood.FINE, Mood.FINE, *Mood])),
        lambda: story.keep_back_or_let_go(dice.randint(1, 3), keep=dice.random() < 0.4),
        lambda: story.change_the_room(dice.randint(2, 8), closed=dice.random() < 0.2),
    ]
    if Order.objects.exists():
        deeds += [
            lambda: story.press(dice.randint(0, 5), dice.choice(["start", "back", "look"])),
            lambda: story.cancel(dice.randint(0, 5), refund=dice.random() < 0.7, whole=dice.random() < 0.6),
        ]
    if PracticeSession.objects.filter(status="open").exists():
        deeds.append(lambda: story.decide_at_the_gateway(dice.randint(0, 5), dice.choice(["pay", "pay", "decline"])))
    if PracticeSession.objects.exists() and MoodyGateway.mood == Mood.FINE:
        deeds.append(lambda: story.the_gateway_writes(dice.randint(0, 5), dice.randint(1, 2)))
    if CheckoutAttempt.objects.filter(status="open").exists():
        deeds += [
            *2 * [lambda: story.a_page_is_set_aside_though_it_is_paid(41, is_full=dice.random() < 0.5, is_told=True)],
            lambda: story.a_page_is_set_aside_though_it_is_paid(1, is_full=True, is_told=False),
            story.two_pages_of_one_order_are_paid,
        ]
    if Order.objects.filter(status="refund_due").exists():
        deeds.append(lambda: story.decide_about_late_money(seat=dice.random() < 0.5))
    dice.choice(deeds)()


@pytest.mark.usefixtures("moody")
def test_long_stories_reach_every_state_and_end_well() -> None:
    for number in range(6):
        dice, story = Random(number), Story()
        try:
            story.open_the_sale(4 + number)
            for _step in range(90):
                every_rule_at_random(story, dice)
                story.all_is_well()
        finally:
            story.teardown()
    # Stories in which nothing happens prove nothing.
    assert Story.states_seen == set(Order.Status)
    assert Story.letters_seen == {
        "events.order_paid",
        "events.order_cancelled",
        "events.hold_lost",
        "events.late_money",
    }
    assert {"booked", "seated late", "paid too late", "paid twice", "cancelled", "cancelled places"} <= Story.deeds_seen
