"""What the search finds of the history: each public moment, at its place on the timeline."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from network_site.history.models import Theme, TimelineEvent, TimelinePage
from network_site.people.models import Person
from network_site.search import kinds
from network_site.search.kinds import Document, Kind
from network_site.search.of_pages import names_in, public

STAMP = (
    *("pk", "slug", "title", "summary", "starts_on", "ends_on", "precision", "is_circa", "when_words"),
    *("delegates_words", "era__title", "live_revision_id", "last_published_at"),
    *("conference__title", "conference__town"),
)


def stamps() -> Mapping[str, str]:
    """Every public moment, while the timeline that shows them is public."""
    if not public((TimelinePage,)).exists():
        return {}
    rows = TimelineEvent.objects.public().values_list(*STAMP)
    names = names_in(Theme, Person)
    return {str(row[0]): "|".join([*map(str, row), names]) for row in rows}


def documents(keys: Collection[str]) -> Iterable[Document]:
    """These moments with their themes, their people and their date as well as it is known."""
    found = TimelineEvent.objects.public().filter(pk__in=keys).select_related("era", "conference")
    for moment in found.prefetch_related("themes", "people"):
        names = [theme.name for theme in moment.themes.all()] + [person.name for person in moment.people.all()]
        place = [moment.conference.title, moment.conference.town] if moment.conference else []
        yield Document(
            key=str(moment.pk),
            title=moment.title,
            url=moment.get_absolute_url(),
            summary=moment.summary,
            text=moment.delegates_words,
            facts=tuple(filter(None, [*names, *place, moment.era.title, moment.when])),
            line=moment.when,
        )


kinds.register(Kind("history", _("History"), _("History"), stamps, documents, yarn="indigo", order=30))
