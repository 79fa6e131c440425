"""How full something is: drawn with at most eighty stitches, said in words that are true."""

import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from network_site.ui.capacity import Row, in_words, left_in_words, row_of


def drawn(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_row_is_never_longer_than_eighty(taken: int, size: int) -> None:
    row = row_of(taken=taken, size=size)
    assert row.count <= 80
    assert row.count * row.each >= size
    assert (row.count - 1) * row.each < size or size == 0


@pytest.mark.parametrize(
    ("taken", "size", "row"),
    [
        (0, 0, Row(0, 0, 1)),
        (0, 1, Row(1, 0, 1)),
        (1, 1, Row(1, 1, 1)),
        (12, 50, Row(50, 12, 1)),
        (80, 80, Row(80, 80, 1)),
        (0, 81, Row(17, 0, 5)),
        (1, 300, Row(60, 1, 5)),
        (299, 300, Row(60, 59, 5)),
        (210, 400, Row(80, 42, 5)),
        (401, 401, Row(41, 41, 10)),
        (5, 9000, Row(80, 1, 113)),
        (60, 50, Row(50, 50, 1)),
    ],
)
def test_stitches_of(taken: int, size: int, row: Row) -> None:
    assert row_of(taken=taken, size=size) == row


def test_a_long_row_folds_in_two() -> None:
    assert (Row(30, 0, 1).folds, Row(31, 0, 1).folds, Row(31, 0, 1).per_line) == (False, True, 16)


def test_a_scale_is_said_only_when_a_stitch_is_more_than_a_place() -> None:
    assert Row(10, 0, 1).scale == ""
    assert Row(10, 0, 5).scale == "One stitch is five places."
    assert Row(10, 0, 20).scale == "One stitch is 20 places."


@pytest.mark.parametrize(
    ("taken", "size", "said"),
    [
        (0, 0, ("No places", "")),
        (0, 50, ("50 of 50", "places left")),
        (12, 50, ("38 of 50", "places left")),
        (47, 50, ("Last three places", "")),
        (49, 50, ("Last place", "")),
        (50, 50, ("Sold out", "")),
        (51, 50, ("Sold out", "")),
        (0, 1, ("1 of 1", "places left")),
        (0, 1200, ("1,200 of 1,200", "places left")),
    ],
)
def test_what_is_left(taken: int, size: int, said: tuple[str, str]) -> None:
    assert left_in_words(taken=taken, size=size) == said


def test_small_numbers_are_words() -> None:
    assert [in_words(n) for n in (0, 1, 10, 11, 1200, -1)] == ["no", "one", "ten", "11", "1,200", "-1"]


def bars(html: str, css: str) -> int:
    """How many stitches are drawn in this style."""
    return sum(d.count("M") for d in re.findall(rf'<path class="{css}" d="([^"]*)"', html))


def test_the_stitches_tag_draws_one_stitch_for_each_place() -> None:
    html = drawn("{% stitches 24 6 %}")
    assert (bars(html, "grain"), bars(html, "grain grain--open"), html.count("<svg")) == (6, 18, 1)


def test_a_long_row_is_drawn_twice_and_one_is_shown() -> None:
    html = drawn("{% stitches 50 6 %}")
    assert re.findall(r'class="(grains[^"]*)"', html) == ["grains grains--long", "grains grains--folded"]


@pytest.mark.parametrize(
    ("taken", "size", "said", "svgs"),
    [
        (6, 24, "18 of 24 places left", 1),
        (24, 24, "Sold out", 1),
        (0, 0, "No places", 0),
        (400, 400, "Sold out. One stitch is five places.", 2),
        (100, 400, "300 of 400 places left. One stitch is five places.", 2),
    ],
)
def test_capacity_says_what_it_draws(taken: int, size: int, said: str, svgs: int) -> None:
    html = drawn("{% capacity taken size %}", taken=taken, size=size)
    assert (words(html), html.count("<svg")) == (said, svgs)


def test_only_what_is_sold_out_is_marked_so() -> None:
    marks = [("is-out" in drawn("{% capacity t s %}", t=t, s=s)) for t, s in [(0, 0), (0, 5), (4, 5), (5, 5), (6, 5)]]
    assert marks == [False, False, False, True, True]


def test_its_own_words_may_be_given_and_are_escaped() -> None:
    assert "two &lt;b&gt;" in drawn("{% capacity 2 2 words %}", words="two <b>")


def test_places_that_do_not_run_out_have_no_row() -> None:
    html = drawn("{% capacity 120 None %}")
    assert (words(html), "<svg" in html) == ("Places do not run out.", False)
