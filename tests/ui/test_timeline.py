"""A history of any length and rhythm lies on one unbroken thread."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.ui.thread.timeline import LOOPS, NARROW, WIDE, Moment, Place, Profile, Stack, layout
from tests.ui.drawings import parsed

PROFILES = [WIDE, NARROW]
moments = st.builds(
    Moment,
    year=st.integers(2010, 2030),
    month=st.integers(1, 12),
    mark=st.sampled_from(["stitch", "knot", "loop", "bight"]),
    bead=st.sampled_from(["", "2015", "2016"]),
    figure=st.sampled_from(["", "94", "1,000+"]),
    delegates=st.none() | st.integers(0, 5000),
    is_aside=st.booleans(),
    chapter=st.integers(0, 2),
)
histories = st.lists(moments, max_size=40).map(lambda found: sorted(found, key=lambda m: (m.chapter, m.year, m.month)))


def broken(stacks: list[Stack]) -> list[tuple[float, float]]:
    pieces = [piece for stack in stacks for piece in stack.pieces]
    return [(above.x_out, below.x_in) for above, below in pairwise(pieces) if above.x_out != below.x_in]


@pytest.mark.parametrize("profile", PROFILES, ids=["wide", "narrow"])
@given(history=histories)
def test_the_thread_is_unbroken_and_stays_in_its_column(profile: Profile, history: list[Moment]) -> None:
    stacks = layout(history, profile)
    assert len(stacks) == len(history)
    assert broken(stacks) == []
    assert all(0 < stack.x < profile.width for stack in stacks)
    assert all(stack.x % 1 == 0.5 for stack in stacks)
    assert all(stack.pieces[-1].stretches for stack in stacks if stack.pieces)
    assert all(bool(stack.pieces) == (stack.place != Place.GUEST) for stack in stacks)


@pytest.mark.parametrize("profile", PROFILES, ids=["wide", "narrow"])
@pytest.mark.parametrize("count", [0, 1, 18, 300])
def test_it_holds_for_none_one_and_three_hundred(profile: Profile, count: int) -> None:
    history = [Moment(2015 + i // 20, i % 12 + 1, bead=str(2015 + i // 20)) for i in range(count)]
    stacks = layout(history, profile)
    assert len(stacks) == count
    assert broken(stacks) == []
    for stack in stacks:
        for piece in stack.pieces:
            parsed(piece)


def test_one_moment_a_year_runs_straight() -> None:
    stacks = layout([Moment(year, 6) for year in range(2015, 2020)], WIDE)
    assert {stack.x for stack in stacks} == {160.5}


def test_a_busy_year_swings_from_side_to_side_as_far_as_it_may() -> None:
    stacks = layout([Moment(2018, month) for month in range(1, 10)], WIDE)
    assert [stack.x for stack in stacks[:3]] == [278.5, 42.5, 278.5]


def test_the_last_run_comes_back_to_the_middle() -> None:
    stacks = layout([Moment(2018, 1), Moment(2018, 2)], WIDE)
    assert stacks[-1].pieces[-1].x_out == WIDE.centre


def test_a_quiet_time_is_long_and_a_busy_one_short() -> None:
    history = [Moment(2015, 1), Moment(2015, 2), Moment(2019, 2), Moment(2020, 2)]
    runs = [stack.pieces[-1].height for stack in layout(history, WIDE)]
    assert runs == [54.72, 176, 108, 108]


def test_the_order_may_be_turned_round() -> None:
    history = [Moment(2020, 1), Moment(2015, 1)]
    assert layout(history, WIDE)[0].pieces[-1].height == 176


def test_a_year_has_one_bead() -> None:
    stacks = layout([Moment(2018, 1, bead="2018"), Moment(2018, 2, bead="2018"), Moment(2019, 1, bead="2019")], WIDE)
    assert [len(stack.pieces) for stack in stacks] == [3, 2, 3]


def test_words_keep_clear_of_what_is_beside_them() -> None:
    sizes = (None, 94, 200, 5000)
    rooms = [layout([Moment(2018, 1, "loop", delegates=size)], NARROW)[0].room for size in sizes]
    assert rooms == ["fh-s", "fh-m", "fh-l", "fh-xl"]
    assert layout([Moment(2018, 1)], NARROW)[0].room == ""


@pytest.mark.parametrize("mark", ["loop", "bight"])
def test_a_wide_loop_hangs_in_the_middle_of_its_column(mark: str) -> None:
    [stack] = layout([Moment(2018, 1, mark, figure="94", unit="delegates", delegates=94)], WIDE)
    [text, unit] = list(parsed(stack.pieces[0]).iter("text"))
    assert (text.get("x"), unit.get("x"), text.text) == ("160.5", "160.5", "94")


def test_room_is_kept_for_every_loop() -> None:
    """The heights that history/timeline.css keeps free, in units, against the height of what is drawn."""
    free = {"fh-s": 140, "fh-m": 168, "fh-l": 198.4, "fh-xl": 214.4}
    for delegates in range(0, 6000, 7):
        [stack] = layout([Moment(2018, 1, "loop", delegates=delegates)], NARROW)
        assert stack.loop_height <= free[stack.room]


def ours(month: int, mark: str = "stitch", **facts: object) -> Moment:
    return Moment(2018, month, mark, **facts)  # type: ignore[arg-type]


def aside(month: int, mark: str = "stitch", **facts: object) -> Moment:
    return Moment(2018, month, mark, is_aside=True, **facts)  # type: ignore[arg-type]


def places(history: list[Moment]) -> list[str]:
    return [str(stack.place) for stack in layout(history, WIDE)]


class TestAsides:
    def test_an_aside_shares_the_turn_of_what_comes_next(self) -> None:
        assert places([ours(1), aside(2), ours(3, "loop")]) == ["main", "guest", "host"]

    def test_at_the_end_it_shares_the_turn_of_what_was_just_before(self) -> None:
        assert places([ours(1), aside(2)]) == ["host", "guest"]

    def test_but_not_below_a_loop_where_both_sides_would_be_empty(self) -> None:
        assert places([ours(1, "loop"), aside(2)]) == ["main", "margin"]
        assert places([ours(1, "bight"), aside(2)]) == ["main", "margin"]

    def test_nor_over_the_bead_of_a_new_year(self) -> None:
        history = [Moment(2018, 1, bead="2018", is_aside=True), Moment(2019, 1, bead="2019")]
        assert places(history) == ["margin", "main"]

    def test_nor_over_the_heading_of_another_chapter(self) -> None:
        assert places([aside(1, chapter=0), ours(2, chapter=1)]) == ["margin", "main"]

    def test_two_in_a_row_without_a_host_cross_over(self) -> None:
        assert places([aside(1), aside(2), aside(3)]) == ["main", "main", "main"]
        assert places([aside(1), aside(2), ours(3)]) == ["margin", "guest", "host"]

    def test_a_tall_one_crosses_over(self) -> None:
        assert places([aside(1, "loop")]) == ["main"]
        assert places([aside(1, "loop"), ours(2)]) == ["main", "main"]

    def test_both_marks_are_in_the_host_s_stack_at_one_place(self) -> None:
        guest, host = layout([aside(1, "knot"), ours(2, "loop", delegates=94)], WIDE)
        assert [piece.height for piece in host.pieces[:3]] == [64, 12, 2 * 58 + 60]
        assert {piece.x_in for piece in host.pieces} == {host.x}
        assert guest.x == host.x
        assert (guest.pieces, guest.below, host.below) == ((), "", "knot")

    def test_the_bead_is_above_both(self) -> None:
        history = [Moment(2018, 1, bead="2018", is_aside=True), Moment(2018, 2, bead="2018")]
        guest, host = layout(history, WIDE)
        assert (guest.has_bead, host.has_bead) == (True, True)
        assert [stack.has_bead for stack in layout(history, NARROW)] == [True, False]

    def test_in_one_column_each_has_its_own_thread(self) -> None:
        assert [stack.place for stack in layout([aside(1), ours(2)], NARROW)] == [Place.MAIN, Place.MAIN]

    @given(history=histories)
    def test_the_right_is_never_empty_for_two_turns(self, history: list[Moment]) -> None:
        turns = [
            (stack.place, moment)
            for stack, moment in zip(layout(history, WIDE), history, strict=True)
            if stack.place != Place.GUEST
        ]
        for (place, moment), (next_place, next_moment) in pairwise(turns):
            if place == next_place == Place.MARGIN:
                assert moment.chapter != next_moment.chapter
        assert all(moment.mark not in LOOPS for place, moment in turns if place == Place.MARGIN)

    @given(history=histories)
    def test_a_guest_is_beside_its_host_and_nobody_else(self, history: list[Moment]) -> None:
        found = places(history)
        pairs = [(a, b) for a, b in pairwise(found) if {a, b} == {"guest", "host"}]
        assert found.count("guest") == found.count("host")
        assert len(pairs) >= found.count("guest")
        assert all(
            moment.is_aside for moment, place in zip(history, found, strict=True) if place in {"guest", "margin"}
        )
