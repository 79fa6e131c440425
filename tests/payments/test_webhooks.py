"""The gateway's messages: verified, stored, and harmless in any order and number."""

import itertools
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.base.incidents import resolve_incident
from network_site.base.models import Incident
from network_site.payments import balance, refunds, transactions, webhooks
from network_site.payments.errors import PaymentBusy
from network_site.payments.models import CheckoutAttempt, Dispute, Payment, Refund, WebhookEvent
from network_site.payments.settlement import settle
from tests.payments.conftest import NOW, begun, opened, paid, session_of

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status
DUE = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)


def deliver(body: bytes, signature: str):
    return Client(enforce_csrf_checks=True).post(
        "/payments/stripe/webhook", body, content_type="application/json", headers={"Stripe-Signature": signature}
    )


def deliver_all(stripe, **how: int) -> list[str]:
    for body, signature in stripe.deliveries(**how):
        assert deliver(body, signature).status_code == 200
    return sorted(WebhookEvent.objects.values_list("kind", "status"))


def test_a_message_settles_the_payment(stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    assert deliver_all(stripe) == [("checkout.session.completed", "done")]
    assert told == [("settled", 29000)]


def test_copies_change_nothing(stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    deliver_all(stripe, copies=3)
    event = WebhookEvent.objects.get()
    assert (event.status, event.attempts, told) == ("done", 3, [("settled", 29000)])


def test_nothing_about_a_person_is_stored(stripe) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    deliver_all(stripe)
    payload = WebhookEvent.objects.get().payload
    assert payload["id"] == session_of(attempt)
    assert "amira@example.org" not in json.dumps(payload)


@pytest.mark.parametrize(
    ("tamper", "age"),
    [
        (lambda body, sign: (body.replace(b"29000", b"1"), sign), 0),
        (lambda body, _sign: (body, "t=1,v1=abc"), 0),
        (lambda body, _sign: (body, ""), 0),
        (lambda body, _sign: (body, "nonsense"), 0),
        (lambda body, sign: (body, sign), 301),
        (lambda _body, sign: (b"\xff\xfe", sign), 0),
    ],
    ids=["other amount", "other signature", "no signature", "nonsense", "too old", "not text"],
)
def test_a_message_that_is_not_stripes_is_refused_and_not_stored(stripe, told, tamper, age) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    body = json.dumps(stripe.events[0])
    answer = deliver(*tamper(body.encode(), stripe.sign(body, age=age)))
    assert answer.status_code == 400
    assert "signature" in answer.text
    assert (WebhookEvent.objects.count(), told) == (0, [])


@pytest.mark.parametrize("body", ["[]", "{}", '{"id": "evt_1"}', "not json"])
def test_a_signed_body_that_is_no_event_is_refused(stripe, body) -> None:
    assert deliver(body.encode(), stripe.sign(body)).status_code == 400
    assert WebhookEvent.objects.count() == 0


def test_without_a_secret_every_message_is_refused(stripe, settings) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert deliver(b"{}", stripe.sign("{}")).status_code == 400


def test_only_posts_are_answered(stripe) -> None:
    assert Client().get("/payments/stripe/webhook").status_code == 405


def test_the_practice_gateway_gets_no_messages() -> None:
    assert deliver(b"{}", "t=1,v1=abc").status_code == 400


def test_other_kinds_are_stored_and_ignored(stripe) -> None:
    stripe._emit("invoice.paid", {"id": "in_1", "object": "invoice"})
    assert deliver_all(stripe) == [("invoice.paid", "ignored")]


def test_a_message_of_the_other_mode_is_ignored_and_staff_are_told(stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    stripe.events[0]["livemode"] = True
    assert deliver_all(stripe) == [("checkout.session.completed", "ignored")]
    assert told == []
    assert Incident.objects.get().kind == "payments_mode"


def test_an_unknown_order_is_not_fulfilled_and_staff_are_told(stripe, told) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    CheckoutAttempt.objects.all().delete()
    assert deliver_all(stripe) == [("checkout.session.completed", "ignored")]
    assert told == []
    assert Incident.objects.get().kind == "unknown_payment"


def test_an_expired_page_is_noted(stripe, clock) -> None:
    attempt = opened()
    clock.shift(timedelta(minutes=36))
    stripe._session(session_of(attempt))
    assert deliver_all(stripe) == [("checkout.session.expired", "done")]
    attempt.refresh_from_db()
    assert attempt.status == "expired"


def test_a_decline_is_noted_and_the_page_can_still_be_paid(stripe, told) -> None:
    attempt = opened()
    stripe.decline(session_of(attempt))
    deliver_all(stripe)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.note) == ("open", "Your card was declined.")
    stripe.pay(session_of(attempt))
    deliver_all(stripe)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.note) == ("complete", "")


def test_a_failure_is_stored_answered_200_and_tried_again(stripe, told, caplog) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    ((body, signature),) = stripe.deliveries()
    stripe.fail_next("500")
    assert deliver(body, signature).status_code == 200
    event = WebhookEvent.objects.get()
    assert (event.status, event.attempts, told) == ("failed", 1, [])
    assert event.error.startswith("APIError: ")
    assert list(balance.messages_in_trouble()) == [event]
    webhooks.process(event)
    assert (event.status, event.error, told) == ("done", "", [("settled", 29000)])


def test_a_mistake_of_ours_is_stored_too(stripe, monkeypatch, caplog) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    monkeypatch.setitem(webhooks.ACTIONS, "checkout.session.completed", lambda about, now: 1 / 0)
    deliver_all(stripe)
    assert WebhookEvent.objects.get().error == "ZeroDivisionError: division by zero"


def test_a_message_that_fails_again_and_again_is_an_incident(stripe, caplog) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    ((body, signature),) = stripe.deliveries()
    stripe.key = "sk_test_another"
    for _ in range(webhooks.TRIES_BEFORE_ALARM - 1):
        deliver(body, signature)
    assert Incident.objects.count() == 0
    deliver(body, signature)
    assert Incident.objects.get().kind == "payment_message_failing"


def test_a_copy_that_fails_does_not_undo_what_was_done(stripe, told, monkeypatch, caplog) -> None:
    attempt = opened()
    stripe.pay(session_of(attempt))
    deliver_all(stripe)
    monkeypatch.setitem(webhooks.ACTIONS, "checkout.session.completed", lambda about, now: 1 / 0)
    assert deliver_all(stripe) == [("checkout.session.completed", "done")]


def test_what_cannot_be_stored_is_asked_for_again(stripe, monkeypatch) -> None:
    def busy():
        raise PaymentBusy("busy")

    monkeypatch.setattr(transactions, "short", busy)
    assert deliver(b'{"id":"e","type":"t","livemode":false,"data":{"object":{}}}', sign(stripe)).status_code == 503


def sign(stripe) -> str:
    return stripe.sign('{"id":"e","type":"t","livemode":false,"data":{"object":{}}}')


# --- refunds and disputes ---------------------------------------------------------------------------


def test_a_refund_made_in_the_dashboard_is_written_down_once(stripe, told) -> None:
    payment = paid(stripe)
    made = stripe.refund_in_dashboard(payment.external_id, 4000)
    deliver_all(stripe, copies=2)
    refund = Refund.objects.get()
    assert (refund.external_id, refund.origin, refund.status, refund.amount_pence, refund.requested_by) == (
        made,
        "gateway",
        "succeeded",
        4000,
        None,
    )
    assert told == [("settled", 29000), ("refunded", 4000)]


def test_a_message_about_our_refund_that_overtakes_us_finds_it(stripe, told) -> None:
    """The answer to our request was lost, but its message came."""
    payment = paid(stripe)
    refund = refunds.request(payment, amount_pence=9000, reason="", by=None, now=NOW)
    stripe.fail_next("timeout after")
    with pytest.raises(Exception, match="did not answer"):
        refunds.submit(refund)
    deliver_all(stripe)
    refund.refresh_from_db()
    assert (refund.status, Refund.objects.count()) == ("succeeded", 1)
    assert told == [("settled", 29000), ("refunded", 9000)]


def test_a_refund_that_fails_later_is_an_incident(stripe) -> None:
    refund = refunds.submit(refunds.request(paid(stripe), amount_pence=9000, reason="", by=None, now=NOW))
    stripe.finish_refund(refund.external_id, "failed")
    deliver_all(stripe, copies=2)
    refund.refresh_from_db()
    assert refund.status == "failed"
    assert [incident.kind for incident in Incident.objects.all()] == ["refund_failed"]


def test_money_of_another_site_is_ignored(stripe) -> None:
    payment = paid(stripe)
    stripe.refund_in_dashboard(payment.external_id, 4000)
    stripe.dispute(payment.external_id, due_by=int(DUE.timestamp()))
    Payment.objects.all().delete()
    CheckoutAttempt.objects.all().delete()
    assert {status for _kind, status in deliver_all(stripe)} == {"ignored"}


def test_a_charge_without_a_payment_is_ignored(stripe) -> None:
    stripe._emit("charge.refunded", {"id": "ch_1", "object": "charge", "payment_intent": None})
    assert deliver_all(stripe) == [("charge.refunded", "ignored")]


def test_a_refund_whose_payment_is_not_recorded_yet_settles_it_first(stripe, told) -> None:
    attempt = opened()
    intent = stripe.pay(session_of(attempt))
    stripe.refund_in_dashboard(intent, 4000)
    refund_first = [event for event in stripe.events if event["type"] == "refund.created"]
    stripe.events[:] = refund_first
    assert deliver_all(stripe) == [("refund.created", "done")]
    assert told == [("settled", 29000), ("refunded", 4000)]


def test_a_refund_whose_page_is_not_written_down_yet_waits(stripe, told, caplog) -> None:
    attempt = opened()
    session = session_of(attempt)
    intent = stripe.pay(session)
    stripe.refund_in_dashboard(intent, 4000)
    CheckoutAttempt.objects.update(status="creating", session_id=None)
    stripe.events[:] = [event for event in stripe.events if event["type"] == "refund.created"]
    assert deliver_all(stripe) == [("refund.created", "failed")]
    settle(session)
    webhooks.process(WebhookEvent.objects.get())
    assert told == [("settled", 29000), ("refunded", 4000)]


def test_a_refund_of_money_we_did_not_accept_is_ignored(stripe, told) -> None:
    attempt = opened()
    intent = stripe.pay(session_of(attempt))
    stripe.objects[session_of(attempt)]["amount_total"] = 1
    stripe.refund_in_dashboard(intent, 4000)
    stripe.events[:] = [event for event in stripe.events if event["type"] == "refund.created"]
    assert deliver_all(stripe) == [("refund.created", "ignored")]
    assert Incident.objects.get().kind == "payment_mismatch"


def test_a_dispute_is_an_incident_with_its_date(stripe) -> None:
    payment = paid(stripe)
    stripe.dispute(payment.external_id, due_by=int(DUE.timestamp()))
    deliver_all(stripe, copies=2)
    dispute = Dispute.objects.get()
    assert (dispute.payment, dispute.status, dispute.due_at, dispute.is_open) == (
        payment,
        "needs_response",
        DUE,
        True,
    )
    incident = Incident.objects.get()
    assert (incident.kind, incident.subject) == ("dispute", "order:ABC123")
    assert incident.sentence == (
        "The buyer asked their bank for £290 back. Answer before 12 March 2027, or it is lost."
    )


@pytest.mark.parametrize(("status", "open_kinds"), [("won", []), ("lost", ["dispute_lost"])])
def test_a_dispute_that_is_over_settles_its_incident(stripe, status, open_kinds) -> None:
    payment = paid(stripe)
    dispute = stripe.dispute(payment.external_id, due_by=int(DUE.timestamp()))
    deliver_all(stripe)
    stripe.close_dispute(dispute, status)
    deliver_all(stripe, copies=2)
    assert (Dispute.objects.get().status, Dispute.objects.get().is_open) == (status, False)
    assert list(Incident.objects.filter(resolved_at=None).values_list("kind", flat=True)) == open_kinds
    assert balance.lost_pence("order:ABC123") == (29000 if status == "lost" else 0)


def test_staff_who_settled_a_dispute_are_not_asked_again_by_its_next_message(stripe) -> None:
    payment = paid(stripe)
    dispute = stripe.dispute(payment.external_id, due_by=int(DUE.timestamp()))
    deliver_all(stripe)
    resolve_incident(Incident.objects.get(), by=None, resolution="We answered the bank.")
    stripe.close_dispute(dispute, "under_review")
    deliver_all(stripe)
    assert (Dispute.objects.get().is_open, Incident.objects.count()) == (True, 1)


def test_one_disputes_end_does_not_settle_anothers_incident(stripe) -> None:
    payment = paid(stripe)
    Incident.objects.create(
        kind="dispute", subject="order:ABC123", sentence="x", data={"dispute": "dp_other"}, opened_at=NOW
    )
    dispute = stripe.dispute(payment.external_id, due_by=0)
    stripe.close_dispute(dispute, "won")
    deliver_all(stripe)
    assert Dispute.objects.get().due_at is None
    assert Incident.objects.get(kind="dispute").resolved_at is None


# --- any order, any number --------------------------------------------------------------------------


def story(stripe, reference: str) -> CheckoutAttempt:
    """Declined, paid, partly refunded here and in the dashboard, one refund failing, disputed and won."""
    attempt = opened(reference)
    stripe.decline(session_of(attempt))
    intent = stripe.pay(session_of(attempt))
    stripe.refund_in_dashboard(intent, 4000)
    failing = stripe.refund_in_dashboard(intent, 3000)
    stripe.finish_refund(failing, "failed")
    stripe.close_dispute(stripe.dispute(intent, due_by=int(DUE.timestamp())), "won")
    return attempt


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=10**6), copies=st.integers(min_value=1, max_value=3))
def test_shuffled_and_repeated_messages_end_the_same(stripe, told, seed, copies) -> None:
    stripe.events.clear()
    told.clear()
    reference = f"order:{next(NUMBERS)}"
    attempt = story(stripe, reference)
    WebhookEvent.objects.all().delete()
    deliver_all(stripe, seed=seed, copies=copies)
    attempt.refresh_from_db()
    assert attempt.status == "complete"
    assert sorted(told) == [("refunded", 4000), ("settled", 29000)]
    assert (balance.paid_pence(reference), balance.refunded_pence(reference)) == (29000, 4000)
    refunds_here = Refund.objects.filter(payment__reference=reference).order_by("amount_pence")
    assert [(one.amount_pence, one.status) for one in refunds_here] == [(3000, "failed"), (4000, "succeeded")]
    assert not Dispute.objects.filter(is_open=True).exists()


NUMBERS = itertools.count()


def test_a_decline_before_the_page_is_written_down_is_harmless(stripe) -> None:
    attempt = begun()
    facts = stripe._make_session({**attempt.frozen_params, "line_items": attempt.frozen_params["line_items"]})
    stripe.decline(facts["id"])
    assert deliver_all(stripe) == [("payment_intent.payment_failed", "ignored")]
