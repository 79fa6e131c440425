"""A list of news under a home page, and ways to fill it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from network_site.base.models import Topic
from network_site.news.models import Authorship, NewsIndexPage, NewsPage
from network_site.pages.models import HomePage
from network_site.people.models import Person
from tests.factories.pages import raw

Write = Callable[..., NewsPage]


def text(html: str) -> str:
    """A body of one block."""
    return raw(("text", html))


@pytest.fixture
def index(home: HomePage) -> NewsIndexPage:
    return home.add_child(instance=NewsIndexPage(title="News", slug="news", intro="What is new."))


@pytest.fixture
def topic(db: None) -> Callable[[str], Topic]:
    def make(name: str) -> Topic:
        return Topic.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-")})[0]

    return make


@pytest.fixture
def write(index: NewsIndexPage, topic: Callable[[str], Topic]) -> Write:
    """An article, published unless `live=False`."""

    def make(
        title: str = "A title",
        on: str = "2026-11-05",
        *,
        topics: tuple[str, ...] = (),
        authors: tuple[Person, ...] = (),
        **fields: Any,
    ) -> NewsPage:
        page = NewsPage(title=title, published_on=date.fromisoformat(on), **{"lead": f"{title}, in short.", **fields})
        page.authorships = [Authorship(person=person, sort_order=place) for place, person in enumerate(authors)]
        index.refresh_from_db()
        index.add_child(instance=page)
        page.topics.set([topic(name) for name in topics])
        page.save()
        return page

    return make
