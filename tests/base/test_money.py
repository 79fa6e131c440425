"""Money is written as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.base.money import pounds


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (0, "Free"),
        (4500, "£45"),
        (4550, "£45.50"),
        (5, "£0.05"),
        (123456789, "£1,234,567.89"),
        (-250, "−£2.50"),
    ],
)
def test_amounts(pence: int, words: str) -> None:
    assert pounds(pence) == words


def test_bills_are_exact() -> None:
    assert pounds(4500, exact=True) == "£45.00"
    assert pounds(0, exact=True) == "£0.00"


@given(st.integers(-(10**12), 10**12))
def test_no_penny_is_lost(pence: int) -> None:
    written = pounds(pence, exact=True).replace("£", "").replace(",", "").replace("−", "-").replace(".", "")
    assert int(written) == pence
