"""What a crash, a time-out or a lost message left half done is finished by the worker."""

from datetime import timedelta

import pytest

from network_site.base.models import Incident
from network_site.payments import attempts, reconcile, refunds
from network_site.payments.errors import GatewayUnreachable
from network_site.payments.models import CheckoutAttempt, WebhookEvent
from network_site.payments.reconcile import Tally
from tests.payments.conftest import NOW, begun, opened, paid, session_of

pytestmark = pytest.mark.django_db


def after(clock, **wait: int) -> Tally:
    clock.shift(timedelta(**wait))
    return reconcile.run()


def test_nothing_to_do_is_nothing_done(stripe) -> None:
    assert reconcile.run(now=NOW) == Tally(pages=0, refunds=0, messages=0, failed=0)


def test_what_is_in_hand_is_left_alone(stripe, clock) -> None:
    begun()
    opened("order:OTHER")
    asked = len(stripe.requests)
    assert after(clock, seconds=30) == Tally(0, 0, 0, 0)
    assert len(stripe.requests) == asked


def test_a_page_that_was_never_made_is_made_and_later_closed(stripe, clock) -> None:
    attempt = begun()
    assert after(clock, minutes=1).pages == 1
    attempt.refresh_from_db()
    assert attempt.status == "open"
    after(clock, minutes=40)
    attempt.refresh_from_db()
    assert attempt.status == "expired"


def test_a_page_that_was_never_made_in_time_is_abandoned(stripe, clock) -> None:
    attempt = begun()
    after(clock, minutes=40)
    attempt.refresh_from_db()
    assert (attempt.status, Incident.objects.count()) == ("abandoned", 0)


def test_a_page_made_and_paid_whose_name_was_lost_is_settled(stripe, clock, told) -> None:
    attempt = begun()
    stripe.fail_next("timeout after")
    with pytest.raises(GatewayUnreachable):
        attempts.open_page(attempt)
    stripe.pay(next(key for key in stripe.objects if key.startswith("cs_")))
    after(clock, minutes=1)
    assert told == [("settled", 29000)]


def test_a_payment_whose_message_was_lost_is_noticed_within_minutes(stripe, clock, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    assert after(clock, minutes=5).pages == 1
    assert told == [("settled", 29000)]


def test_an_open_page_is_asked_about_every_five_minutes_and_no_more(stripe, clock) -> None:
    opened()
    after(clock, minutes=5)
    asked = len(stripe.requests)
    after(clock, minutes=4)
    assert len(stripe.requests) == asked
    after(clock, minutes=1)
    assert len(stripe.requests) == asked + 1


def test_a_page_past_its_time_that_is_still_open_there_is_closed(stripe, clock) -> None:
    """Their clock is behind ours."""
    attempt = opened()
    stripe.objects[session_of(attempt)]["expires_at"] += 600
    after(clock, minutes=36)
    attempt.refresh_from_db()
    assert (attempt.status, stripe.objects[session_of(attempt)]["status"]) == ("expired", "expired")


def test_a_page_nobody_can_tell_about_is_kept_and_staff_are_told_after_a_while(stripe, clock, told) -> None:
    attempt = opened()
    session = session_of(attempt)
    stripe.pay(session)
    stripe.fail_next("timeout", times=100)
    assert after(clock, minutes=49).failed == 1
    assert Incident.objects.count() == 0
    assert after(clock, minutes=1).failed == 1
    incident = Incident.objects.get()
    assert (incident.kind, incident.subject) == ("payment_stuck", "order:ABC123")
    attempt.refresh_from_db()
    assert attempt.status == "open"
    stripe.faults.clear()
    after(clock, minutes=1)
    incident.refresh_from_db()
    assert incident.resolution == "The payment service answered."
    assert told == [("settled", 29000)]


def test_one_failure_does_not_stop_the_rest(stripe, clock, told, caplog) -> None:
    lost, good = opened("order:LOST"), opened("order:GOOD")
    stripe.pay(session_of(good))
    del stripe.objects[session_of(lost)]
    assert after(clock, minutes=5) == Tally(pages=1, refunds=0, messages=0, failed=1)
    assert told == [("settled", 29000)]


def test_a_mistake_of_ours_does_not_stop_the_rest(stripe, clock, told, monkeypatch, caplog) -> None:
    opened()
    payment = paid(stripe, "order:PAID")
    refunds.request(payment, amount_pence=1, reason="", by=None, now=NOW)
    monkeypatch.setattr(reconcile, "settle", lambda session_id, now: 1 / 0)
    assert after(clock, minutes=5) == Tally(pages=0, refunds=1, messages=0, failed=1)
    assert "ZeroDivisionError" in caplog.text


def test_a_refund_never_sent_is_sent(stripe, clock, told) -> None:
    refunds.request(paid(stripe), amount_pence=9000, reason="", by=None, now=NOW)
    assert after(clock, minutes=1).refunds == 1
    assert told[1:] == [("refunded", 9000)]
    assert after(clock, minutes=1).refunds == 0


def test_a_slow_refund_is_asked_about_every_hour(stripe, clock, told) -> None:
    stripe.next_refund_status = "pending"
    refund = refunds.request(paid(stripe), amount_pence=9000, reason="", by=None, now=NOW)
    refunds.submit(refund)
    assert after(clock, minutes=59).refunds == 0
    assert after(clock, minutes=1).refunds == 1
    stripe.objects[refund.external_id]["status"] = "succeeded"
    after(clock, hours=1)
    assert told[1:] == [("refunded", 9000)]


def test_a_message_stored_and_not_acted_on_is_acted_on(stripe, clock, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    WebhookEvent.objects.create(
        external_id="evt_1", kind="checkout.session.completed", payload={"id": session_of(attempt)}, received_at=NOW
    )
    assert after(clock, minutes=1).messages == 1
    assert (WebhookEvent.objects.get().status, told) == ("done", [("settled", 29000)])


def test_a_failing_message_is_tried_after_longer_and_longer_waits(stripe, clock) -> None:
    WebhookEvent.objects.create(
        external_id="evt_1", kind="refund.updated", payload={"id": "re_nobody"}, received_at=NOW
    )
    tried = [minute for minute in range(1, 35) if after(clock, minutes=1).messages]
    assert tried == [1, 2, 3, 7, 15, 31]


def test_a_page_given_up_meanwhile_needs_nothing(stripe) -> None:
    attempt = begun()
    CheckoutAttempt.objects.update(status="abandoned")
    attempt.refresh_from_db()
    reconcile._bring_to_an_end(attempt, now=NOW)
    assert stripe.requests == []


def test_a_run_ends_when_its_time_is_up(stripe, clock, monkeypatch) -> None:
    """While the gateway is down every call waits for its time-out; other jobs must have their turn."""
    for number in range(5):
        opened(f"order:{number}")
    monkeypatch.setattr(reconcile, "SECONDS_FOR_EACH_KIND", 0)
    assert after(clock, minutes=5) == Tally(pages=1, refunds=0, messages=0, failed=0)


def test_every_page_has_its_turn_though_runs_are_short(stripe, clock, monkeypatch, told) -> None:
    """A page nobody can tell about does not stand in the way for ever."""
    lost, good = opened("order:LOST"), opened("order:GOOD")
    stripe.pay(session_of(good))
    del stripe.objects[session_of(lost)]
    monkeypatch.setattr(reconcile, "SECONDS_FOR_EACH_KIND", 0)
    for _ in range(60):
        after(clock, minutes=5)
    assert told == [("settled", 29000)]
    assert [incident.subject for incident in Incident.objects.filter(resolved_at=None)] == ["order:LOST"]
