"""A link as a template draws it."""

from collections.abc import Iterable
from dataclasses import dataclass

from network_site.base.links import LinkValue


@dataclass(frozen=True)
class Link:
    """Words and an address; `current` is the value of aria-current, empty elsewhere."""

    words: str
    url: str
    current: str = ""


def drawn(values: Iterable[LinkValue]) -> tuple[Link, ...]:
    """The links that lead somewhere; a page that is gone or not published is left out."""
    return tuple(Link(value.words, value.address) for value in values if value.address)
