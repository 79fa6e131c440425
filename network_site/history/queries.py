"""Questions about the history. They only read."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Prefetch
from django.db.models.functions import Coalesce

from events.models import Conference
from network_site.base.dates import DECEMBER, Precision
from network_site.history.filters import AROUND, Filters, folded
from network_site.history.models import TiedPublication, TimelineEvent

NAMED = ("code", "title", "live")
# Titles and addresses of publications, without their long texts.
TIED = Prefetch(
    "tied_publications",
    TiedPublication.objects.select_related("publication").only("event", *(f"publication__{name}" for name in NAMED)),
)
EXACT = (Precision.DAY, Precision.MONTH)


def public() -> list[TimelineEvent]:
    """Every public moment, oldest first, with all that showing it takes: five queries for any number of moments."""
    found = TimelineEvent.objects.public().in_order().select_related("era", "image", "conference__page")
    return list(found.prefetch_related("themes", "people", "image__renditions", TIED))


def moments(filters: Filters, *, among: Sequence[TimelineEvent] | None = None) -> list[TimelineEvent]:
    """The public moments that fit, in the order asked for.

    Args:
        filters: what is asked.
        among: the moments to choose from, oldest first; all public ones where not given.
    """
    fitting = [moment for moment in (public() if among is None else among) if fits(moment, filters)]
    return fitting[::-1] if filters.is_newest else fitting


def fits(moment: TimelineEvent, filters: Filters) -> bool:
    """Whether a moment is asked for; every word has to be somewhere in what the moment says."""
    return (
        filters.era in {"", moment.era.slug}
        and (not filters.who or moment.is_around_us == (filters.who == AROUND))
        and (moment.is_milestone or not filters.is_milestones)
        and _is_about(moment, filters.themes)
        and _says(moment, folded(filters.words).split())
    )


def _is_about(moment: TimelineEvent, themes: Collection[str]) -> bool:
    return not themes or any(theme.slug in themes for theme in moment.themes.all())


def _says(moment: TimelineEvent, words: list[str]) -> bool:
    if not words:
        return True
    said = [moment.title, moment.summary, moment.when, moment.delegates_words, moment.era.title]
    said += [theme.name for theme in moment.themes.all()] + [person.name for person in moment.people.all()]
    text = folded(" ".join(said))
    return all(word in text for word in words)


def this_month(today: date) -> TimelineEvent | None:
    """The moment of this month of the year, or of this season where none is known to be of the month.

    With several, each has its year in turn. A moment of which only the year is known is never one.
    """
    found = TimelineEvent.objects.public().in_order().filter(is_circa=False)
    season = [month for month in range(1, 13) if month % DECEMBER // 3 == today.month % DECEMBER // 3]
    exact = list(found.filter(starts_on__month=today.month, precision__in=EXACT))
    candidates = exact or list(found.filter(starts_on__month__in=season, precision=Precision.SEASON))
    return candidates[today.year % len(candidates)] if candidates else None


def slice_of(
    theme_slugs: Iterable[str] = (), era: str = "", only_milestones: bool = False, most: int = 3
) -> list[TimelineEvent]:
    """The newest few public moments of these themes (any of them) and this era (a slug), oldest first."""
    asked = Filters(themes=tuple(theme_slugs), era=era, is_milestones=only_milestones)
    return moments(asked)[-most:] if most > 0 else []


def next_conference(today: date) -> Conference | None:
    """Where the thread goes on: the first announced conference that is not over."""
    shown = (Conference.Status.ON_SALE, Conference.Status.ANNOUNCED)
    coming = Conference.objects.filter(status__in=shown, page__live=True, precision=Precision.DAY)
    to_come = coming.annotate(over_after=Coalesce("ends_on", "starts_on")).filter(over_after__gte=today)
    return to_come.order_by("starts_on", "pk").first()
