"""From held places to the page for paying, and back."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from events.domain import money, settlement
from events.domain.choices import still_welcome
from events.domain.errors import TicketingError
from events.domain.money_path import money_path
from events.domain.queries import lines_of
from events.models import Order, OrderLine
from network_site.base.dates import clock
from network_site.payments import attempts
from network_site.payments.errors import GatewayRefused, PaymentError
from network_site.payments.models import CheckoutAttempt
from network_site.payments.settlement import Outcome, settle

# Stripe keeps a page open for half an hour at least; five minutes more so that no clock is ahead of its.
PAGE_LIFE = timedelta(minutes=35)
# Places stay held a little longer than the page can be paid.
GRACE = timedelta(minutes=5)
# However often somebody goes to pay and comes back, their places are held no longer than this in all.
LONGEST_HOLD = timedelta(hours=3)
MOST_CHARACTERS = {"name": 150, "organisation": 200}


def name_people(
    order: Order,
    *,
    buyer_name: str,
    buyer_email: str,
    organisation: str,
    attendees: Mapping[int, tuple[str, str]],
    now: datetime,
) -> None:
    """Write down who books and who comes.

    Args:
        order: one that is held.
        buyer_name: who books.
        buyer_email: where the confirmation goes.
        organisation: may be empty.
        attendees: number of a place (not of an add-on, which follows its place) -> name and e-mail; both may be empty
            and be filled in later.
        now: the moment.
    """
    who = {
        "buyer_name": _name(buyer_name),
        "buyer_email": _email(buyer_email),
        "organisation": _short(organisation, MOST_CHARACTERS["organisation"]),
    }
    lines = list(order.lines.all())
    _name_lines(lines, attendees)
    with money_path():
        mine = Order.objects.filter(pk=order.pk, status=Order.Status.HELD, hold_until__gt=now)
        if not mine.update(**who):
            raise TicketingError(why_not(order, now=now))
        OrderLine.objects.bulk_update(lines, ["attendee_name", "attendee_email"])
    for field, value in who.items():
        setattr(order, field, value)


def _name_lines(lines: list[OrderLine], attendees: Mapping[int, tuple[str, str]]) -> None:
    """Put each name on its place and on the add-ons of that place; places without one keep what they had."""
    places = {line.pk: line.number for line in lines if line.parent_id is None}
    if not set(attendees) <= set(places.values()):
        raise TicketingError(_("Your order has fewer places than names. Nothing was changed. Load the page again."))
    named = {number: _person(name, email) for number, (name, email) in attendees.items()}
    for line in lines:
        number = places[line.parent_id or line.pk]
        if number in named:
            line.attendee_name, line.attendee_email = named[number]


def _person(name: str, email: str) -> tuple[str, str]:
    return _short(name, MOST_CHARACTERS["name"]), _email(email) if email.strip() else ""


def _short(text: str, most: int) -> str:
    """The text on one line, without what cannot be printed."""
    tidy = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(tidy) > most:
        raise TicketingError(
            _("“%(start)s…” is too long. Use at most %(most)s characters.") % {"start": tidy[:30], "most": most}
        )
    return tidy


def _name(text: str) -> str:
    tidy = _short(text, MOST_CHARACTERS["name"])
    if not tidy:
        raise TicketingError(_("Write your name, then go on. Nothing was changed."))
    return tidy


def _email(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise TicketingError(
            _("“%(text)s” is not an e-mail address. Write it like name@example.org.") % {"text": text.strip()[:60]}
        ) from error
    return text.strip()


def start(order: Order, *, now: datetime, site_url: str) -> str | None:
    """Go to pay: the address of the page for paying, or None when the order is free and is booked by this.

    Repeatable: while a page can still be paid, its address is returned again. Raises TicketingError.
    """
    again = _same_page_again(order, now=now)
    if again is not None:
        return again
    lines = lines_of(order)
    if not order.buyer_email:
        raise TicketingError(_("Say who books, then go on to pay."))
    still_welcome(order)
    if not order.total_pence:
        _book_free(order, now=now)
        return None
    attempt = _begin(order, lines, now=now, site_url=site_url)
    if attempt is not None:
        return _open(order, attempt, now=now)
    order.refresh_from_db()
    again = _same_page_again(order, now=now)
    if again is None:
        raise TicketingError(why_not(order, now=now))
    return again


def _same_page_again(order: Order, *, now: datetime) -> str | None:
    """The page that was made before, if it can still be paid; otherwise the order is held again, or paid."""
    if order.status != Order.Status.AWAITING_PAYMENT:
        return None
    attempt = money.payable_attempt(order)
    if attempt is not None and attempt.expires_at > now:
        is_ready = attempt.status == CheckoutAttempt.Status.OPEN and attempt.page_url
        return attempt.page_url if is_ready else _open(order, attempt, now=now)
    step_back(order, now=now)
    return None


def _book_free(order: Order, *, now: datetime) -> None:
    with money_path():
        if not settlement.book_free(order, now=now):
            raise TicketingError(why_not(order, now=now))


def _begin(order: Order, lines: list[OrderLine], *, now: datetime, site_url: str) -> CheckoutAttempt | None:
    """The first commit: the order waits for money, and what the gateway will be asked is written down.

    None when the order is no longer held: perhaps the button was pressed twice.
    """
    until = now + PAGE_LIFE
    try:
        with money_path():
            mine = Order.objects.filter(pk=order.pk, status=Order.Status.HELD, hold_until__gt=now)
            if not mine.update(status=Order.Status.AWAITING_PAYMENT, hold_until=until + GRACE):
                return None
            attempt = attempts.begin(money.bill(order, lines, site_url=site_url), now=now, expires_at=until)
    except PaymentError as error:
        raise TicketingError(_no_page(order)) from error
    order.status, order.hold_until = Order.Status.AWAITING_PAYMENT, until + GRACE
    return attempt


def _open(order: Order, attempt: CheckoutAttempt, *, now: datetime) -> str:
    """The call to the gateway; after a clear no the places are simply held again."""
    try:
        return attempts.open_page(attempt, now=now)
    except GatewayRefused as error:
        hold_again(order, now=now)
        raise TicketingError(_no_page(order)) from error
    except PaymentError as error:
        order.refresh_from_db()
        is_over = order.status != Order.Status.AWAITING_PAYMENT
        raise TicketingError(why_not(order, now=now) if is_over else _no_page(order)) from error


def _no_page(order: Order) -> str:
    until = clock(order.hold_until) if order.hold_until else ""
    return _(
        "The payment service does not answer as it should. Nothing was paid, and your places are held until "
        "%(until)s. Try again in a few minutes."
    ) % {"until": until}


def step_back(order: Order, *, now: datetime) -> None:
    """The buyer came back without paying: close the page, then hold the places again; or book them, if paid after all.

    Raises TicketingError while the gateway does not answer: the page might still be paid.
    """
    if order.status == Order.Status.AWAITING_PAYMENT:
        if not page_is_closed(order, now=now):
            raise TicketingError(
                _(
                    "The payment service does not answer, so we do not know whether you paid. Nothing is lost. "
                    "Try again in a few minutes."
                )
            )
        hold_again(order, now=now)
    order.refresh_from_db()


def page_is_closed(order: Order, *, now: datetime) -> bool:
    """Make the order's page unpayable, or settle it if it was paid; False while that cannot be known."""
    attempt = money.payable_attempt(order)
    if attempt is None:
        return True
    try:
        attempts.close(attempt, now=now)
    except PaymentError:
        return False
    return money.payable_attempt(order) is None


def hold_again(order: Order, *, now: datetime) -> bool:
    """Waiting for payment -> held, or expired when the time is over; only while no page can be paid.

    The order is locked before the pages are looked at: another tab may be making a new one.
    """
    with money_path():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.status != Order.Status.AWAITING_PAYMENT or money.payable_attempt(locked) is not None:
            return False
        last = locked.placed_at + LONGEST_HOLD
        until = min(now + timedelta(minutes=locked.conference.hold_minutes), last)
        Order.objects.filter(pk=order.pk).update(status=Order.Status.HELD, hold_until=until)
    order.status, order.hold_until = Order.Status.HELD, until
    return True


def refresh(order: Order, *, now: datetime) -> Order:
    """Ask the gateway once what became of the newest page, and bring the order up to date; returns it.

    For the page one returns to, and for staff: money for a page that was given up here is found as well.
    """
    attempt = None if order.status == Order.Status.PAID else money.unsettled_attempt(order)
    if attempt is not None:
        try:
            outcome = settle(attempt.session_id or "", now=now, attempt=attempt)
        except PaymentError:
            outcome = Outcome.OPEN
        if outcome == Outcome.EXPIRED:
            hold_again(order, now=now)
    order.refresh_from_db()
    return order


def why_not(order: Order, *, now: datetime) -> str:
    """Why an order cannot go on, in a sentence for its buyer."""
    now_is = Order.objects.get(pk=order.pk)
    if now_is.status == Order.Status.HELD and now_is.hold_until is not None and now_is.hold_until <= now:
        return _("Your hold ran out at %(time)s. Nothing was paid. Choose your places again.") % {
            "time": clock(now_is.hold_until)
        }
    sentences = {
        Order.Status.AWAITING_PAYMENT: _("The page for paying is open. Pay there, or come back from it first."),
        Order.Status.PAID: _("These places are booked. There is nothing more to pay."),
        Order.Status.EXPIRED: _("Your hold ran out. Nothing was paid. Choose your places again."),
        Order.Status.REFUND_DUE: _("Your money came after the places were gone. We write to you within a day."),
        Order.Status.CANCELLED: _("This order was cancelled. Choose your places again if you still want to come."),
    }
    return sentences.get(Order.Status(now_is.status), _("Somebody was a moment faster. Load the page again."))
