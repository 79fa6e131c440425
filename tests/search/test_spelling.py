"""The nearest word is the one that was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.search.spelling import Vocabulary, distance

WORDS = Vocabulary(
    [("conference", 9), ("conferences", 3), ("prescribing", 20), ("link", 8), ("line", 2), ("wales", 4), ("whales", 1)]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("confernce", "conference"),
        ("confrence", "conference"),
        ("prescirbing", "prescribing"),
        ("perscribing", "prescribing"),
        ("lnk", None),  # too short to guess
        ("linc", "link"),
        ("wlaes", "wales"),
        ("abcdefghij", None),
        ("2019", None),
        ("conference", "conferences"),
        ("", None),
    ],
)
def test_the_word_that_was_meant(typed: str, meant: str | None) -> None:
    assert WORDS.nearest(typed) == meant


def test_of_equally_near_words_the_more_used() -> None:
    assert Vocabulary([("care", 1), ("core", 5)]).nearest("cbre") == "core"
    assert Vocabulary([("care", 5), ("core", 5)]).nearest("cbre") == "care"


def test_an_empty_index_knows_no_word() -> None:
    assert Vocabulary([]).nearest("conference") is None


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("", "", 0), ("ab", "ba", 1), ("abc", "ab", 1), ("abc", "xyz", 3), ("a", "", 1)]
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7))
def test_distance_is_the_same_both_ways_and_none_to_itself(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


@given(st.text(alphabet="abcdefghij", min_size=8, max_size=14), st.integers(0, 7), st.sampled_from("abcxyz"))
def test_one_slip_is_always_forgiven(word: str, place: int, letter: str) -> None:
    typed = word[:place] + letter + word[place + 1 :]
    assert typed == word or Vocabulary([(word, 1)]).nearest(typed) == word
