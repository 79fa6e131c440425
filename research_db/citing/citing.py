"""Citing records."""

from collections.abc import Iterable
from dataclasses import dataclass

from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography
from citeproc.source.json import CiteProcJSON

from research_db.citing import engine, marks
from research_db.citing.items import item
from research_db.formats.record import Record


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of a list of references, as plain text and as HTML that is safe to show (`<i>` only)."""

    text: str
    html: str


def cite(records: Iterable[Record], style: engine.Style) -> list[Citation]:
    """Each record cited on its own, in the order given and without a number.

    Args:
        records: what to cite; one takes some milliseconds.
        style: one of the styles offered.
    """
    with engine.at_work:
        return [_cited(record, style) for record in records]


def _cited(record: Record, style: engine.Style) -> Citation:
    listed = CitationStylesBibliography(engine.loaded(style), CiteProcJSON([item(record, "1")]), engine.Formatter)
    listed.register(Cited([CitationItem("1")]))
    entry = "".join(map(str, listed.bibliography()))
    return Citation(marks.shown(entry), marks.as_html(entry))
