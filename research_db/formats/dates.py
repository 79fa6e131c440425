"""Dates as files write them, as far as they are known."""

import re

from research_db.formats.record import FIRST_YEAR, LAST_YEAR, PartialDate

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
    for name in (names,)
}
NUMBERS = re.compile(r"^(\d{4})(?:[-/. ]+(\d{1,2})?(?:[-/. ]+(\d{1,2})?)?)?(?:(?:[/T]| (?=\d)).*)?$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
WORDS = re.compile(
    r"^(?:(\d{4})[\s,/-]+)?(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?(?:[\s/-]+(\d{1,2}))?(?:[\s,/-]+(\d{4}))?\b"
)
YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20\d{2}|21\d{2})(?!\d)")


def parse(text: str) -> PartialDate | None:
    """A date in figures or words, from “2020”, “2020/05/01/”, “2018 Apr 3”, “3 April 2018”, “May-Jun 2020”.

    Only what is certain: a season or a span of months leaves the year. None where there is no year.
    """
    text = " ".join(text.split())
    return _words(text) or _figures(text) or _year(text)


def _figures(text: str) -> PartialDate | None:
    found = COMPACT.match(text) or NUMBERS.match(text)
    return of_parts(*(int(part) if part else None for part in found.groups())) if found else None


def _words(text: str) -> PartialDate | None:
    found = WORDS.match(text)
    if not found:
        return None
    before, day_before, word, day_after, after = found.groups()
    month = MONTHS.get(word[:3].lower())
    rest = text[found.end() :]
    if bool(before) == bool(after) or not month or rest.startswith(("-", "/")):  # no year, or a span of two
        return None
    day = day_before or day_after
    return of_parts(int(before or after), month, int(day) if day else None)


def _year(text: str) -> PartialDate | None:
    found = YEAR.search(text)
    return of_parts(int(found[1])) if found else None


def of_parts(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date of these parts; a part that cannot be is left out, and what is finer with it."""
    if not year or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    for parts in ((year, month, day), (year, month)):
        try:
            return PartialDate(*(part or None for part in parts))  # type: ignore[arg-type]
        except ValueError:
            continue
    return PartialDate(year)
