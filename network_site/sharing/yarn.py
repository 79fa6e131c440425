"""The thread of a shared picture: along the top like the site's header, down the side, with one thing tied into it."""

from functools import cache
from pathlib import Path

from network_site.ui.thread.canvas import number, points
from network_site.ui.thread.loops import bight_path, closed_paths
from network_site.ui.thread.pictures import MARK

WIDTH, HEIGHT = 600, 315
PAPER = "#FBF6EE"
COLOURS = {"teal": "#0B5A5B", "madder": "#A8323F", "ochre": "#8A5A00", "sage": "#4A6B4D", "indigo": "#2E4A7D"}
# Where the mark stands, how large it is, and where its last letter's tail leaves it.
LEFT, TOP, SIZE = 34.0, 16.0, 0.66
TAIL = (LEFT + 104 * SIZE, TOP + 40 * SIZE)
# The side the thread runs down, and how it turns there.
DOWN, TURN = 546.0, 26.0
STROKE = 2.6


def thread(*, colour: str, mark: str) -> bytes:
    """An SVG as large as the card, without words."""
    paint = COLOURS.get(colour, COLOURS["teal"])
    body = _mark(paint) + MARKS.get(mark, _stitch)(paint)
    view = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view}>{body}</svg>'.encode()


@cache
def source() -> bytes:
    """This drawing's own code: a change of it is a change of every picture."""
    return Path(__file__).read_bytes()


def _line(d: str, paint: str, width: float = STROKE, fill: str = "none") -> str:
    return (
        f'<path fill="{fill}" stroke="{paint}" stroke-width="{width}" stroke-linecap="round" '
        f'stroke-linejoin="round" d="{d}"/>'
    )


def _mark(paint: str) -> str:
    """The network's initials; they keep the house's own colour only where the thread has it too: one line, one yarn."""
    return f'<g transform="translate({LEFT} {TOP}) scale({SIZE})">{_line(MARK, paint, STROKE / SIZE)}</g>'


def _corner(to: float) -> str:
    """From the mark's tail along the top, round the corner and down to `to`."""
    x, y = TAIL
    soft = TURN * 0.45
    bend = f"C{points(DOWN - soft, y, DOWN, y + soft, DOWN, y + TURN)}"
    return f"M{points(x, y)}H{number(DOWN - TURN)}{bend}V{number(to)}"


def _straight(paint: str) -> str:
    return _line(_corner(HEIGHT + 4), paint)


def _bar(x: float, y: float, paint: str) -> str:
    """One short slanted bar over the thread."""
    d = f"M{points(x - 11, y + 5)}L{points(x + 11, y - 5)}"
    return _line(d, PAPER, 11) + _line(d, paint, 5.5)


def _stitch(paint: str) -> str:
    """Something told: one stitch."""
    return _straight(paint) + _bar(DOWN, 178, paint)


def _knot(paint: str) -> str:
    """Something that holds: three turns round the thread."""
    return _straight(paint) + "".join(_bar(DOWN, 178 + turn * 13, paint) for turn in (-1, 0, 1))


def _beads(paint: str) -> str:
    """Years: three beads."""
    pills = "".join(
        _line(f"M{points(DOWN - 5, y - 9)}h10a9 9 0 0 1 0 18h-10a9 9 0 0 1 0-18z", paint, 1, paint)
        for y in (118, 172, 250)
    )
    return _straight(paint) + pills


def _loop(paint: str) -> str:
    """A room that was full: a closed loop beside the words."""
    radius, height, top = 54.0, 176.0, 84.0
    under, over = closed_paths(DOWN, (DOWN + radius * 1.3, height / 2), radius, height)
    loop = _line(under, paint) + _line(over, PAPER, STROKE * 3.4) + _line(over, paint)
    tail = _line(f"M{points(DOWN, top + height)}V{HEIGHT + 4}", paint)
    return f"{_line(_corner(top), paint)}{_hung_left(loop, top)}{tail}"


def _bight(paint: str) -> str:
    """The same with room for more: a loop that stays open."""
    radius, height, top = 54.0, 176.0, 84.0
    d = bight_path(DOWN, DOWN + 62, radius, height, 30)
    tail = _line(f"M{points(DOWN, top + height)}V{HEIGHT + 4}", paint)
    return f"{_line(_corner(top), paint)}{_hung_left(_line(d, paint), top)}{tail}"


def _hung_left(drawn: str, top: float) -> str:
    """Loops are drawn to the right of the thread; here they hang to its left, towards the words."""
    return f'<g transform="translate({number(2 * DOWN)} {number(top)}) scale(-1 1)">{drawn}</g>'


MARKS = {"stitch": _stitch, "knot": _knot, "beads": _beads, "loop": _loop, "bight": _bight}
