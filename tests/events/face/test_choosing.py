"""Choosing places: what is wrong is said beside it, what was chosen is kept, and nothing is held by mistake."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.domain.availability import offers
from events.domain.ledger import keep_back
from events.forms import PlacesForm, plain_choices
from events.models import Order
from tests.events.face.conftest import well_formed
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, TicketTypeFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/conferences/closer/tickets/"


def send(client, data: dict[str, str]) -> tuple[int, str]:
    response = client.post(ADDRESS, data)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    if response.content:
        well_formed(response.content)
    return response.status_code, response.content.decode()


def test_the_panel_stands_alone(read, place, workshop) -> None:
    status, text = read(ADDRESS)
    assert status == 200
    assert "Closer to home" in text
    assert "100 of 100" in text


def test_a_link_may_carry_a_choice(read, place) -> None:
    _, text = read(f"{ADDRESS}?places-{place.pk}=2")
    assert '<option value="2" selected>' in text


@pytest.mark.parametrize("slug", ["nowhere", "draft"])
def test_a_conference_one_may_not_see_is_not_found(client, slug) -> None:
    ConferenceFactory(slug="draft", draft=True)
    assert client.get(f"/conferences/{slug}/tickets/").status_code == 404
    assert client.post(f"/conferences/{slug}/tickets/", {}).status_code == 404


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("-1", "Choose 0 or more."),
        ("99999999999999999999999", "You can book up to 10 of these at a time."),
        ("11", "You can book up to 10 of these at a time."),
        ("two", "Write a whole number, such as 2."),
        ("1.5", "Write a whole number, such as 2."),
        ("<b>", "Write a whole number, such as 2."),
        ("", "Choose at least one place."),
        ("0", "Choose at least one place."),
    ],
)
def test_bad_numbers_are_refused_with_a_sentence_and_kept(client, place, number, sentence) -> None:
    status, text = send(client, {f"places-{place.pk}": number})
    assert status == 422
    assert sentence in text
    assert Order.objects.count() == 0


def test_what_was_sent_stays_in_its_box(client, place) -> None:
    _, text = send(client, {f"places-{place.pk}": "-3"})
    assert 'value="-3"' in text
    assert 'type="number"' in text


def test_another_conferences_ticket_is_refused(client, place) -> None:
    other = TicketTypeFactory()
    status, text = send(client, {f"places-{place.pk}": "1", f"places-{other.pk}": "1"})
    assert status == 422
    assert "One of the tickets you chose is not sold here." in text
    assert Order.objects.count() == 0


def test_a_ticket_that_is_not_offered_matters_only_when_it_is_chosen(client, place) -> None:
    hidden = TicketTypeFactory(conference=place.conference, hidden=True)
    assert send(client, {f"places-{place.pk}": "1", f"places-{hidden.pk}": "0"})[0] == 303


def test_nothing_sent_is_nothing_held(client, place) -> None:
    status, text = send(client, {})
    assert status == 422
    assert "Choose at least one place." in text


def test_a_workshop_needs_a_place_beside_it(client, place, workshop) -> None:
    status, _ = send(client, {f"places-{workshop.pk}": "1"})
    assert status == 422
    assert Order.objects.count() == 0


def test_too_many_for_the_room_offers_what_fits_and_one_press_takes_it(client, place) -> None:
    keep_back(place.quotas.get(), units=97, reason="Speakers", by=None, now=NOW)
    status, text = send(client, {f"places-{place.pk}": "5"})
    assert status == 422
    assert "Book 3 instead" in text
    assert Order.objects.count() == 0
    status, _ = send(client, {f"places-{place.pk}": "5", f"fit-{place.pk}": "3"})
    assert status == 303
    assert Order.objects.get().lines.count() == 3


def test_the_last_place_gone_between_looking_and_pressing_is_said_kindly(client, place) -> None:
    small = TicketTypeFactory(conference=place.conference, name="Student", quota__size=1)
    orders.held(small)
    status, text = send(client, {f"places-{small.pk}": "1", f"places-{place.pk}": "1"})
    assert status == 422
    assert "This is sold out. Choose 0." in text
    assert Order.objects.count() == 1


def test_shared_room_is_found_by_the_verb_and_offered_beside_the_ticket(client, conference) -> None:
    one = TicketTypeFactory(conference=conference, name="NHS", quota__size=3)
    two = TicketTypeFactory(conference=conference, name="Charity", quota=one.quotas.get())
    status, text = send(client, {f"places-{one.pk}": "2", f"places-{two.pk}": "2"})
    assert status == 422
    assert "Book 1 instead" in text
    assert Order.objects.count() == 0


@pytest.mark.parametrize("trait", ["announced", "closed", "postponed", "cancelled"])
def test_nothing_is_held_where_nothing_is_sold(client, trait) -> None:
    conference = ConferenceFactory(slug="closer", **{trait: True})
    place = TicketTypeFactory(conference=conference)
    status, text = send(client, {f"places-{place.pk}": "1"})
    assert status == 422
    assert "This cannot be booked now. Choose 0." in text
    assert Order.objects.count() == 0


def test_one_at_a_time_is_said_in_the_singular(client, conference) -> None:
    one = TicketTypeFactory(conference=conference, max_per_order=1)
    _, text = send(client, {f"places-{one.pk}": "2"})
    assert "You can book 1 of these at a time." in text


def test_one_left_is_said_in_the_singular(client, conference) -> None:
    last = TicketTypeFactory(conference=conference, quota__size=1)
    _, text = send(client, {f"places-{last.pk}": "2"})
    assert "Only 1 is left. Choose 1 or 0." in text


def test_a_long_list_is_a_box_to_type_in(read, conference) -> None:
    TicketTypeFactory(conference=conference, max_per_order=50)
    _, text = read(ADDRESS)
    assert 'type="number"' in text
    assert 'max="50"' in text


def test_too_many_holds_from_one_address_must_wait(client, place, settings) -> None:
    settings.HOLDS_PER_ADDRESS = 2
    choice = {f"places-{place.pk}": "1"}
    assert [client.post(ADDRESS, choice).status_code for _ in range(3)] == [303, 303, 429]
    _, text = send(client, choice)
    assert "Wait ten minutes and try again." in text
    assert Order.objects.count() == 2


def test_other_ways_of_asking_are_refused(client, place) -> None:
    assert client.put(ADDRESS).status_code == 405


def test_numbers_a_visitor_may_write_otherwise_are_understood(client, place) -> None:
    assert send(client, {f"places-{place.pk}": " +2 "})[0] == 303
    assert Order.objects.get().lines.count() == 2


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        ("places-1=2&places-2=0&places-3=", {1: 2}),
        ("places-1=2&fit-1=1", {1: 1}),
        ("places-1=-2", {}),
        ("places-1=2&places-x=1", {}),
        ("places-1=1000", {}),
        ("places-1=%C2%B2", {}),
        ("other=1", {}),
    ],
)
def test_only_plain_choices_go_straight_to_the_verb(query, choices) -> None:
    assert plain_choices(QueryDict(query)) == choices


def test_a_form_with_a_choice_gives_the_verb_only_what_was_chosen(conference, place, workshop) -> None:
    data = {f"places-{place.pk}": "2", f"places-{workshop.pk}": "0"}
    form = PlacesForm(data, offers=offers(conference, now=NOW))
    assert form.is_valid()
    assert form.choices == {place.pk: 2}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_form_can_break_the_page_or_hold_by_mistake(client, place, workshop, data) -> None:
    names = [f"places-{place.pk}", f"places-{workshop.pk}", "places-999999", "places-", "places-x", f"fit-{place.pk}"]
    values = st.one_of(st.integers(-5, 20).map(str), st.text(max_size=12), st.sampled_from(["", "1e3", "NaN", "٣"]))
    sent = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=5))
    before = Order.objects.count()
    response = client.post(ADDRESS, sent)
    assert response.status_code in {303, 422}
    assert Order.objects.count() - before == (response.status_code == 303)
    if response.status_code == 303:
        held = Order.objects.order_by("-pk")[0]
        assert held.conference == place.conference
        assert 1 <= held.lines.filter(parent=None).count() <= 10
