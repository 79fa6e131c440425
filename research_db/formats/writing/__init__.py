"""Writing records in the formats that other programs read, bit by bit, so that a whole database can be sent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from research_db.formats.record import Record
from research_db.formats.writing import bibtex, csl, ris, table


class Target(StrEnum):
    """The formats that are written, by the ends of their files' names."""

    RIS = "ris"
    BIBTEX = "bib"
    CSL = "csl.json"
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Writer:
    """How a format is written, and what it is called where it is sent."""

    write: Callable[[Iterable[Record]], Iterator[bytes]]
    content_type: str
    label: str


WRITERS = {
    Target.RIS: Writer(ris.write, "application/x-research-info-systems; charset=utf-8", "RIS"),
    Target.BIBTEX: Writer(bibtex.write, "application/x-bibtex; charset=utf-8", "BibTeX"),
    Target.CSL: Writer(csl.write, "application/vnd.citationstyles.csl+json", "CSL-JSON"),
    Target.CSV: Writer(table.write_csv, "text/csv; charset=utf-8", "CSV"),
    Target.XLSX: Writer(table.write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
}


def write(records: Iterable[Record], target: Target) -> Iterator[bytes]:
    """The file, in pieces.

    Args:
        records: what to write; read once, in order.
        target: the format.
    """
    return WRITERS[target].write(records)
