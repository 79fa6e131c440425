"""What is compared of records and publications, to find those that are one."""

from collections.abc import Iterator

from network_site.base.gathering import grouped, in_chunks
from research_db.domain.burying import BURIED
from research_db.domain.drafts import identifiers_of, numbers
from research_db.domain.matching import Traits
from research_db.folding import folded
from research_db.formats.record import Record
from research_db.models import Contribution, Identifier, Publication

TOGETHER = 5_000
NUMBER = ("publication", "scheme", "value")
NAME = ("publication", "family", "literal")


def traits_of(record: Record) -> Traits:
    """What is compared of a record."""
    first = next(iter(record.contributors), None)
    author = (first.name.family or first.name.literal) if first else ""
    year = record.date.year if record.date else None
    return Traits(folded(record.title), year, folded(author), tuple(numbers(identifiers_of(record))))


def traits_of_all() -> Iterator[tuple[int, Traits]]:
    """Every publication that another can be the same as, with what is compared of it, the oldest first.

    One query, and two for each 5,000 of them: what belongs to others is not held meanwhile.
    """
    # What an undone import left behind says only that it was here: its file may be brought in again.
    standing = Publication.objects.exclude(BURIED)
    rows = standing.order_by("pk").values_list("pk", "title", "year").iterator()
    for some in in_chunks(rows, TOGETHER):
        between = {"publication__gte": some[0][0], "publication__lte": some[-1][0]}
        numbers_of = Identifier.objects.filter(**between, is_container=False).order_by("pk")
        known = grouped((one, (scheme, value)) for one, scheme, value in numbers_of.values_list(*NUMBER))
        firsts = Contribution.objects.filter(**between).order_by("-sort_order", "-pk").values_list(*NAME)
        authors = {one: folded(family or literal) for one, family, literal in firsts.iterator()}
        for number, title, year in some:
            yield number, Traits(folded(title), year, authors.get(number, ""), tuple(known.get(number, ())))
