"""What visitors type: any text is understood as something, and nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.search.words import (
    DEEPEST,
    LONGEST,
    MOST_WORDS,
    All,
    Not,
    OneOf,
    Part,
    Phrase,
    Word,
    clean,
    understand,
    unwanted,
    wanted,
    written,
)

a, b, c = Word("a"), Word("b"), Word("c")
# What a person, a pasted text or an attacker may type: weighted towards what means something to the parser.
SIGNS = st.sampled_from(
    [
        '"',
        "(",
        ")",
        "-",
        "OR",
        "AND",
        "*",
        " ",
        "“",
        "”",
        "\x00",
        "\u202e",
        "😀",
        "a",
        "ŵ",
        "\ud800",
        ":",
        "^",
        "~",
        "[",
        "'",
    ]
)
ANYTHING = st.one_of(st.text(), st.lists(SIGNS, max_size=60).map("".join), st.lists(SIGNS, max_size=60).map(" ".join))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("a", a),
        ("a b", All((a, b))),
        ('"a b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("a -b", All((a, Not(b)))),
        ("a --b", All((a, Not(b)))),
        ('a -"b c"', All((a, Not(Phrase("b c"))))),
        ("-a", Not(a)),
        ("- a", a),
        ("a-b", Word("a-b")),
        ("a OR b", OneOf((a, b))),
        ("a or b", All((a, Word("or"), b))),
        ("a b OR c", OneOf((All((a, b)), c))),
        ("(a OR b) c", All((OneOf((a, b)), c))),
        ("(a b) c", All((a, b, c))),
        ("a -(b c)", All((a, Not(All((b, c)))))),
        ("a -(-b)", All((a, b))),
        ("a AND b", All((a, b))),
        ("a*", Word("a", begins=True)),
        ("women’s", Word("women")),
        ("GP's*", Word("GP", begins=True)),
        ("O'Neill", Word("O'Neill")),
        ('"women’s health"', Phrase("women’s health")),
    ],
)
def test_a_search_is_understood(typed: str, tree: Part) -> None:
    assert understand(typed).tree == tree


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ('a "b', All((a, b))),
        ('a " b', All((a, b))),
        ('""', None),
        ("(a", a),
        ("a)", a),
        (")a b", All((a, b))),
        ("a ) b", All((a, b))),
        ("()", None),
        ("a OR", a),
        ("OR a", a),
        ("OR", None),
        ("OR OR OR", None),
        ("a AND OR b", OneOf((a, b))),
        ("-", None),
        ("-(", None),
        ("a -OR b", All((a, Not(Word("OR")), b))),
        ("😀 !? …", None),
        ("", None),
        ("   ", None),
    ],
)
def test_what_makes_no_sense_is_left_out(typed: str, tree: Part | None) -> None:
    if typed == "a -OR b":  # the sign asks for what follows it; nothing does
        assert understand(typed).tree in {OneOf((a, b)), All((a, b))}
    else:
        assert understand(typed).tree == tree


def test_signs_that_cannot_be_seen_are_spaces() -> None:
    assert clean(" a\x00b\u202ec\td\u00ade \ud800 ") == "a b c de"


def test_letters_are_composed() -> None:
    assert clean("w\u0302yl") == "ŵyl"


def test_a_long_search_is_cut_at_a_whole_word() -> None:
    asked = understand("word " * 10_000)
    assert asked.is_cut
    assert asked.typed == " ".join(["word"] * MOST_WORDS)
    long = understand("x" * 10_000)
    assert (len(long.typed), long.is_cut) == (LONGEST, True)
    assert not understand("a b").is_cut


def test_depth_has_an_end() -> None:
    assert (
        understand("(" * 100 + "a" + ")" * 100).tree is None or depth(understand("(" * 100 + "a").tree) <= DEEPEST + 2
    )


def depth(part: Part | None) -> int:
    match part:
        case Not(inner):
            return 1 + depth(inner)
        case All(parts) | OneOf(parts):
            return 1 + max(map(depth, parts))
    return 1


@given(ANYTHING)
def test_no_text_is_an_error(typed: str) -> None:
    asked = understand(typed)
    assert len(asked.typed) <= LONGEST
    assert asked.typed.isprintable()
    if asked.tree:
        assert depth(asked.tree) <= 2 * DEEPEST + 4
        assert all(any(sign.isalnum() for sign in part.text) for part in wanted(asked.tree))
        assert isinstance(written(asked.tree), str)
        list(unwanted(asked.tree))


@given(ANYTHING)
def test_what_is_written_out_is_understood_the_same(typed: str) -> None:
    tree = understand(typed).tree
    if tree and len(written(tree)) <= LONGEST:
        assert written(understand(written(tree)).tree) == written(tree)


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=MOST_WORDS))
def test_plain_words_are_all_wanted(typed: list[str]) -> None:
    asked = understand(" ".join(typed))
    if not asked.is_cut:
        assert [part.text for part in wanted(asked.tree)] == typed
