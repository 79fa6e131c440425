"""What a moment still needs before visitors see it: notes that stop nobody."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network_site.history.models import TimelineEvent

MOST_WORDS = 60


@dataclass(frozen=True)
class Note:
    """What to look at, and the field it is about."""

    field: str
    words: str | Promise


def notes(event: TimelineEvent, *, today: date, titles: Counter[str]) -> list[Note]:
    """Everything worth a look before publishing, in the order of the form.

    Args:
        event: the moment as it is being written.
        today: later dates are the future.
        titles: how often each title occurs among the other moments, as `folded` writes it.
    """
    found = [*_title(event, titles), *_summary(event), *_date(event, today), *_picture(event)]
    if not event.links:
        found.append(Note("links", _("Add a link to a source: a report, a page or a film that shows it happened.")))
    return found


def _title(event: TimelineEvent, titles: Counter[str]) -> Iterable[Note]:
    if titles[folded(event.title)]:
        yield Note("title", _("Another moment has the same title. Is it the same moment, or can the titles differ?"))


def _summary(event: TimelineEvent) -> Iterable[Note]:
    count = len(event.summary.split())
    if not count:
        yield Note("summary", _("Say what happened, in 60 words or fewer."))
    elif count > MOST_WORDS:
        told = _("The summary has %(count)s words; 60 are the most visitors should have to read.")
        yield Note("summary", told % {"count": count})


def _date(event: TimelineEvent, today: date) -> Iterable[Note]:
    if event.starts_on > today and event.conference_id is None:
        yield Note(
            "starts_on", _("The date is in the future. Choose the conference it announces, or correct the date.")
        )


def _picture(event: TimelineEvent) -> Iterable[Note]:
    if event.has_undecided_picture:
        yield Note("alt", _("Say what the picture shows, or that it is only decoration."))


def folded(title: str) -> str:
    """A title as it is compared."""
    return " ".join(title.casefold().split())


def titles_besides(event: TimelineEvent) -> Counter[str]:
    """The titles of all other moments."""
    return Counter(map(folded, TimelineEvent.objects.exclude(pk=event.pk).values_list("title", flat=True)))


def needing_attention(today: date) -> list[int]:
    """The keys of moments with any note, in one query."""
    events = list(TimelineEvent.objects.select_related("image"))
    titles = Counter(folded(event.title) for event in events)
    found = []
    for event in events:
        others = titles - Counter([folded(event.title)])
        if notes(event, today=today, titles=others):
            found.append(event.pk)
    return found
