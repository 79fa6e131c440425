"""Shortened ranges of pages are written out."""

import pytest

from research_db.formats.pages import in_full


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
