"""Holding places, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from events.domain import holds, ledger
from events.domain.errors import SoldOut, TicketingError
from events.domain.holds import expire, expire_lapsed, place_hold
from events.models import CapacityClaim, Order, OrderLine, TypeQuota
from network_site.base import freshness
from network_site.base.tokens import READABLE
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, SessionFactory, TicketTypeFactory


def refusal(conference, choices, *, now=NOW) -> str:
    """Why these choices are refused; nothing may be held by them."""
    before = (
        Order.objects.count(),
        CapacityClaim.objects.count(),
        sum(ledger.Quota.objects.values_list("taken", flat=True)),
    )
    with pytest.raises(TicketingError) as refused:
        place_hold(conference, choices=choices, now=now)
    after = (
        Order.objects.count(),
        CapacityClaim.objects.count(),
        sum(ledger.Quota.objects.values_list("taken", flat=True)),
    )
    assert before == after
    return str(refused.value)


def test_a_hold_is_an_order_with_a_line_and_its_claims_for_each_place() -> None:
    hall, lunch = QuotaFactory(), None
    kind = TicketTypeFactory(conference=hall.conference, quota=hall, early=True)
    lunch = QuotaFactory(conference=hall.conference, size=10)
    TypeQuota.objects.create(ticket_type=kind, quota=lunch, weight=2)
    order = place_hold(kind.conference, choices={kind.pk: 3}, now=NOW)
    assert (order.status, order.total_pence, order.currency) == ("held", 10500, "GBP")
    assert (order.placed_at, order.hold_until) == (NOW, NOW + timedelta(minutes=35))
    assert set(order.reference) <= set(READABLE)
    lines = list(order.lines.values_list("number", "status", "price_pence", "parent"))
    assert lines == [(1, "held", 3500, None), (2, "held", 3500, None), (3, "held", 3500, None)]
    claims = CapacityClaim.objects.values_list("order_line__number", "quota", "units", "status")
    assert sorted(claims) == sorted(
        (number, quota.pk, units, "active") for number in (1, 2, 3) for quota, units in ((hall, 1), (lunch, 2))
    )
    for quota, taken in ((hall, 3), (lunch, 6)):
        quota.refresh_from_db()
        assert quota.taken == taken


def test_every_order_and_every_place_has_a_secret_of_its_own() -> None:
    kind = TicketTypeFactory()
    first, second = orders.held(kind, 2), orders.held(kind, 2)
    secrets = [first.secret, second.secret, *OrderLine.objects.values_list("token", flat=True)]
    assert len(set(secrets)) == 6
    assert {len(secret) for secret in secrets} == {22}


def test_zeros_are_not_chosen() -> None:
    kind = TicketTypeFactory()
    other = TicketTypeFactory(conference=kind.conference, over=True)
    order = place_hold(kind.conference, choices={kind.pk: 1, other.pk: 0}, now=NOW)
    assert order.lines.get().ticket_type == kind


@pytest.mark.parametrize("number", ["2", 1.5, None, True, "x"])
def test_what_is_not_a_whole_number_is_refused(number) -> None:
    kind = TicketTypeFactory()
    assert refusal(kind.conference, {kind.pk: number}) == (
        "The number of places must be a whole number, such as 2. Nothing was held. Change it and try again."
    )


def test_less_than_nothing_is_refused() -> None:
    kind = TicketTypeFactory()
    other = TicketTypeFactory(conference=kind.conference)
    assert refusal(kind.conference, {kind.pk: 2, other.pk: -1}) == (
        "The number of places cannot be less than 0. Nothing was held. Change it and try again."
    )


@pytest.mark.parametrize("choices", [{}, {1: 0}])
def test_nothing_is_refused(choices) -> None:
    assert refusal(ConferenceFactory(), choices) == "Choose at least one place, then go on."


@pytest.mark.parametrize("number", [11, 10**9, 10**30])
def test_more_than_one_order_may_have_is_refused(number) -> None:
    kind = TicketTypeFactory(name="Student", max_per_order=10)
    assert refusal(kind.conference, {kind.pk: number}) == (
        "One order can have at most 10 “Student”. Nothing was held. Choose fewer, or make a second order."
    )


def test_more_than_a_hundred_places_of_many_kinds_are_refused() -> None:
    conference = ConferenceFactory()
    kinds = [TicketTypeFactory(conference=conference, max_per_order=60) for _kind in range(2)]
    assert refusal(conference, {kind.pk: 51 for kind in kinds}) == (
        "One order can have at most 100 places. Nothing was held. Choose fewer, or make a second order."
    )


NOT_OFFERED = "One of the places you chose is not offered here. Nothing was held. Go back and choose again."


@pytest.mark.parametrize("key", [0, -1, 10**9, 2**63, 10**30])
def test_a_type_that_does_not_exist_is_refused(key) -> None:
    kind = TicketTypeFactory()
    assert refusal(kind.conference, {kind.pk: 1, key: 1}) == NOT_OFFERED


@pytest.mark.parametrize("facts", [{"hidden": True}, {"quota": False}])
def test_a_type_that_is_not_offered_is_refused(facts) -> None:
    kind = TicketTypeFactory(**facts)
    assert refusal(kind.conference, {kind.pk: 1}) == NOT_OFFERED


def test_another_conferences_type_is_refused() -> None:
    kind, other = TicketTypeFactory(), TicketTypeFactory()
    assert refusal(kind.conference, {other.pk: 1}) == NOT_OFFERED


def test_outside_its_time_of_sale_it_is_refused() -> None:
    early = TicketTypeFactory(name="Early", not_yet=True)
    late = TicketTypeFactory(name="Late", over=True)
    assert refusal(early.conference, {early.pk: 1}) == ("“Early” is not on sale yet. Nothing was held. Choose another.")
    assert refusal(late.conference, {late.pk: 1}) == "“Late” is no longer on sale. Nothing was held. Choose another."


@pytest.mark.parametrize("status", ["draft", "announced", "closed", "postponed", "cancelled"])
def test_a_conference_that_is_not_on_sale_sells_nothing(status) -> None:
    kind = TicketTypeFactory(conference__status=status, conference__title="Together")
    assert refusal(kind.conference, {kind.pk: 1}) == (
        "Places at Together are not on sale at the moment. Nothing was held. Look at its page for news."
    )


def test_a_conference_that_is_over_sells_nothing() -> None:
    kind = TicketTypeFactory(conference__title="Together")
    assert refusal(kind.conference, {kind.pk: 1}, now=NOW + timedelta(days=200)) == (
        "Together is over, so places can no longer be booked. Nothing was held."
    )


def test_a_closed_quota_sells_nothing() -> None:
    kind = TicketTypeFactory(name="Student", quota__closed=True)
    assert refusal(kind.conference, {kind.pk: 1}) == (
        "“Student” is closed for booking. Nothing was held. Choose another."
    )


def sold_out(conference, choices) -> SoldOut:
    with pytest.raises(SoldOut) as refused:
        place_hold(conference, choices=choices, now=NOW)
    assert Order.objects.filter(hold_until=NOW + timedelta(minutes=35)).count() == 0
    return refused.value


def test_too_many_are_refused_with_how_many_would_fit() -> None:
    kind = TicketTypeFactory(name="Student", quota__size=2)
    refused = sold_out(kind.conference, {kind.pk: 3})
    assert (refused.ticket_type, refused.fits) == (kind, 2)
    assert str(refused) == "Only 2 more of “Student” are free. Nothing was held. Choose 2 or fewer, or another."


def test_the_last_one_is_said_in_the_singular() -> None:
    kind = TicketTypeFactory(name="Student", quota__size=1)
    assert str(sold_out(kind.conference, {kind.pk: 3})) == (
        "Only 1 more of “Student” is free. Nothing was held. Choose 1 or another."
    )


def test_sold_out_is_said_plainly() -> None:
    kind = TicketTypeFactory(name="Student", quota__size=0)
    refused = sold_out(kind.conference, {kind.pk: 1})
    assert (refused.fits, str(refused)) == (0, "“Student” is sold out. Nothing was held. Choose another.")


def test_of_two_types_that_share_a_quota_the_one_that_does_not_fit_is_named() -> None:
    hall = QuotaFactory(size=3)
    first = TicketTypeFactory(conference=hall.conference, quota=hall)
    second = TicketTypeFactory(conference=hall.conference, quota=hall)
    refused = sold_out(hall.conference, {second.pk: 2, first.pk: 2})
    assert (refused.ticket_type, refused.fits) == (second, 1)


def test_all_or_nothing_over_several_quotas() -> None:
    conference = ConferenceFactory()
    roomy, full = TicketTypeFactory(conference=conference), TicketTypeFactory(conference=conference, quota__size=0)
    sold_out(conference, {roomy.pk: 1, full.pk: 1})
    assert roomy.quotas.get().taken == 0


def test_room_that_comes_back_between_refusal_and_answer_is_said(monkeypatch) -> None:
    kind = TicketTypeFactory()

    def refuse(_units) -> None:
        raise ledger.NoRoom(kind.quotas.get().pk)

    monkeypatch.setattr(ledger, "claim", refuse)
    assert refusal(kind.conference, {kind.pk: 1}) == (
        "Somebody was a moment faster. Nothing was held. Try again: there is room now."
    )


def test_holds_that_ran_out_are_let_go_by_whoever_needs_the_room() -> None:
    kind = TicketTypeFactory(quota__size=2)
    before = orders.held(kind, 2)
    now = before.hold_until
    after = orders.held(kind, 1, now=now)
    before.refresh_from_db()
    assert (before.status, after.status, kind.quotas.get().taken) == ("expired", "held", 1)
    assert [line.status for line in before.lines.all()] == ["released", "released"]


def test_even_then_there_may_be_too_little() -> None:
    kind = TicketTypeFactory(quota__size=2)
    before = orders.held(kind, 1)
    with pytest.raises(SoldOut) as refused:
        orders.held(kind, 3, now=before.hold_until)
    assert refused.value.fits == 2


def test_a_hold_that_still_runs_is_nobody_elses() -> None:
    kind = TicketTypeFactory(quota__size=1)
    before = orders.held(kind)
    with pytest.raises(SoldOut):
        orders.held(kind, now=before.hold_until - timedelta(seconds=1))


def test_a_reference_that_is_used_is_drawn_again(monkeypatch) -> None:
    kind = TicketTypeFactory()
    drawn = iter(["AAAAAA", "AAAAAA", "CCCCCC"])
    monkeypatch.setattr(holds, "reference", lambda: next(drawn))
    assert [orders.held(kind).reference, orders.held(kind).reference] == ["AAAAAA", "CCCCCC"]
    assert kind.quotas.get().taken == 2


def test_with_no_reference_left_nothing_is_taken(monkeypatch) -> None:
    kind = TicketTypeFactory()
    monkeypatch.setattr(holds, "reference", lambda: "AAAAAA")
    orders.held(kind)
    assert refusal(kind.conference, {kind.pk: 1}) == (
        "Your places could not be held just now. Nothing was taken. Try again."
    )


def test_another_broken_promise_of_the_database_is_not_hidden(monkeypatch) -> None:
    kind = TicketTypeFactory()

    def break_a_promise(*_facts, **_more) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(holds, "_hold", break_a_promise)
    with pytest.raises(IntegrityError, match="something else"):
        orders.held(kind)


# --- Workshops ---


def workshop(conference, *, hour=10, minutes=60, **facts):
    starts = NOW.replace(month=6, day=16, hour=hour)
    session = SessionFactory(
        conference=conference,
        workshop=True,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes) if minutes else None,
    )
    return TicketTypeFactory(conference=conference, session=session, price_pence=1500, **facts)


def beside(order) -> list[tuple[int, int, int]]:
    """(number, ticket type, number of its place) of the add-ons."""
    return list(order.lines.exclude(parent=None).values_list("number", "ticket_type", "parent__number"))


def test_workshops_go_to_the_first_places() -> None:
    place = TicketTypeFactory()
    extra = workshop(place.conference)
    order = place_hold(place.conference, choices={extra.pk: 2, place.pk: 3}, now=NOW)
    assert beside(order) == [(4, extra.pk, 1), (5, extra.pk, 2)]
    assert order.total_pence == 3 * 4500 + 2 * 1500


def test_workshops_at_the_same_time_go_to_different_people() -> None:
    place = TicketTypeFactory()
    first, second = workshop(place.conference), workshop(place.conference, hour=10)
    later = workshop(place.conference, hour=11)
    order = place_hold(place.conference, choices={place.pk: 2, first.pk: 1, second.pk: 1, later.pk: 2}, now=NOW)
    assert sorted(beside(order)) == [(3, first.pk, 1), (4, second.pk, 2), (5, later.pk, 1), (6, later.pk, 2)]


def test_a_workshop_without_an_end_only_takes_its_own_start() -> None:
    place = TicketTypeFactory()
    open_end, same_start = workshop(place.conference, minutes=0), workshop(place.conference, minutes=0)
    later = workshop(place.conference, hour=11)
    order = place_hold(place.conference, choices={place.pk: 1, open_end.pk: 1, later.pk: 1}, now=NOW)
    assert len(beside(order)) == 2
    assert "too few people" in refusal(place.conference, {place.pk: 1, open_end.pk: 1, same_start.pk: 1})


def test_more_workshops_than_people_are_refused() -> None:
    place = TicketTypeFactory()
    extra = workshop(place.conference, name="Drawing")
    assert refusal(place.conference, {place.pk: 1, extra.pk: 2}) == (
        "You chose 1 place, too few people for so many of “Drawing” and what runs at the same time. "
        "Nothing was held. Choose fewer workshops or more places."
    )


def test_two_prices_of_one_workshop_count_together() -> None:
    place = TicketTypeFactory()
    extra = workshop(place.conference)
    cheap = TicketTypeFactory(conference=place.conference, session=extra.session, price_pence=0)
    refusal(place.conference, {place.pk: 1, extra.pk: 1, cheap.pk: 1})


def test_a_workshop_alone_is_refused() -> None:
    extra = TicketTypeFactory(workshop=True)
    assert refusal(extra.conference, {extra.pk: 1}) == (
        "A workshop needs a place at the conference beside it. Nothing was held. Choose a place as well."
    )


# --- Letting go ---


def test_lapsed_holds_are_let_go_the_oldest_first_and_no_more_than_asked() -> None:
    kind = TicketTypeFactory()
    old, older, young = (
        orders.held(kind, now=NOW - timedelta(minutes=36)),
        orders.held(kind, now=NOW - timedelta(minutes=40)),
        orders.held(kind),
    )
    assert expire_lapsed(now=NOW, limit=1) == 1
    states = dict(Order.objects.values_list("pk", "status"))
    assert states == {old.pk: "held", older.pk: "expired", young.pk: "held"}
    assert [expire_lapsed(now=NOW), expire_lapsed(now=NOW)] == [1, 0]
    assert kind.quotas.get().taken == 1


def test_a_hold_is_let_go_once() -> None:
    order = orders.held(TicketTypeFactory())
    assert [expire(order, now=order.hold_until), expire(order, now=order.hold_until)] == [True, False]


def test_a_hold_that_was_extended_meanwhile_stays() -> None:
    order = orders.held(TicketTypeFactory())
    assert not expire(order, now=order.hold_until - timedelta(seconds=1))


def test_another_conferences_holds_stay() -> None:
    mine, other = TicketTypeFactory(), TicketTypeFactory()
    orders.held(other, now=NOW - timedelta(hours=1))
    assert expire_lapsed(now=NOW, conference=mine.conference) == 0
    assert expire_lapsed(now=NOW) == 1


def test_a_hold_changes_what_pages_show_in_the_same_commit() -> None:
    freshness._count()
    before = freshness.current()
    orders.held(TicketTypeFactory())
    assert freshness.current() == before + 1


def test_the_first_change_ever_is_counted_after_the_commit(django_capture_on_commit_callbacks) -> None:
    kind = TicketTypeFactory()
    freshness.Freshness.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        orders.held(kind)
    assert freshness.current() == 1
