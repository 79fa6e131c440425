"""A shelf of courses and resources, and ways to fill it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from network_site.base.models import Topic
from network_site.learning.models import Audience, CoursePage, LearningIndexPage, LearningPage, ResourcePage
from network_site.pages.models import HomePage

Put = Callable[..., Any]


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


@pytest.fixture
def index(home: HomePage) -> LearningIndexPage:
    return home.add_child(instance=LearningIndexPage(title="Courses and resources", slug="courses-and-resources"))


@pytest.fixture
def put(index: LearningIndexPage) -> Put:
    """Something on the shelf, published unless `live=False`."""

    def make(
        title: str = "Something",
        kind: str = "course",
        *,
        topics: Iterable[str] = (),
        audiences: Iterable[str] = (),
        **fields: Any,
    ) -> LearningPage:
        own = {"address": "https://www.example.org/learn"} if kind == "course" else {"kind": kind}
        model = CoursePage if kind == "course" else ResourcePage
        index.refresh_from_db()
        page = index.add_child(instance=model(title=title, **{"lead": f"{title}, in short.", **own, **fields}))
        page.topics.set([Topic.objects.get_or_create(name=name, defaults={"slug": slug(name)})[0] for name in topics])
        page.audiences.set(
            [Audience.objects.get_or_create(name=name, defaults={"slug": slug(name)})[0] for name in audiences]
        )
        page.save()
        return page

    return make
