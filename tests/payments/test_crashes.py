"""The process dies after any commit or any call to the gateway, or two do the same at once: the books still agree."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from network_site.payments import attempts, balance, reconcile, refunds, transactions, webhooks
from network_site.payments.errors import PaymentError
from network_site.payments.models import CheckoutAttempt, Payment, Refund, WebhookEvent
from network_site.payments.settlement import Outcome, settle
from tests.payments.conftest import NOW, begun, opened, paid, session_of

REFERENCE = "order:ABC123"


class Killed(BaseException):
    """Not an Exception: nothing in the code may catch it, as nothing catches kill -9."""


class Executioner:
    """Kills the process at the n-th moment: right after a commit, or right after the gateway did its work."""

    def __init__(self, at: int) -> None:
        self.at, self.moments = at, 0

    def moment(self) -> None:
        self.moments += 1
        if self.moments == self.at:
            raise Killed

    def watch(self, monkeypatch: pytest.MonkeyPatch, stripe) -> None:
        short, request = transactions.short, stripe.request

        @contextmanager
        def mortal(*, durable: bool = True) -> Iterator[None]:
            with short(durable=durable):
                yield
            self.moment()

        def answer(*args: object, **more: object) -> object:
            said = request(*args, **more)
            self.moment()
            return said

        monkeypatch.setattr(transactions, "short", mortal)
        monkeypatch.setattr(stripe, "request", answer)


def buy_and_refund(stripe) -> None:
    """Everything payments do for one order, as the site does it; the buyer always pays if there is a page."""
    attempt = begun()
    attempts.open_page(attempt)
    pay_if_possible(stripe)
    deliver(stripe)
    payment = Payment.objects.get()
    refund = refunds.request(payment, amount_pence=9000, reason="Ill", by=None, now=NOW)
    refunds.submit(refund)
    stripe.refund_in_dashboard(payment.external_id, 4000)
    deliver(stripe)


def pay_if_possible(stripe) -> None:
    for name, one in list(stripe.objects.items()):
        if name.startswith("cs_") and one["status"] == "open":
            stripe.pay(name)


def deliver(stripe) -> None:
    for body, signature in stripe.deliveries():
        webhooks.receive(body, signature=signature)


def how_many_moments(stripe, monkeypatch: pytest.MonkeyPatch) -> int:
    witness = Executioner(at=0)
    with monkeypatch.context() as patched:
        witness.watch(patched, stripe)
        buy_and_refund(stripe)
    return witness.moments


def test_killed_at_any_moment_the_job_brings_it_to_the_same_end(real_db, stripe, told, clock, monkeypatch) -> None:
    moments = how_many_moments(stripe, monkeypatch)
    assert moments > 12
    for at in range(1, moments + 1):
        start_again(stripe, told, clock)
        with monkeypatch.context() as patched:
            Executioner(at).watch(patched, stripe)
            with pytest.raises(Killed):
                buy_and_refund(stripe)
        pay_if_possible(stripe)  # the buyer still has the page in front of them, and no message comes any more
        for _ in range(8):
            clock.shift(timedelta(minutes=5))
            reconcile.run()
        assert_converged(stripe, told, at)


def start_again(stripe, told: list, clock) -> None:
    for model in (WebhookEvent, Refund, Payment, CheckoutAttempt):
        model.objects.all().delete()
    for memory in (stripe.objects, stripe.answers, stripe.events, stripe.requests, told):
        memory.clear()
    clock.move_to(NOW)


def assert_converged(stripe, told: list, at: int) -> None:
    """Paid money is recorded and told once; every refund is sent once and told once; nothing is left open."""
    taken = [one for one in stripe.objects.values() if one["object"] == "payment_intent" and one["amount_received"]]
    sent = [one["amount"] for one in stripe.objects.values() if one["object"] == "refund"]
    asked = Refund.objects.exclude(origin="gateway").count()
    known = sorted(Refund.objects.values_list("amount_pence", flat=True))
    assert (at, sorted(told)) == (at, [("refunded", pence) for pence in known] + [("settled", 29000)] * len(taken))
    assert (at, sent.count(9000), len(sent)) == (at, asked, asked + sent.count(4000))
    assert balance.paid_pence(REFERENCE) == 29000 * len(taken)
    assert balance.refunded_pence(REFERENCE) == sum(known)
    assert not CheckoutAttempt.objects.filter(status__in=["creating", "open"]).exists()
    assert not Refund.objects.filter(status__in=["requested", "submitted"]).exists()
    assert not WebhookEvent.objects.filter(status__in=["received", "failed"]).exists()


def test_a_call_around_which_a_transaction_is_open_is_a_mistake(real_db, stripe) -> None:
    attempt = begun()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        attempts.open_page(attempt)


# --- two at once ------------------------------------------------------------------------------------


def together(*deeds: Callable[[], object]) -> list[object]:
    """Do everything at the same moment, each on its own connection; results, or the errors raised."""
    start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number: int, deed: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            results[number] = deed()
        except PaymentError as error:
            results[number] = error
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_refunds_at_once_never_exceed_the_payment(real_db, stripe) -> None:
    payment = paid(stripe)

    def ask() -> Refund:
        return refunds.request(payment, amount_pence=20000, reason="", by=None, now=NOW)

    results = together(ask, ask, ask, ask)
    assert sorted(type(result).__name__ for result in results) == [*["PaymentError"] * 3, "Refund"]
    assert balance.going_back_pence(REFERENCE) == 20000


def test_one_refund_sent_by_many_is_sent_once(real_db, stripe, told) -> None:
    refund = refunds.request(paid(stripe), amount_pence=20000, reason="", by=None, now=NOW)
    together(*[lambda: refunds.submit(Refund.objects.get(pk=refund.pk))] * 4)
    reconcile.run(now=NOW + timedelta(minutes=2))
    assert told == [("settled", 29000), ("refunded", 20000)]
    assert len([name for name in stripe.objects if name.startswith("re_")]) == 1


def test_many_that_settle_at_once_record_it_once(real_db, stripe, told) -> None:
    attempt = opened()
    session = session_of(attempt)
    stripe.pay(session)
    results = together(*[lambda: settle(session)] * 6)
    assert sorted(str(result) for result in results) == [*["already_paid"] * 5, "paid"]
    assert told == [("settled", 29000)]


def test_many_copies_of_a_message_at_once_are_one(real_db, stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    ((body, signature),) = stripe.deliveries()
    together(*[lambda: webhooks.receive(body, signature=signature)] * 4)
    assert (WebhookEvent.objects.get().status, told) == ("done", [("settled", 29000)])


def test_two_tabs_make_one_payable_page(real_db, stripe) -> None:
    results = together(*[lambda: begin_in_a_transaction()] * 4)
    assert sorted(type(result).__name__ for result in results) == ["CheckoutAttempt", *["PaymentError"] * 3]
    assert CheckoutAttempt.objects.count() == 1


def begin_in_a_transaction() -> CheckoutAttempt:
    with transaction.atomic():
        return begun()


def test_closing_and_paying_at_once_loses_no_money(real_db, stripe, told) -> None:
    attempt = opened()
    session = session_of(attempt)

    def buyer() -> object:
        try:
            stripe.pay(session)
        except AssertionError:
            return "page was closed"
        return settle(session)

    results = together(buyer, lambda: attempts.close(CheckoutAttempt.objects.get(pk=attempt.pk)))
    assert results in (["page was closed", Outcome.EXPIRED], *PAID_AND_CLOSED)
    assert told == ([] if results[0] == "page was closed" else [("settled", 29000)])


PAID_AND_CLOSED = [[Outcome.PAID, Outcome.ALREADY_PAID], [Outcome.ALREADY_PAID, Outcome.PAID]]


@pytest.mark.postgres
def test_a_lock_is_waited_for_three_seconds_at_most(real_db, stripe, monkeypatch) -> None:
    attempt = opened()
    session = session_of(attempt)
    stripe.pay(session)
    monkeypatch.setattr(
        transactions, "wait_three_seconds", lambda: connection.cursor().execute("SET LOCAL lock_timeout = '50ms'")
    )
    with transaction.atomic():
        CheckoutAttempt.objects.select_for_update().get(pk=attempt.pk)
        (result,) = together(lambda: settle(session))
    assert "being worked on at this moment" in str(result)
    assert settle(session) == Outcome.PAID
