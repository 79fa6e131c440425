"""What reading lists hold, as visitors may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from research_db.domain import telling
from research_db.folding import folded
from research_db.models import Contribution, Publication, ReadingList


@dataclass(frozen=True)
class Entry:
    """A publication and why it is there."""

    publication: Publication
    names: str
    why: str


def by_title(found: Iterable[ReadingList]) -> list[ReadingList]:
    """These by the alphabet; put in order here, because each database has an alphabet of its own."""
    return sorted(found, key=lambda one: (folded(one.title), one.pk))


def public_lists() -> list[ReadingList]:
    """Every public list by its title, with `number`, how many public publications it holds."""
    counted = Count("entries", filter=Q(entries__publication__live=True))
    return by_title(ReadingList.objects.filter(live=True).annotate(number=counted).order_by())


def entries_of(found: ReadingList) -> Sequence[Entry]:
    """Its public publications in the editors’ order, with those who wrote them; works for a draft too."""
    rows = sorted(found.entries.all(), key=lambda entry: entry.sort_order or 0)
    wanted = Publication.objects.public().filter(pk__in=[entry.publication_id for entry in rows])
    records = wanted.select_related("source").prefetch_related("contributions").in_bulk()
    return [
        Entry(record, telling.short_names(_authors(record)), entry.why)
        for entry in rows
        if (record := records.get(entry.publication_id))
    ]


def numbers_of(found: ReadingList) -> list[int]:
    """The numbers of its publications in the editors’ order, whether visitors may see them or not."""
    return list(found.entries.order_by("sort_order", "pk").values_list("publication", flat=True))


def _authors(record: Publication) -> list[Contribution]:
    return [one for one in record.contributions.all() if one.role == Contribution.Role.AUTHOR]
