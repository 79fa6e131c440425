"""Dates are said as people say them, and no finer than they are known."""

from datetime import UTC, date, datetime

import pytest

from network_site.base.dates import clock, machine, when


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (date(2018, 11, 6), None, "day", "6 November 2018"),
        (date(2018, 11, 6), date(2018, 11, 6), "day", "6 November 2018"),
        (date(2027, 6, 16), date(2027, 6, 17), "day", "16 and 17 June 2027"),
        (date(2027, 6, 16), date(2027, 6, 18), "day", "16 to 18 June 2027"),
        (date(2027, 6, 30), date(2027, 7, 1), "day", "30 June and 1 July 2027"),
        (date(2027, 12, 31), date(2028, 1, 1), "day", "31 December 2027 and 1 January 2028"),
        (date(2016, 1, 1), None, "month", "January 2016"),
        (date(2016, 1, 1), date(2016, 1, 2), "month", "January 2016"),
        (date(2016, 1, 1), date(2016, 3, 2), "month", "January 2016 to March 2016"),
        (date(2017, 1, 1), None, "year", "2017"),
        (date(2017, 1, 1), date(2017, 12, 31), "year", "2017"),
        (date(2019, 1, 1), date(2021, 1, 1), "year", "2019 to 2021"),
        (date(2018, 3, 1), None, "season", "Spring 2018"),
        (date(2018, 5, 31), None, "season", "Spring 2018"),
        (date(2018, 6, 1), date(2018, 8, 31), "season", "Summer 2018"),
        (date(2018, 11, 30), None, "season", "Autumn 2018"),
        (date(2018, 12, 1), None, "season", "Winter 2018 to 2019"),
        (date(2019, 2, 28), None, "season", "Winter 2018 to 2019"),
        (date(2018, 3, 1), date(2018, 9, 1), "season", "Spring 2018 to Autumn 2018"),
    ],
)
def test_in_words(start: date, end: date | None, precision: str, words: str) -> None:
    assert when(start, end, precision=precision) == words


def test_with_the_day_of_the_week() -> None:
    assert when(date(2019, 7, 11), weekday=True) == "Thursday 11 July 2019"
    assert when(date(2027, 6, 16), date(2027, 6, 17), weekday=True) == "Wednesday 16 and Thursday 17 June 2027"
    assert when(date(2016, 1, 1), precision="month", weekday=True) == "January 2016"


@pytest.mark.parametrize(
    ("precision", "words"), [("day", "2016-03-09"), ("month", "2016-03"), ("season", "2016"), ("year", "2016")]
)
def test_for_machines(precision: str, words: str) -> None:
    assert machine(date(2016, 3, 9), precision) == words


def test_the_clock_is_london_s() -> None:
    assert clock(datetime(2027, 6, 16, 8, 5, tzinfo=UTC)) == "9.05"
    assert clock(datetime(2027, 12, 16, 14, 42, tzinfo=UTC)) == "14.42"
