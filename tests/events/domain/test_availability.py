"""What a buyer is offered at this moment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain import ledger
from events.domain.availability import OfferState, Room, offers, rooms
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, SessionFactory, TicketTypeFactory


def only_offer(conference, *, now=NOW):
    (offer,) = offers(conference, now=now)
    return offer


def test_an_offer_says_price_room_and_what_one_order_may_take() -> None:
    kind = TicketTypeFactory(quota__size=25, max_per_order=10)
    offer = only_offer(kind.conference)
    assert (offer.ticket_type, offer.price_pence, offer.full_price_pence) == (kind, 4500, 4500)
    assert (offer.is_early, offer.left, offer.most, offer.state) == (False, 25, 10, OfferState.ON_SALE)


def test_one_order_may_take_no_more_than_are_left() -> None:
    kind = TicketTypeFactory(quota__size=3)
    assert only_offer(kind.conference).most == 3


def test_a_quota_without_end_leaves_no_number() -> None:
    kind = TicketTypeFactory(quota__endless=True)
    offer = only_offer(kind.conference)
    assert (offer.left, offer.most, offer.state) == (None, 10, OfferState.ON_SALE)


def test_the_early_price_ends_at_its_moment() -> None:
    kind = TicketTypeFactory(early=True)
    before, after = kind.early_until - timedelta(seconds=1), kind.early_until
    early, late = only_offer(kind.conference, now=before), only_offer(kind.conference, now=after)
    assert (early.price_pence, early.full_price_pence, early.is_early) == (3500, 4500, True)
    assert (late.price_pence, late.is_early) == (4500, False)


def test_the_scarcest_quota_decides_and_weights_count() -> None:
    conference = ConferenceFactory()
    hall, tables = QuotaFactory(conference=conference, size=50), QuotaFactory(conference=conference, size=7)
    TicketTypeFactory(conference=conference, draws={hall: 10, tables: 2})
    assert only_offer(conference).left == 3


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"not_yet": True}, OfferState.NOT_YET),
        ({"over": True}, OfferState.OVER),
        ({"quota__size": 0}, OfferState.SOLD_OUT),
        ({"quota__closed": True}, OfferState.CLOSED),
        ({"quota": False}, OfferState.CLOSED),
        ({"over": True, "quota__size": 0}, OfferState.OVER),
        ({"conference__closed": True}, OfferState.CLOSED),
        ({"conference__announced": True}, OfferState.CLOSED),
        ({"conference__starts_on": NOW.date() - timedelta(days=1)}, OfferState.CLOSED),
    ],
)
def test_what_cannot_be_bought_says_why(facts, state) -> None:
    offer = only_offer(TicketTypeFactory(**facts).conference)
    assert (offer.state, offer.most) == (state, 0)


def test_the_last_day_counts_in_london_not_in_utc() -> None:
    kind = TicketTypeFactory()
    before_midnight, after = datetime(2027, 6, 16, 22, 59, tzinfo=UTC), datetime(2027, 6, 16, 23, 0, tzinfo=UTC)
    assert only_offer(kind.conference, now=before_midnight).state == OfferState.ON_SALE
    assert only_offer(kind.conference, now=after).state == OfferState.CLOSED


def test_a_workshop_is_over_once_it_starts() -> None:
    kind = TicketTypeFactory(workshop=True)
    assert only_offer(kind.conference, now=kind.session.starts_at).state == OfferState.OVER


def test_hidden_types_are_not_offered_and_workshops_come_last() -> None:
    conference = ConferenceFactory()
    workshop = TicketTypeFactory(conference=conference, workshop=True, sort_order=1)
    place = TicketTypeFactory(conference=conference, sort_order=2)
    TicketTypeFactory(conference=conference, hidden=True)
    assert [offer.ticket_type for offer in offers(conference, now=NOW)] == [place, workshop]


def test_holds_that_ran_out_are_offered_again_before_anybody_lets_go_of_them() -> None:
    kind = TicketTypeFactory(quota__size=2)
    order = orders.held(kind, 2)
    assert only_offer(kind.conference).state == OfferState.SOLD_OUT
    assert only_offer(kind.conference, now=order.hold_until).left == 2


def test_a_page_being_paid_is_not_offered_again_by_the_clock() -> None:
    kind = TicketTypeFactory(quota__size=1)
    order = orders.paying(kind)
    assert only_offer(kind.conference, now=order.hold_until + timedelta(hours=1)).state == OfferState.SOLD_OUT


def test_rooms_say_what_the_ledger_holds() -> None:
    kind = TicketTypeFactory(quota__size=10)
    orders.held(kind, 3)
    quota = kind.quotas.get()
    ledger.keep_back(quota, units=2, reason="Speakers", by=None, now=NOW)
    quota.refresh_from_db()
    endless = QuotaFactory(conference=kind.conference, endless=True)
    assert rooms(kind.conference) == [Room(quota, 10, 5, 5), Room(endless, None, 0, None)]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_offers_cost_three_queries_however_many_there_are(number) -> None:
    conference = ConferenceFactory()
    session = SessionFactory(conference=conference, workshop=True)
    for _place in range(number):
        orders.held(TicketTypeFactory(conference=conference))
        TicketTypeFactory(conference=conference, session=session)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        offers(conference, now=NOW)
    assert len(queries) == 3
