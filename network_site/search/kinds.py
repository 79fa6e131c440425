"""What can be found: each room registers its kinds of things, and the search knows no room.

A room registers in its `findable.py`, which its `AppConfig.ready` imports. Pages need no more than this:

    kinds.register(page_kind("news", label=_("News"), one=_("News"), models=(NewsPage,), yarn="indigo"))

(`network_site.search.of_pages.page_kind`). Anything else says what there is with `stamps` and writes it out with
`documents`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from wagtail.models import Page

Words = str | Promise
# The colours of the tags, by the yarn of a part of the site.
YARNS = ("teal", "madder", "ochre", "sage", "indigo")


@dataclass(frozen=True)
class Document:
    """One public thing as the search sees it.

    Args:
        key: its name within its kind, the same for ever, such as the primary key.
        title: what it is called; counts most.
        url: where it is: a path of this site, with a fragment where it is part of a page.
        summary: one or two sentences about it, shown if the words are not found in the text.
        text: all of its words, plain, without markup.
        facts: names of people, places and themes that should find it as well as its title does.
        line: one line of fact shown under the title: "16 June 2027, Leeds", "About us / Partners".
        published_on: the day it is dated, if that matters to readers; shown.
        until: when it stops being public by itself, if it does.
    """

    key: str
    title: str
    url: str
    summary: str = ""
    text: str = ""
    facts: tuple[str, ...] = ()
    line: str = ""
    published_on: date | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found.

    Args:
        key: its name in addresses: "news".
        label: what several are called, in the filter: "News", "Conferences".
        one: what one is called, on its tag: "Conference".
        stamps: every public one's key, with a text that changes whenever anything of it does; cheap: one or two
            queries however many there are. What is not in it is not found.
        documents: writes out those with these keys, in any order, in few queries; leaves out what is not public.
        yarn: the colour of its tag, one of YARNS.
        order: its place in the filter; the lower, the earlier.
        claims: models of pages that belong to this kind, so that they are not found as plain pages too.
    """

    key: str
    label: Words
    one: Words
    stamps: Callable[[], Mapping[str, str]]
    documents: Callable[[Collection[str]], Iterable[Document]]
    yarn: str = "teal"
    order: int = 50
    claims: tuple[type[Page], ...] = ()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind of thing findable; the same key again replaces it.

    Raises:
        ValueError: the yarn is not one of the house's.
    """
    if kind.yarn not in YARNS:
        raise ValueError(f"{kind.yarn} is none of {YARNS}")
    _kinds[kind.key] = kind
    return kind


def every() -> list[Kind]:
    """Every kind, in the order of the filter."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def named(key: str) -> Kind | None:
    """The kind of this name."""
    return _kinds.get(key)


def claimed() -> tuple[type[Page], ...]:
    """Models of pages that are found as something more particular than a page."""
    return tuple(model for kind in _kinds.values() for model in kind.claims)
