"""How a history lies on the thread: each moment a stack of pieces, bending with the rhythm of the years.

Where the thread runs between two columns, what happened around the network stands in the margin, on the left. There it
shares a turn of the thread with what the network did next, or did just before, so that neither side is empty for long.
"""

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from network_site.ui.thread.canvas import Piece
from network_site.ui.thread.loops import bight, loop, radius
from network_site.ui.thread.pieces import bead, knot, run, stitch, upright

LOOPS = {"loop", "bight"}
# Between the two marks of one turn, in units.
APART = 12


@dataclass(frozen=True)
class Moment:
    """What the thread needs to know of a moment; the month only orders and spaces it.

    `is_aside` is what happened around the network; moments of different chapters never share a turn.
    """

    year: int
    month: int
    mark: str = "stitch"
    bead: str = ""
    colour: str = ""
    figure: str = ""
    unit: str = ""
    delegates: int | None = None
    is_aside: bool = False
    chapter: int = 0


@dataclass(frozen=True)
class Profile:
    """A column the thread can run in. Swing is how far one more moment in a year pushes it aside."""

    width: float
    centre: float
    swing: float
    most: float
    bead_height: float
    loops: tuple[float, float]
    pad: float
    is_wide: bool


WIDE = Profile(320, 160.5, 38, 118, 112, (58, 112), 30, is_wide=True)
NARROW = Profile(48, 18.5, 4, 12, 76, (46, 84), 20, is_wide=False)
RESERVED = (("s", 140), ("m", 168), ("l", 198), ("xl", math.inf))


class Place(StrEnum):
    """Where a moment's words stand."""

    MAIN = "main"
    MARGIN = "margin"
    HOST = "host"
    """Main, with a guest beside it; the thread of both is in its stack."""
    GUEST = "guest"
    """In the margin, beside its host; it has no thread of its own."""


@dataclass(frozen=True)
class Stack:
    """The pieces of one turn, from the top down; the last one stretches. A guest has none.

    `below` is the mark of the same turn that stands above this moment's: "stitch", "knot" or empty.
    """

    pieces: tuple[Piece, ...]
    x: float
    loop_height: float = 0
    place: Place = Place.MAIN
    below: str = ""
    has_bead: bool = False

    @property
    def room(self) -> str:
        """The class "fh-s", "fh-m", "fh-l" or "fh-xl" that keeps words clear of a loop; empty without one."""
        if not self.loop_height:
            return ""
        return "fh-" + next(size for size, height in RESERVED if self.loop_height <= height)


def layout(moments: Sequence[Moment], profile: Profile) -> list[Stack]:
    """A stack for each moment, in the order given; each turn ends where the next begins."""
    beads = _beads(moments)
    turns = _turns(moments, beads) if profile.is_wide else [(i,) for i in range(len(moments))]
    places = _places(moments, turns) if profile.is_wide else [Place.MAIN] * len(moments)
    xs = _xs(moments, turns, profile)
    ends = [*xs[1:], profile.centre]
    quiet = [_months(moments[a[-1]], moments[b[0]]) for a, b in itertools.pairwise(turns)] + [12]
    stacks: list[Stack] = []
    for k, turn in enumerate(turns):
        last = _run(xs[k], ends[k], quiet[k], profile)
        spot = _Spot(xs[k], _side(k), last)
        stacks += _turn(moments, turn, year=beads[turn[0]], spot=spot, places=places, profile=profile)
    return stacks


@dataclass(frozen=True)
class _Spot:
    """Where a turn comes in, to which side it swings, and the run that ends it."""

    x: float
    side: int
    last: Piece


def _beads(moments: Sequence[Moment]) -> list[str]:
    """The bead of each moment: the first of a year carries it."""
    beads: list[str] = []
    for moment in moments:
        beads.append("" if moment.bead in beads else moment.bead)
    return beads


def _turns(moments: Sequence[Moment], beads: Sequence[str]) -> list[tuple[int, ...]]:
    """The moments in ones and twos. One of a pair is an aside, the other is not; an aside prefers what comes next."""

    def may_share(first: int) -> bool:
        second = first + 1
        if second >= len(moments) or beads[second]:
            return False
        a, b = moments[first], moments[second]
        guest = a if a.is_aside else b
        is_short = guest.mark not in LOOPS and a.mark not in LOOPS
        return a.chapter == b.chapter and a.is_aside != b.is_aside and is_short

    turns: list[tuple[int, ...]] = []
    i = 0
    while i < len(moments):
        shares = may_share(i) and (moments[i].is_aside or not may_share(i + 1))
        turns.append((i, i + 1) if shares else (i,))
        i += len(turns[-1])
    return turns


def _host(moments: Sequence[Moment], turn: tuple[int, ...]) -> int:
    return next((i for i in turn if not moments[i].is_aside), turn[0])


def _places(moments: Sequence[Moment], turns: Sequence[tuple[int, ...]]) -> list[Place]:
    """An aside without a host stands in the margin, unless it is tall or another follows: those cross over."""
    lone = [_lone(moments, turn) for turn in turns]
    near = list(zip([None, *lone[:-1]], [*lone[1:], None], strict=True))
    return [place for k, turn in enumerate(turns) for place in _sides(moments, turn, lone[k], near[k])]


def _lone(moments: Sequence[Moment], turn: tuple[int, ...]) -> int | None:
    """The chapter of an aside that has a turn to itself; None for anything else."""
    first = moments[turn[0]]
    return first.chapter if len(turn) == 1 and first.is_aside else None


def _sides(
    moments: Sequence[Moment], turn: tuple[int, ...], chapter: int | None, near: tuple[int | None, int | None]
) -> list[Place]:
    if len(turn) > 1:
        return [Place.GUEST if moments[i].is_aside else Place.HOST for i in turn]
    is_tall = moments[turn[0]].mark in LOOPS
    return [Place.MAIN if chapter is None or chapter in near or is_tall else Place.MARGIN]


def _turn(
    moments: Sequence[Moment],
    turn: tuple[int, ...],
    *,
    year: str,
    spot: _Spot,
    places: Sequence[Place],
    profile: Profile,
) -> list[Stack]:
    """The stacks of one turn: all its pieces are in its host's."""
    pieces = _bead(year, spot.x, profile)
    heights = []
    for n, i in enumerate(turn):
        mark = _mark(moments[i], spot, profile)
        heights.append(mark.height if moments[i].mark in LOOPS else 0)
        pieces += [Piece(upright(spot.x, APART), profile.width, APART, spot.x, spot.x), mark] if n else [mark]
    host = _host(moments, turn)
    return [
        Stack(
            pieces=(*pieces, spot.last) if i == host else (),
            x=spot.x,
            loop_height=heights[n],
            place=places[i],
            below=moments[turn[0]].mark if n else "",
            has_bead=bool(year),
        )
        for n, i in enumerate(turn)
    ]


def _xs(moments: Sequence[Moment], turns: Sequence[tuple[int, ...]], profile: Profile) -> list[float]:
    """Where each turn lies: the busier the year of its host, the further aside."""
    years = Counter(moment.year for moment in moments)
    hosts = [moments[_host(moments, turn)] for turn in turns]
    return [_x(host, k, years[host.year], profile) for k, host in enumerate(hosts)]


def _side(k: int) -> int:
    return 1 if k % 2 == 0 else -1


def _x(moment: Moment, k: int, in_year: int, profile: Profile) -> float:
    swing = min(profile.swing * (in_year - 1), profile.most)
    if moment.mark in LOOPS:
        swing = _radius(moment, profile) + 22 if profile.is_wide else 0
    return math.floor(profile.centre + _side(k) * swing) + 0.5


def _radius(moment: Moment, profile: Profile) -> float:
    return radius(moment.delegates, least=profile.loops[0], most=profile.loops[1])


def _months(a: Moment, b: Moment) -> int:
    return abs((b.year - a.year) * 12 + b.month - a.month)


def _bead(year: str, x: float, profile: Profile) -> list[Piece]:
    if not year:
        return []
    side = -1 if x > profile.centre - 30 else 1
    return [bead(profile.width, x, year if profile.is_wide else "", profile.bead_height, side)]


def _mark(moment: Moment, spot: _Spot, profile: Profile) -> Piece:
    x = spot.x
    if moment.mark == "knot":
        return knot(profile.width, x, moment.colour, scale=1 if profile.is_wide else 0.9)
    if moment.mark == "stitch":
        return stitch(profile.width, x, moment.colour)
    r = _radius(moment, profile)
    centre, side = (profile.centre, -spot.side) if profile.is_wide else (x + r + 14, 1)
    if moment.mark == "bight":
        return bight(profile.width, x, centre, r, side, moment.figure, moment.unit)
    return loop(profile.width, x, centre, r, side, moment.figure, moment.unit, profile.pad)


def _run(x: float, end: float, gap: int, profile: Profile) -> Piece:
    quiet = max(24, min(176, gap * 9)) if profile.is_wide else max(16, min(72, gap * 4))
    return run(profile.width, x, end, max(quiet, 0.72 * abs(end - x)))
