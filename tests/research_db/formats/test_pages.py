"""Shortened ranges of pages are written out."""

import pytest

from research_db.formats.pages import in_full, is_their_number


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("107-9", "107-109"),
        ("107–19", "107-119"),
        ("e45-52", "e45-e52"),
        ("S5-S12", "S5-S12"),
        ("12", "12"),
        ("", ""),
        ("e034567", "e034567"),
        ("19-12", "19-12"),
        ("1-4, 9", "1-4, 9"),
        ("ii-iv", "ii-iv"),
    ],
)
def test_in_full(printed: str, full: str) -> None:
    assert in_full(printed) == full


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("96 pages", True), ("64 p.", True), ("12pp", True), ("96", False), ("107-9", False), ("e45", False), ("", False)],
)
def test_how_many_pages_is_not_which(text: str, *, is_number: bool) -> None:
    assert is_their_number(text) is is_number
