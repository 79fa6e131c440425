"""What the history offers to other pages: the moments a conference, a person or a publication is part of."""

from collections.abc import Iterable, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from events.models import Conference
from network_site.base.offers import Connection, connections
from network_site.base.remembered import remembered
from network_site.history.models import TimelineEvent
from network_site.people.models import Person
from research_db.models import Publication


@connections.add("history")
def moments_of(thing: Model) -> Sequence[Connection]:
    """The public moments it is part of, by eras and dates; one query, kept until editors change any."""
    moments = TimelineEvent.objects.public().in_order()
    if isinstance(thing, Conference):
        found = moments.filter(conference=thing)
    elif isinstance(thing, Person):
        found = moments.filter(people=thing)
    elif isinstance(thing, Publication):
        found = moments.filter(tied_publications__publication=thing.pk)
    else:
        return []
    return remembered("history.moments_of", shown=[thing._meta.label, thing.pk], make=lambda: _lines(found))


def _lines(moments: Iterable[TimelineEvent]) -> list[Connection]:
    label = _("Part of our history")
    return [Connection(label, moment.get_absolute_url(), moment.title, moment.when) for moment in moments]
