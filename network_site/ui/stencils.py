"""A part of a page drawn once, with holes for the texts that are others each time.

Most of a part is the same for everybody, and the template language takes as long for that as for what differs.
"""

import re
from collections.abc import Hashable
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from network_site.ui.remembered import drawn

# Signs for private use stand where a text goes; no filter and no escaping changes them.
HOLE = "\ue000{}\ue001"
HOLES = re.compile(HOLE.format(r"(\w+)"))


def filled(template_name: str, /, **given: Hashable) -> SafeString:
    """The template with what is given, drawn once for each language and shape.

    A text (`str`) goes into a hole: the template may only show it, never ask about it or change it. Everything else
    (truths, numbers, nothing) is the shape, and may be asked about; of shapes there should be few.
    """
    texts = {name: _escaped(value) for name, value in given.items() if isinstance(value, str)}
    shape = tuple((name, value) for name, value in given.items() if name not in texts)
    holes = {name: HOLE.format(name) for name in texts}
    between, names = _cut(drawn(template_name, {**given, **holes}, shown=(shape, *holes)))
    parts = [between[0]]
    for name, text in zip(names, between[1:], strict=True):
        parts += texts[name], text
    return SafeString("".join(parts))  # the template's own text, and texts that are escaped


def _escaped(text: str) -> str:
    return text if isinstance(text, SafeString) else escape(text)


@lru_cache(maxsize=500)
def _cut(drawing: str) -> tuple[list[str], list[str]]:
    """What stands between the holes, and which holes they are."""
    parts = HOLES.split(drawing)
    return parts[::2], parts[1::2]
