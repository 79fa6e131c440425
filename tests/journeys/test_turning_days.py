"""The days on which calendars go wrong: the turn of the year, the change of the clocks, the 29th of February."""

from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar

from events.calendar import conference_feed
from events.views.faces import is_over
from network_site.base.dates import Precision, begins
from network_site.history.queries import this_month
from network_site.pages.next_conference import next_conference, past, upcoming
from tests.factories.conferences import ConferenceFactory
from tests.factories.history import EraFactory, TimelineEventFactory

pytestmark = pytest.mark.django_db
DAY, MONTH, SEASON, YEAR = Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR


@pytest.mark.parametrize(
    ("today", "month", "season", "year"),
    [
        (date(2027, 12, 31), date(2027, 12, 1), date(2027, 12, 1), date(2027, 1, 1)),
        (date(2028, 1, 1), date(2028, 1, 1), date(2027, 12, 1), date(2028, 1, 1)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2027, 12, 1), date(2028, 1, 1)),
        (date(2028, 3, 1), date(2028, 3, 1), date(2028, 3, 1), date(2028, 1, 1)),
        (date(2028, 5, 31), date(2028, 5, 1), date(2028, 3, 1), date(2028, 1, 1)),
        (date(2028, 11, 30), date(2028, 11, 1), date(2028, 9, 1), date(2028, 1, 1)),
    ],
)
def test_a_month_a_season_and_a_year_begin(today: date, month: date, season: date, year: date) -> None:
    assert [begins(today, known) for known in (DAY, MONTH, SEASON, YEAR)] == [today, month, season, year]


@pytest.mark.parametrize(
    ("known", "first", "last", "still", "over"),
    [
        (DAY, date(2027, 12, 31), None, date(2027, 12, 31), date(2028, 1, 1)),
        (DAY, date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 1), date(2028, 1, 2)),
        (DAY, date(2028, 2, 29), None, date(2028, 2, 29), date(2028, 3, 1)),
        (MONTH, date(2027, 12, 1), None, date(2027, 12, 31), date(2028, 1, 1)),
        (MONTH, date(2028, 2, 1), None, date(2028, 2, 29), date(2028, 3, 1)),
        (MONTH, date(2027, 2, 1), None, date(2027, 2, 28), date(2027, 3, 1)),
        (SEASON, date(2027, 12, 1), None, date(2028, 2, 29), date(2028, 3, 1)),
        (SEASON, date(2028, 1, 15), None, date(2028, 2, 29), date(2028, 3, 1)),
        (SEASON, date(2027, 6, 1), None, date(2027, 8, 31), date(2027, 9, 1)),
        (YEAR, date(2027, 1, 1), None, date(2027, 12, 31), date(2028, 1, 1)),
    ],
)
def test_home_and_the_conference_itself_agree_when_it_is_over(
    known: str, first: date, last: date | None, still: date, over: date
) -> None:
    conference = ConferenceFactory(announced=True, precision=known, starts_on=first, ends_on=last)
    for today, is_past in ((first, False), (still, False), (over, True)):
        assert is_over(conference, today=today) is is_past, today
        assert list(upcoming(today)) == ([] if is_past else [conference]), today
        assert list(past(today)) == ([conference] if is_past else []), today
        assert (next_conference(today=today) is None) is is_past, today


@pytest.mark.parametrize(
    ("moment", "day", "shown"),
    [
        (date(2016, 12, 31), date(2027, 12, 31), True),
        (date(2016, 12, 31), date(2028, 1, 1), False),
        (date(2016, 1, 1), date(2028, 1, 1), True),
        (date(2016, 2, 29), date(2027, 2, 28), True),
        (date(2016, 2, 29), date(2028, 2, 29), True),
        (date(2016, 2, 29), date(2027, 3, 1), False),
    ],
)
def test_this_month_in_our_history(moment: date, day: date, shown: bool) -> None:
    TimelineEventFactory(starts_on=moment, era=EraFactory())
    assert (this_month(day) is not None) is shown


@pytest.mark.parametrize("day", [date(2027, 12, 1), date(2028, 1, 31), date(2028, 2, 29)])
def test_a_winter_is_remembered_in_each_of_its_months(day: date) -> None:
    TimelineEventFactory(starts_on=date(2016, 12, 1), precision=SEASON, era=EraFactory())
    assert this_month(day)
    assert this_month(date(2028, 3, 1)) is None


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 9, 30, tzinfo=UTC), datetime(2027, 3, 27, 17, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 8, 30, tzinfo=UTC), datetime(2027, 3, 28, 16, tzinfo=UTC)),
        (date(2027, 10, 30), datetime(2027, 10, 30, 8, 30, tzinfo=UTC), datetime(2027, 10, 30, 16, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 9, 30, tzinfo=UTC), datetime(2027, 10, 31, 17, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 29, 9, 30, tzinfo=UTC), datetime(2028, 2, 29, 17, tzinfo=UTC)),
    ],
)
def test_a_calendar_says_the_hours_of_london_on_both_sides_of_a_change(
    day: date, starts: datetime, ends: datetime
) -> None:
    (event,) = Calendar.from_ical(conference_feed(ConferenceFactory(starts_on=day)).body).walk("VEVENT")
    assert (event.decoded("dtstart").astimezone(UTC), event.decoded("dtend").astimezone(UTC)) == (starts, ends)
    assert event.decoded("dtstart").time() == time(9, 30)


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (date(2027, 12, 31), None, date(2028, 1, 1)),
        (date(2027, 12, 31), date(2028, 1, 2), date(2028, 1, 3)),
        (date(2028, 2, 28), None, date(2028, 2, 29)),
        (date(2028, 2, 29), None, date(2028, 3, 1)),
        (date(2027, 2, 28), None, date(2027, 3, 1)),
    ],
)
def test_a_calendar_of_whole_days_ends_on_the_day_after(first: date, last: date | None, ends: date) -> None:
    conference = ConferenceFactory(starts_on=first, ends_on=last, opens=None)
    (event,) = Calendar.from_ical(conference_feed(conference).body).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (first, ends)
