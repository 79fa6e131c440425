"""Words in one place only: "title:walking", where whoever asks says which places there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.search.words import (
    All,
    Not,
    OneOf,
    Part,
    Phrase,
    Within,
    Word,
    understand,
    unwanted,
    wanted,
    written,
)

PLACES = frozenset({"title", "author", "doi", "year"})
a, b = Word("a"), Word("b")


def tree(typed: str) -> Part | None:
    return understand(typed, places=PLACES).tree


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("title:a", Within("title", a)),
        ("Title:a", Within("title", a)),
        ("TITLE:a", Within("title", a)),
        ("title:a b", All((Within("title", a), b))),
        ("b title:a", All((b, Within("title", a)))),
        ("title:a author:b", All((Within("title", a), Within("author", b)))),
        ('title:"a b"', Within("title", Phrase("a b"))),
        ('title: "a b"', Within("title", Phrase("a b"))),
        ("title:“a b”", Within("title", Phrase("a b"))),
        ("title:(a b)", Within("title", All((a, b)))),
        ("title:(a OR b)", Within("title", OneOf((a, b)))),
        ("title:a*", Within("title", Word("a", begins=True))),
        ("-title:a b", All((Not(Within("title", a)), b))),
        ("title:a OR author:b", OneOf((Within("title", a), Within("author", b)))),
        ("year:2015..2020", Within("year", Word("2015..2020"))),
        # A colon that means nothing is part of the word.
        ("planet:a", Word("planet:a")),
        ("title", Word("title")),
        ("title:", Word("title")),
        ("title: a", All((Word("title"), a))),
        ("a:title", Word("a:title")),
        ("10:30", Word("10:30")),
        ("https://example.org/a", Word("https://example.org/a")),
        # A DOI keeps its parentheses, alone or after its name.
        ("10.1016/S0140-6736(05)67889-0", Word("10.1016/S0140-6736(05)67889-0")),
        ("doi:10.1016/S0140-6736(05)67889-0", Within("doi", Word("10.1016/S0140-6736(05)67889-0"))),
        ("https://doi.org/10.1016/S0140-6736(05)67889-0 a", All((Word("https://doi.org/10.1016/S0140-6736(05)67889-0"), a))),
    ],
)  # fmt: skip
def test_places(typed: str, expected: Part) -> None:
    assert tree(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "title:a",
        "title:a b",
        'author:"a b" title:(a OR b)',
        "-title:a b",
        "year:2015..2020 a*",
        "doi:10.1016/S0140-6736(05)67889-0",
        "title:a OR author:b",
    ],
)
def test_written_again_it_is_the_same(typed: str) -> None:
    once = tree(typed)
    assert tree(written(once)) == once


def test_without_places_a_colon_is_a_sign_like_another() -> None:
    assert understand("title:a").tree == Word("title:a")


@pytest.mark.parametrize(
    ("typed", "words", "left_out"),
    [
        ("title:a b", ["a", "b"], []),
        ("title:(a OR b)", ["a", "b"], []),
        ("b -title:a", ["b"], [Within("title", a)]),
        ('author:"a b"', ["a b"], []),
    ],
)
def test_what_is_wanted_and_what_is_not(typed: str, words: list[str], left_out: list[Part]) -> None:
    found = tree(typed)
    assert [part.text for part in wanted(found)] == words
    assert list(unwanted(found)) == left_out


@given(st.lists(st.sampled_from(["title:", "author:", '"', "(", ")", "-", "OR", "a", " ", ":", "doi:10.1234/("])))
def test_nothing_is_an_error(signs: list[str]) -> None:
    found = understand("".join(signs), places=PLACES)
    assert understand(written(found.tree), places=PLACES) is not None
