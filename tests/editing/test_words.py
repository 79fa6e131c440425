"""Sentences, words, syllables and the age at which one reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.editing.checks.words import Reading, reading, sentences, syllables, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Ask Dr. Polley. She knows.", ["Ask Dr. Polley.", "She knows."]),
        ("It costs 4.50 pounds, e.g. Fridays. Come.", ["It costs 4.50 pounds, e.g. Fridays.", "Come."]),
        ("“Come in.” She went.", ["“Come in.", "She went."]),
        ("no capitals. so one sentence", ["no capitals. so one sentence"]),
        ("In 2016. 94 came.", ["In 2016.", "94 came."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_words() -> None:
    assert words("The link-worker’s 1,000 visits – really, ŵyr!") == [
        "The",
        "link-worker’s",
        "1,000",
        "visits",
        "really",
        "ŵyr",
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("a", 1), ("the", 1), ("make", 1), ("makes", 1), ("people", 2), ("agree", 2), ("community", 4), ("prescribing", 3), ("2016", 1), ("", 1)],
)  # fmt: skip
def test_syllables(word: str, expected: int) -> None:
    assert syllables(word) == expected


def test_the_formula() -> None:
    """0.39 x 10 + 11.8 x 1.5 - 15.59 is grade 6.01, which English pupils reach at eleven."""
    assert Reading(words=200, sentences=20, syllables=300).age == 11


@pytest.mark.parametrize("few", [Reading(99, 5, 120), Reading(0, 0, 0)])
def test_a_short_text_says_nothing(few: Reading) -> None:
    assert few.age is None


def test_nobody_reads_before_five() -> None:
    assert Reading(words=200, sentences=200, syllables=200).age == 5


@given(st.lists(st.text()))
def test_any_text_can_be_measured(paragraphs: list[str]) -> None:
    measured = reading(paragraphs)
    assert measured.syllables >= measured.words >= 0
