"""Proving the ledger finds what is broken, and repairs what can be repaired."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from events.domain import ledger
from events.domain.fsck import findings, repair
from events.models import CapacityClaim, Order, OrderLine, Quota, StaffHold
from network_site.base.models import AuditEntry
from network_site.mail.models import OutgoingMail
from network_site.payments.models import Payment, Refund
from tests.factories import orders
from tests.factories.conferences import NOW, QuotaFactory, TicketTypeFactory

pytestmark = pytest.mark.usefixtures("broken_ledger")


def found(*, now=NOW) -> list[tuple[str, str]]:
    return [(finding.kind, finding.subject) for finding in findings(now=now)]


def test_one_order_of_every_kind_is_in_order() -> None:
    kind = TicketTypeFactory()
    for make in (orders.held, orders.paying, orders.booked, orders.expired, orders.cancelled):
        make(kind, 2)
    orders.refund_due(TicketTypeFactory())
    ledger.keep_back(QuotaFactory(), units=3, reason="x", by=None, now=NOW)
    assert findings(now=NOW) == []


def test_a_count_that_does_not_match_is_found_and_repaired(staff) -> None:
    kind = TicketTypeFactory(quota__name="Hall")
    orders.held(kind, 2)
    Quota.objects.update(taken=5)
    quota = kind.quotas.get()
    (finding,) = findings(now=NOW)
    assert (finding.kind, finding.subject) == ("taken", f"quota:{quota.pk}")
    assert finding.sentence == "“Hall” counts 5 places as taken, but its claims add up to 2."
    assert repair(by=staff) == ["“Hall” counts 2 places as taken now."]
    entry = AuditEntry.objects.get(verb="repaired")
    assert (entry.by, entry.data) == (staff, {"before": 5, "after": 2})
    assert (found(), repair(by=staff)) == ([], [])


def test_claims_of_nobody_are_found_and_released() -> None:
    kind = TicketTypeFactory(quota__name="Hall")
    order = orders.held(kind)
    Order.objects.filter(pk=order.pk).update(status="expired")
    OrderLine.objects.update(status="released")
    claim = CapacityClaim.objects.get()
    assert found() == [("claim without a place", f"claim:{claim.pk}")]
    assert repair(by=None, now=NOW) == [
        f"Claim {claim.pk} was released.",
        "“Hall” counts 0 places as taken now.",
    ]
    assert (found(), kind.quotas.get().taken) == ([], 0)


def test_claims_of_staff_who_let_go_are_found() -> None:
    hold = ledger.keep_back(QuotaFactory(), units=3, reason="x", by=None, now=NOW)
    StaffHold.objects.update(released_at=NOW)
    assert found() == [("claim without a place", f"claim:{hold.claims.get().pk}")]


def test_more_claims_than_places_need_a_decision() -> None:
    kind = TicketTypeFactory(quota__name="Hall", quota__size=2)
    orders.held(kind, 2)
    Quota.objects.update(taken=0, size=1)
    assert repair(by=None) == ["“Hall” has more claims than places. Make it larger, then run this again."]
    assert found() == [("taken", f"quota:{kind.quotas.get().pk}")]


def test_a_place_that_no_quota_counts_is_found() -> None:
    kind = TicketTypeFactory()
    order = orders.booked(kind)
    CapacityClaim.objects.all().delete()
    Quota.objects.update(taken=0)
    assert found() == [("place without a claim", order.subject)]


@pytest.mark.parametrize(
    ("make", "line"),
    [(orders.held, "valid"), (orders.paying, "valid"), (orders.booked, "held"), (orders.expired, "cancelled")],
)
def test_a_line_that_is_not_in_its_orders_state_is_found(make, line) -> None:
    order = make(TicketTypeFactory(), 2)
    facts = {"cancelled_at": NOW} if line == "cancelled" else {}
    order.lines.filter(number=1).update(status=line, **facts)
    assert found() == [("line state", order.subject)]


def test_a_booked_order_without_any_booked_place_is_found() -> None:
    order = orders.cancelled(TicketTypeFactory(), refund=False)
    Order.objects.update(status="paid", cancelled_at=None)
    assert found() == [("line state", order.subject)]


def test_a_total_that_is_not_the_sum_is_found() -> None:
    order = orders.held(TicketTypeFactory(), 2)
    Order.objects.update(total_pence=1)
    (finding,) = findings(now=NOW)
    assert finding.sentence == f"Order {order.reference} costs £0.01, but its places add up to £90.00."


def test_places_nobody_paid_for_are_found() -> None:
    order = orders.booked(TicketTypeFactory())
    Payment.objects.all().delete()
    (finding,) = findings(now=NOW)
    assert finding.sentence == f"Order {order.reference} costs £45.00, but only £0.00 came in."


def test_money_that_came_twice_and_stays_is_found() -> None:
    order = orders.booked(TicketTypeFactory())
    extra = Payment.objects.create(
        reference=order.subject, method="practice", external_id="x", amount_pence=4500, received_at=NOW
    )
    assert found() == [("paid too much", order.subject)]
    Refund.objects.create(payment=extra, amount_pence=4500, idempotency_key="x", requested_at=NOW)
    assert found() == []


@pytest.mark.parametrize("make", [orders.held, orders.expired])
def test_money_nobody_decided_about_is_found(make) -> None:
    order = make(TicketTypeFactory())
    payment = Payment.objects.create(
        reference=order.subject, method="practice", external_id="x", amount_pence=4500, received_at=NOW
    )
    assert found() == [("money without a place", order.subject)]
    Refund.objects.create(payment=payment, amount_pence=4500, idempotency_key="x", requested_at=NOW)
    assert found() == []


def test_more_going_back_than_came_in_is_found() -> None:
    order = orders.cancelled(TicketTypeFactory())
    refund = Refund.objects.create(payment=Payment.objects.get(), amount_pence=1, idempotency_key="x", requested_at=NOW)
    assert found() == [("refunded too much", order.subject)]
    Refund.objects.filter(pk=refund.pk).update(status="failed")
    assert found() == []


def test_a_letter_that_was_promised_twice_is_found() -> None:
    orders.booked(TicketTypeFactory())
    mail = OutgoingMail.objects.get()
    mail.pk, mail.dedupe_key = None, "another"
    mail.save()
    assert found() == [("mailed twice", f"mail:{mail.pk}")]
    OutgoingMail.objects.filter(pk=mail.pk).update(dedupe_key="order_paid:X:again:2027-03-01T12:00")
    assert found() == []


@pytest.mark.parametrize("make", [orders.held, orders.paying])
def test_a_hold_long_past_its_end_is_found(make) -> None:
    order = make(TicketTypeFactory())
    late = order.hold_until + timedelta(hours=1)
    assert found(now=late) == []
    assert found(now=late + timedelta(seconds=1)) == [("hold past its end", order.subject)]


def test_late_money_long_undecided_is_found() -> None:
    order = orders.refund_due(TicketTypeFactory())
    late = NOW + timedelta(hours=25)
    assert found(now=late) == []
    assert found(now=late + timedelta(seconds=1)) == [("undecided", order.subject)]


def test_a_broken_ledger_costs_no_more_queries_than_a_small_one(django_assert_num_queries) -> None:
    for _order in range(3):
        orders.held(TicketTypeFactory(), 2)
    Quota.objects.update(taken=50)
    with django_assert_num_queries(13):
        assert len(findings(now=NOW)) == 3


# --- The command ---


def run(*words: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("ticketing_fsck", *words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_the_command_says_that_all_is_well() -> None:
    assert run() == ("The ledger is proved: every book says the same.\n", 0)


def test_the_command_finds_and_repairs() -> None:
    quota = QuotaFactory(name="Hall")
    Quota.objects.update(taken=2)
    sentence = f"taken: quota:{quota.pk}: “Hall” counts 2 places as taken, but its claims add up to 0.\n"
    assert run() == (sentence, 1)
    repaired = "repaired: “Hall” counts 0 places as taken now.\nThe ledger is proved: every book says the same.\n"
    assert run("--fix") == (repaired, 0)
