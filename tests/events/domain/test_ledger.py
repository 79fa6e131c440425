"""Claims, places kept back, and what organisers change about rooms and conferences."""

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events.domain import ledger, programme
from events.domain.availability import OfferState, offers
from events.domain.errors import TicketingError
from events.models import CapacityClaim, Conference, Quota
from network_site.base import freshness
from network_site.base.models import AuditEntry
from tests.factories import orders
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, TicketTypeFactory


def keep(quota, units, *, by=None, reason="Speakers"):
    return ledger.keep_back(quota, units=units, reason=reason, by=by, now=NOW)


def test_a_claim_is_all_or_nothing_and_names_the_quota() -> None:
    roomy, full = QuotaFactory(size=5), QuotaFactory(size=1)
    with pytest.raises(ledger.NoRoom) as refused, transaction.atomic():
        ledger.claim({full.pk: 2, roomy.pk: 1})
    roomy.refresh_from_db()
    assert (refused.value.quota_id, str(refused.value), roomy.taken) == (full.pk, f"quota {full.pk} has no room", 0)


def test_a_closed_quota_is_claimed_only_for_what_was_promised() -> None:
    quota = QuotaFactory(closed=True)
    with pytest.raises(ledger.NoRoom):
        ledger.claim({quota.pk: 1})
    ledger.claim({quota.pk: 1}, even_if_closed=True)
    quota.refresh_from_db()
    assert quota.taken == 1
    Quota.objects.update(taken=0)


def test_the_database_refuses_to_be_oversold_whoever_writes() -> None:
    quota = QuotaFactory(size=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(taken=2)


def test_keeping_back_and_letting_go(staff) -> None:
    quota = QuotaFactory(size=5)
    hold = keep(quota, 5, by=staff)
    quota.refresh_from_db()
    assert (quota.taken, hold.held_by, hold.held_at) == (5, staff, NOW)
    assert CapacityClaim.objects.get().staff_hold == hold
    ledger.let_go(hold, by=staff, now=NOW)
    quota.refresh_from_db()
    assert (quota.taken, hold.released_at, hold.released_by) == (0, NOW, staff)
    assert [(entry.verb, entry.by) for entry in AuditEntry.objects.order_by("pk")] == [
        ("kept back", staff),
        ("let go", staff),
    ]


def test_places_are_let_go_once() -> None:
    hold = keep(QuotaFactory(), 5)
    ledger.let_go(hold, by=None, now=NOW)
    with pytest.raises(TicketingError) as refused:
        ledger.let_go(hold, by=None, now=NOW)
    assert str(refused.value) == "These places were given back before. Nothing was changed."


@pytest.mark.parametrize("units", [0, -1, "2"])
def test_nothing_cannot_be_kept_back(units) -> None:
    with pytest.raises(TicketingError) as refused:
        keep(QuotaFactory(), units)
    assert str(refused.value) == "Keep back at least one place."


@pytest.mark.parametrize(("size", "said"), [(1, "Only 1 place is free"), (2, "Only 2 places are free")])
def test_no_more_is_kept_back_than_is_free(size, said) -> None:
    with pytest.raises(TicketingError) as refused:
        keep(QuotaFactory(name="Hall", size=size), 3)
    assert str(refused.value) == f"{said} in “Hall”. Nothing was kept back. Keep fewer, or make it larger first."


def test_staff_keep_places_back_while_it_is_closed() -> None:
    quota = QuotaFactory(closed=True)
    keep(quota, 1)
    quota.refresh_from_db()
    assert quota.taken == 1


# --- Size ---


@pytest.mark.parametrize("size", [3, 10, None])
def test_a_quota_is_made_larger_or_as_small_as_what_is_taken(size, staff) -> None:
    kind = TicketTypeFactory(quota__size=5)
    orders.held(kind, 3)
    quota = kind.quotas.get()
    programme.resize(quota, size=size, by=staff)
    assert (quota.size, quota.taken) == (size, 3)
    entry = AuditEntry.objects.get(verb="resized")
    assert (entry.by, entry.data) == (staff, {"before": 5, "after": size})


@pytest.mark.parametrize(("taken", "said"), [(1, "1 place of “Hall” is taken"), (2, "2 places of “Hall” are taken")])
def test_a_quota_is_not_made_smaller_than_what_is_taken(taken, said) -> None:
    kind = TicketTypeFactory(quota__name="Hall")
    orders.held(kind, taken)
    with pytest.raises(TicketingError) as refused:
        programme.resize(kind.quotas.get(), size=0, by=None)
    assert str(refused.value) == f"{said}, so it cannot be smaller. Close it instead to sell no more."


@pytest.mark.parametrize("size", [-1, 1_000_001, True, "7"])
def test_what_is_no_size_is_refused(size) -> None:
    with pytest.raises(TicketingError) as refused:
        programme.resize(QuotaFactory(), size=size, by=None)
    assert str(refused.value) == "Give a whole number of places, or nothing if it never runs out."


def test_closing_and_reopening_a_quota(staff) -> None:
    kind = TicketTypeFactory()
    quota = kind.quotas.get()
    states = []
    for verb in (programme.close, programme.close, programme.reopen):
        verb(quota, by=staff)
        states.append(offers(kind.conference, now=NOW)[0].state)
    assert states == [OfferState.CLOSED, OfferState.CLOSED, OfferState.ON_SALE]
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == ["closed", "reopened"]


# --- Status ---

STATES = list(Conference.Status)


@pytest.mark.parametrize(("before", "after"), list(itertools.product(STATES, STATES)))
def test_a_conference_moves_where_it_may_and_nowhere_else(before, after, staff) -> None:
    kind = TicketTypeFactory(conference__status=before)
    conference = kind.conference
    later = NOW + timedelta(hours=1)
    if after in Conference.ALLOWED[before]:
        programme.move(conference, to=after, by=staff, now=later)
        assert (conference.status, conference.calendar_sequence, conference.changed_at) == (after, 1, later)
        entry = AuditEntry.objects.get(verb="moved")
        assert (entry.by, entry.data) == (staff, {"to": after.value})
    else:
        with pytest.raises(TicketingError, match=r"cannot become .* Nothing was changed\."):
            programme.move(conference, to=after, by=staff, now=later)
        assert (conference.status, conference.calendar_sequence) == (before, 0)


def test_only_a_known_day_is_put_on_sale() -> None:
    conference = TicketTypeFactory(conference__month_only=True).conference
    with pytest.raises(TicketingError) as refused:
        programme.move(conference, to="on_sale", by=None, now=NOW)
    assert str(refused.value) == "Only a conference whose day is known can be sold. Give its date first."


@pytest.mark.parametrize("facts", [{"hidden": True}, {"quota": False}, {"workshop": True}])
def test_something_to_sell_is_needed_first(facts) -> None:
    conference = TicketTypeFactory(conference__draft=True, **facts).conference
    with pytest.raises(TicketingError) as refused:
        programme.move(conference, to="on_sale", by=None, now=NOW)
    assert str(refused.value) == ("There is nothing to sell yet. Make a ticket type that draws on a quota first.")


def test_a_change_of_facts_is_told_to_calendars_and_pages(django_capture_on_commit_callbacks) -> None:
    conference = ConferenceFactory()
    before = freshness.current()
    with django_capture_on_commit_callbacks(execute=True):
        programme.note_change(conference, now=NOW)
        programme.note_change(conference, now=NOW)
    assert (conference.calendar_sequence, freshness.current() - before) == (2, 2)
