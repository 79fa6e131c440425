"""The queue of records that may be one: filled by imports, and by holding all records against one another."""

from django.db.models import QuerySet

from research_db.domain.comparing import traits_of_all
from research_db.domain.matching import Known
from research_db.domain.records import leads
from research_db.models import DuplicatePair


def open_pairs() -> QuerySet[DuplicatePair]:
    """Pairs that somebody should decide about, the likest first; both records are still there."""
    found = DuplicatePair.objects.filter(decision="", first__merged_into=None, second__merged_into=None)
    return found.select_related("first__source", "second__source")


def decided_pairs() -> QuerySet[DuplicatePair]:
    """Pairs about which somebody decided, the newest decision first, with who it was."""
    found = DuplicatePair.objects.exclude(decision="").order_by("-decided_at", "-pk")
    return found.select_related("first", "second", "decided_by")


def look() -> int:
    """Hold every record against the others, and ask about pairs nobody was asked about yet; how many those are.

    Reads 100,000 records in some seconds; what it writes is written at once or not at all, and again is harmless.
    """
    merged, found = leads(), []
    known = Known()
    for name, traits in traits_of_all():
        if name in merged:
            continue
        match = known.match(traits)
        if match.name is not None:
            first, second = sorted((name, match.name))
            pair = DuplicatePair(first_id=first, second_id=second, score=match.score, reasons=list(match.reasons))
            found.append(pair)
        known.add(name, traits)
    before = DuplicatePair.objects.count()
    DuplicatePair.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
    return DuplicatePair.objects.count() - before
