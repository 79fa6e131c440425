"""What saved searches are told of: each thing once, only what came since, only what fits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.base import stopping
from network_site.base.dates import LONDON
from network_site.mail.models import OutgoingMail
from research_db.alerts import running, saving
from research_db.alerts.times import next_time
from research_db.finding import asking, index
from research_db.models import Facet, Publication, SavedSearch, Term, ToldOf
from tests.research_db.alerts.conftest import (
    A_DAY,
    NOW,
    ask,
    assert_promised_once,
    letters,
    publish,
    retract,
    run,
    saved,
    told,
    withdraw,
)

pytestmark = pytest.mark.django_db


def test_a_new_record_is_told_of_once_and_never_again() -> None:
    publish("Walking before", NOW - A_DAY)
    search = saved("q=walking")
    publish("Walking after")
    publish("Singing after")
    assert [run(days) for days in (1, 1, 2, 9, 40)] == [1, 0, 0, 0, 0]
    assert told(search) == [(1, "new", "Walking after")]
    assert letters() == ["ada@example.org"]
    publish("Walking on", NOW + 41 * A_DAY)
    assert run(42) == 1
    assert told(search)[1:] == [(2, "new", "Walking on")]
    assert OutgoingMail.objects.filter(dedupe_key=f"research.alert:{search.pk}:2").count() == 1


def test_nobody_is_told_before_they_said_yes() -> None:
    ask("q=walking")
    publish("Walking")
    assert run() == 0
    search = SavedSearch.objects.get()
    saving.confirm(search, now=NOW + timedelta(hours=1))
    publish("Walking on", NOW + timedelta(hours=2))
    run()
    assert told(search) == [(1, "new", "Walking on")]


def test_a_draft_is_told_of_when_it_is_published_and_a_late_term_makes_it_fit() -> None:
    search = saved("q=walking&kind=review")
    draft = Publication.objects.create(title="Walking", kind="report", live=False)
    assert run() == 0
    draft.live, draft.first_published_at = True, NOW + A_DAY
    draft.save()
    assert run(2) == 0
    draft.kind = "review"
    draft.save()
    assert run(3) == 1
    assert told(search) == [(1, "new", "Walking")]


def test_what_was_withdrawn_and_shown_again_is_not_new() -> None:
    search = saved()
    one = publish("Walking")
    run()
    withdraw(one)
    run(2)
    one.live = True
    one.save()
    assert run(3) == 0
    assert len(told(search)) == 1


def test_a_retraction_of_what_one_was_told_of_is_told_once() -> None:
    search = saved("q=walking")
    told_of, other = publish("Walking"), publish("Singing")
    before = publish("Walking before", NOW - A_DAY)
    run()
    for one in (told_of, other, before):
        retract(one)
    assert [run(days) for days in (2, 3)] == [1, 0]
    assert told(search) == [(1, "new", "Walking"), (2, "retracted", "Walking")]


def test_what_is_new_and_retracted_at_once_is_told_in_one_letter() -> None:
    search = saved()
    retract(publish("Walking"))
    assert [run(days) for days in (1, 2)] == [1, 0]
    assert told(search) == [(1, "new", "Walking"), (1, "retracted", "Walking")]


def test_a_retraction_is_told_even_where_the_record_no_longer_fits_but_not_once_it_is_withdrawn() -> None:
    search = saved("kind=review")
    one, other = publish("Walking", kind="review"), publish("Singing", kind="review")
    run()
    one.kind = "report"
    retract(one)
    retract(other)
    withdraw(other)
    assert run(2) == 1
    assert told(search)[2:] == [(2, "retracted", "Walking")]


def test_whoever_was_told_of_a_merged_record_knows_the_one_it_became() -> None:
    search = saved("q=walking")
    gone, kept = publish("Walking"), publish("Strolling")
    run()
    gone.live, gone.merged_into = False, kept
    gone.save()
    kept.title = "Walking or strolling"
    kept.save()
    assert run(2) == 0
    retract(kept)
    assert [run(days) for days in (3, 4)] == [1, 0]
    assert told(search)[1:] == [(2, "retracted", "Walking or strolling")]


def test_a_search_for_what_is_not_there_waits_for_just_that() -> None:
    """The list shows something else where nothing fits; letters do not."""
    publish("Walking in gardens", NOW - A_DAY)
    search = saved("q=walkign+quagga")
    publish("Walking")
    publish("Gardens of quaggas, for walking")
    publish("walkign quagga")
    run()
    assert told(search) == [(1, "new", "walkign quagga")]


@pytest.fixture
def who() -> Facet:
    facet = Facet.objects.create(key="population", label="Who took part")
    for slug in ("carers", "adults"):
        Term.objects.create(facet=facet, slug=slug, label=slug.capitalize())
    return facet


def about(title: str, *slugs: str) -> Publication:
    one = publish(title)
    one.terms.add(*Term.objects.filter(slug__in=slugs))
    one.save()
    return one


def test_a_replaced_term_goes_on_as_what_replaced_it(who: Facet) -> None:
    search = saved("population=carers")
    Term.objects.filter(slug="carers").update(retired_into=Term.objects.get(slug="adults"))
    about("Walking", "adults")
    run()
    assert told(search) == [(1, "new", "Walking")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("population=carers", []),
        ("population=carers&population=adults", ["Adults walk"]),
        ("population=carers&population=adults&all=population", []),
        ("not.population=carers", ["Adults walk", "Singing"]),
        ("q=walk&population=carers", []),
        ("only=free&population=adults&not.kind=review", []),
    ],
)
def test_a_search_for_a_term_that_is_gone_finds_no_more_than_was_asked_for(
    who: Facet, query: str, expected: list[str]
) -> None:
    search = saved(query)
    Term.objects.filter(slug="carers").delete()
    about("Adults walk", "adults")
    publish("Singing")
    run()
    assert [title for *_rest, title in told(search)] == expected


def test_a_facet_that_is_gone_stops_nothing_else(who: Facet) -> None:
    search, other = saved("population=carers"), saved("q=walking", "bo@example.org")
    who.terms.all().delete()
    who.delete()
    publish("Walking")
    assert run() == 1
    assert (told(search), told(other)) == ([], [(1, "new", "Walking")])


def test_the_same_search_of_many_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searches = [saved("q=walking", f"p{number}@example.org") for number in range(12)]
    searches += [saved("q=singing", f"p{number}@example.org") for number in range(2)]
    publish("Walking and singing")
    asked: list[str] = []
    really = asking.every_number

    def counted(criteria, now, **more):
        asked.append(criteria.words)
        return really(criteria, now, **more)

    monkeypatch.setattr(asking, "every_number", counted)
    assert run() == 14
    assert sorted(asked) == ["singing", "walking"]
    assert_promised_once(searches, {"Walking and singing"})


def test_what_has_nothing_to_tell_costs_no_statement_of_its_own_and_is_looked_at_next_when_it_should() -> None:
    counts = []
    publish("Singing", NOW - A_DAY)
    for number in (2, 1, 3, 30):  # the first reads the vocabulary too
        quiet = [saved("q=walking", f"p{place}@example.org", often="weekly") for place in range(number)]
        index.site().catch_up_with_all()
        with CaptureQueriesContext(connection) as queries:
            assert run(9) == 0
        counts.append(len(queries))
        assert {one.next_at for one in SavedSearch.objects.all()} == {next_time("weekly", after=NOW + 9 * A_DAY)}
        assert SavedSearch.objects.count() == len(quiet)
        SavedSearch.objects.all().delete()
    assert counts[1] == counts[2] == counts[3], counts


def test_what_came_in_the_minute_of_the_yes_is_told_of_if_it_came_after_it() -> None:
    search = saved(now=NOW + timedelta(seconds=30))
    publish("Just before", NOW + timedelta(seconds=29))
    publish("Just after", NOW + timedelta(seconds=31))
    run()
    assert told(search) == [(1, "new", "Just after")]


def test_the_same_statements_for_few_and_many_records() -> None:
    counts = []
    for number in (1, 3, 30):
        search = saved("", f"p{number}@example.org", now=NOW + number * A_DAY)
        for place in range(number):
            publish(f"Walking {number}.{place}", NOW + number * A_DAY + timedelta(minutes=1))
        index.site().catch_up_with_all()
        moment = running._moment(NOW + (number + 1) * A_DAY)
        assert moment
        fitting = running.fits("", moment)
        with CaptureQueriesContext(connection) as queries:
            assert running.tell(search.pk, fitting, moment)
        counts.append(len(queries))
        SavedSearch.objects.all().delete()
    assert counts[0] == counts[1] == counts[2], counts


def test_it_ends_between_two_searches_when_asked_to_and_goes_on_later() -> None:
    searches = [saved("", f"p{number}@example.org") for number in range(3)]
    publish("Walking")
    stopping.ask()
    try:
        assert run() == 0
    finally:
        stopping.forget()
    assert run() == 3
    assert_promised_once(searches, {"Walking"})


def test_before_the_first_index_is_made_nobody_misses_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    search = saved()
    publish("Walking")
    with monkeypatch.context() as patch:
        patch.setattr(running, "_moment", lambda now: None)
        assert run() == 0
    assert run() == 1
    assert told(search) == [(1, "new", "Walking")]


def test_an_address_that_refuses_letters_is_left_alone_until_somebody_resumes() -> None:
    search = saved()
    publish("Walking")
    run()
    OutgoingMail.objects.filter(kind="research.alert").update(status="failed", error="550", next_attempt_at=None)
    publish("Singing")
    assert run(2) == 0
    search.refresh_from_db()
    assert search.paused_at == NOW + 2 * A_DAY
    saving.resume(search, now=NOW + 3 * A_DAY)
    assert run(4) == 1
    assert told(search)[1:] == [(3, "new", "Singing")]


def test_paused_is_silent_and_resumed_tells_what_came_meanwhile() -> None:
    search = saved()
    saving.pause(search, now=NOW)
    publish("Walking")
    assert run(3) == 0
    saving.resume(search, now=NOW + 3 * A_DAY)
    assert run(4) == 1
    assert [title for *_rest, title in told(search)] == ["Walking"]


@pytest.mark.parametrize("changes", [{"what": "new"}, {"what": "other", "letter": 2}, {"letter": 0}])
def test_the_database_itself_refuses_a_second_time(changes: dict[str, object]) -> None:
    search = saved()
    publish("Walking")
    run()
    row = ToldOf.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ToldOf.objects.create(**{"search": search, "publication": row.publication, "what": "retracted", "letter": 2, **changes})  # fmt: skip


# What may happen to one record and one search, in any order.
DEEDS: dict[str, Callable[[SavedSearch, Publication, datetime], object]] = {
    "run": lambda search, one, now: running.run(now),
    "run again": lambda search, one, now: running.run(now),
    "publish": lambda search, one, now: _show(one, now),
    "withdraw": lambda search, one, now: withdraw(one),
    "retract": lambda search, one, now: retract(one),
    "fit": lambda search, one, now: _entitle(one, "Walking"),
    "fit no more": lambda search, one, now: _entitle(one, "Singing"),
    "pause": lambda search, one, now: saving.pause(search, now=now),
    "resume": lambda search, one, now: saving.resume(search, now=now),
    "monthly": lambda search, one, now: saving.change(search, frequency="monthly", now=now),
    "daily": lambda search, one, now: saving.change(search, frequency="daily", now=now),
}


def _show(one: Publication, now: datetime) -> None:
    one.live, one.first_published_at = True, one.first_published_at or now
    one.save()


def _entitle(one: Publication, title: str) -> None:
    one.title = title
    one.save()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(sorted(DEEDS)), min_size=3, max_size=14))
def test_whatever_happens_in_whatever_order_a_thing_is_told_once_and_in_the_end(deeds: list[str]) -> None:
    SavedSearch.objects.all().delete()
    OutgoingMail.objects.all().delete()
    Publication.objects.update(live=False)
    search = saved("q=walking")
    one = Publication.objects.create(title="Walking", live=False)
    for number, deed in enumerate(deeds, start=1):
        DEEDS[deed](search, Publication.objects.get(pk=one.pk), NOW + number * A_DAY)
    # Whatever came before, in the end it is public, fits, and the letters are on.
    end = NOW + 100 * A_DAY
    _show(Publication.objects.get(pk=one.pk), end - A_DAY)
    _entitle(Publication.objects.get(pk=one.pk), "Walking")
    saving.resume(search, now=end)
    for days in (40, 80):
        running.run(end + days * A_DAY)
    whats = [what for _letter, what, _title in told(search)]
    one.refresh_from_db()
    assert sorted(whats) == ["new", *(["retracted"] if one.notices.exists() else [])]
    assert len(letters()) == len({letter for letter, *_rest in told(search)})


@pytest.mark.parametrize(
    ("often", "after", "expected"),
    [
        ("daily", "2027-03-03T06:59", "2027-03-03T07:00"),
        ("daily", "2027-03-03T07:00", "2027-03-04T07:00"),
        ("weekly", "2027-03-03T12:00", "2027-03-08T07:00"),
        ("weekly", "2027-03-08T06:00", "2027-03-08T07:00"),
        ("weekly", "2027-03-08T07:00", "2027-03-15T07:00"),
        ("monthly", "2027-03-03T12:00", "2027-04-01T07:00"),
        ("monthly", "2027-12-01T08:00", "2028-01-01T07:00"),
        ("daily", "2027-03-27T12:00", "2027-03-28T07:00"),  # the clocks go forward that night
    ],
)
def test_letters_leave_in_the_morning(often: str, after: str, expected: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=LONDON)
    assert next_time(often, after=moment).astimezone(LONDON).isoformat()[:16] == expected


@given(st.sampled_from(SavedSearch.Frequency.values), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001
def test_the_next_time_is_always_later_and_never_far(often: str, after: datetime) -> None:
    moment = after.replace(tzinfo=UTC)
    found = next_time(often, after=moment)
    assert timedelta() < found - moment <= {"daily": A_DAY, "weekly": 7 * A_DAY, "monthly": 31 * A_DAY}[often] + timedelta(hours=1)  # fmt: skip
    assert found.astimezone(LONDON).hour == 7
