"""The history as data: for slides, for other sites, for search engines."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from network_site.history import cells, queries
from network_site.history.drawing import links_of
from network_site.history.filters import Filters
from network_site.history.models import TimelineEvent, TimelinePage
from network_site.sharing.cards import Card, drawn
from network_site.sharing.shared import Shared
from network_site.sharing.structured import Node, describes, known, organisation_id
from network_site.ui.models.links import Link

# Every field of a moment in the JSON, and what it says. Names are part of a public address: add, never rename.
FIELDS: dict[str, str] = {
    "id": "Names the moment for good; its address ends with it.",
    "url": "The moment on our timeline.",
    "title": "What happened, in a few words.",
    "summary": "What happened, in a sentence or two.",
    "date": "The first day as ISO 8601, as far as it is known: 2016, 2016-01 or 2016-03-09; null if not certain.",
    "end_date": "The last day in the same way; null where there is none.",
    "precision": "How much of the date is known: day, month, season or year.",
    "is_certain": "Whether the date is certain.",
    "when": "The date in words.",
    "era": "The chapter it is told in: its id, title and years.",
    "themes": "What it is about: ids and names.",
    "is_milestone": "Whether it changed our course.",
    "is_sold_out": "Whether it was a conference that was full.",
    "is_around_us": "Whether it happened around us and was not our doing.",
    "delegates": "How many came; null where nobody counted.",
    "delegates_words": "The same in words, where the number is not exact.",
    "people": "Who is named in it.",
    "conference": "The id of the conference it was; null for anything else.",
    "links": "Sources, reports and films: words and addresses.",
    "publications": "Publications of our research database it is about: titles and addresses.",
}


def absolute(address: str) -> str:
    """The full address of a path of ours; any other address as it is."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def record(moment: TimelineEvent, links: Sequence[Link]) -> dict[str, Any]:
    """A moment as `FIELDS` describes it."""
    return {
        "id": moment.slug,
        "url": absolute(moment.get_absolute_url()),
        "title": moment.title,
        "summary": moment.summary,
        "date": moment.machine or None,
        "end_date": moment.machine_end or None,
        "precision": moment.precision,
        "is_certain": not moment.is_circa,
        "when": moment.when,
        "era": {"id": moment.era.slug, "title": moment.era.title, "years": moment.era.years},
        "themes": [{"id": theme.slug, "name": theme.name} for theme in moment.themes.all()],
        "is_milestone": moment.is_milestone,
        "is_sold_out": moment.is_sold_out,
        "is_around_us": moment.is_around_us,
        "delegates": moment.delegates,
        "delegates_words": moment.delegates_words,
        "people": [person.name for person in moment.people.all()],
        "conference": moment.conference.slug if moment.conference else None,
        "links": [{"words": link.words, "url": absolute(link.url)} for link in links],
        "publications": [{"title": one.title, "url": absolute(one.get_absolute_url())} for one in moment.publications],
    }


def records(filters: Filters) -> list[dict[str, Any]]:
    """The public moments that fit, in the order asked for."""
    found = queries.moments(filters)
    links = links_of(found)
    return [record(moment, links[moment.pk]) for moment in found]


def document(filters: Filters) -> dict[str, Any]:
    """The JSON file: whose history it is, what its fields mean, and the moments."""
    return {
        "title": _("The history of the %(name)s") % {"name": settings.SITE_NAME},
        "url": absolute("/history/"),
        "question": filters.query,
        "fields": FIELDS,
        "moments": records(filters),
    }


def _link_lines(links: Sequence[Link]) -> str:
    return "\n".join(f"{'' if link.words == link.url else link.words} {absolute(link.url)}".strip() for link in links)


def table(filters: Filters) -> tuple[list[str], list[list[str]]]:
    """The header and the lines of the CSV file: the columns of the import, then the date in words and the address."""
    found = queries.moments(filters)
    links = links_of(found)
    columns: dict[str, Callable[[TimelineEvent], str]] = {
        **cells.COLUMNS,
        "links": lambda moment: _link_lines(links[moment.pk]),
        "when": lambda moment: moment.when,
        "url": lambda moment: absolute(moment.get_absolute_url()),
    }
    return list(columns), [[write(moment) for write in columns.values()] for moment in found]


@describes(TimelinePage)
def in_a_list(page: TimelinePage, told: Shared) -> list[Node]:
    """The whole history for search engines, whatever part of it the visitor looks at: schema.org's ItemList."""
    items = page.shown.items if page.shown else [item(moment) for moment in queries.public()]
    node = {
        "@type": "ItemList",
        "@id": f"{told.url}#list",
        "name": told.title,
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "numberOfItems": len(items),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": item} for place, item in enumerate(items, start=1)
        ],
    }
    return [node]


def item(moment: TimelineEvent) -> Node:
    """A conference as an Event, anything else as a CreativeWork that tells of its time; never a date made up."""
    is_event = bool(moment.conference or moment.delegates or moment.is_sold_out)
    span = "/".join(part for part in (moment.machine, moment.machine_end) if part)
    when = (
        {"startDate": moment.machine, "endDate": moment.machine_end, "organizer": {"@id": organisation_id()}}
        if is_event
        else {"temporalCoverage": span}
    )
    kind = "Event" if is_event else "CreativeWork"
    return known({"@type": kind, "name": moment.title, "url": absolute(moment.get_absolute_url()), **when})


@drawn(TimelinePage)
def card(page: TimelinePage) -> Card:
    """The years on the thread, in the colour of time."""
    return Card(title=str(page.title), tag=_("History"), lead=page.summary, colour="indigo", mark="beads")
