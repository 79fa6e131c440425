"""What becomes of public records that should never have been here: an address that says so, and nothing else."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from research_db.models import DuplicatePair, Identifier, Publication, ReadingListEntry, Relation

# Keys of our own by which something else names a publication; all others belong to the publication itself.
NAMING = (
    Relation._meta.get_field("other"),
    ReadingListEntry._meta.get_field("publication"),
    Publication._meta.get_field("merged_into"),
)
# Buried, and not shown again by an editor since.
BURIED = Q(origin=Publication.Origin.UNDONE, live=False)


def is_buried(publication: Publication) -> bool:
    """Whether it was withdrawn for good, and nobody shows it again."""
    return publication.origin == Publication.Origin.UNDONE and not publication.live


def bury(publications: QuerySet[Publication]) -> None:
    """Withdraw these for good; the caller tells the search.

    Their addresses go on saying that they were withdrawn, and harvesters are told. Their numbers are free for the
    same publications to be brought in again, and nobody is asked whether those are duplicates of these.
    """
    numbers = list(publications.values_list("pk", flat=True))
    Identifier.objects.filter(publication__in=numbers).delete()
    DuplicatePair.objects.filter(Q(first__in=numbers) | Q(second__in=numbers), decision="").delete()
    Publication.objects.filter(pk__in=numbers).update(
        live=False, has_unpublished_changes=True, origin=Publication.Origin.UNDONE
    )


def named_elsewhere(numbers: Collection[int]) -> set[int]:
    """Which of these publications something else names: one query for each kind of thing that can."""
    found: set[int] = set()
    for field in naming():
        named = field.model._default_manager.filter(**{f"{field.name}__in": numbers})
        found.update(named.values_list(f"{field.name}_id", flat=True))
    return found


def naming() -> list[Any]:
    """Keys to publications in reading lists, in other publications, and in rooms above."""
    every: list[Any] = list(Publication._meta.get_fields(include_hidden=True))
    keys = [one.field for one in every if one.one_to_many and one.auto_created]
    return [key for key in keys if key in NAMING or key.model._meta.app_label != Publication._meta.app_label]
