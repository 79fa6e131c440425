"""What changed, for every host's own index to catch up with, and for those who keep a copy."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.utils import timezone

from network_site.base import bulk
from network_site.base.freshness import touch
from research_db.models.datestamp import Datestamp

# Any number no other advisory lock of this site uses.
LOCK = 7_304_119


class SearchChange(models.Model):
    """A publication looks different to the search; its number is its place in the order of changes."""

    publication = models.PositiveBigIntegerField()  # no key to the row: it may be gone
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.publication}"

    @classmethod
    def note(cls, publications: Iterable[int]) -> None:
        """Write down that these changed and when, and that pages may look different.

        The last thing a transaction does, because it waits for others that do the same: PostgreSQL gives numbers
        before transactions are visible, so that without the lock a reader could see number 8, go on from there, and
        never see a 7 that was committed later.
        """
        with transaction.atomic():
            _lock("pg_advisory_xact_lock")
            numbers = list(publications)
            bulk.insert(SearchChange, [{"publication": one} for one in numbers])
            Datestamp.renew(numbers, now=timezone.now())
            touch()


@contextmanager
def settled() -> Iterator[None]:
    """Within it, everything stamped so far is to be seen: whoever was still at it has ended.

    On SQLite a transaction of this site begins by waiting for whoever writes; PostgreSQL is asked to.
    """
    with transaction.atomic():
        _lock("pg_advisory_xact_lock_shared")
        yield


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])
