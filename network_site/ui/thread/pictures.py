"""Pictures that stand alone: capacity rows, the home page's loop, spool, tangle, loose end, dropped stitch, mark."""

import math
from functools import lru_cache

from django.utils.safestring import SafeString

from network_site.ui.thread.canvas import Point, arc, number, path, points, rem, svg, through
from network_site.ui.thread.loops import bight_path

PITCH = 11
STITCHES = 6
DROPPED = 3
ROW = 18
# A drawing depends on a few numbers alone, so each is drawn once in a process.
REMEMBERED = 512
# s, p and n in one line, which runs on as the thread of the page; the tail leaves along the baseline y = 40.
MARK = (
    "M5 36C9 43 22 42 22 33C22 25 7 27 7 19C7 11 18 10 22 15"
    "C25 19 29 13 31 12"
    "C33 11 33.5 14 33.5 18V52"
    "M33.5 24C35 15 42 11 48 13C57 16 57 36 47 39.5C42 41 36 38 33.5 33"
    "M33.5 33C38 43 54 42 59 32C62 26 61 14 62.5 12"
    "M62.5 12V40M62.5 26C63 16 69 11.5 75 12.5C82 14 81 22 81 28V32C81 37.5 84 40 90 40H104"
)


@lru_cache(maxsize=REMEMBERED)
def mark(width: str = "", height: str = "") -> SafeString:
    return svg(path(MARK), view=(104, 52), width=width, height=height)


def stitched(bars: list[tuple[Point, Point]], filled: int) -> str:
    """Bars from point to point, the first `filled` of them drawn full: one path for those, one for the rest."""
    lines = [f"M{points(*start)}L{points(*end)}" for start, end in bars]
    full, open_ones = "".join(lines[:filled]), "".join(lines[filled:])
    return (path(full, "grain") if full else "") + (path(open_ones, "grain grain--open") if open_ones else "")


@lru_cache(maxsize=REMEMBERED)
def row(count: int, filled: int, *, per_row: int = 0, css: str = "") -> SafeString:
    """`count` stitches, the first `filled` of them drawn full, `per_row` in a line."""
    across = min(per_row or count, count)
    bars = []
    for i in range(count):
        x, y = 7 + (i % across) * PITCH, ROW / 2 + (i // across) * (ROW + 4)
        bars.append(((x + 2.3, y - 4.6), (x - 2.3, y + 4.6)))
    lines = math.ceil(count / across) if across else 0
    view = (14 + max(across - 1, 0) * PITCH, max(lines * (ROW + 4) - 4, 1))
    return svg(stitched(bars, filled), view=view, css=f"grains {css}".strip(), width=rem(view[0]), height=rem(view[1]))


def edge(centre: Point, r: float, count: int, filled: int, angles: Point) -> str:
    """Stitches along an arc, all leaning the same way, like an overcast edge."""
    bars = []
    for i in range(count):
        a = math.radians(angles[0] + (angles[1] - angles[0]) * i / max(count - 1, 1))
        sin, cos = math.sin(a), math.cos(a)
        x, y = centre[0] + r * cos, centre[1] + r * sin
        lean = (cos * 6 + sin * 2.6, sin * 6 - cos * 2.6)
        bars.append(((x - lean[0], y - lean[1]), (x + lean[0], y + lean[1])))
    return stitched(bars, filled)


def share(taken: int, size: int, stitches: int) -> int:
    """How many of `stitches` are filled: none only when nothing is taken, all only when everything is."""
    if taken <= 0 or size <= 0:
        return 0
    if taken >= size:
        return stitches
    return min(max(round(taken / size * stitches), 1), stitches - 1)


@lru_cache(maxsize=REMEMBERED)
def hoop_wide(taken: int, size: int) -> SafeString:
    """Home, wide: the header's line is the top of this loop and sweeps back under it, to leave at (40.5, 640)."""
    width, height, r = 560.0, 640.0, 258.0
    cx, count = width - r - 1.5, 40
    d = (
        f"M{points(cx - 2, 0)}H{number(cx)}"
        + arc((cx, r), r, -90, 90, 2)
        + f"C{points(cx - 150, 2 * r, 40.5, 2 * r - 6, 40.5, height)}V{number(height + 1)}"
    )
    drawn = f'<path class="yarn draw" pathLength="1" d="{d}"/>'
    stitches = edge((cx, r), r - 25, count, share(taken, size, count), (-84, 78)) if size > 0 else ""
    return svg(drawn + stitches, view=(width, height), css="wide", width=rem(width), height=rem(height))


@lru_cache(maxsize=REMEMBERED)
def hoop_narrow(taken: int, size: int) -> SafeString:
    """Home, narrow: an open loop off the left margin; in and out at 12.5."""
    width, height, count = 308.0, 372.0, 24
    stitches = edge((166, height / 2), 124, count, share(taken, size, count), (-72, 38)) if size > 0 else ""
    drawn = path(bight_path(12.5, 166, 140, height, 30))
    return svg(drawn + stitches, view=(width, height), css="narrow", width=rem(width), height=rem(height))


@lru_cache(maxsize=REMEMBERED)
def crossing(start: float, end: float) -> SafeString:
    """The thread swings across the page from one side (0) to the other (100)."""
    d = f"M{number(start)} -1V0C{points(start, 84, end, 16, end, 100)}V101"
    return svg(path(d), view=(100, 100), css="crossing", stretches=True)


@lru_cache(maxsize=REMEMBERED)
def tangle() -> SafeString:
    """Not found: a line comes in, loses itself, comes out. Fixed sines, so it is the same tangle every time."""
    width, height = 560.0, 300.0
    cx, cy, turns = width / 2, height / 2, 37
    line = [(0.0, cy + 44), (width * 0.09, cy + 50), (width * 0.18, cy + 28)]
    for i in range(turns):
        a = math.pi + 0.35 + i * 1.2937
        r = 78 + 40 * math.sin(i * 2.4 + 1) * math.sin(math.pi * (i + 0.5) / turns)
        x, y = cx + 34 * math.sin(i * 0.53), cy + 14 * math.sin(i * 0.81)
        line.append((x + r * 1.3 * math.cos(a), y + r * 0.95 * math.sin(a)))
    line += [(width * 0.8, cy + 38), (width * 0.9, cy + 50), (width, cy + 40)]
    return svg(path(through(line)), view=(width, height), css="tangle", width="100%")


TAILS = {
    "none": "",
    "top": path("M33.5 -1V18C33.5 34 60 46 116.5 38"),
    "loose": path("M34 38C8 34 -14 44 -30 30C-46 16 -66 20 -60 36C-54 50 -38 40 -48 22C-56 8 -84 12 -104 24")
    + path("M-104 24l-12 0M-104 24l-10 6M-104 24l-9 9", "yarn yarn--fine"),
}


@lru_cache(maxsize=REMEMBERED)
def spool(tail: str = "loose") -> SafeString:
    """The thread's end. `tail`: "top" where the page's thread arrives from above, "loose" or "none"."""
    width, top, step, turns = 150, 32, 7, 16
    left, right = 33.5, width - 33.5
    rim = '<rect class="wood" x="14" y="{y}" width="{width}" height="14" rx="4"/>'
    wood = rim.format(y=12, width=width - 28) + rim.format(y=top + turns * step + 2, width=width - 28)
    d = ""
    for i in range(turns):
        y = top + 4 + i * step
        d += f"M{points(left, y)}C{points(left + 22, y + 9, right - 30, y + 9, right, y + 2)}"
    return svg(wood + path(d) + TAILS[tail], view=(width, 176), css=f"spool spool--{tail}")


@lru_cache(maxsize=REMEMBERED)
def dropped_stitch() -> SafeString:
    """Our own mistake: stitches on a needle, and one that slipped off and ran down like a ladder."""
    held = f"M{points(4, 64)}"
    for i in range(STITCHES):
        x = 52 + i * 64
        held += f"C{points(x - 12, 72, x + 12, 72, x + 32, 64)}" if i == DROPPED else hung(x, 64, 10)
    x = 52 + DROPPED * 64
    fallen = f"M{points(x - 30, 168)}{hung(x, 168, 232)}"
    needle = path("M-14 24H452", "knitting") + path("M-14 16v16", "knitting")
    return svg(needle + path(held) + path(rungs(x) + fallen), view=(460, 250), css="dropped", width="100%")


def hung(x: float, foot: float, top: float) -> str:
    """One knitted stitch from foot to foot; upside down where its top is lower."""
    return f"C{points(x - 2, foot, x - 24, top, x, top)}C{points(x + 24, top, x + 2, foot, x + 32, foot)}"


def rungs(x: float) -> str:
    return "".join(
        f"M{points(x - 26, y)}C{points(x - 10, y + 9, x + 10, y + 9, x + 26, y)}" for y in range(92, 160, 24)
    )


@lru_cache(maxsize=REMEMBERED)
def loose_end() -> SafeString:
    """A small flourish where something ends."""
    drawn = path("M-1 20C30 20 44 4 62 6.4C84 9.6 74 34.4 58 29.6C46 25.6 66 12 104 16.8")
    frayed = path("M104 16.8l11 -6M104 16.8l12 0M104 16.8l10 6", "yarn yarn--fine")
    return svg(drawn + frayed, view=(120, 40), css="loose-end", width="7.5rem", height="2.5rem")
