"""An order's pages in every state, and what a visitor may do wrong on them."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.domain import checkout, holds
from events.models import Order
from network_site.mail.models import OutgoingMail
from network_site.payments.errors import GatewayRefused, GatewayUnreachable
from tests.events.face.conftest import well_formed
from tests.factories import orders
from tests.factories.conferences import NOW, TicketTypeFactory

pytestmark = pytest.mark.django_db
BUYER = {"buyer_name": "Amira Demonstration", "buyer_email": "amira@example.org", "organisation": "", "is_me": "on"}


def page(order: Order, rest: str = "") -> str:
    return f"{order.get_absolute_url()}{rest}"


def post(client, order: Order, rest: str, data: dict[str, str] | None = None):
    response = client.post(page(order, rest), data or {})
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"
    if response.status_code in {200, 422}:
        well_formed(response.content)
    return response


# --- who may look --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["", "details/", "return/", "back/", "tickets.pdf", "calendar.ics"])
def test_a_wrong_secret_or_reference_finds_nothing(client, place, rest) -> None:
    order = orders.booked(place)
    other = orders.booked(place)
    assert client.get(f"/orders/{order.reference}/{'x' * 22}/{rest}").status_code == 404
    assert client.get(f"/orders/{order.reference}/{other.secret}/{rest}").status_code == 404


def test_a_wrong_secret_cannot_pay(client, place) -> None:
    order = orders.held(place)
    assert client.post(f"/orders/{order.reference}/{'x' * 22}/pay/").status_code == 404


# --- held: who buys and who comes ------------------------------------------------------------------------


def test_a_held_order_leads_to_its_names(client, place) -> None:
    order = orders.held(place)
    response = client.get(page(order))
    assert (response.status_code, response["Location"]) == (303, page(order, "details/"))


def test_the_names_page_says_until_when_what_and_how_much(read, place, workshop) -> None:
    order = orders.held(place, 2, addons={workshop: 1})
    status, text = read(page(order, "details/"))
    assert status == 200
    for words in (
        "Who is coming?", "<strong>Two places are held for you</strong> until 12.35", "First person", "Second person",
        "This is me", "2 × NHS", "1 × Counting", "£90.00", "Pay £90 by card", order.reference,
    ):  # fmt: skip
        assert words in text
    assert f"tickets/?places-{place.pk}=2&amp;places-{workshop.pk}=1" in text


def test_more_than_five_people_are_counted(read, place) -> None:
    _, text = read(page(orders.held(place, 7), "details/"))
    assert "Person 7" in text


def test_everything_typed_is_kept_when_something_is_wrong(client, place) -> None:
    order = orders.held(place, 2)
    sent = {"buyer_name": "Amira", "buyer_email": "amira.example.org", "place-2-name": "Tom", "place-2-email": "tom@"}
    response = post(client, order, "details/", sent)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Two answers need your help" in text
    assert "Your e-mail address: The address has no @ sign. It should look like name@example.org." in text
    assert "Second person, E-mail address: Write an e-mail address such as name@example.org." in text
    assert "your places are held until 12.35" in text
    for value in sent.values():
        assert f'value="{value}"' in text
    order.refresh_from_db()
    assert (order.status, order.buyer_name) == ("held", "")


def test_a_buyer_must_say_who_they_are(client, place) -> None:
    text = post(client, orders.held(place), "details/").content.decode()
    assert "Write your name." in text
    assert "Write your e-mail address: your tickets come there." in text


def test_names_may_wait(client, place) -> None:
    order = orders.held(place, 2)
    assert post(client, order, "details/", {**BUYER, "is_me": ""}).status_code == 303
    assert [line.attendee_name for line in order.lines.all()] == ["", ""]


def test_this_is_me_fills_in_the_first_place_whatever_its_boxes_say(client, place) -> None:
    order = orders.held(place, 2)
    assert post(client, order, "details/", {**BUYER, "place-1-email": "rubbish"}).status_code == 303
    assert order.lines.get(number=1).attendee_email == "amira@example.org"


def test_white_space_in_names_is_tidied(client, place) -> None:
    order = orders.held(place)
    post(client, order, "details/", {**BUYER, "buyer_name": "  Amira \t Demonstration "})
    order.refresh_from_db()
    assert order.buyer_name == "Amira Demonstration"


def test_known_names_are_there_when_the_buyer_comes_back(client, read, place) -> None:
    order = orders.held(place)
    post(client, order, "details/", {**BUYER, "is_me": "", "place-1-name": "Tom Example"})
    order.refresh_from_db()
    checkout.step_back(order, now=NOW)
    _, text = read(page(order, "details/"))
    assert 'value="Amira Demonstration"' in text
    assert 'value="Tom Example"' in text
    assert "checked" not in text


def test_a_gateway_that_is_away_keeps_places_and_names(client, place, monkeypatch) -> None:
    def away(attempt, **more):
        raise GatewayUnreachable("No answer.")

    monkeypatch.setattr("events.domain.checkout.attempts.open_page", away)
    order = orders.held(place)
    response = post(client, order, "details/", BUYER)
    assert response.status_code == 422
    assert "Nothing was paid, and your places are held until 12.40." in response.content.decode()


def test_a_gateway_that_says_no_leads_back_to_the_names(client, place, monkeypatch) -> None:
    def refuse(attempt, **more):
        type(attempt).objects.filter(pk=attempt.pk).update(status="abandoned")
        raise GatewayRefused("No.")

    monkeypatch.setattr("events.domain.checkout.attempts.open_page", refuse)
    order = orders.held(place)
    response = post(client, order, "details/", BUYER)
    text = response.content.decode()
    assert response.status_code == 422
    assert "The payment service does not answer as it should." in text
    assert 'value="Amira Demonstration"' in text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sent=st.dictionaries(
        st.sampled_from(["buyer_name", "buyer_email", "organisation", "is_me", "place-1-name", "place-1-email", "x"]),
        st.one_of(st.text(max_size=300), st.sampled_from(["a@b.example", "\x00", "\r\nBcc: x@y.example", "<script>"])),
    )
)
def test_no_answer_can_break_the_names_page(client, place, sent) -> None:
    order = orders.held(place)
    response = client.post(page(order, "details/"), sent)
    assert response.status_code in {303, 422}
    order.refresh_from_db()
    assert order.status == ("awaiting_payment" if response.status_code == 303 else "held")
    if order.status == "awaiting_payment":
        orders.close_page(order)
        checkout.refresh(order, now=NOW)
    Order.objects.filter(pk=order.pk).update(hold_until=NOW)
    holds.expire(order, now=NOW)


# --- the hold has ended ----------------------------------------------------------------------------------


def test_after_the_end_of_the_hold_there_is_a_way_to_start_again(read, place) -> None:
    order = orders.held(place, 2)
    with time_machine.travel(NOW + timedelta(minutes=36), tick=False):
        status, text = read(page(order))
        assert read(page(order, "details/"))[0] == 303
    assert status == 200
    assert "Your hold has ended" in text
    assert "Your places were held until 12.35." in text
    assert f"/conferences/closer/tickets/?places-{place.pk}=2" in text


def test_names_sent_after_the_end_lead_to_that_page(client, place) -> None:
    order = orders.held(place)
    with time_machine.travel(NOW + timedelta(minutes=36), tick=False):
        response = client.post(page(order, "details/"), BUYER)
    assert (response.status_code, response["Location"]) == (303, page(order))


def test_a_hold_that_ends_while_names_are_saved_says_so(client, place, monkeypatch) -> None:
    def too_late(order, **facts):
        Order.objects.filter(pk=order.pk).update(hold_until=NOW)
        holds.expire(order, now=NOW)
        raise checkout.TicketingError("Your hold ran out.")

    monkeypatch.setattr("events.domain.checkout.name_people", too_late)
    response = post(client, orders.held(place), "details/", BUYER)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Your hold has ended" in text
    assert "Your hold ran out." in text


def test_an_expired_order_says_what_to_do(read, place) -> None:
    status, text = read(page(orders.expired(place)))
    assert status == 200
    assert "Start again with the same choice" in text


# --- paying ----------------------------------------------------------------------------------------------


def test_an_open_payment_page_can_be_gone_to_again_or_left(read, place) -> None:
    status, text = read(page(orders.paying(place)))
    assert status == 200
    assert "Your payment page is open" in text
    assert "Nothing has been paid yet. Your places are held until 12.40." in text


def test_going_to_pay_again_leads_to_the_same_page(client, place) -> None:
    order = orders.paying(place)
    response = post(client, order, "pay/")
    assert response.status_code == 303
    assert orders.session_of(order) in response["Location"]


def test_pay_is_only_a_button(client, place) -> None:
    assert client.get(page(orders.paying(place), "pay/")).status_code == 405


def test_paying_what_cannot_be_paid_says_why(client, place) -> None:
    response = post(client, orders.expired(place), "pay/")
    assert response.status_code == 422
    assert "Your hold has ended" in response.content.decode()


def test_coming_back_holds_the_places_again(client, read, place) -> None:
    order = orders.paying(place)
    response = client.get(page(order, "back/"))
    assert (response.status_code, response["Location"]) == (303, page(order, "details/?payment=stopped"))
    _, text = read(response["Location"])
    assert "You came back before paying. Nothing was taken, and your places are held until 12.35." in text
    order.refresh_from_db()
    assert order.status == "held"


def test_coming_back_while_the_gateway_is_away_says_so(client, place, monkeypatch) -> None:
    monkeypatch.setattr("events.domain.checkout.page_is_closed", lambda order, **more: False)
    response = client.get(page(orders.paying(place), "back/"))
    well_formed(response.content)
    assert response.status_code == 422
    assert "Nothing is lost." in response.content.decode()


def test_coming_back_after_all_paid_shows_the_booking(client, place) -> None:
    order = orders.paying(place)
    orders.pay(order)
    response = client.get(page(order, "back/"), follow=True)
    assert "You are booked" in response.content.decode()


def test_the_return_from_paying_shows_the_booking_at_once(read, place) -> None:
    order = orders.paying(place)
    orders.pay(order)
    status, text = read(page(order, f"return/?session_id={orders.session_of(order)}"))
    assert status == 200
    assert "You are booked" in text


def test_a_return_without_money_says_that_we_wait(read, place) -> None:
    status, text = read(page(orders.paying(place), "return/"))
    assert status == 200
    assert "We are waiting for the payment" in text
    assert "you need not pay again" in text


def test_a_return_from_a_page_that_was_closed_leads_to_the_names(client, read, place) -> None:
    order = orders.paying(place)
    orders.close_page(order)
    response = client.get(page(order, "return/"))
    assert (response.status_code, response["Location"]) == (303, page(order, "details/?payment=not-taken"))
    _, text = read(response["Location"])
    assert "The payment did not go through. Nothing was taken" in text


def test_a_return_while_the_gateway_is_away_shows_its_sentence(client, place, monkeypatch) -> None:
    def away(order, now):
        raise GatewayUnreachable("The payment service does not answer.")

    monkeypatch.setattr("events.domain.checkout.refresh", away)
    response = client.get(page(orders.paying(place), "return/"))
    assert response.status_code == 200
    assert "The payment service does not answer." in response.content.decode()


def test_a_made_up_notice_is_not_shown(read, place) -> None:
    _, text = read(page(orders.held(place), "details/?payment=<b>hello</b>"))
    assert "hello" not in text


# --- booked ----------------------------------------------------------------------------------------------


def test_a_booked_order_shows_tickets_papers_and_names(read, place, workshop) -> None:
    order = orders.booked(place, 2, addons={workshop: 1})
    status, text = read(page(order))
    first, second = order.lines.filter(parent=None).order_by("number")
    assert status == 200
    for words in (
        "You are booked", "Delegate 1", "Delegate 2", "Counting", f"/places/{first.token}/", f"/places/{second.token}/",
        page(order, "tickets.pdf"), page(order, "calendar.ics"), "Fill in or change names", "£90.00", order.reference,
    ):  # fmt: skip
        assert words in text


def test_a_place_without_a_name_says_so(client, read, place) -> None:
    order = orders.held(place)
    post(client, order, "details/", {**BUYER, "is_me": ""})
    orders.pay(order)
    _, text = read(page(order, "return/"))
    assert "Name to be filled in" in text


def test_names_can_be_changed_after_booking(client, read, place) -> None:
    order = orders.booked(place, 2)
    sent = {"place-1-name": "Ada", "place-1-email": "", "place-2-name": "Tom", "place-2-email": "tom@example.org"}
    response = post(client, order, "details/", sent)
    assert (response.status_code, response["Location"]) == (303, page(order, "?names=saved#places"))
    assert [line.attendee_name for line in order.lines.order_by("number")] == ["Ada", "Tom"]
    assert "The names are saved." in read(page(order, "?names=saved"))[1]


def test_a_bad_name_change_is_explained_and_changes_nothing(client, place) -> None:
    order = orders.booked(place)
    response = post(client, order, "details/", {"place-1-name": "Ada", "place-1-email": "nowhere"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "First person, E-mail address: The address has no @ sign." in text
    assert 'value="nowhere"' in text
    assert order.lines.get().attendee_name == "Delegate 1"


def test_after_the_start_names_stay(client, read, place) -> None:
    order = orders.booked(place)
    with time_machine.travel(NOW + timedelta(days=107), tick=False):
        assert "Fill in or change names" not in read(page(order))[1]
        response = post(client, order, "details/", {"place-1-name": "Ada"})
    assert response.status_code == 422
    assert "Names can be changed until the conference starts." in response.content.decode()


def test_the_details_of_a_booked_order_are_its_page(client, place) -> None:
    order = orders.booked(place)
    assert client.get(page(order, "details/"))["Location"] == page(order)


# --- ended otherwise ---------------------------------------------------------------------------------------


def test_money_that_came_too_late_is_explained(read, place) -> None:
    status, text = read(page(orders.refund_due(place)))
    assert status == 200
    assert "We have your £45" in text
    assert "at the latest after 24 hours" in text


def test_a_cancelled_order_says_what_became_of_the_money(read, place) -> None:
    status, text = read(page(orders.cancelled(place)))
    assert status == 200
    assert "This booking is cancelled" in text
    assert "£45 went back to the card" in text


def test_a_cancelled_order_without_refund_promises_none(read, place) -> None:
    _, text = read(page(orders.cancelled(place, refund=False)))
    assert "If a refund was agreed" in text


def test_a_cancelled_free_order_speaks_of_no_money(read, conference) -> None:
    _, text = read(page(orders.cancelled(TicketTypeFactory(conference=conference, free=True))))
    assert "Nothing was taken from you." in text


@pytest.mark.parametrize("make", [orders.held, orders.paying, orders.expired, orders.cancelled])
@pytest.mark.parametrize("paper", ["tickets.pdf", "calendar.ics"])
def test_there_are_no_papers_before_or_after_a_booking(client, place, make, paper) -> None:
    order = make(place)
    response = client.get(page(order, paper))
    assert (response.status_code, response["Location"]) == (302, order.get_absolute_url())


def test_looking_sends_nothing(read, place) -> None:
    order = orders.booked(place)
    before = OutgoingMail.objects.count()
    for _ in range(2):
        read(page(order))
        read(page(order, "return/"))
    assert OutgoingMail.objects.count() == before == 1
