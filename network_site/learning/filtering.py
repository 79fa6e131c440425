"""Finding what one needs on the shelf: what the reader asked for, what that leaves, and what each choice would give."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from network_site.learning.models import ResourcePage
from network_site.learning.shelf import COURSE, Item, tokens

ON_A_PAGE = 20
LONGEST_WORDS = 100
KIND, TOPIC, AUDIENCE, FREE, WORDS = "kind", "topic", "for", "free", "q"
YES = "yes"
Test = Callable[[Item], bool]


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for; nothing chosen in a facet asks for anything."""

    words: str = ""
    kind: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    only_free: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """Read it from an address."""
        return cls(
            words=" ".join(query.get(WORDS, "")[:LONGEST_WORDS].replace("\0", " ").split()),
            kind=frozenset(query.getlist(KIND)),
            topic=frozenset(query.getlist(TOPIC)),
            audience=frozenset(query.getlist(AUDIENCE)),
            only_free=query.get(FREE) == YES,
        )

    def among(self, items: Iterable[Item]) -> "Wanted":
        """The same without choices that nothing on the shelf has ever had."""
        items = list(items)
        return replace(
            self,
            kind=self.kind & {item.kind for item in items},
            topic=self.topic & {slug for item in items for slug in item.topics},
            audience=self.audience & {slug for item in items for slug in item.audiences},
        )

    @property
    def tests(self) -> dict[str, Test]:
        """For each facet that asks for something, whether an item is it; something for nobody is for everybody."""
        asked = tokens(self.words)
        tests: dict[str, tuple[object, Test]] = {
            WORDS: (asked, lambda item: all(any(found.startswith(one) for found in item.found_by) for one in asked)),
            KIND: (self.kind, lambda item: item.kind in self.kind),
            TOPIC: (self.topic, lambda item: not self.topic.isdisjoint(item.topics)),
            AUDIENCE: (
                self.audience,
                lambda item: not item.audiences or not self.audience.isdisjoint(item.audiences),
            ),
            FREE: (self.only_free, lambda item: item.is_free),
        }
        return {name: test for name, (asks, test) in tests.items() if asks}

    def fits(self, item: Item, *, but: str = "") -> bool:
        """Whether the item is what was asked for, one facet left aside."""
        return all(test(item) for name, test in self.tests.items() if name != but)

    @property
    def query(self) -> list[tuple[str, str]]:
        """The same as the parameters of an address."""
        many = ((KIND, self.kind), (TOPIC, self.topic), (AUDIENCE, self.audience))
        chosen = [(name, value) for name, values in many for value in sorted(values)]
        words = [(WORDS, self.words)] if self.words else []
        return [*words, *chosen, *([(FREE, YES)] if self.only_free else [])]


@dataclass(frozen=True)
class Option:
    """One choice of a facet, and how many items it would show."""

    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """Choices of one kind, of which an item has to have one."""

    name: str
    legend: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Link:
    """Somewhere to go from here; an empty address is where one is, or a gap."""

    label: str
    url: str
    is_here: bool = False


class Finding:
    """What is on the shelf for what the reader asked.

    Args:
        items: everything on the shelf.
        wanted: what the reader asked for.
        url: the address of the shelf.
        page: the page asked for, from 1; the nearest there is will be shown.
        today: the day by which starts are past or not.
    """

    def __init__(self, items: list[Item], wanted: Wanted, *, url: str, page: str = "1", today: date) -> None:
        self.items = items
        self.wanted = wanted.among(items)
        self.today = today
        self._url = url
        self._page = page

    @cached_property
    def found(self) -> list[Item]:
        """What fits, in the order of the shelf."""
        fitting = [item for item in self.items if self.wanted.fits(item)]
        return sorted(fitting, key=lambda item: item.order(today=self.today))

    @cached_property
    def page(self) -> Page[Item]:
        """The part of it that is shown."""
        return Paginator(self.found, ON_A_PAGE).get_page(self._page)

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader asked for anything in particular."""
        return bool(self.wanted.query)

    @property
    def courses(self) -> list[Item]:
        """The courses on this page."""
        return [item for item in self.page.object_list if item.is_course]

    @property
    def resources(self) -> list[Item]:
        """Everything else on this page."""
        return [item for item in self.page.object_list if not item.is_course]

    @cached_property
    def facets(self) -> list[Facet]:
        """What one can choose from, with what each choice would show."""
        there = {item.kind for item in self.items}
        kinds = {kind: label for kind, label in kinds_in_words().items() if kind in there}
        return [
            Facet(KIND, _("What"), tuple(self._options(KIND, kinds, self.wanted.kind))),
            Facet(TOPIC, _("About"), tuple(self._options(TOPIC, self._names("topics"), self.wanted.topic))),
            Facet(AUDIENCE, _("For"), tuple(self._options(AUDIENCE, self._names("audiences"), self.wanted.audience))),
            Facet(FREE, _("Cost"), tuple(self._options(FREE, {YES: _("Free")}, self._free))),
        ]

    @property
    def _free(self) -> frozenset[str]:
        return frozenset({YES} if self.wanted.only_free else ())

    def _names(self, of: str) -> dict[str, str]:
        """Every topic or audience on the shelf by slug, in the order of their names."""
        names = {slug: name for item in self.items for slug, name in getattr(item, of).items()}
        return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))

    def _options(self, facet: str, labels: dict[str, str], chosen: frozenset[str]) -> Iterator[Option]:
        others = [item for item in self.items if self.wanted.fits(item, but=facet)]
        for value, label in labels.items():
            test = Wanted.of(_query([(facet, value)])).fits
            yield Option(value, label, sum(map(test, others)), value in chosen)

    @property
    def chips(self) -> list[Link]:
        """Each thing asked for, with the address that asks for everything but it."""
        labels = {(facet.name, option.value): option.label for facet in self.facets for option in facet.options}
        asked = self.wanted.query
        return [
            Link(labels.get(pair, f"“{pair[1]}”"), self.address([other for other in asked if other != pair]))
            for pair in asked
        ]

    @property
    def links(self) -> list[Link]:
        """The way to the other pages."""
        paginator, here = self.page.paginator, self.page.number
        shown = paginator.get_elided_page_range(here, on_each_side=2, on_ends=1)
        return [
            Link(
                str(number), self.address(self.wanted.query, number) if isinstance(number, int) else "", number == here
            )
            for number in shown
        ]

    def address(self, query: list[tuple[str, str]], page: int = 1) -> str:
        """The address that asks for this."""
        asked = [*query, *([("page", str(page))] if page > 1 else [])]
        return self._url + (f"?{urlencode(asked)}" if asked else "")


def kinds_in_words() -> dict[str, str]:
    """Every kind there can be, as many of it are called."""
    return {
        COURSE: _("Courses"),
        ResourcePage.Kind.GUIDE: _("Guides"),
        ResourcePage.Kind.TOOLKIT: _("Toolkits"),
        ResourcePage.Kind.FILM: _("Films"),
        ResourcePage.Kind.DOCUMENT: _("Documents"),
    }


def _query(pairs: list[tuple[str, str]]) -> QueryDict:
    return QueryDict(urlencode(pairs))


def like(item: Item, items: Iterable[Item], *, most: int = 3) -> list[Item]:
    """Other items about the same topics, those that share most of them first."""
    shared = [(len(item.topics.keys() & other.topics.keys()), other) for other in items if other.pk != item.pk]
    near = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].title.casefold()))
    return [other for _number, other in near[:most]]
