"""How far an index has read the list of changes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from network_site.base.prepared import Prepared
from research_db.models import SearchChange

# A host whose index was away for longer writes it anew.
KEPT_DAYS = 7


@dataclass(frozen=True)
class Mark:
    """The last change that was read: its number and its time.

    The time tells databases apart: one that was put back from a copy may have another change of the same number.
    """

    number: int = 0
    at: str = ""

    @property
    def as_json(self) -> dict[str, int | str]:
        """As it is kept in a file."""
        return asdict(self)


def _mark(row: tuple[Any, ...] | None) -> Mark:
    return Mark(row[0], row[1].isoformat()) if row else Mark()


def _last_after(numbers: Sequence[int]) -> QuerySet[SearchChange, Any]:
    return SearchChange.objects.filter(pk__gt=numbers[0]).order_by("-pk").values_list("pk", "at")[:1]


# Every search begins with it.
_LAST_AFTER = Prepared(_last_after)


def newest() -> Mark:
    """The last change there is; one query."""
    return _mark(next(iter(_LAST_AFTER.rows([0])), None))


def is_known(mark: Mark) -> bool:
    """Whether this database has that change; without it nobody knows what came after."""
    return (
        mark.number > 0 and _mark(SearchChange.objects.filter(pk=mark.number).values_list("pk", "at").first()) == mark
    )


def after(mark: Mark, *, most: int) -> tuple[Mark, set[int]]:
    """The next changes, at most so many: how far they go, and the publications they are about."""
    rows: Sequence[tuple[int, datetime, int]] = list(
        SearchChange.objects.filter(pk__gt=mark.number).order_by("pk").values_list("pk", "at", "publication")[:most]
    )
    return (_mark(rows[-1][:2]) if rows else mark), {publication for *_when, publication in rows}


def waiting(mark: Mark) -> int:
    """How many changes came after it."""
    return SearchChange.objects.filter(pk__gt=mark.number).count()


def prune(*, now: datetime) -> int:
    """Let go of changes that every index has read; never of the last one. Gives how many."""
    last = SearchChange.objects.aggregate(last=Max("pk"))["last"] or 0
    old = SearchChange.objects.filter(at__lt=now - timedelta(days=KEPT_DAYS), pk__lt=last)
    return old.delete()[0]


def is_open() -> bool:
    """Whether what this connection sees may yet be taken back. The frame round a test does not count."""
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
