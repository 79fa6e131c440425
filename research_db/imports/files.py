"""The file as it came: kept packed, so that it can be read again and given back."""

import gzip
import io
from typing import BinaryIO, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.people.models import User
from research_db.models import ImportBatch, ImportFile

MOST_BYTES = 100 * 1024 * 1024


class UnusableFile(HouseError):
    """The file cannot be taken."""


@transaction.atomic
def take_in(data: bytes, *, name: str, by: User | None) -> ImportBatch:
    """Keep a file to be read.

    Args:
        data: the file, at most MOST_BYTES.
        name: what it was called on the computer of whoever uploads it.
        by: who that is.

    Raises:
        UnusableFile: it is empty or too large.
    """
    if not data.strip():
        raise UnusableFile(_("The file is empty. Export it again from the program it came from, and choose that file."))
    if len(data) > MOST_BYTES:
        raise UnusableFile(
            _("The file is larger than %(most)s MB. Export it in parts, and bring them in one after the other.")
            % {"most": MOST_BYTES // 1024**2}
        )
    batch = ImportBatch.objects.create(name=name[-200:], size=len(data), uploaded_at=timezone.now(), uploaded_by=by)
    ImportFile.objects.create(batch=batch, packed=gzip.compress(data, 5))
    record("uploaded", subject=f"import:{batch.pk}", by=by, file=batch.name, bytes=batch.size)
    return batch


def contents(batch: ImportBatch) -> bytes:
    """The file as it came."""
    return gzip.decompress(bytes(batch.file.packed))


def opened(batch: ImportBatch) -> BinaryIO:
    """The same, to be read bit by bit."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(bytes(batch.file.packed))))
