"""What changed, for every host's own index to catch up with."""

from collections.abc import Iterable

from django.db import connection, models, transaction

from network_site.base.freshness import touch

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
        """Write down that these changed, and that pages may look different.

        The last thing a transaction does, because it waits for others that do the same: PostgreSQL gives numbers
        before transactions are visible, so that without the lock a reader could see number 8, go on from there, and
        never see a 7 that was committed later.
        """
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            SearchChange.objects.bulk_create([SearchChange(publication=one) for one in publications], batch_size=5_000)
            touch()
