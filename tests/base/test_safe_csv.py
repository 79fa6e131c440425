"""A spreadsheet of attendees never runs what somebody typed as their name."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.base.safe_csv import FORMULA_STARTS, lines, safe_cell


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("http://evil")',
        "+44",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "＝1",
        "＠a",
        "|x",
        "%0",
    ],
)
def test_what_could_run_is_text(typed: str) -> None:
    assert safe_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["Ada", "O’Neil", "a=b", "1", "", "Zoë", "42", "x@example.org"])
def test_names_stay_as_they_are(typed: str) -> None:
    assert safe_cell(typed) == typed


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=4), max_size=4
    )
)
def test_every_cell_comes_back_and_none_starts_a_formula(rows: list[list[str]]) -> None:
    text = "".join(lines(["Name"], rows)).removeprefix("\ufeff")
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert back == [["Name"], *([safe_cell(cell) for cell in row] for row in rows)]
    assert not any(cell.startswith(FORMULA_STARTS) for row in back for cell in row)
