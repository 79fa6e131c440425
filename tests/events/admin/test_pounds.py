"""Pounds as people type them become whole pence, exactly, or are refused with a sentence."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.admin.pounds import PoundsField, written

FIELD = PoundsField()
MOST = 10_000_00


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("45", 4500), ("45.50", 4550), ("£45", 4500), (" £ 45.05 ", 4505), ("0", 0), ("0.01", 1), ("1,200", 120000),
        ("10,000.00", 1000000), ("007", 700),
    ],
)  # fmt: skip
def test_amounts_people_type(typed: str, pence: int) -> None:
    assert FIELD.clean(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "45.5", "45.505", "4,5", "45,50", "1,20", "12,34,567", "-1", "−1", "+1", "1e3", "nan", "inf", "forty", "£", ".", ".50",
        "45.", "45 p", "$45", "٤٥", "４５", "0x10", "1_000", "45.50.00", "£-5", "45\x00", "--",
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FIELD.clean(typed)
    assert refused.value.messages == ["Write the amount in pounds, such as 45 or 45.50."]


def test_pence_typed_as_pounds_is_noticed() -> None:
    with pytest.raises(ValidationError) as refused:
        FIELD.clean("10000.01")
    assert refused.value.messages == [
        "That is more than £10,000.00. Write the amount in pounds, not in pence.",
    ]


def test_nothing_typed() -> None:
    assert PoundsField(required=False).clean("  ") is None
    with pytest.raises(ValidationError, match="required"):
        FIELD.clean("")


@given(st.integers(0, MOST))
def test_round_trip(pence: int) -> None:
    assert FIELD.clean(FIELD.prepare_value(pence)) == pence
    assert not FIELD.has_changed(pence, written(pence))


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_another_amount_is_a_change(one: int, other: int) -> None:
    assert FIELD.has_changed(one, written(other)) is (one != other)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_pence_or_refused(typed: str) -> None:
    """Never another error, never a fraction, never more or less than what the digits say."""
    try:
        pence = FIELD.clean(typed)
    except ValidationError:
        return
    digits = "".join(character for character in typed if character in "0123456789")
    assert isinstance(pence, int)
    assert pence == int(digits) * (1 if "." in typed else 100)


def test_what_was_typed_wrong_is_shown_again() -> None:
    assert FIELD.prepare_value("forty") == "forty"
    assert FIELD.has_changed(4500, "forty")
