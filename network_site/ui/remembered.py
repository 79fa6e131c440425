"""Parts of pages that look the same as long as what they show is the same: drawn once in a process."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 2000

_drawings: OrderedDict[Hashable, SafeString] = OrderedDict()
_lock = Lock()


def drawn(template_name: str, context: dict[str, Any], *, shown: tuple[Hashable, ...]) -> SafeString:
    """The template's text. `shown` is everything the template shows: what is not in it must not change the text."""
    key = (template_name, get_language(), shown)
    with _lock:
        if key in _drawings:
            _drawings.move_to_end(key)
            return _drawings[key]
    text = render_to_string(template_name, context)
    with _lock:
        _drawings[key] = text
        while len(_drawings) > MOST:
            _drawings.popitem(last=False)
    return text


def values_of(row: Model) -> tuple[Hashable, ...]:
    """Everything a row says about itself."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields)
