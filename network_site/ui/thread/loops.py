"""Loops. A closed loop crosses itself: sold out. A bight stays open: there was room."""

import math
from dataclasses import dataclass

from network_site.ui.thread.canvas import Piece, arc, number, path, points, text

LINE = 21


@dataclass(frozen=True)
class Crossing:
    """How the two strands of a closed loop cross.

    They meet the circle `spread` degrees from its middle, swing out by `swing` radii, and bend `turn` of the way down.
    """

    spread: float
    swing: float
    turn: float
    casing: str


WIDE = Crossing(26, 0.72, 0.52, "casing")
# Strands of a small loop cross more steeply, or the gap round the upper one would eat the loop.
TIGHT = Crossing(65, 1.2, 0.6, "casing casing--fine")
SMALL = 20


def crossing(r: float) -> Crossing:
    """The one for a loop of this radius."""
    return TIGHT if r < SMALL else WIDE


def radius(delegates: int | None, *, least: float = 58, most: float = 112) -> float:
    """How big the loop of so many people is."""
    return max(least, min(most, 22 + 3.4 * math.sqrt(delegates or 0)))


def closed_paths(x: float, centre: tuple[float, float], r: float, height: float) -> tuple[str, str]:
    """The strand that lies under and the strand that lies over; the loop hangs to the right of x."""
    (cx, cy), how = centre, crossing(r)
    low, up = math.radians(180 - how.spread), math.radians(180 + how.spread)
    lower, upper = (cx + r * math.cos(low), cy + r * math.sin(low)), (cx + r * math.cos(up), cy + r * math.sin(up))
    pull_x, pull_y = r * how.swing * math.sin(low), r * how.swing * math.cos(low)
    under = f"M{points(x, -1)}V0C{points(x, cy * how.turn, lower[0] - pull_x, lower[1] + pull_y, *lower)}" + arc(
        centre, r, 180 - how.spread, -180 + how.spread
    )
    turn = points(upper[0] - pull_x, upper[1] - pull_y, x, height - cy * how.turn, x, height)
    over = f"M{points(*upper)}C{turn}V{number(height + 1)}"
    return under, over


def bight_path(x: float, cx: float, r: float, height: float, turn: float = 34) -> str:
    """Quarter turn, out, half circle, back, quarter turn, to the right of x; never crosses itself."""
    top, bottom, soft = height / 2 - r, height / 2 + r, turn * 0.45
    return (
        f"M{points(x, -1)}V{number(top - turn)}C{points(x, top - soft, x + soft, top, x + turn, top)}H{number(cx)}"
        + arc((cx, height / 2), r, -90, 90, 2)
        + f"H{number(x + turn)}C{points(x + soft, bottom, x, bottom + soft, x, bottom + turn)}V{number(height + 1)}"
    )


def words(cx: float, cy: float, figure: str, unit: str) -> str:
    """What stands in a loop: a figure over its unit, or one or two lines parted by "|"."""
    if figure:
        return text(figure, x=cx, y=cy + 4, css="t-fig") + text(unit, x=cx, y=cy + 26, css="t-unit")
    lines = unit.split("|") if unit else []
    first = cy + 6 - (len(lines) - 1) / 2 * LINE
    return "".join(text(line, x=cx, y=first + i * LINE, css="t-word") for i, line in enumerate(lines))


def mirrored(body: str, cx: float, side: int) -> str:
    return body if side > 0 else f'<g transform="translate({number(2 * cx)} 0) scale(-1 1)">{body}</g>'


def loop(  # noqa: PLR0917
    width: float, x: float, cx: float, r: float, side: int = 1, figure: str = "", unit: str = "", pad: float = 30
) -> Piece:
    """A closed loop of radius r round (cx, its middle), hanging to the right (side 1) or left (side -1) of x."""
    height = 2 * r + 2 * pad
    entry = x if side > 0 else 2 * cx - x
    under, over = closed_paths(entry, (cx, height / 2), r, height)
    drawn = mirrored(path(under) + path(over, crossing(r).casing) + path(over), cx, side)
    return Piece(drawn + words(cx, height / 2, figure, unit), width, height, x, x)


def bight(width: float, x: float, cx: float, r: float, side: int = 1, figure: str = "", unit: str = "") -> Piece:  # noqa: PLR0917
    """An open loop of radius r round (cx, its middle), hanging to the right (side 1) or left (side -1) of x."""
    height = 2 * r + 72
    entry = x if side > 0 else 2 * cx - x
    drawn = mirrored(path(bight_path(entry, cx, r, height)), cx, side)
    return Piece(drawn + words(cx, height / 2, figure, unit), width, height, x, x)


def session_loop(width: float = 48, x: float = 24.5, r: float = 12, pad: float = 20) -> Piece:
    """The small loop of a sold-out workshop, beside its words."""
    return loop(width, x, x + r + 8, r, pad=pad)
