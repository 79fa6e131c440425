"""What courses and resources offer to other rooms: the newest of them, and what an organisation gives."""

from collections.abc import Sequence
from itertools import chain

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base.offers import Connection, Writing, connections, newest_writing
from network_site.learning.models import CoursePage, LearningPage, ResourcePage
from network_site.people.models import Organisation

KINDS: tuple[tuple[type[LearningPage], str], ...] = ((CoursePage, "course"), (ResourcePage, "guide"))


@newest_writing.add("learning")
def newest(most: int) -> Sequence[Writing]:
    """What was put on the shelf last."""
    found = chain.from_iterable(_newest(model, kind, most) for model, kind in KINDS)
    return sorted(found, key=lambda writing: writing.published_on, reverse=True)[:most]


def _newest(model: type[LearningPage], kind: str, most: int) -> list[Writing]:
    pages = model.readable().exclude(first_published_at=None).order_by("-first_published_at", "-pk")
    return [
        Writing(timezone.localdate(page.first_published_at), str(page.url), page.title, page.summary or page.lead, kind)
        for page in pages.defer("body")[:most]
    ]


@connections.add("learning")
def offered_by(row: Model) -> Sequence[Connection]:
    """The courses and resources of an organisation, by title."""
    if not isinstance(row, Organisation):
        return []
    label = _("Courses and resources")
    return [
        Connection(label, str(page.url), page.title, str(page._meta.verbose_name).capitalize())
        for model, _kind in KINDS
        for page in model.readable().filter(provider=row).order_by("title").defer("body")
    ]
