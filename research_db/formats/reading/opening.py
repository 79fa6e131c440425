"""The one door to every reader."""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from research_db.formats.reading import bibtex, csl, endnote, medline, ris, table, wos
from research_db.formats.reading.detecting import Format, detect
from research_db.formats.reading.formatting import plain
from research_db.formats.reading.found import Notes, Read
from research_db.formats.reading.lines import Line, lines

HEAD = 1 << 16
OF_LINES: dict[Format, Callable[[Iterable[Line]], Iterator[Read]]] = {
    Format.RIS: ris.read,
    Format.MEDLINE: medline.read,
    Format.WOS: wos.read,
    Format.ENDNOTE: endnote.read,
    Format.BIBTEX: bibtex.read,
    Format.TABLE: table.read_csv,
}
OF_BYTES: dict[Format, Callable[[BinaryIO], Iterator[Read]]] = {Format.CSL: csl.read, Format.XLSX: table.read_xlsx}


def read(file: BinaryIO | bytes, *, name: str = "", known: Format | None = None) -> Iterator[Read]:
    """Every record of a file, as it is read; never raises.

    Args:
        file: bytes, or a file opened for reading them that can be wound back.
        name: what it is called, for formats that look like others.
        known: what it is, where that is known.
    """
    opened = io.BytesIO(file) if isinstance(file, bytes) else file
    head = opened.read(HEAD)
    opened.seek(0)
    found = known or detect(head, name)
    try:
        yield from map(plain, OF_BYTES[found](opened) if found in OF_BYTES else OF_LINES[found](lines(opened)))
    except Exception as error:  # noqa: BLE001  # a reader may stumble over anything; what it gave before is kept
        notes = Notes(1)
        notes.error(_("The file could not be read further: %(what)s") % {"what": error})
        yield notes.read()
