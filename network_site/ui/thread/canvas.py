"""Numbers to paths, paths to SVG."""

import math
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, html_safe
from django.utils.safestring import SafeString, mark_safe

UNIT = 16
Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with one decimal, and none where it is whole."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def points(*values: float) -> str:
    return " ".join(number(value) for value in values)


def rem(units: float) -> str:
    """A length for `width` and `height`, exact enough that a drawing is never squeezed inside its own frame."""
    return f"{units / UNIT:.4f}".rstrip("0").rstrip(".") + "rem"


def svg(
    body: str, *, view: tuple[float, float], css: str = "", width: str = "", height: str = "", stretches: bool = False
) -> SafeString:
    """An SVG element, hidden from screen readers: all it says is in the words beside it."""
    attributes = [f'class="{css}"'] if css else []
    attributes.append(f'viewBox="0 0 {points(*view)}"')
    attributes += [f'width="{width}"'] if width else []
    attributes += [f'height="{height}"'] if height else []
    attributes += ['preserveAspectRatio="none"'] if stretches else []
    return mark_safe(f'<svg {" ".join(attributes)} aria-hidden="true" focusable="false">{body}</svg>')  # noqa: S308


def path(d: str, css: str = "yarn") -> str:
    return f'<path class="{css.strip()}" d="{d}"/>'


def text(content: str, *, x: float, y: float, css: str, anchor: str = "middle") -> str:
    return f'<text class="{css}" x="{number(x)}" y="{number(y)}" text-anchor="{anchor}">{escape(content)}</text>'


def arc(centre: Point, r: float, start: float, end: float, steps: int = 4) -> str:
    """Part of a circle from one angle to another (degrees, clockwise on a screen) as Bézier curves."""
    cx, cy = centre
    step = math.radians(end - start) / steps
    pull = 4 / 3 * math.tan(step / 4) * r
    d = ""
    for i in range(steps):
        a, b = math.radians(start) + step * i, math.radians(start) + step * (i + 1)
        p, q = (cx + r * math.cos(a), cy + r * math.sin(a)), (cx + r * math.cos(b), cy + r * math.sin(b))
        d += "C" + points(
            p[0] - pull * math.sin(a),
            p[1] + pull * math.cos(a),
            q[0] + pull * math.sin(b),
            q[1] - pull * math.cos(b),
            *q,
        )
    return d


def through(line: list[Point]) -> str:
    """One smooth path through points (Catmull-Rom, as Bézier curves)."""
    d = f"M{points(*line[0])}"
    for i in range(len(line) - 1):
        before, here, there = line[max(i - 1, 0)], line[i], line[i + 1]
        after = line[min(i + 2, len(line) - 1)]
        d += "C" + points(
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            *there,
        )
    return d


@html_safe
@dataclass(frozen=True)
class Piece:
    """A length of thread: entered at (x_in, 0), left at (x_out, height), upright at both ends."""

    body: str
    width: float
    height: float
    x_in: float
    x_out: float
    stretches: bool = False
    css: str = ""

    def __str__(self) -> str:
        return self.drawn()

    @lru_cache(maxsize=512)  # noqa: B019  # pieces are small, frozen and few
    def drawn(self) -> SafeString:
        """The piece as SVG, as tall as it is or, where it stretches, as tall as it must be at least."""
        kind = "t-run" if self.stretches else "t-fix"
        return svg(
            self.body,
            view=(self.width, 100 if self.stretches else self.height),
            css=f"{kind} {self.css}".strip(),
            width=rem(self.width),
            height=rem(self.height),
            stretches=self.stretches,
        )
