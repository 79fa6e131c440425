"""When publications last looked different, for whoever keeps a copy of all of them."""

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.db import connection, models
from django.db.models import Value

from network_site.base.gathering import in_chunks

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
        """Say that these changed; those that were never public stay without a moment. One query for 5,000."""
        shown = apps.get_model("research_db", "Publication")._default_manager.exclude(first_published_at=None)
        moment = Value(now, output_field=models.DateTimeField())
        table = connection.ops.quote_name(cls._meta.db_table)
        for numbers in in_chunks(publications, AT_ONCE):
            some = shown.filter(pk__in=numbers).order_by()
            rows, values = some.annotate(moment=moment).values_list("pk", "moment").query.sql_with_params()
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} (publication_id, at) {rows} "  # as the ORM wrote it
                    "ON CONFLICT (publication_id) DO UPDATE SET at = excluded.at",
                    values,
                )
