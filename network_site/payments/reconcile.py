"""Finishing what a crash, a time-out or a lost message left half done; run every minute by the worker."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TypeVar

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from network_site.payments import alarms, attempts, refunds, webhooks
from network_site.payments.errors import GatewayRefused, PaymentError
from network_site.payments.models import CheckoutAttempt, Refund, WebhookEvent
from network_site.payments.settlement import Outcome, settle

log = logging.getLogger(__name__)
# What is younger is probably being worked on by the request that made it.
IN_HAND = timedelta(minutes=1)
# How often the gateway is asked about a page that is open, in case its message was lost.
ASK_AGAIN = timedelta(minutes=5)
# How long after its time a page may be unclear before staff are told.
STUCK_AFTER = timedelta(minutes=15)
# How often the gateway is asked about a refund a bank is slow with.
REFUND_ASK_AGAIN = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=6)
AT_ONCE = 200
# How long one run may take for each kind; while the gateway is down every call waits for its time-out.
SECONDS_FOR_EACH_KIND = 45

Row = TypeVar("Row", CheckoutAttempt, Refund, WebhookEvent)


@dataclass(frozen=True)
class Tally:
    """What one run did; `messages` were tried, `failed` counts pages and refunds that will be tried again."""

    pages: int
    refunds: int
    messages: int
    failed: int


def run(*, now: datetime | None = None) -> Tally:
    """Bring every unfinished page, refund and message to its end; one that fails does not stop the rest."""
    now = now or timezone.now()
    counts = [
        _each(unfinished_pages(now=now), lambda attempt: _finish_page(attempt, now=now)),
        _each(unfinished_refunds(now=now), lambda refund: refunds.catch_up(refund, now=now)),
        _each(unfinished_messages(now=now), lambda event: webhooks.process(event, now=now)),
    ]
    done = [done for done, _failed in counts]
    return Tally(pages=done[0], refunds=done[1], messages=done[2], failed=sum(failed for _done, failed in counts))


def unfinished_pages(*, now: datetime) -> list[CheckoutAttempt]:
    """Pages that may not have been made, and open ones nothing was heard of for a while."""
    quiet = Coalesce(F("checked_at"), F("created_at"))
    creating = Q(status=CheckoutAttempt.Status.CREATING, created_at__lte=now - IN_HAND)
    silent = Q(status=CheckoutAttempt.Status.OPEN, quiet_since__lte=now - ASK_AGAIN)
    over = Q(status=CheckoutAttempt.Status.OPEN, expires_at__lte=now, quiet_since__lte=now - IN_HAND)
    found = CheckoutAttempt.objects.annotate(quiet_since=quiet).filter(creating | silent | over)
    return list(found.order_by("?")[:AT_ONCE])


def unfinished_refunds(*, now: datetime) -> list[Refund]:
    """Refunds the gateway may not have heard of, and those a bank is slow with."""
    requested = Q(status=Refund.Status.REQUESTED, requested_at__lte=now - IN_HAND)
    slow = Q(status=Refund.Status.SUBMITTED) & (Q(checked_at=None) | Q(checked_at__lte=now - REFUND_ASK_AGAIN))
    return list(Refund.objects.filter(requested | slow).select_related("payment").order_by("?")[:AT_ONCE])


def unfinished_messages(*, now: datetime) -> list[WebhookEvent]:
    """Messages never acted on, and failed ones whose turn has come: after 1, 2, 4 … minutes, then every six hours."""
    waiting = WebhookEvent.objects.filter(
        status__in=[WebhookEvent.Status.RECEIVED, WebhookEvent.Status.FAILED], received_at__lte=now - IN_HAND
    )
    return [event for event in waiting.order_by("?")[:AT_ONCE] if _turn(event) <= now]


def _turn(event: WebhookEvent) -> datetime:
    waits = (min(IN_HAND * 2 ** min(tried, 10), LONGEST_WAIT) for tried in range(event.attempts))
    return event.received_at + sum(waits, start=timedelta())


def _each(rows: Iterable[Row], act: Callable[[Row], object]) -> tuple[int, int]:
    """Act on each row until the time is up; how many were done and how many failed.

    Rows come in no order, so that one nobody can finish never keeps the others from their turn.
    """
    done = failed = 0
    ends = monotonic() + SECONDS_FOR_EACH_KIND
    for row in rows:
        if _is_done(row, act):
            done += 1
        else:
            failed += 1
        if monotonic() >= ends:
            break
    return done, failed


def _is_done(row: Row, act: Callable[[Row], object]) -> bool:
    try:
        act(row)
    except PaymentError as error:
        log.warning("Not finished: %s: %s", row, error.detail)
    except Exception:
        log.exception("Not finished: %s", row)
    else:
        return True
    return False


def _finish_page(attempt: CheckoutAttempt, *, now: datetime) -> None:
    try:
        _bring_to_an_end(attempt, now=now)
    except PaymentError as error:
        if now - attempt.expires_at >= STUCK_AFTER:
            alarms.page_stuck(attempt, error=error)
        raise
    if now - attempt.expires_at >= STUCK_AFTER:
        alarms.page_unstuck(attempt)


def _bring_to_an_end(attempt: CheckoutAttempt, *, now: datetime) -> None:
    """Make the page if that was cut short, then ask about it, and close it when its time is over."""
    if attempt.status == CheckoutAttempt.Status.CREATING:
        try:
            attempts.open_page(attempt, now=now)
        except GatewayRefused:
            return
    attempt.refresh_from_db()
    if attempt.session_id is None:
        return
    outcome = settle(attempt.session_id, now=now)
    if outcome == Outcome.OPEN and attempt.expires_at <= now:
        attempts.close(attempt, now=now)
