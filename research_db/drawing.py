"""Figures drawn as bars of yarn; they stretch to the room they have, and the numbers stand beside them in words."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from network_site.ui.thread.canvas import number, svg

HEIGHT, STEP, GAP = 100.0, 10.0, 1.6
THIN = 8.0


def columns(shares: Sequence[float]) -> SafeString:
    """Bars side by side, each so many per cent of the height; a hundredth at least, so that one of many is seen."""
    bars = (
        _box(place * STEP + GAP, HEIGHT - share, STEP - 2 * GAP, share)
        for place, one in enumerate(shares)
        if (share := max(one, 1.0) if one else 0.0)
    )
    return svg("".join(bars), view=(len(shares) * STEP, HEIGHT), css="columns__bars", stretches=True)


def bar(share: float) -> SafeString:
    """One bar from the left, so many per cent of the width."""
    return svg(_box(0, 0, max(share, 1.0), THIN), view=(HEIGHT, THIN), css="bar", stretches=True)


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"/>'
