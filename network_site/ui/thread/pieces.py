"""The plain pieces: run, stitch, bead, knot, needle."""

from network_site.ui.thread.canvas import Piece, number, path, points, text

COLUMN = 48
MARGIN = 18.5


def run(width: float = COLUMN, x: float = MARGIN, to: float | None = None, least: float = 16) -> Piece:
    """A stretch that fills what is left of its item: straight, or an S from one x to another.

    Args:
        width: of the column, in units.
        x: where the thread comes in.
        to: where it goes out; the same x where not given.
        least: its smallest height in units.
    """
    out = x if to is None else to
    bend = f"C{points(x, 58, out, 42, out, 100)}" if abs(out - x) > 0.1 else ""  # noqa: PLR2004
    start = f"M{number(x)} -1V0" if bend else f"M{number(x)} -1"
    return Piece(path(f"{start}{bend}V101"), width, least, x, out, stretches=True)


def upright(x: float, height: float) -> str:
    return path(f"M{number(x)} -1V{number(height + 1)}")


def stitch(width: float = COLUMN, x: float = MARGIN, colour: str = "", height: float = 36, at: float = 14) -> Piece:
    """A moment: one short slanted bar over the thread. `colour` is a yarn class such as "c-sage"."""
    bar = f"M{points(x - 8, at + 4)}L{points(x + 8, at - 4)}"
    body = upright(x, height) + path(bar, "casing") + path(bar, f"grain {colour}")
    return Piece(body, width, height, x, x)


def pill(x: float, y: float) -> str:
    return path(f"M{points(x - 4, y - 10)}h8a10 10 0 0 1 0 20h-8a10 10 0 0 1 0-20z", "bead")


def bead(width: float = COLUMN, x: float = MARGIN, label: str = "", height: float = 104, side: int = 1) -> Piece:
    """A year or a day. `label` is written to the right (side 1) or to the left (side -1) of it."""
    y = height * 0.56
    body = upright(x, height) + pill(x, y)
    if label:
        body += text(label, x=x + 24 * side, y=y + 15, css="t-year", anchor="end" if side < 0 else "start")
    return Piece(body, width, height, x, x)


def knot(  # noqa: PLR0917
    width: float = COLUMN, x: float = MARGIN, colour: str = "", height: float = 64, at: float = 22, scale: float = 1.0
) -> Piece:
    """A milestone: three snug turns round the thread; a stitch is one."""
    body = upright(x, height)
    for turn in (-1, 0, 1):
        y = at + 9.5 * scale * turn
        bar = f"M{points(x - 10.5 * scale, y + 4.2 * scale)}L{points(x + 10.5 * scale, y - 4.2 * scale)}"
        body += path(bar, "turn-casing") + path(bar, f"turn {colour}")
    return Piece(body, width, height, x, x)


def needle(width: float = COLUMN, x: float = MARGIN, height: float = 150) -> Piece:
    """Today: the thread goes through the eye of a needle that points on. Nothing follows it."""
    body = (
        path(f"M{number(x)} -1V8C{points(x, 26, x + 9, 22, x + 1, 34)}")
        + path(
            f"M{number(x)} 22C{points(x + 8, 22, x + 8, 40, x + 5, 60)}L{points(x, 148)}L{points(x - 5, 60)}"
            f"C{points(x - 8, 40, x - 8, 22, x, 22)}z",
            "needle",
        )
        + path(
            f"M{number(x)} 29C{points(x + 3.4, 29, x + 3.4, 48, x, 48)}C{points(x - 3.4, 48, x - 3.4, 29, x, 29)}z",
            "eye",
        )
        + path(f"M{points(x + 1, 33)}C{points(x - 6, 44, x - 12, 40, x - 15, 52)}")
    )
    return Piece(body, width, height, x, x)
