"""When a saved search is looked at next."""

from datetime import UTC, date, datetime, time, timedelta

from network_site.base.dates import LONDON
from research_db.models import SavedSearch

Frequency = SavedSearch.Frequency
MORNING = time(7)
A_DAY = timedelta(days=1)


def next_time(frequency: str, *, after: datetime) -> datetime:
    """The first morning in London after this moment that suits: any, a Monday, or the first of a month."""
    local = after.astimezone(LONDON)
    day = local.date() + (A_DAY if local.time() >= MORNING else timedelta())
    while not _suits(frequency, day):
        day += A_DAY
    return datetime.combine(day, MORNING, tzinfo=LONDON).astimezone(UTC)


def _suits(frequency: str, day: date) -> bool:
    if frequency == Frequency.WEEKLY:
        return day.weekday() == 0
    return frequency == Frequency.DAILY or day.day == 1
