"""When publications last looked different, for whoever keeps a copy of all of them."""

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.db import models

AT_ONCE = 5_000


class Datestamp(models.Model):
    """When a publication that visitors can or could once read last changed; no other has one.

    A table of its own, written only while the lock of `SearchChange.note` is held: the moments are then in the order
    in which transactions end, and nobody who copies from moment to moment misses one. The row outlives a withdrawal,
    and the database lets nobody delete a publication that has one: copies go on being told what became of it.
    """

    publication = models.OneToOneField(
        "research_db.Publication", primary_key=True, on_delete=models.DO_NOTHING, related_name="datestamp"
    )
    at = models.DateTimeField()
    # The moment its addresses were read as of, for the checker of links; it is to be read again when they differ.
    addresses_as_of = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["at", "publication"], name="datestamp_in_order")]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def renew(cls, publications: Sequence[int], *, now: datetime) -> None:
        """Say that these changed; those that were never public stay without a moment. Two queries for 5,000."""
        shown = apps.get_model("research_db", "Publication")._default_manager.exclude(first_published_at=None)
        for start in range(0, len(publications), AT_ONCE):
            some = shown.filter(pk__in=publications[start : start + AT_ONCE])
            Datestamp.objects.bulk_create(
                [Datestamp(publication_id=number, at=now) for number in some.values_list("pk", flat=True)],
                update_conflicts=True,
                unique_fields=["publication"],
                update_fields=["at"],
            )
