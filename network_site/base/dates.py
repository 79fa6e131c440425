"""Dates as well as they are known: a day, a month, a season or a year, and never more than that."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONDON = ZoneInfo("Europe/London")


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", _("the day")
    MONTH = "month", _("the month")
    SEASON = "season", _("the season")
    YEAR = "year", _("the year")


# HTML has no seasons: a machine is told the year, which is true.
MACHINE = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.SEASON: "%Y", Precision.YEAR: "%Y"}
# By number: March, April and May are 1.
SEASONS = (_("Winter"), _("Spring"), _("Summer"), _("Autumn"))
MARCH, DECEMBER = 3, 12


def when(start: date, end: date | None = None, *, precision: str = Precision.DAY, weekday: bool = False) -> str:
    """Say a date or a span as people do: "16 and 17 June 2027", "30 June to 2 July 2027", "January 2016".

    Args:
        start: the first day; parts finer than `precision` are ignored.
        end: the last day, where there is one and it is another.
        precision: how much of the date is known.
        weekday: put the day of the week before each day that is known.
    """
    known = Precision(precision)
    if known != Precision.DAY:
        return _roughly(start, end or start, known)
    if end is None or end == start:
        return day_in_words(start, weekday=weekday)
    span = {"first": _first_day(start, end, weekday=weekday), "last": day_in_words(end, weekday=weekday)}
    return (gettext("%(first)s and %(last)s") if (end - start).days == 1 else gettext("%(first)s to %(last)s")) % span


def day_in_words(day: date, *, weekday: bool = False, month: bool = True, year: bool = True) -> str:
    """A day, by the parts that are wanted, in the order in which every language of ours has them."""
    parts = [str(WEEKDAYS[day.weekday()])] if weekday else []
    parts.append(str(day.day))
    parts += [str(MONTHS[day.month])] if month else []
    return " ".join([*parts, str(day.year)] if year else parts)


def _roughly(start: date, end: date, known: Precision) -> str:
    """A span of months, seasons or years; one of them where both ends are in it."""
    first, last = _whole(start, known), _whole(end, known)
    return first if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}


def _whole(day: date, known: Precision) -> str:
    """The month, season or year a day is in. A winter has the names of both its years."""
    if known != Precision.SEASON:
        return str(day.year) if known == Precision.YEAR else f"{MONTHS[day.month]} {day.year}"
    if day.month % DECEMBER // 3:
        return f"{season(day)} {day.year}"
    first = day.year if day.month == DECEMBER else day.year - 1
    return gettext("%(season)s %(first)s to %(last)s") % {"season": season(day), "first": first, "last": first + 1}


def begins(day: date, precision: str) -> date:
    """The first day of the month, season or year a day is in; the day itself where days are known.

    What is known that well and was before that day is over. A winter begins in the December before its year.
    """
    known = Precision(precision)
    if known == Precision.SEASON:
        return date(day.year - (day.month < MARCH), day.month // 3 * 3 or DECEMBER, 1)
    first = {Precision.MONTH: day.replace(day=1), Precision.YEAR: date(day.year, 1, 1)}
    return first.get(known, day)


def season(day: date) -> str:
    """The name of the season a day is in; December begins the winter."""
    return str(SEASONS[day.month % DECEMBER // 3])


def _first_day(start: date, end: date, *, weekday: bool) -> str:
    """The first day of a span, without the month and the year that its last day says anyway."""
    is_same_year = start.year == end.year
    is_same_month = is_same_year and start.month == end.month
    return day_in_words(start, weekday=weekday, month=not is_same_month, year=not is_same_year)


def machine(day: date, precision: str = Precision.DAY) -> str:
    """The same date for a `datetime` attribute, no finer than it is known: "2016-01"."""
    return day.strftime(MACHINE[Precision(precision)])


def clock(moment: datetime) -> str:
    """The time of day in London as the house writes it: "14.42"."""
    local = moment.astimezone(LONDON)
    return f"{local.hour}.{local:%M}"
