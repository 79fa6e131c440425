"""What a table says that is not taken as it stands is told, once."""

import pytest

from research_db.formats.reading import table
from research_db.formats.reading.lines import Line


@pytest.mark.parametrize(
    ("table_text", "remarks"),
    [
        ("title,kind\nA study,report", []),
        ("title,kind\nA study,Journal Article", []),
        ("title,kind\nA study,other", []),
        ("title,kind\nA study,", []),
        ("title,kind\nA study,papyrus", [(2, "kind")]),
        ("title,year\nA study,2020,,", []),  # empty cells say nothing
        ("title,year\nA study,2020,more", [(2, "")]),
        ("title,audience\nA study,carers\nAnother,carers", []),  # kept with the record
    ],
)
def test_what_is_not_taken_as_it_stands_is_said(table_text: str, remarks: list[tuple[int, str]]) -> None:
    rows = [Line(number, text) for number, text in enumerate(table_text.splitlines(), 1)]
    found = [problem for read in table.read_csv(rows) for problem in read.problems]
    assert [(problem.line, problem.field) for problem in found] == remarks
    assert {problem.severity for problem in found} <= {"warning"}
