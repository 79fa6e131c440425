"""What is compared of records and publications, to find those that are one."""

from collections import defaultdict
from collections.abc import Iterator

from research_db.domain.drafts import draft_of
from research_db.domain.matching import Traits
from research_db.folding import folded
from research_db.formats.record import Record
from research_db.models import Contribution, Identifier, Publication


def traits_of(record: Record) -> Traits:
    """What is compared of a record."""
    draft = draft_of(record)
    first = next(iter(record.contributors), None)
    author = (first.name.family or first.name.literal) if first else ""
    return Traits(
        title=folded(record.title), year=draft.publication.year, author=folded(author), identifiers=tuple(draft.numbers)
    )


def traits_of_all() -> Iterator[tuple[int, Traits]]:
    """The number of every publication with what is compared of it; three queries, read bit by bit."""
    numbers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for publication, scheme, value in Identifier.objects.filter(is_container=False).values_list(
        "publication", "scheme", "value"
    ):
        numbers[publication].append((scheme, value))
    firsts = Contribution.objects.order_by("-sort_order", "-pk").values_list("publication", "family", "literal")
    authors = {publication: folded(family or literal) for publication, family, literal in firsts.iterator()}
    for number, title, year in Publication.objects.values_list("pk", "title", "year").iterator():
        yield number, Traits(folded(title), year, authors.get(number, ""), tuple(numbers.get(number, ())))
