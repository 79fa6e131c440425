"""The thread never breaks: whatever the data, each piece ends upright where the next begins."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.ui.thread import Piece, bead, bight, knot, loop, needle, radius, run, session_loop, stitch
from network_site.ui.thread.canvas import number, rem, through
from network_site.ui.thread.pictures import (
    crossing,
    dropped_stitch,
    hoop_narrow,
    hoop_wide,
    loose_end,
    mark,
    row,
    share,
    spool,
    tangle,
)
from tests.ui.drawings import parsed

xs = st.integers(10, 300).map(lambda x: x + 0.5)
PLAIN = {"stitch": stitch, "bead": bead, "knot": knot, "needle": needle}
Pair = tuple[float, float]


def strands(piece: Piece) -> list[str]:
    """The paths of the yarn itself, without casings, bars and words."""
    return re.findall(r'<path class="yarn" d="([^"]+)"', piece.body)


def numbers(d: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", d)]


def way_in(piece: Piece) -> Pair:
    """Where the first strand starts."""
    first = numbers(strands(piece)[0])
    return first[0], first[1]


def way_out(piece: Piece) -> Pair:
    """Where the last strand that goes down to the end of the piece ends."""
    for d in strands(piece):
        if found := re.search(r"V(-?[\d.]+)$", d):
            return numbers(d[: found.start()])[-2 if "C" in d or "H" in d else 0], float(found[1])
    raise AssertionError("nothing leaves this piece")


def is_upright_at_the_top(d: str) -> bool:
    """After M x y, V…: the first curve's first control point has the same x."""
    start = numbers(d)[0]
    curve = re.search(r"^M[^A-Z]+V[^A-Z]+C(-?[\d.]+) ", d)
    return not curve or float(curve[1]) == start


def is_upright_at_the_foot(d: str) -> bool:
    """The last curve's second control point lies straight above its end."""
    curves = re.findall(r"C([^A-Z]+)", d)
    if not curves or not re.search(r"V[\d.]+$", d):
        return True
    last = numbers(curves[-1])
    return math.isclose(last[-4], last[-2], abs_tol=0.11)


@given(xs, xs, st.floats(1, 400))
def test_a_run_joins_two_places_upright(x: float, to: float, least: float) -> None:
    piece = run(320, x, to, least)
    [d] = strands(piece)
    assert (piece.x_in, piece.x_out, piece.height, piece.stretches) == (x, to, least, True)
    assert way_in(piece) == (x, -1)
    assert d.endswith("V101")
    assert numbers(d)[-3 if "C" in d else 0] == to
    assert is_upright_at_the_top(d)
    assert is_upright_at_the_foot(d)


def test_a_run_without_an_end_goes_straight_down() -> None:
    assert strands(run(48, 18.5)) == ["M18.5 -1V101"]


@pytest.mark.parametrize("name", PLAIN)
@given(x=xs)
def test_a_plain_piece_runs_straight_through(name: str, x: float) -> None:
    piece = PLAIN[name](48, x)
    assert (piece.x_in, piece.x_out) == (x, x)
    assert way_in(piece) == (x, -1)
    assert is_upright_at_the_top(strands(piece)[0])


@pytest.mark.parametrize("name", ["stitch", "bead", "knot"])
def test_the_yarn_goes_one_unit_past_the_end_so_that_no_seam_shows(name: str) -> None:
    piece = PLAIN[name](48, 18.5)
    assert strands(piece) == [f"M18.5 -1V{number(piece.height + 1)}"]


@pytest.mark.parametrize("draw", [loop, bight])
@given(r=st.floats(40, 112), side=st.sampled_from([1, -1]))
def test_a_loop_is_left_where_it_was_entered(draw: object, r: float, side: int) -> None:
    x = 60.5 if side > 0 else 259.5
    piece = draw(320, x, 160.5, r, side, "94", "delegates")  # type: ignore[operator]
    mirrored = "scale(-1 1)" in piece.body
    drawn = x if not mirrored else 2 * 160.5 - x
    assert mirrored == (side < 0)
    assert way_in(piece) == (drawn, -1)
    out = way_out(piece)
    assert out[0] == pytest.approx(drawn, abs=0.11)
    assert out[1] == pytest.approx(piece.height + 1, abs=0.11)
    assert all(is_upright_at_the_top(d) for d in strands(piece) if d.startswith(f"M{number(drawn)} -1"))
    assert all(is_upright_at_the_foot(d) for d in strands(piece))


def test_only_a_closed_loop_crosses_itself() -> None:
    assert loop(256, 64.5, 152.5, 66).body.count('class="casing"') == 1
    assert "casing" not in bight(256, 64.5, 152.5, 66).body


def test_the_gap_at_a_crossing_does_not_eat_a_small_loop() -> None:
    assert "casing--fine" in str(session_loop())
    assert "casing--fine" not in str(loop(256, 64.5, 140, 58))


def test_words_in_a_loop_are_a_figure_or_lines() -> None:
    with_figure = loop(256, 64.5, 152.5, 66, figure="94", unit="delegates")
    in_lines = loop(256, 64.5, 152.5, 66, unit="full in|a month")
    assert re.findall(r'class="(t-\w+)"[^>]*>([^<]+)<', with_figure.body) == [("t-fig", "94"), ("t-unit", "delegates")]
    assert re.findall(r'class="(t-\w+)"[^>]*>([^<]+)<', in_lines.body) == [("t-word", "full in"), ("t-word", "a month")]
    assert "<text" not in loop(256, 64.5, 152.5, 66).body


def test_words_cannot_break_out_of_the_drawing() -> None:
    piece = loop(256, 64.5, 152.5, 66, figure="<script>", unit='"&')
    assert "<script>" not in str(piece)
    assert [word.text for word in parsed(piece).iter("text")] == ["<script>", '"&']


@given(st.integers(0, 100_000))
def test_a_loop_grows_with_its_people_between_two_sizes(people: int) -> None:
    assert 58 <= radius(people) <= 112
    assert radius(people) <= radius(people + 1)


def test_a_loop_of_unknown_size_is_the_smallest() -> None:
    assert radius(None) == 58


def test_a_knot_is_three_turns_in_its_colour() -> None:
    assert knot(48, 18.5, "c-ochre").body.count('class="turn c-ochre"') == 3


def test_a_bead_says_its_year_on_the_side_asked_for() -> None:
    right, left = bead(320, 160.5, "2018", side=1).body, bead(320, 160.5, "2018", side=-1).body
    assert ('x="184.5"' in right, 'text-anchor="start"' in right) == (True, True)
    assert ('x="136.5"' in left, 'text-anchor="end"' in left) == (True, True)
    assert "<text" not in bead(48, 18.5).body


PICTURES = {
    "crossing": lambda: crossing(100, 0),
    "dropped stitch": dropped_stitch,
    "hoop, wide": lambda: hoop_wide(210, 400),
    "hoop, narrow": lambda: hoop_narrow(210, 400),
    "loose end": loose_end,
    "mark": mark,
    "row": lambda: row(50, 12, per_row=25),
    "no row": lambda: row(0, 0),
    "spool": spool,
    "spool, thread from above": lambda: spool("top"),
    "spool, no tail": lambda: spool("none"),
    "tangle": tangle,
    "run": lambda: str(run(48, 18.5, 30.5)),
    "stitch": lambda: str(stitch(48, 18.5, "c-sage")),
    "session loop": lambda: str(session_loop()),
    "needle": lambda: str(needle()),
}


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_sound_xml_without_styles_and_silent(name: str) -> None:
    root = parsed(PICTURES[name]())
    assert root.tag == "svg"
    assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")
    assert not [node for node in root.iter() if "style" in node.attrib or node.tag == "style"]
    assert not re.search(r"nan|inf|e-\d", str(PICTURES[name]()).split("d=", 1)[-1].split('"')[1])


def test_only_a_run_stretches() -> None:
    assert parsed(run()).get("preserveAspectRatio") == "none"
    assert parsed(stitch()).get("preserveAspectRatio") is None


@given(st.floats(1, 2000))
def test_a_length_in_rem_is_exact_enough(units: float) -> None:
    assert float(rem(units).removesuffix("rem")) * 16 == pytest.approx(units, abs=0.001)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=12))
def test_a_smooth_line_goes_through_every_point(line: list[Pair]) -> None:
    parts = re.findall(r"[MC]([^MC]+)", through(line))
    ends = [numbers(part)[-2:] for part in parts]
    assert ends == [[pytest.approx(x, abs=0.06), pytest.approx(y, abs=0.06)] for x, y in line]


def test_numbers_have_one_decimal_at_most() -> None:
    assert [number(v) for v in (1, 1.0, 1.04, 1.06, -0.5)] == ["1", "1", "1", "1.1", "-0.5"]


@given(st.integers(-5, 500), st.integers(0, 500), st.integers(2, 80))
def test_a_row_is_empty_or_full_only_when_it_truly_is(taken: int, size: int, stitches: int) -> None:
    filled = share(taken, size, stitches)
    assert 0 <= filled <= stitches
    assert (filled == 0) == (taken <= 0 or size == 0)
    assert (filled == stitches) == (taken >= size > 0 and taken > 0)


def test_stitches_are_filled_from_the_left() -> None:
    full, rest = (re.findall(r"M([\d.]+)", d) for d in re.findall(r'<path class="grain[^"]*" d="([^"]*)"', row(5, 2)))
    assert (len(full), len(rest)) == (2, 3)
    assert max(map(float, full)) < min(map(float, rest))
    assert (row(5, 0).count("<path"), row(5, 5).count("grain--open")) == (1, 0)


def test_the_home_loop_has_no_stitches_without_a_room() -> None:
    assert "grain" not in hoop_wide(0, 0)
    assert "grain" not in hoop_narrow(0, 0)
    assert hoop_wide(0, 10).split("grain--open")[1].count("M") == 40


def test_pieces_of_the_pattern_page_meet() -> None:
    column = [bead(256, 64.5), loop(256, 64.5, 152.5, 66), run(256, 64.5, 128.5), knot(256, 128.5), needle(256, 128.5)]
    assert all(above.x_out == below.x_in for above, below in pairwise(column))
