"""A list of news under a home page, and ways to fill it."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from wagtail.models import Page, Site

from network_site.base.models import NetworkImage, Topic
from network_site.news.models import Authorship, NewsIndexPage, NewsPage
from network_site.pages.models import HomePage
from network_site.people.models import Person

Write = Callable[..., NewsPage]


def text(html: str) -> str:
    """A body of one block."""
    return json.dumps([{"type": "text", "value": html}])


@pytest.fixture
def home(db: None) -> HomePage:
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title="The network", slug="front", headline="We link people", lead="All."))
    Site.objects.update(root_page=page)
    Site.clear_site_root_paths_cache()
    return page


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


@pytest.fixture
def picture(db: None) -> Callable[..., NetworkImage]:
    def make(title: str = "Hands", **fields: Any) -> NetworkImage:
        from PIL import Image

        file = BytesIO()
        Image.new("RGB", (1400, 900), "#0B5A5B").save(file, "JPEG")
        file.seek(0)
        return NetworkImage.objects.create(title=title, file=ImageFile(file, name=f"{title}.jpg"), **fields)

    return make
