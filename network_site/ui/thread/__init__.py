"""The thread: the geometry of every drawn line on the site. Pure functions of numbers; no Django beyond safe strings.

1. One unit is 1/16 rem, and every drawing carries its size in rem: it grows with the reader's text.
2. Nobody knows on the server how tall a paragraph will be, so the thread is never one long path. It is a stack of
   pieces, one stack for each item of a list: `[bead] [mark] [run]`. Only the run stretches.
3. Every piece is entered at (x_in, 0) and left at (x_out, height), and both tangents are vertical. Stretching keeps
   vertical tangents vertical, so any piece joins any other without a corner. Strokes overshoot by one unit.
4. A straight stretch lies at x = something and a half, so that three pixels are crisp.
"""

from network_site.ui.thread.canvas import Piece
from network_site.ui.thread.loops import bight, loop, radius, session_loop
from network_site.ui.thread.pieces import bead, knot, needle, run, stitch

__all__ = ["Piece", "bead", "bight", "knot", "loop", "needle", "radius", "run", "session_loop", "stitch"]
