"""How the facts of a course are said."""

from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network_site.base.dates import when
from network_site.learning.models.course import CoursePage


def length(weeks: int | None, hours: int | None) -> str:
    """How long a course takes: "4 weeks, 2 hours a week", "6 hours"; empty where nobody knows."""
    of_weeks = ngettext("%d week", "%d weeks", weeks) % weeks if weeks else ""
    if not hours:
        return of_weeks
    if not weeks:
        return ngettext("%d hour", "%d hours", hours) % hours
    return f"{of_weeks}, {ngettext('%d hour a week', '%d hours a week', hours) % hours}"


def start(starts: str, next_start_on: date | None, *, today: date) -> str:
    """When one can begin; a date that is past is not a start any more."""
    if starts == CoursePage.Starts.ANY_TIME:
        return _("Start any time")
    if next_start_on is not None and next_start_on >= today:
        return _("Starts %(day)s") % {"day": when(next_start_on, weekday=True)}
    return _("Next start not known yet")


def cost(text: str, *, is_free: bool) -> str:
    """What it costs."""
    return _("Free") if is_free else text or _("Not free")


def host(address: str) -> str:
    """The site an address leads to, as people say it: "futurelearn.com"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
