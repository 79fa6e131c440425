"""Pieces of the thread the history needs in its templates."""

from dataclasses import dataclass

from django import template
from django.utils.dates import MONTHS

from network_site.base.dates import season
from network_site.history import drawing, queries
from network_site.history.models import TimelineEvent
from network_site.ui.thread import Piece, loops, pieces
from network_site.ui.thread.canvas import path
from network_site.ui.thread.timeline import LOOPS

register = template.Library()

WIDTH, HEIGHT = 44, 36


@register.simple_tag
def key_bead() -> Piece:
    """A bead as the key shows it."""
    return Piece(pieces.upright(22, HEIGHT) + pieces.pill(22, 18), WIDTH, HEIGHT, 22, 22)


@register.simple_tag
def key_loop() -> Piece:
    """A closed loop as the key shows it."""
    return loops.loop(WIDTH, 12.5, 26, 9, pad=9)


@register.simple_tag
def key_bight() -> Piece:
    """An open loop as the key shows it."""
    return Piece(path(loops.bight_path(12.5, 26, 9, HEIGHT, 7)), WIDTH, HEIGHT, 12.5, 12.5)


@dataclass(frozen=True)
class MonthFace:
    """A moment as the home page shows it; `time` is the month of the year, or the season where no more is known."""

    mark: str
    year: int
    figure: str
    unit: str
    time: str
    company: str


@register.simple_tag
def month_face(moment: TimelineEvent) -> MonthFace:
    """How a moment looks where it stands for this month: `{% month_face moment as face %}`."""
    mark = drawing.mark_of(moment)
    figure, unit = drawing.in_loop(moment) if mark in LOOPS else ("", "")
    day = moment.starts_on
    is_exact = moment.precision in queries.EXACT
    return MonthFace(
        mark=mark,
        year=day.year,
        figure=figure,
        unit=unit,
        time=str(MONTHS[day.month] if is_exact else season(day)),
        company=drawing.company(moment),
    )
