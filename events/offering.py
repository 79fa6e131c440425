"""What conferences offer to other pages: those a partner held with us."""

from collections.abc import Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from events.models import Conference
from network_site.base.offers import Connection, connections
from network_site.people.models import Organisation


@connections.add("events")
def held_with(thing: Model) -> Sequence[Connection]:
    """The announced conferences of a partner that have a page, the newest first; one query."""
    if not isinstance(thing, Organisation):
        return []
    shown = Conference.objects.exclude(status=Conference.Status.DRAFT).filter(partners=thing, page__live=True)
    label = _("Conferences together")
    return [
        Connection(label, conference.get_absolute_url(), conference.title, conference.when)
        for conference in shown.order_by("-starts_on", "-pk")
    ]
