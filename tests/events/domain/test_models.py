"""What the database promises, and which moves of state are possible."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint

from events.domain import cancellation, checkout, holds, ledger, reconcile, settlement
from events.domain.errors import TicketingError
from events.models import CapacityClaim, Conference, Order, OrderLine, Quota
from network_site.payments.models import CheckoutAttempt
from tests.events.domain.undo import undone
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, SessionFactory, TicketTypeFactory

OURS = [model for model in apps.get_app_config("events").get_models() if hasattr(model._meta, "constraints")]


def pairs() -> list[tuple[type[models.Model], str]]:
    """(model, stem) of every `<stem>_by` beside a `<stem>_at`."""
    names = [(model, {field.name for field in model._meta.local_fields}) for model in OURS]
    return [
        (model, name.removesuffix("_by"))
        for model, fields in names
        for name in sorted(fields)
        if name.endswith("_by") and f"{name.removesuffix('_by')}_at" in fields
    ]


def test_the_pairs_are_those_we_know() -> None:
    assert sorted((model.__name__, stem) for model, stem in pairs()) == [
        ("Order", "cancelled"),
        ("OrderLine", "cancelled"),
        ("StaffHold", "held"),
        ("StaffHold", "released"),
    ]


@pytest.mark.parametrize(("model", "stem"), pairs())
def test_whoever_did_it_did_it_at_some_time(model, stem) -> None:
    checks = [c for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    named = [check for check in checks if f"{stem}_by" in str(check.condition) and f"{stem}_at" in str(check.condition)]
    assert [check.name for check in named] == [f"{_words(model)}_{stem}_by_needs_{stem}_at"]


def _words(model: type[models.Model]) -> str:
    return {"Order": "order", "OrderLine": "line", "StaffHold": "staff_hold"}[model.__name__]


def broken_by(change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "held", "hold_until": None},
        {"status": "awaiting_payment", "hold_until": None},
        {"status": "paid", "paid_at": None},
        {"status": "paid", "paid_at": NOW, "buyer_email": ""},
        {"status": "refund_due", "refund_due_at": None},
        {"status": "cancelled", "cancelled_at": None},
    ],
)
def test_an_order_says_when_and_who(facts) -> None:
    order = orders.held(TicketTypeFactory())
    broken_by(lambda: Order.objects.filter(pk=order.pk).update(**facts))


def test_references_secrets_and_tokens_are_used_once() -> None:
    kind = TicketTypeFactory()
    first, second = orders.held(kind), orders.held(kind)
    broken_by(lambda: Order.objects.filter(pk=first.pk).update(reference=second.reference))
    broken_by(lambda: Order.objects.filter(pk=first.pk).update(secret=second.secret))
    broken_by(lambda: first.lines.update(token=second.lines.get().token))
    broken_by(lambda: first.lines.update(number=0))


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"cancelled_at": NOW}])
def test_a_line_says_when_it_was_cancelled_and_only_then(facts) -> None:
    orders.held(TicketTypeFactory())
    broken_by(lambda: OrderLine.objects.update(**facts))


def test_a_line_claims_a_quota_once() -> None:
    line = orders.held(TicketTypeFactory()).lines.get()
    claim = line.claims.get()
    again = {"quota": claim.quota, "units": 1, "created_at": NOW}
    broken_by(lambda: CapacityClaim.objects.create(**again, order_line=line))
    broken_by(lambda: CapacityClaim.objects.create(**again))
    broken_by(lambda: CapacityClaim.objects.update(units=0))
    broken_by(lambda: CapacityClaim.objects.update(status="released"))
    broken_by(lambda: CapacityClaim.objects.update(released_at=NOW))


def test_a_staff_hold_claims_a_quota_once() -> None:
    hold = ledger.keep_back(QuotaFactory(), units=1, reason="x", by=None, now=NOW)
    broken_by(lambda: CapacityClaim.objects.create(quota=hold.quota, units=1, staff_hold=hold, created_at=NOW))


def test_what_is_sold_makes_sense() -> None:
    kind = TicketTypeFactory(early=True)
    types = type(kind).objects
    broken_by(lambda: types.update(early_price_pence=4500))
    broken_by(lambda: types.update(early_until=None))
    broken_by(lambda: types.update(on_sale_from=NOW, on_sale_until=NOW))
    broken_by(lambda: types.update(max_per_order=0))
    broken_by(lambda: types.update(price_pence=1_000_001))
    broken_by(lambda: kind.type_quotas.update(weight=0))
    broken_by(lambda: TicketTypeFactory(conference=kind.conference, name=kind.name))
    broken_by(lambda: QuotaFactory(conference=kind.conference, name=kind.quotas.get().name))


def test_a_conference_makes_sense() -> None:
    conference = ConferenceFactory()
    facts = Conference.objects
    broken_by(lambda: facts.update(ends_on=conference.starts_on - timedelta(days=1)))
    broken_by(lambda: facts.update(precision="month"))
    broken_by(lambda: facts.update(hold_minutes=0))
    broken_by(lambda: SessionFactory(conference=conference, ends_at=NOW))


def test_things_are_called_what_they_are() -> None:
    kind = TicketTypeFactory(name="Student", quota__name="Hall", workshop=True, session__title="Drawing")
    hold = ledger.keep_back(kind.quotas.get(), units=2, reason="Speakers", by=None, now=NOW)
    order = orders.held(TicketTypeFactory())
    line = order.lines.get()
    said = [str(thing) for thing in (kind, kind.session, kind.type_quotas.get(), hold, hold.claims.get(), line)]
    assert said == ["Student", "Drawing", "Student → Hall", "2 × Hall: Speakers", "2 × Hall", f"{order.reference} / 1"]
    assert (str(order), order.subject) == (order.reference, f"order:{order.reference}")
    assert order.get_absolute_url() == f"/orders/{order.reference}/{order.secret}/"


@pytest.mark.parametrize(
    ("facts", "where", "when", "when_long"),
    [
        ({}, "The Old Mill, Leeds", "16 June 2027", "Wednesday 16 June 2027"),
        ({"online": True}, "Online", "16 June 2027", "Wednesday 16 June 2027"),
        (
            {"hybrid": True, "two_days": True},
            "The Old Mill, Leeds, and online",
            "16 and 17 June 2027",
            "Wednesday 16 and Thursday 17 June 2027",
        ),
        ({"month_only": True}, "The Old Mill, Leeds", "June 2027", "June 2027"),
    ],
)
def test_a_conference_says_where_and_when(facts, where, when, when_long) -> None:
    conference = ConferenceFactory(**facts)
    assert (conference.where, conference.when, conference.when_long) == (where, when, when_long)
    assert conference.starts_machine == ("2027-06" if "month_only" in facts else "2027-06-16")
    assert conference.get_absolute_url() == f"/conferences/{conference.slug}/"
    assert str(conference) == conference.title


def test_a_hold_lapses_by_the_clock() -> None:
    order = orders.held(TicketTypeFactory())
    with orders.at(order.hold_until):
        assert order.is_lapsed()
    assert not order.is_lapsed()
    order.hold_until = None
    assert not order.is_lapsed()


# --- States: every verb on an order in every state ---


def held_again_but_paid() -> Order:
    """Our books say that the page was closed, but it had been paid."""
    order = orders.paying(TicketTypeFactory())
    orders.pay(order)
    CheckoutAttempt.objects.filter(reference=order.subject).update(status="expired")
    checkout.hold_again(order, now=NOW)
    return order


def cancelled_but_paid() -> Order:
    order = held_again_but_paid()
    cancellation.cancel_order(order, by=None, now=NOW, refund=False)
    return order


def late_after_cancelling() -> Order:
    order = cancelled_but_paid()
    return checkout.refresh(order, now=NOW)


def expired_but_paid(*, full: bool) -> Order:
    order = orders.paid_behind_our_back(TicketTypeFactory(quota__size=1))
    if full:
        fill(order)
    return order


def fill(order: Order) -> None:
    for quota in Quota.objects.filter(conference=order.conference):
        ledger.keep_back(quota, units=quota.left or 0, reason="x", by=None, now=NOW)


MAKERS: dict[str, Callable[[], Order]] = {
    "held": lambda: orders.named(TicketTypeFactory()),
    "held free": lambda: orders.named(TicketTypeFactory(free=True)),
    "held again but paid": held_again_but_paid,
    "waiting": lambda: orders.paying(TicketTypeFactory()),
    "booked": lambda: orders.booked(TicketTypeFactory(), 2),
    "expired": lambda: orders.expired(TicketTypeFactory()),
    "expired but paid": lambda: expired_but_paid(full=False),
    "expired but paid and full": lambda: expired_but_paid(full=True),
    "cancelled": lambda: orders.cancelled(TicketTypeFactory()),
    "cancelled but paid": cancelled_but_paid,
    "late": lambda: orders.refund_due(TicketTypeFactory()),
    "late after cancelling": late_after_cancelling,
}
LATER = NOW + timedelta(days=2)


def pay_and_look(order: Order) -> None:
    orders.pay(order)
    checkout.refresh(order, now=NOW)


VERBS: dict[str, Callable[[Order], object]] = {
    "start": lambda order: checkout.start(order, now=NOW, site_url=orders.SITE),
    "step back": lambda order: checkout.step_back(order, now=NOW),
    "look": lambda order: checkout.refresh(order, now=NOW),
    "pay": pay_and_look,
    "expire": lambda order: holds.expire(order, now=LATER),
    "converge": lambda order: reconcile.converge(now=LATER),
    "cancel": lambda order: cancellation.cancel_order(order, by=None, now=NOW, refund=True),
    "cancel a place": lambda order: cancellation.cancel_line(order.lines.get(number=1), by=None, now=NOW, refund=True),
    "seat": lambda order: settlement.seat_late(order, by=None, now=NOW),
    "refund": lambda order: settlement.refund_late(order, by=None, now=NOW),
}


def states_of(order: Order) -> tuple[str, list[str]]:
    order.refresh_from_db()
    return order.status, [line.status for line in order.lines.all()]


def every_move() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(order moves, line moves) that any verb makes from any state."""
    of_orders, of_lines = set(), set()
    for make in MAKERS.values():
        for verb in VERBS.values():
            with undone():
                order = make()
                before, lines = states_of(order)
                try:
                    verb(order)
                except TicketingError:
                    assert states_of(order) == (before, lines)
                after, lines_after = states_of(order)
                of_orders.add((before, after))
                of_lines |= set(zip(lines, lines_after, strict=True))
    return of_orders, of_lines


def allowed(table: dict) -> set[tuple[str, str]]:
    return {(str(before), str(after)) for before, afters in table.items() for after in afters}


def test_every_allowed_move_is_made_by_a_verb_and_no_other() -> None:
    of_orders, of_lines = every_move()
    assert {move for move in of_orders if move[0] != move[1]} == allowed(Order.ALLOWED)
    assert {move for move in of_lines if move[0] != move[1]} == allowed(OrderLine.ALLOWED)


@pytest.mark.parametrize("table", [Order.ALLOWED, OrderLine.ALLOWED, Conference.ALLOWED])
def test_no_state_was_forgotten_in_a_table(table) -> None:
    statuses = type(next(iter(table)))
    assert set(table) == set(statuses)
