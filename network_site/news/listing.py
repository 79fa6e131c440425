"""What the list of news shows: some articles on a thread, and the ways to choose among all."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.db.models.functions import ExtractYear

from network_site.base.remembered import remembered
from network_site.news.models import NewsIndexPage, NewsPage, NewsQuerySet

ON_A_PAGE = 20


@dataclass(frozen=True)
class Choice:
    """A year or a topic one may ask for: how many articles it has, and whether it is the one asked for."""

    words: str
    url: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Entry:
    """An article in the list: `is_first_of_year` where its year is said, `is_front` for the one shown large."""

    article: NewsPage
    is_first_of_year: bool
    is_front: bool


class Listing:
    """The articles of a year or of all years, about one topic or all.

    Args:
        index: whose articles.
        year: only of this year.
        query: what the reader asked: `topic` (a topic's slug) and `page` (a number).
    """

    def __init__(self, index: NewsIndexPage, *, year: int | None, query: Mapping[str, str]) -> None:
        self.url = str(index.url)
        self.year = year
        self.asked = query.get("topic", "")
        self._number = query.get("page", "1")
        self._articles = index.articles()
        self._path = index.path

    @cached_property
    def topics(self) -> list[Choice]:
        """The topics that have articles in this year, or in any."""
        found = self._of_year().exclude(topics=None).order_by().values_list("topics__name", "topics__slug")
        counted = found.annotate(number=Count("pk", distinct=True)).order_by("topics__name")
        known = remembered("news.topics", shown=[self._path, self.year], make=lambda: list(counted))
        return [
            Choice(name, self.address(year=self.year, topic=slug), number, slug == self.asked)
            for name, slug, number in known
        ]

    @cached_property
    def topic(self) -> Choice | None:
        """The topic asked for; None also where there is no such topic."""
        return next((choice for choice in self.topics if choice.is_chosen), None)

    @property
    def is_topic_unknown(self) -> bool:
        """Whether the reader asked for a topic that has no articles here."""
        return bool(self.asked) and self.topic is None

    @cached_property
    def years(self) -> list[Choice]:
        """Every year that has articles, the newest first."""
        years = self._articles.order_by().annotate(of=ExtractYear("published_on")).values_list("of")
        counted = years.annotate(number=Count("pk")).order_by("-of")
        known = remembered("news.years", shown=self._path, make=lambda: list(counted))
        return [Choice(str(of), self.address(year=of), number, of == self.year) for of, number in known]

    @property
    def is_of_every_year(self) -> bool:
        """Whether no year is chosen."""
        return self.year is None

    @property
    def has_year(self) -> bool:
        """Whether the year asked for has articles."""
        return any(choice.is_chosen for choice in self.years)

    @cached_property
    def page(self) -> Page[NewsPage]:
        """The articles of the page asked for; the nearest there is."""
        found = self._of_year()
        if self.topic:
            found = found.filter(topics__slug=self.asked)
        shown = found.select_related("picture").prefetch_related("topics", "picture__renditions")
        pages = Paginator(shown, ON_A_PAGE)
        pages.count = self._number_of_articles
        return pages.get_page(self._number)

    @property
    def _number_of_articles(self) -> int:
        """How many there are for what was asked, as the choices say."""
        if self.topic:
            return self.topic.number
        return sum(choice.number for choice in self.years if self.year in {None, int(choice.words)})

    @property
    def place(self) -> list[object]:
        """What tells this page of this list from every other."""
        return [self._path, self.year, self.topic and self.asked, self.page.number]

    @cached_property
    def entries(self) -> list[Entry]:
        """The articles of the page, with where a new year begins."""
        articles = list(self.page.object_list)
        years = [0, *(article.published_on.year for article in articles)]
        return [
            Entry(article, article.published_on.year != years[place], self._is_front and place == 0)
            for place, article in enumerate(articles)
        ]

    @property
    def links(self) -> list[Choice]:
        """The way to the other pages of the list; an address is empty where numbers are left out."""
        paginator, current = self.page.paginator, self.page.number
        return [
            Choice(str(shown), self._page_address(shown), 0, shown == current)
            for shown in paginator.get_elided_page_range(current, on_each_side=2, on_ends=1)
        ]

    def _page_address(self, shown: int | str) -> str:
        topic = self.asked if self.topic else ""
        return self.address(year=self.year, topic=topic, page=shown) if isinstance(shown, int) else ""

    def _of_year(self) -> NewsQuerySet:
        return self._articles.filter(published_on__year=self.year) if self.year else self._articles

    @property
    def _is_front(self) -> bool:
        """Whether nothing is chosen, and this is the first page."""
        return not (self.year or self.topic) and self.page.number == 1

    def address(self, *, year: int | None = None, topic: str = "", page: int = 1) -> str:
        """The address of a list."""
        asked = {name: value for name, value in (("topic", topic), ("page", page if page > 1 else "")) if value}
        return self.url + (f"{year}/" if year else "") + (f"?{urlencode(asked)}" if asked else "")
