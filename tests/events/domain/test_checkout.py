"""Names, the page for paying, and the ways back from it."""

from datetime import timedelta

import pytest

from events.domain import checkout, holds
from events.domain.errors import TicketingError
from events.models import Order
from network_site.base.models import Incident
from network_site.mail.models import OutgoingMail
from network_site.payments import attempts, practice_gateway
from network_site.payments.errors import GatewayRefused, GatewayUnreachable
from network_site.payments.models import CheckoutAttempt, Payment, PracticeSession
from network_site.payments.practice_gateway import PracticeGateway
from tests.events.domain.test_holds import workshop
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory

SITE = orders.SITE


def start(order, *, now=NOW):
    return checkout.start(order, now=now, site_url=SITE)


def name(order, *, buyer_name="Ada Buyer", buyer_email="ada@example.org", organisation="", attendees=None, now=NOW):
    checkout.name_people(
        order,
        buyer_name=buyer_name,
        buyer_email=buyer_email,
        organisation=organisation,
        attendees=attendees or {},
        now=now,
    )


def broken(monkeypatch, verb, error) -> None:
    """The gateway answers one verb with an error."""

    def answer(*_facts, **_more):
        raise error

    monkeypatch.setattr(PracticeGateway, verb, answer)


# --- Names ---


def test_names_are_written_down_on_one_line() -> None:
    order = orders.held(TicketTypeFactory(), 2)
    name(
        order,
        buyer_name="  Ada\n  Buyer\t",
        buyer_email=" ada@example.org ",
        organisation="Example \x00 Trust",
        attendees={1: ("Bo", "bo@example.org"), 2: (" Cy  Dee ", " ")},
    )
    assert (order.buyer_name, order.buyer_email, order.organisation) == (
        "Ada Buyer",
        "ada@example.org",
        "Example Trust",
    )
    order.refresh_from_db()
    assert (order.buyer_name, order.buyer_email, order.organisation) == (
        "Ada Buyer",
        "ada@example.org",
        "Example Trust",
    )
    people = list(order.lines.values_list("attendee_name", "attendee_email"))
    assert people == [("Bo", "bo@example.org"), ("Cy Dee", "")]


def test_names_may_wait_and_be_given_one_by_one() -> None:
    order = orders.held(TicketTypeFactory(), 2)
    name(order, attendees={2: ("Cy", "")})
    name(order, attendees={1: ("Bo", "")})
    assert list(order.lines.values_list("attendee_name", flat=True)) == ["Bo", "Cy"]


def test_a_workshop_is_for_whoever_has_the_place() -> None:
    place = TicketTypeFactory()
    order = orders.held(place, 2, addons={workshop(place.conference): 2})
    name(order, attendees={1: ("Bo", ""), 2: ("Cy", "")})
    assert list(order.lines.values_list("number", "attendee_name")) == [(1, "Bo"), (2, "Cy"), (3, "Bo"), (4, "Cy")]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"buyer_name": " \x00 "}, "Write your name, then go on. Nothing was changed."),
        ({"buyer_name": "x" * 151}, "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is too long. Use at most 150 characters."),
        ({"organisation": "y" * 201}, "“yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…” is too long. Use at most 200 characters."),
        ({"buyer_email": "ada"}, "“ada” is not an e-mail address. Write it like name@example.org."),
        ({"buyer_email": ""}, "“” is not an e-mail address. Write it like name@example.org."),
        (
            {"attendees": {1: ("Bo", "a@b@c")}},
            "“a@b@c” is not an e-mail address. Write it like name@example.org.",
        ),
        (
            {"attendees": {2: ("Bo", "")}},
            "Your order has fewer places than names. Nothing was changed. Load the page again.",
        ),
    ],
)
def test_what_cannot_be_a_name_is_refused(facts, sentence) -> None:
    order = orders.held(TicketTypeFactory())
    with pytest.raises(TicketingError) as refused:
        name(order, **facts)
    assert str(refused.value) == sentence
    order.refresh_from_db()
    assert (order.buyer_name, order.lines.get().attendee_name) == ("", "")


def test_the_number_of_a_workshop_is_not_a_place() -> None:
    place = TicketTypeFactory()
    order = orders.held(place, addons={workshop(place.conference): 1})
    with pytest.raises(TicketingError, match="fewer places than names"):
        name(order, attendees={2: ("Bo", "")})


def test_after_the_hold_ran_out_names_are_too_late() -> None:
    order = orders.held(TicketTypeFactory())
    with pytest.raises(TicketingError) as refused:
        name(order, now=order.hold_until)
    assert str(refused.value) == "Your hold ran out at 12.35. Nothing was paid. Choose your places again."


# --- Going to pay ---


def test_going_to_pay_keeps_the_places_longer_than_the_page_lives() -> None:
    order = orders.named(TicketTypeFactory(), 2)
    page = start(order)
    attempt = CheckoutAttempt.objects.get()
    order.refresh_from_db()
    assert (page, attempt.status) == (attempt.page_url, "open")
    assert (attempt.reference, attempt.amount_pence, attempt.currency) == (order.subject, 9000, "GBP")
    assert (order.status, attempt.expires_at) == ("awaiting_payment", NOW + timedelta(minutes=35))
    assert order.hold_until == NOW + timedelta(minutes=40)


def test_the_bill_has_a_line_for_each_kind_and_price_and_none_for_what_is_free() -> None:
    place = TicketTypeFactory(name="Student", conference__title="Together")
    extra = workshop(place.conference, name="Drawing")
    free = TicketTypeFactory(conference=place.conference, free=True)
    order = orders.name(orders.held(place, 3, addons={extra: 2, free: 1}))
    start(order)
    params = PracticeSession.objects.get().params
    assert params["lines"] == [["Together: Student", 4500, 3], ["Together: Drawing", 1500, 2]]
    address = f"{SITE}/orders/{order.reference}/{order.secret}/"
    assert (params["success_url"], params["cancel_url"]) == (f"{address}return/", f"{address}back/")


def test_free_places_are_booked_at_once() -> None:
    order = orders.named(TicketTypeFactory(free=True), 2)
    assert start(order) is None
    order.refresh_from_db()
    assert (order.status, order.paid_at) == ("paid", NOW)
    assert CheckoutAttempt.objects.count() == 0
    assert OutgoingMail.objects.get().dedupe_key == f"order_paid:{order.reference}"


def test_free_places_that_ran_out_are_not_booked() -> None:
    order = orders.named(TicketTypeFactory(free=True))
    with pytest.raises(TicketingError, match=r"Your hold ran out at 12\.35"):
        start(order, now=order.hold_until)


def test_nobody_pays_without_saying_who_they_are() -> None:
    order = orders.held(TicketTypeFactory())
    with pytest.raises(TicketingError) as refused:
        start(order)
    assert str(refused.value) == "Say who books, then go on to pay."


def test_booking_that_closed_meanwhile_does_not_matter() -> None:
    order = orders.named(TicketTypeFactory(conference__title="Together"))
    order.conference.status = "closed"
    assert start(order)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_day_that_does_not_take_place_is_not_paid_for(status) -> None:
    order = orders.named(TicketTypeFactory(conference__title="Together"))
    order.conference.status = status
    with pytest.raises(TicketingError) as refused:
        start(order)
    assert (
        str(refused.value) == "Together does not take place as announced, so nothing can be booked. Nothing was paid."
    )


def test_pressing_twice_leads_to_the_same_page() -> None:
    order = orders.named(TicketTypeFactory())
    in_another_tab = Order.objects.get(pk=order.pk)
    assert start(order) == start(order) == start(in_another_tab)
    assert CheckoutAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (orders.booked, "These places are booked. There is nothing more to pay."),
        (orders.cancelled, "This order was cancelled. Choose your places again if you still want to come."),
        (orders.refund_due, "Your money came after the places were gone. We write to you within a day."),
    ],
)
def test_what_is_over_is_not_paid_for(make, sentence) -> None:
    order = make(TicketTypeFactory())
    with pytest.raises(TicketingError) as refused:
        start(order)
    assert str(refused.value) == sentence


def test_a_hold_that_was_let_go_is_not_paid_for() -> None:
    order = orders.named(TicketTypeFactory())
    holds.expire(order, now=order.hold_until)
    with pytest.raises(TicketingError) as refused:
        start(order, now=order.hold_until)
    assert str(refused.value) == "Your hold ran out. Nothing was paid. Choose your places again."


def test_a_gateway_that_does_not_answer_keeps_the_places() -> None:
    order = orders.named(TicketTypeFactory())
    with pytest.MonkeyPatch.context() as patch:
        broken(patch, "open_session", GatewayUnreachable("…"))
        with pytest.raises(TicketingError) as refused:
            start(order)
    assert str(refused.value) == (
        "The payment service does not answer as it should. Nothing was paid, and your places are held until 12.40. "
        "Try again in a few minutes."
    )
    order.refresh_from_db()
    assert (order.status, CheckoutAttempt.objects.get().status) == ("awaiting_payment", "creating")
    assert start(order) == CheckoutAttempt.objects.get().page_url


def test_a_gateway_that_says_no_holds_the_places_again(monkeypatch) -> None:
    order = orders.named(TicketTypeFactory())
    broken(monkeypatch, "open_session", GatewayRefused("…"))
    with pytest.raises(TicketingError, match=r"Nothing was paid, and your places are held until 12\.35"):
        start(order)
    order.refresh_from_db()
    assert (order.status, CheckoutAttempt.objects.get().status) == ("held", "abandoned")
    assert Incident.objects.count() == 1


def test_a_page_that_was_settled_while_it_was_made_is_told(monkeypatch) -> None:
    order = orders.named(TicketTypeFactory())
    made = attempts.open_page

    def made_and_paid(attempt, *, now):
        made(attempt, now=now)
        orders.pay(order)
        checkout.refresh(Order.objects.get(pk=order.pk), now=now)
        return made(CheckoutAttempt.objects.get(), now=now)

    monkeypatch.setattr(attempts, "open_page", made_and_paid)
    with pytest.raises(TicketingError) as refused:
        start(order)
    assert str(refused.value) == "These places are booked. There is nothing more to pay."


def test_an_attempt_left_by_another_tab_is_not_doubled() -> None:
    order = orders.paying(TicketTypeFactory())
    # Our order row says held although a page is open: begin refuses, and nothing changes.
    Order.objects.filter(pk=order.pk).update(status="held")
    order.refresh_from_db()
    with pytest.raises(TicketingError, match="The payment service does not answer as it should"):
        start(order)
    assert CheckoutAttempt.objects.count() == 1


# --- Coming back ---


def test_coming_back_closes_the_page_and_holds_the_places() -> None:
    order = orders.paying(TicketTypeFactory())
    later = NOW + timedelta(minutes=10)
    checkout.step_back(order, now=later)
    assert (order.status, order.hold_until) == ("held", later + timedelta(minutes=35))
    assert (CheckoutAttempt.objects.get().status, PracticeSession.objects.get().status) == ("expired", "expired")
    assert not orders.pay(order)


def test_after_coming_back_one_may_go_to_pay_again() -> None:
    order = orders.paying(TicketTypeFactory())
    first = orders.session_of(order)
    checkout.step_back(order, now=NOW)
    assert start(order)
    assert orders.session_of(order) != first
    assert orders.pay(order)
    assert checkout.refresh(order, now=NOW).status == "paid"


def test_coming_back_after_paying_books() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.pay(order)
    checkout.step_back(order, now=NOW)
    assert order.status == "paid"


def test_coming_back_changes_nothing_while_the_gateway_is_silent(monkeypatch) -> None:
    order = orders.paying(TicketTypeFactory())
    broken(monkeypatch, "expire", GatewayUnreachable("…"))
    with pytest.raises(TicketingError) as refused:
        checkout.step_back(order, now=NOW)
    assert str(refused.value) == (
        "The payment service does not answer, so we do not know whether you paid. Nothing is lost. "
        "Try again in a few minutes."
    )
    order.refresh_from_db()
    assert order.status == "awaiting_payment"


def test_coming_back_from_nowhere_changes_nothing() -> None:
    order = orders.held(TicketTypeFactory())
    checkout.step_back(order, now=NOW + timedelta(minutes=5))
    assert order.hold_until == NOW + timedelta(minutes=35)


def test_going_and_coming_back_holds_places_for_three_hours_at_most() -> None:
    kind = TicketTypeFactory(quota__size=1)
    order = orders.paying(kind)
    checkout.step_back(order, now=NOW + timedelta(hours=2, minutes=50))
    assert order.hold_until == NOW + timedelta(hours=3)
    with pytest.raises(TicketingError, match="Your hold ran out"):
        start(order, now=NOW + timedelta(hours=3))


def test_a_page_that_is_over_is_replaced_when_one_pays_again() -> None:
    order = orders.paying(TicketTypeFactory())
    later = NOW + timedelta(minutes=36)
    with orders.at(later):
        page = start(order, now=later)
    assert [attempt.status for attempt in CheckoutAttempt.objects.order_by("number")] == ["expired", "open"]
    assert page == CheckoutAttempt.objects.get(number=2).page_url


def test_another_tabs_new_page_keeps_the_order_waiting() -> None:
    order = orders.paying(TicketTypeFactory())
    assert not checkout.hold_again(order, now=NOW)
    order.refresh_from_db()
    assert order.status == "awaiting_payment"


# --- Returning ---


def test_returning_after_paying_books_once_however_often_one_looks() -> None:
    order = orders.paying(TicketTypeFactory())
    orders.pay(order)
    assert [checkout.refresh(order, now=NOW).status for _look in range(3)] == ["paid", "paid", "paid"]
    assert (Payment.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_returning_before_paying_changes_nothing() -> None:
    order = orders.paying(TicketTypeFactory())
    practice_gateway.decide(orders.session_of(order), "decline")
    assert checkout.refresh(order, now=NOW).status == "awaiting_payment"


def test_returning_from_a_page_that_ran_out_holds_again() -> None:
    order = orders.paying(TicketTypeFactory())
    later = NOW + timedelta(minutes=36)
    with orders.at(later):
        assert checkout.refresh(order, now=later).status == "held"


def test_returning_while_the_gateway_is_silent_shows_what_is_known(monkeypatch) -> None:
    order = orders.paying(TicketTypeFactory())
    broken(monkeypatch, "look_up", GatewayUnreachable("…"))
    assert checkout.refresh(order, now=NOW).status == "awaiting_payment"


def test_money_for_a_page_that_was_given_up_is_found_by_asking() -> None:
    order = orders.paid_behind_our_back(TicketTypeFactory())
    assert checkout.refresh(order, now=NOW).status == "paid"


def test_a_state_nobody_thought_of_gets_a_sentence() -> None:
    order = orders.held(TicketTypeFactory())
    assert checkout.why_not(order, now=NOW) == "Somebody was a moment faster. Load the page again."
    waiting = orders.paying(TicketTypeFactory())
    assert checkout.why_not(waiting, now=NOW) == "The page for paying is open. Pay there, or come back from it first."
