"""Moments as the protocol writes them: to the second, or whole days, in universal time."""

import re
from datetime import UTC, datetime, timedelta

from research_db.harvest.refusing import Code, Refused

GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
LAST = datetime.max.replace(tzinfo=UTC)
# From this moment on, and before that one; None is without a limit.
Span = tuple[datetime | None, datetime | None]


def written(moment: datetime) -> str:
    """As the protocol has it; parts of a second are left off."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(len(GRANULARITY))


def span(first: str, last: str) -> Span:
    """What "from" and "until" mean; both ends are meant to be within.

    Raises:
        Refused: one is no moment, they are not of one precision, or the first is after the last.
    """
    if first and last and len(first) != len(last):
        raise Refused(Code.BAD_ARGUMENT, "Give “from” and “until” both as days or both to the second.")
    start, until = _read("from", first), _read("until", last)
    if start and until and start > until:
        raise Refused(Code.BAD_ARGUMENT, "“from” is later than “until”.")
    return start, _after(until, timedelta(days=1) if DAY.fullmatch(last) else timedelta(seconds=1))


def _read(name: str, text: str) -> datetime | None:
    if not text:
        return None
    no_moment = Refused(Code.BAD_ARGUMENT, f"“{name}” is no moment such as 2026-11-30 or 2026-11-30T09:00:00Z.")
    if not (DAY.fullmatch(text) or SECOND.fullmatch(text)):
        raise no_moment
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError as error:
        raise no_moment from error


def _after(moment: datetime | None, step: timedelta) -> datetime | None:
    if moment is None:
        return None
    return moment + step if moment < LAST - step else LAST
