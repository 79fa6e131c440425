"""The file as it came: kept packed, so that it can be read again and given back."""

import gzip
import io
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.people.models import User
from research_db.models import ImportBatch, ImportFile

MOST_BYTES = 100 * 1024 * 1024
A_PIECE = 1 << 16


class UnusableFile(HouseError):
    """The file cannot be taken."""


@transaction.atomic
def take_in(pieces: Iterable[bytes], *, name: str, by: User | None) -> ImportBatch:
    """Keep a file to be read; it is packed as it comes, so that only what is kept of it is held.

    Args:
        pieces: the file, at most MOST_BYTES.
        name: what it was called on the computer of whoever uploads it.
        by: who that is.

    Raises:
        UnusableFile: it is empty or too large.
    """
    packed, size = _packed(pieces)
    batch = ImportBatch.objects.create(name=name[-200:], size=size, uploaded_at=timezone.now(), uploaded_by=by)
    # By its number: as an object of the batch it would be held as long as that.
    ImportFile.objects.create(batch_id=batch.pk, packed=packed)
    record("uploaded", subject=f"import:{batch.pk}", by=by, file=batch.name, bytes=batch.size)
    return batch


def _packed(pieces: Iterable[bytes]) -> tuple[bytes, int]:
    """What is kept of a file, and how many bytes it had."""
    held, size, is_empty = io.BytesIO(), 0, True
    with gzip.GzipFile(fileobj=held, mode="wb", compresslevel=5) as packing:
        for piece in pieces:
            size += packing.write(piece)
            is_empty = is_empty and not piece.strip()
            if size > MOST_BYTES:
                raise UnusableFile(
                    _("The file is larger than %(most)s MB. Export it in parts, and bring them in one after the other.")
                    % {"most": MOST_BYTES // 1024**2}
                )
    if is_empty:
        raise UnusableFile(_("The file is empty. Export it again from the program it came from, and choose that file."))
    return held.getvalue(), size


def opened(batch: ImportBatch) -> BinaryIO:
    """The file as it came, to be read bit by bit."""
    packed = ImportFile.objects.values_list("packed", flat=True).get(batch=batch)
    return cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(packed)))


def contents(batch: ImportBatch) -> Iterator[bytes]:
    """The same in pieces, to be sent."""
    return iter(partial(opened(batch).read, A_PIECE), b"")
