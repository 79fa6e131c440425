"""Proving the ledger: whatever the books say twice must agree; run every night and at the end of every test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain import money
from events.domain.money_path import money_path
from events.models import CapacityClaim, Order, OrderLine, Quota
from network_site.base import audit, freshness
from network_site.base.money import pounds
from network_site.mail.models import OutgoingMail
from network_site.payments.models import Payment
from network_site.people.models import User

# A worker that runs once a minute has let go long before.
PATIENCE = timedelta(hours=1)
ACTIVE = CapacityClaim.Status.ACTIVE
LINE_STATES = {
    Order.Status.HELD: {OrderLine.Status.HELD},
    Order.Status.AWAITING_PAYMENT: {OrderLine.Status.HELD},
    Order.Status.PAID: {OrderLine.Status.VALID, OrderLine.Status.CANCELLED},
    Order.Status.EXPIRED: {OrderLine.Status.RELEASED},
    Order.Status.CANCELLED: {OrderLine.Status.CANCELLED},
    Order.Status.REFUND_DUE: {OrderLine.Status.RELEASED, OrderLine.Status.CANCELLED},
}


@dataclass(frozen=True)
class Finding:
    """Two books that do not agree, in a sentence for staff."""

    kind: str
    subject: str
    sentence: str


def findings(*, now: datetime | None = None) -> list[Finding]:
    """Everything that is not as it must be; empty when the ledger is proved. A constant number of queries."""
    moment = now or timezone.now()
    checks: list[Callable[[], Iterator[Finding]]] = [
        _taken,
        _claims_without_places,
        _places_without_claims,
        _line_states,
        _totals,
        _paid_without_money,
        _paid_too_much,
        _money_without_places,
        _refunds,
        _mails,
    ]
    found = [finding for check in checks for finding in check()]
    return found + list(_overdue(moment))


def mistaken_quotas() -> QuerySet[Quota, Quota]:
    """Quotas whose `taken` is not the sum of their active claims (`claimed`)."""
    sums = CapacityClaim.objects.filter(quota=OuterRef("pk"), status=ACTIVE).order_by().values("quota")
    claimed = Coalesce(Subquery(sums.annotate(units=Sum("units")).values("units")), Value(0))
    return Quota.objects.annotate(claimed=claimed).exclude(taken=F("claimed"))


def _claimed(quota: Quota) -> int:
    """What `mistaken_quotas` added up."""
    claimed: int = vars(quota)["claimed"]
    return claimed


def orphans() -> QuerySet[CapacityClaim, CapacityClaim]:
    """Active claims of holders that hold nothing any more."""
    kept = Q(order_line__status__in=OrderLine.HOLDING, order_line__order__status__in=Order.HOLDING)
    return CapacityClaim.objects.filter(status=ACTIVE).exclude(kept).exclude(_kept_back())


def _kept_back() -> Q:
    return Q(staff_hold__isnull=False, staff_hold__released_at=None)


def _taken() -> Iterator[Finding]:
    for quota in mistaken_quotas():
        yield Finding(
            "taken",
            f"quota:{quota.pk}",
            _("“%(quota)s” counts %(taken)s places as taken, but its claims add up to %(claimed)s.")
            % {"quota": quota.name, "taken": quota.taken, "claimed": _claimed(quota)},
        )


def _claims_without_places() -> Iterator[Finding]:
    for claim in orphans():
        yield Finding(
            "claim without a place",
            f"claim:{claim.pk}",
            _("Claim %(claim)s holds %(units)s places for somebody who holds nothing any more.")
            % {"claim": claim.pk, "units": claim.units},
        )


def _places_without_claims() -> Iterator[Finding]:
    claims = CapacityClaim.objects.filter(order_line=OuterRef("pk"), status=ACTIVE)
    lines = OrderLine.objects.filter(
        ~Exists(claims), status__in=OrderLine.HOLDING, order__status__in=Order.HOLDING
    ).select_related("order")
    for line in lines:
        yield _about(
            "place without a claim",
            line.order,
            _("Place %(number)s of order %(ref)s is not counted in any quota."),
            number=line.number,
        )


def _line_states() -> Iterator[Finding]:
    wrong = Q()
    for status, states in LINE_STATES.items():
        wrong |= Q(order__status=status) & ~Q(status__in=states)
    for line in OrderLine.objects.filter(wrong).select_related("order"):
        yield _about(
            "line state",
            line.order,
            _("Order %(ref)s is “%(status)s”, but its place %(number)s is “%(place)s”."),
            status=line.order.status,
            number=line.number,
            place=line.status,
        )
    booked = OrderLine.objects.filter(order=OuterRef("pk"), status=OrderLine.Status.VALID)
    for order in Order.objects.filter(~Exists(booked), status=Order.Status.PAID):
        yield _about("line state", order, _("Order %(ref)s is booked, but none of its places is."))


def _totals() -> Iterator[Finding]:
    sums = Order.objects.annotate(priced=Coalesce(Sum("lines__price_pence"), Value(0)))
    for order in sums.exclude(total_pence=F("priced")):
        yield _about(
            "total",
            order,
            _("Order %(ref)s costs %(total)s, but its places add up to %(priced)s."),
            total=pounds(order.total_pence, exact=True),
            priced=pounds(order.priced, exact=True),
        )


def _paid_pence() -> Coalesce:
    paid = Payment.objects.filter(reference=money.reference_of_outer_order()).order_by().values("reference")
    return Coalesce(Subquery(paid.annotate(pence=Sum("amount_pence")).values("pence")), Value(0))


def _paid_without_money() -> Iterator[Finding]:
    orders = Order.objects.filter(status__in=[Order.Status.PAID, Order.Status.REFUND_DUE]).annotate(came=_paid_pence())
    for order in orders.filter(came__lt=F("total_pence")):
        yield _about(
            "paid without money",
            order,
            _("Order %(ref)s costs %(total)s, but only %(came)s came in."),
            total=pounds(order.total_pence, exact=True),
            came=pounds(order.came, exact=True),
        )


def _paid_too_much() -> Iterator[Finding]:
    """Money that came twice and is not on its way back."""
    booked = Order.objects.filter(status=Order.Status.PAID).annotate(came=_paid_pence())
    for order in booked.filter(came__gt=F("total_pence")):
        if money.kept_pence(order) > order.total_pence:
            yield _about("paid too much", order, _("More came in for order %(ref)s than it costs, and is still here."))


def _money_without_places() -> Iterator[Finding]:
    """Money of orders that have neither places nor a decision to wait for, and that is not on its way back."""
    waiting = [Order.Status.HELD, Order.Status.AWAITING_PAYMENT, Order.Status.EXPIRED]
    for order in Order.objects.filter(status__in=waiting).annotate(came=_paid_pence()).filter(came__gt=0):
        kept = money.kept_pence(order)
        if kept:
            yield _about(
                "money without a place",
                order,
                _("%(kept)s came in for order %(ref)s, which is “%(status)s”."),
                kept=pounds(kept),
                status=order.status,
            )


def _refunds() -> Iterator[Finding]:
    gone = Sum("refunds__amount_pence", filter=~Q(refunds__status__in=money.GONE))
    for payment in Payment.objects.annotate(back=gone).filter(back__gt=F("amount_pence")):
        yield Finding(
            "refunded too much",
            payment.reference,
            _("%(back)s of %(paid)s goes back.")
            % {"back": pounds(payment.back, exact=True), "paid": pounds(payment.amount_pence, exact=True)},
        )


def _mails() -> Iterator[Finding]:
    """One order is confirmed to one address once; copies that staff asked for have a key that says so."""
    ours = OutgoingMail.objects.filter(kind__startswith="events.").exclude(dedupe_key__contains=":again:")
    # What was sent long ago has lost its payload and is not compared.
    twice = (
        ours.exclude(payload={}).order_by().values("kind", "to", "payload").annotate(copies=Count("pk"), last=Max("pk"))
    )
    for mail in twice.filter(copies__gt=1):
        yield Finding(
            "mailed twice",
            f"mail:{mail['last']}",
            _("%(to)s was written to %(copies)s times about the same: %(kind)s.")
            % {"to": mail["to"], "copies": mail["copies"], "kind": mail["kind"]},
        )


def _overdue(now: datetime) -> Iterator[Finding]:
    waiting = [Order.Status.HELD, Order.Status.AWAITING_PAYMENT]
    for order in Order.objects.filter(status__in=waiting, hold_until__lt=now - PATIENCE):
        yield _about("hold past its end", order, _("The hold of order %(ref)s is long over. Does the worker run?"))
    day = timedelta(hours=24)
    for order in Order.objects.filter(status=Order.Status.REFUND_DUE, refund_due_at__lt=now - day - PATIENCE):
        yield _about("undecided", order, _("Late money of order %(ref)s should have gone back. Does the worker run?"))


def _about(kind: str, order: Order, sentence: str, **facts: object) -> Finding:
    return Finding(kind, order.subject, sentence % {"ref": order.reference, **facts})


def repair(*, by: User | None, now: datetime | None = None) -> list[str]:
    """Release orphaned claims and set `taken` to what the claims say; returns what was done, also audited.

    A quota that would then be fuller than its size is left alone: that needs a decision.
    """
    moment = now or timezone.now()
    with money_path():
        quotas = list(Quota.objects.select_for_update().order_by("pk"))
        done = [_repair_claim(claim, by=by, now=moment) for claim in orphans().order_by("pk")]
        done += [_repair_quota(quota, by=by) for quota in mistaken_quotas().order_by("pk")]
        if quotas and any(done):
            freshness.touch()
    return [sentence for sentence in done if sentence]


def _repair_claim(claim: CapacityClaim, *, by: User | None, now: datetime) -> str:
    CapacityClaim.objects.filter(pk=claim.pk).update(status=CapacityClaim.Status.RELEASED, released_at=now)
    audit.record("repaired", subject=f"claim:{claim.pk}", by=by, units=claim.units, quota=claim.quota_id)
    return _("Claim %(claim)s was released.") % {"claim": claim.pk}


def _repair_quota(quota: Quota, *, by: User | None) -> str:
    claimed = _claimed(quota)
    if quota.size is not None and claimed > quota.size:
        return _("“%(quota)s” has more claims than places. Make it larger, then run this again.") % {
            "quota": quota.name
        }
    Quota.objects.filter(pk=quota.pk).update(taken=claimed)
    audit.record("repaired", subject=f"quota:{quota.pk}", by=by, before=quota.taken, after=claimed)
    return _("“%(quota)s” counts %(claimed)s places as taken now.") % {"quota": quota.name, "claimed": claimed}
