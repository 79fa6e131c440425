"""How full something is, as a row of stitches and in words."""

import math
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from network_site.ui.thread.pictures import share

MOST_STITCHES = 80
FOLD_FROM = 31
STEPS = (1, 5, 10, 20, 25, 50, 100)


def number_words() -> list[str]:
    """The words of none to ten."""
    return _number_words(get_language())


@cache
def _number_words(_language: str | None) -> list[str]:
    return [
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"),
        _("six"), _("seven"), _("eight"), _("nine"), _("ten"),
    ]  # fmt: skip


def in_words(count: int) -> str:
    """A small number as it is read: "two"; from eleven on, figures."""
    words = number_words()
    return words[count] if 0 <= count < len(words) else f"{count:,}"


@dataclass(frozen=True)
class Row:
    """A row of stitches: how many, how many of them filled, and how many places one stands for."""

    count: int
    filled: int
    each: int

    @property
    def folds(self) -> bool:
        return self.count >= FOLD_FROM

    @property
    def per_line(self) -> int:
        return math.ceil(self.count / 2)

    @property
    def scale(self) -> str:
        """Says how many places a stitch is; empty when it is one."""
        return "" if self.each == 1 else _("One stitch is %(places)s places.") % {"places": in_words(self.each)}


def row_of(*, taken: int, size: int) -> Row:
    """The row for `taken` of `size` places, at most eighty stitches long."""
    each = next((step for step in STEPS if size <= step * MOST_STITCHES), math.ceil(size / MOST_STITCHES))
    count = math.ceil(max(size, 0) / each)
    return Row(count=count, filled=share(taken, size, count), each=each)


def left_in_words(*, taken: int, size: int) -> tuple[str, str]:
    """What is left, as the words that matter and the rest: ("38 of 50", "places left")."""
    left = max(size - taken, 0)
    if size <= 0:
        return _("No places"), ""
    if not left:
        return _("Sold out"), ""
    if left <= 3 and taken > 0:  # noqa: PLR2004
        return ngettext("Last place", "Last %(left)s places", left) % {"left": in_words(left)}, ""
    return _("%(left)s of %(size)s") % {"left": f"{left:,}", "size": f"{size:,}"}, _("places left")
