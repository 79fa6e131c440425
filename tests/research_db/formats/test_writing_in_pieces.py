"""Nothing is read ahead, so that a whole database can be sent."""

from collections.abc import Iterator

import pytest

from research_db.formats.record import Record
from research_db.formats.writing import Target, write
from tests.research_db.formats.written import RECORDS


@pytest.mark.parametrize(
    ("target", "asked_for"),
    [(Target.RIS, 3), (Target.BIBTEX, 3), (Target.CSL, 3), (Target.CSV, 2)],  # CSV begins with its headings
)
def test_no_record_is_read_ahead(target: Target, asked_for: int) -> None:
    asked: list[str] = []

    def records() -> Iterator[Record]:
        for name, record in RECORDS.items():
            asked.append(name)
            yield record

    pieces = write(records(), target)
    for _ in range(3):
        next(pieces)
    assert len(asked) == asked_for
