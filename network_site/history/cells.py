"""A moment as a line of a table: what each column says. The public download and the import share it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.base.dates import Precision
from network_site.history.models import TimelineEvent
from network_site.history.queries import TIED

YES, NO = "yes", "no"
SEPARATOR = "; "
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DECEMBER, FEBRUARY = 12, 2
# Two figures of a year as spreadsheet programs read them.
CENTURY_TURNS = 70


class Known(NamedTuple):
    """A date and how much of it is known."""

    day: date
    precision: Precision


def written_date(day: date, precision: str) -> str:
    """The date no finer than it is known: "2016", "2018-spring", "2016-03", "2016-03-09".

    A winter is named after the year it begins in.
    """
    if precision == Precision.SEASON:
        begins = day.year - 1 if day.month <= FEBRUARY else day.year
        return f"{begins:04}-{season_of(day)}"
    return day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)]


def season_of(day: date) -> str:
    """The season a day is in: "spring" for March, April and May."""
    return list(SEASONS)[(day.month - 3) % 12 // 3]


def read_date(text: str) -> Known:
    """The other way round, and the ways people and spreadsheet programs write dates, the day before the month.

    Raises:
        ValueError: with a sentence that says how to write it.
    """
    words = " ".join(text.lower().replace(",", " ").split()).removesuffix(" 00:00:00")
    for pattern, known in DATES:
        if found := pattern.fullmatch(words):
            try:
                return known(*found.groups())
            except (ValueError, KeyError):
                break
    raise ValueError(_("“%(text)s” is not a date. Write 2016, 2018-spring, 2016-03 or 2016-03-09.") % {"text": text})


def _day(year: str, month: str, day: str) -> Known:
    return Known(date(int(year), int(month), int(day)), Precision.DAY)


def _month(year: str, month: int) -> Known:
    return Known(date(int(year), month, 1), Precision.MONTH)


def _named(month: str) -> int:
    return MONTHS.index(month[:3]) + 1


def _season(season: str, year: str) -> Known:
    return Known(date(int(year), SEASONS[season], 1), Precision.SEASON)


def _century(year: str) -> str:
    return f"{'20' if int(year) < CENTURY_TURNS else '19'}{year}"


_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
_MONTH += r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR, _SEASON = r"([1-9]\d{3})", r"(spring|summer|autumn|winter)"
DATES: tuple[tuple[re.Pattern[str], Callable[..., Known]], ...] = (
    (re.compile(_YEAR), lambda year: Known(date(int(year), 1, 1), Precision.YEAR)),
    (re.compile(rf"{_YEAR}-(\d\d?)"), lambda year, month: _month(year, int(month))),
    (re.compile(rf"{_YEAR}-(\d\d?)-(\d\d?)"), _day),
    (re.compile(rf"(\d\d?)[/.](\d\d?)[/.]{_YEAR}"), lambda day, month, year: _day(year, month, day)),
    (re.compile(rf"(\d\d?) {_MONTH} {_YEAR}"), lambda day, month, year: _day(year, str(_named(month)), day)),
    (re.compile(rf"{_MONTH} {_YEAR}"), lambda month, year: _month(year, _named(month))),
    (re.compile(rf"{_MONTH}-(\d\d)"), lambda month, year: _month(_century(year), _named(month))),
    (re.compile(rf"{_YEAR}-{_SEASON}"), lambda year, season: _season(season, year)),
    (re.compile(rf"{_SEASON} {_YEAR}(?: to [1-9]\d{{3}})?"), _season),
)


def _yes(is_so: bool) -> str:
    return YES if is_so else NO


def _list(things: Iterable[object]) -> str:
    return SEPARATOR.join(sorted(str(thing) for thing in things))


def linked_pages(events: Iterable[TimelineEvent]) -> dict[int, Page]:
    """The published pages that links of these moments lead to, in one query."""
    wanted = {block["value"].get("page") for event in events for block in event.links.raw_data} - {None, ""}
    return Page.objects.live().in_bulk(wanted) if wanted else {}


def link_lines(event: TimelineEvent, pages: Mapping[int, Page] | None = None) -> list[str]:
    """Each link in a line: its words, then its address; words that only repeat the address are left out.

    Empty for a link that leads nowhere, for its page is not published.

    Args:
        event: the moment.
        pages: the published pages that links lead to, by key; asked where not given.
    """
    known = linked_pages([event]) if pages is None else pages
    return [_link(block["value"], known) for block in event.links.raw_data]


def _link(value: Mapping[str, Any], pages: Mapping[int, Page]) -> str:
    page = pages.get(value.get("page") or 0)
    address = (page.url if page else value.get("url")) or ""
    words = value.get("text") or (page.title if page else "")
    if not address or words == address:
        return address
    return f"{words} {address}".strip()


def _links(event: TimelineEvent) -> str:
    return "\n".join(filter(None, link_lines(event, getattr(event, "linked", None))))


# What each column says, in the order of the file. Names are part of a public address: add, never rename.
COLUMNS: dict[str, Callable[[TimelineEvent], str]] = {
    "slug": lambda event: event.slug,
    "date": lambda event: written_date(event.starts_on, event.precision),
    "until": lambda event: written_date(event.ends_on, event.precision) if event.ends_on else "",
    "about": lambda event: _yes(event.is_circa),
    "date_words": lambda event: event.when_words,
    "title": lambda event: event.title,
    "summary": lambda event: event.summary,
    "era": lambda event: event.era.slug,
    "themes": lambda event: _list(theme.slug for theme in event.themes.all()),
    "milestone": lambda event: _yes(event.is_milestone),
    "sold_out": lambda event: _yes(event.is_sold_out),
    "around_us": lambda event: _yes(event.is_around_us),
    "delegates": lambda event: "" if event.delegates is None else str(event.delegates),
    "delegates_words": lambda event: event.delegates_words,
    "conference": lambda event: event.conference.slug if event.conference else "",
    "people": lambda event: _list(event.people.all()),
    "links": _links,
    "publications": lambda event: SEPARATOR.join(one.code for one in event.publications),
}
# What has to be fetched before many moments are written.
RELATED = ("era", "conference")
LISTS = ("themes", "people", TIED)


def line(event: TimelineEvent) -> list[str]:
    """Every column of a moment, as `COLUMNS` orders them."""
    return [write(event) for write in COLUMNS.values()]


def rows(events: Iterable[TimelineEvent]) -> list[list[str]]:
    """The same for many moments; `RELATED` and `LISTS` shall be fetched with them."""
    found = list(events)
    pages = linked_pages(found)
    for event in found:
        event.linked = pages
    return [line(event) for event in found]
