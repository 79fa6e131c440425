"""Publications and reading lists as others see them: shared, drawn, in the sitemap, in schema.org's words."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from network_site.base.languages import tag
from network_site.sharing import cards, pictures
from network_site.sharing.cards import Card
from network_site.sharing.pictures import Kind
from network_site.sharing.shared import Shared, tells
from network_site.sharing.sitemap import Place, places
from network_site.sharing.structured import Node, describes
from research_db.domain import heads, telling
from research_db.domain.reading import reading_of
from research_db.models import Publication, ReadingList
from research_db.models.publication import address_of

LONGEST = 155


@tells(Publication)
def publication(record: Publication) -> Shared:
    """A record's page."""
    return Shared(
        title=record.title,
        description=Truncator(record.plain_summary or record.abstract or record.title).chars(LONGEST),
        path=record.get_absolute_url(),
        kind="article",
        language=tag(settings.LANGUAGE_CODE),
        way=tuple(heads.way([f"{record.title}|{record.get_absolute_url()}"])),
        published_at=record.first_published_at,
        changed_at=record.last_published_at,
    )


@tells(ReadingList)
def reading_list(found: ReadingList) -> Shared:
    """A reading list."""
    return Shared(
        title=found.title,
        description=Truncator(found.introduction or found.title).chars(LONGEST),
        path=found.get_absolute_url(),
        language=tag(settings.LANGUAGE_CODE),
        way=tuple(heads.way([f"{found.title}|{found.get_absolute_url()}"])),
        published_at=found.first_published_at,
        changed_at=found.last_published_at,
    )


@describes(Publication)
def publication_data(record: Publication, told: Shared) -> list[Node]:
    """The publication, named in the graph."""
    return [heads.scholarly_article(reading_of(record), url=told.url)]


@describes(ReadingList)
def reading_list_data(found: ReadingList, told: Shared) -> list[Node]:
    """A list is a list; its publications tell of themselves."""
    return [{"@type": "CollectionPage", "@id": f"{told.url}#list", "name": found.title, "url": told.url}]


@cards.drawn(Publication)
def publication_card(record: Publication) -> Card:
    """A title, who wrote it, and where."""
    names = telling.short_names(reading_of(record).authors)
    facts = tuple(filter(None, [names, ", ".join(filter(None, [heads.source_line(record), telling.when(record)]))]))
    return Card(title=record.title, tag=record.get_kind_display(), facts=facts, colour="sage")


@cards.drawn(ReadingList)
def reading_list_card(found: ReadingList) -> Card:
    """A title, and for whom it is."""
    return Card(title=found.title, tag=_("Reading list"), lead=found.introduction, colour="sage", mark="beads")


pictures.register(Kind("publication", Publication, lambda pk: Publication.objects.public().filter(pk=pk).first()))
pictures.register(Kind("reading-list", ReadingList, lambda pk: ReadingList.objects.filter(live=True, pk=pk).first()))


@places.add("research")
def addresses() -> Iterable[Place]:
    """Every public record and reading list; no models are made of a hundred thousand rows."""
    rows = Publication.objects.public().order_by("pk").values_list("code", "title", "last_published_at")
    for code, title, changed in rows.iterator():
        yield Place(address_of(code, title), changed.date() if changed else None)
    for found in ReadingList.objects.filter(live=True):
        yield Place(found.get_absolute_url(), found.last_published_at.date() if found.last_published_at else None)
