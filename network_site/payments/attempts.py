"""Payable pages: written down, made at the gateway, closed; never two that can be paid for one reference."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network_site.base.audit import record
from network_site.payments import alarms, transactions
from network_site.payments.errors import GatewayRefused, PaymentError, SessionNotOpen, WrongKey
from network_site.payments.gateway import Bill, SessionFacts, current_gateway
from network_site.payments.models import CheckoutAttempt
from network_site.payments.settlement import Outcome, mark_over, settle
from network_site.people.models import User

log = logging.getLogger(__name__)
Status = CheckoutAttempt.Status
PAYABLE = frozenset({Status.CREATING, Status.OPEN})
# A page asked for with less time than this left is refused by the gateway, and rightly: nobody is waiting for it.
SHORTEST_LIFE = timedelta(minutes=30)


def begin(bill: Bill, *, now: datetime, expires_at: datetime) -> CheckoutAttempt:
    """Write down a payable page, in the caller's transaction; the gateway is asked later, by `open_page`.

    Raises PaymentError when the bill asks for nothing, or a page that can still be paid exists.
    """
    if bill.total_pence <= 0:
        raise PaymentError(_("There is nothing to pay."))
    before = list(CheckoutAttempt.objects.filter(reference=bill.reference).values_list("number", "status"))
    if any(status in PAYABLE for _number, status in before):
        raise _already_payable()
    gateway = current_gateway()
    number = max((number for number, _status in before), default=0) + 1
    key = f"cs:{bill.reference}:{number}"
    try:
        with transaction.atomic():
            return CheckoutAttempt.objects.create(
                reference=bill.reference,
                number=number,
                gateway=gateway.name,
                idempotency_key=key,
                frozen_params=gateway.freeze(bill, expires_at=expires_at, key=key),
                amount_pence=bill.total_pence,
                currency=bill.currency,
                created_at=now,
                expires_at=expires_at,
            )
    except IntegrityError as error:
        raise _already_payable() from error


def open_page(attempt: CheckoutAttempt, *, now: datetime | None = None) -> str:
    """The address of the page; may be repeated, and asks the gateway for the same page each time.

    Raises GatewayUnreachable when it may or may not have been made (the attempt stays "creating"), GatewayRefused
    when it was not (the attempt is abandoned), PaymentError when the attempt is over.
    """
    now = now or timezone.now()
    if attempt.status != Status.CREATING:
        attempt.refresh_from_db()
    if attempt.status == Status.OPEN:
        return attempt.page_url
    if attempt.status != Status.CREATING:
        raise _page_is_over()
    try:
        facts = current_gateway().open_session(attempt.frozen_params, idempotency_key=attempt.idempotency_key)
    except GatewayRefused as error:
        _abandon(attempt, error=error, now=now)
        raise type(error)(
            _(
                "We could not open the payment page. Your places are still held and nothing was taken. "
                "Please try again in a few minutes, or write to us."
            )
        ) from error.__cause__
    return _stamp(attempt, facts=facts)


def close(attempt: CheckoutAttempt, *, now: datetime | None = None) -> Outcome:
    """Make sure the page cannot be paid any more; if it turns out paid, settle it.

    Raises GatewayUnreachable when that is not sure: then nothing may be let go.
    """
    attempt.refresh_from_db()
    if attempt.status == Status.COMPLETE:
        return Outcome.ALREADY_PAID
    if attempt.status == Status.CREATING:
        try:
            open_page(attempt, now=now)
        except GatewayRefused:
            return Outcome.EXPIRED
        except PaymentError:
            attempt.refresh_from_db()
            if attempt.status == Status.CREATING:
                raise
            return close(attempt, now=now)
        attempt.refresh_from_db()
    if attempt.status not in PAYABLE:
        return Outcome.EXPIRED
    return _close_open(attempt, now=now)


def set_aside(attempt: CheckoutAttempt, *, by: User, reason: str, now: datetime | None = None) -> bool:
    """Staff say that what happened on this page is settled by hand; False when it was over already."""
    with transaction.atomic():
        done = mark_over(attempt, now=now or timezone.now(), note=reason)
        if done:
            record("set aside", subject=attempt.reference, by=by, attempt=attempt.idempotency_key, reason=reason)
    return done


def _close_open(attempt: CheckoutAttempt, *, now: datetime | None) -> Outcome:
    session_id = attempt.session_id or ""
    try:
        current_gateway().expire(session_id)
    except SessionNotOpen:
        return settle(session_id, now=now)
    except WrongKey as error:
        alarms.payments_refused(attempt.gateway, about=attempt.reference, error=error)
        raise
    mark_over(attempt, now=now or timezone.now())
    return Outcome.EXPIRED


def _stamp(attempt: CheckoutAttempt, *, facts: SessionFacts) -> str:
    with transactions.short():
        opened = CheckoutAttempt.objects.filter(pk=attempt.pk, status=Status.CREATING).update(
            status=Status.OPEN, session_id=facts.session_id, page_url=facts.url
        )
    if opened:
        attempt.status, attempt.session_id, attempt.page_url = Status.OPEN, facts.session_id, facts.url
        return facts.url
    attempt.refresh_from_db()
    if attempt.status == Status.OPEN and attempt.session_id == facts.session_id:
        return facts.url
    _withdraw(facts.session_id)
    raise _page_is_over()


def _withdraw(session_id: str) -> None:
    """Close a page that nobody may be shown; if it was paid in spite of that, its event or a job settles it."""
    try:
        current_gateway().expire(session_id)
    except PaymentError as error:
        log.warning("Could not withdraw %s: %s", session_id, error.detail)


def _abandon(attempt: CheckoutAttempt, *, error: GatewayRefused, now: datetime) -> None:
    with transactions.short():
        CheckoutAttempt.objects.filter(pk=attempt.pk, status=Status.CREATING).update(
            status=Status.ABANDONED, checked_at=now
        )
        if isinstance(error, WrongKey) or attempt.expires_at - now >= SHORTEST_LIFE:
            alarms.payments_refused(attempt.gateway, about=attempt.reference, error=error)
    attempt.refresh_from_db()


def _already_payable() -> PaymentError:
    return PaymentError(
        _("A payment page is open for this booking. Finish paying there, or cancel there and come back.")
    )


def _page_is_over() -> PaymentError:
    return PaymentError(_("This payment page is closed. Go back to your booking to see where it stands."))
