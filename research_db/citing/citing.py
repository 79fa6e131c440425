"""Citing records."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography
from citeproc.source.json import CiteProcJSON

from research_db.citing import engine, marks
from research_db.citing.items import item
from research_db.formats.record import Record

# So many citations are kept, some kilobytes each; one that is not takes 3 to 12 milliseconds.
MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of a list of references, as plain text and as HTML that is safe to show (`<i>` only)."""

    text: str
    html: str


def cite(records: Iterable[Record], style: engine.Style) -> list[Citation]:
    """Each record cited on its own, in the order given and without a number.

    Args:
        records: what to cite; one takes some milliseconds, unless the same was just cited.
        style: one of the styles offered.
    """
    return [_cited(json.dumps(item(record, "1", style)), style) for record in records]


@lru_cache(maxsize=MOST_KEPT)
def _cited(told: str, style: engine.Style) -> Citation:
    """The citation of an item; kept by all that the item says, so that it can never be out of date."""
    with engine.at_work:
        listed = CitationStylesBibliography(engine.loaded(style), CiteProcJSON([json.loads(told)]), engine.Formatter)
        listed.register(Cited([CitationItem("1")]))
        entry = "".join(map(str, listed.bibliography()))
    is_british = style in engine.BRITISH
    return Citation(marks.shown(entry, is_british=is_british), marks.as_html(entry, is_british=is_british))
