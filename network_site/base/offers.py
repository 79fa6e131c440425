"""What rooms offer to pages that show several of them: each room adds itself, and no page knows which rooms there are.

A room registers in a module that its `AppConfig.ready` imports:

    @newest_writing.add("news")
    def newest(most: int) -> list[Writing]: ...
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.utils.safestring import SafeString

Offer = TypeVar("Offer", bound=Callable[..., Any])


class Offers(Generic[Offer]):
    """Functions of one shape, each under the name of what offers it; the same name again replaces it."""

    def __init__(self) -> None:
        self._offers: dict[str, Offer] = {}

    def add(self, name: str) -> Callable[[Offer], Offer]:
        """Add the decorated function under this name."""

        def keep(offer: Offer) -> Offer:
            self._offers[name] = offer
            return offer

        return keep

    def all(self) -> list[Offer]:
        """Every offer, by name."""
        return [self._offers[name] for name in sorted(self._offers)]


@dataclass(frozen=True)
class Writing:
    """Something public to read; `kind` is one of the kinds of the home page, such as "news" or "conference"."""

    published_on: date
    url: str
    title: str
    text: str
    kind: str


@dataclass(frozen=True)
class Connection:
    """A line from one thing to another that belongs to it: "Part of our history: The first conference, 2016"."""

    label: str
    url: str
    title: str
    fact: str = ""


@dataclass(frozen=True)
class Waiting:
    """Something a member of staff may have to do: how many, what, and where."""

    number: int
    words: str
    url: str


# The newest public writing of a room, newest first, at most so many.
newest_writing: Offers[Callable[[int], Sequence[Writing]]] = Offers()
# What else belongs to this object; asked on its page. A room answers only for what it knows.
connections: Offers[Callable[[Model], Sequence[Connection]]] = Offers()
# What waits for the person who asks, shown on the first page of the admin.
waiting: Offers[Callable[[HttpRequest], Sequence[Waiting]]] = Offers()
# Forgets whoever has this e-mail address, as far as a room keeps them by it alone; how many things were forgotten.
# Called with the address and whoever asks for it, in a transaction.
forgetting: Offers[Callable[..., int]] = Offers()
# What a room puts at the foot of a page for reading, as HTML that is the same for every visitor.
page_foot: Offers[Callable[[HttpRequest, Model], SafeString]] = Offers()
