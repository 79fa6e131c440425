"""What is compared of records and publications, to find those that are one."""

from collections.abc import Iterator

from network_site.base.gathering import grouped
from research_db.domain.drafts import identifiers_of, numbers
from research_db.domain.matching import Traits
from research_db.folding import folded
from research_db.formats.record import Record
from research_db.models import Contribution, Identifier, Publication


def traits_of(record: Record) -> Traits:
    """What is compared of a record."""
    first = next(iter(record.contributors), None)
    author = (first.name.family or first.name.literal) if first else ""
    year = record.date.year if record.date else None
    return Traits(folded(record.title), year, folded(author), tuple(numbers(identifiers_of(record))))


def traits_of_all() -> Iterator[tuple[int, Traits]]:
    """Every publication that another can be the same as, with what is compared of it; three queries."""
    numbers_of = Identifier.objects.filter(is_container=False).values_list("publication", "scheme", "value")
    known = grouped((publication, (scheme, value)) for publication, scheme, value in numbers_of)
    firsts = Contribution.objects.order_by("-sort_order", "-pk").values_list("publication", "family", "literal")
    authors = {publication: folded(family or literal) for publication, family, literal in firsts.iterator()}
    # What an undone import left behind says only that it was here: its file may be brought in again.
    standing = Publication.objects.exclude(origin=Publication.Origin.UNDONE, live=False)
    for number, title, year in standing.values_list("pk", "title", "year").iterator():
        yield number, Traits(folded(title), year, authors.get(number, ""), tuple(known.get(number, ())))
