"""What every test may use. `db` rolls back; `real_db` is a database of its own that may commit and be raced on."""

import gc
import os
from collections.abc import Iterator
from contextlib import nullcontext
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from hypothesis import settings as properties
from pytest_django import DjangoDbBlocker

from network_site.base import freshness
from network_site.search import corpus
from tests import chores, databases

pytest_plugins = ["tests.browser.fixtures", "tests.pages.fixtures"]
DATABASE = os.environ.get("TEST_DATABASE", "sqlite")
# No clock, and the same examples every time: a failure here is a failure everywhere.
properties.register_profile("house", deadline=None, derandomize=True)
properties.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from tests.browser.fixtures import chromium  # a plug-in: pytest is to load it first

    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.no_cover)  # counting lines makes a site in front of a browser twice as slow
        if "postgres" in item.keywords and DATABASE != "postgres":
            item.add_marker(pytest.mark.skip(reason="runs on PostgreSQL only (TEST_DATABASE=postgres)"))
        if "sqlite" in item.keywords and DATABASE != "sqlite":
            item.add_marker(pytest.mark.skip(reason="runs on SQLite only"))
        if "browser" in item.keywords and not chromium() and not os.environ.get("REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="needs Chromium (apt-get install chromium-headless-shell)"))
    if DATABASE == "postgres":
        config.hook.pytest_deselected(items=[item for item in items if not differs_by_database(item)])
        items[:] = [item for item in items if differs_by_database(item)]
    items.sort(key=_turn)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded by now stays: the collector of garbage need not walk through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _turn(item: pytest.Item) -> tuple[bool, bool]:
    """While one process does without a database, another makes those that both will copy; what is long comes early."""
    return asks_a_database(item), item.get_closest_marker("no_cover") is None


def asks_a_database(item: pytest.Item) -> bool:
    return not {"db", "engine"}.isdisjoint(getattr(item, "fixturenames", ())) or bool(
        item.get_closest_marker("django_db")
    )


def differs_by_database(item: pytest.Item) -> bool:
    """Whether another database could change how a test ends; the others need no second run."""
    return asks_a_database(item) and not item.get_closest_marker("any_database")


def reads_alone(item: pytest.Item) -> bool:
    """Whether a test has a database with one connection: no other thread and no process can read what it writes."""
    asks = set(getattr(item, "fixturenames", ()))
    return asks_a_database(item) and asks.isdisjoint({"real_db", "site"})


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> databases.Engine:
    if DATABASE == "sqlite":
        return databases.SQLite(tmp_path_factory.mktemp("db"))
    server = databases.PostgreSQL()
    settings.DATABASES["default"].update(server.address)
    connections["default"].settings_dict.update(server.address)
    return server


@pytest.fixture(scope="session")
def django_db_setup(engine: databases.Engine, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's own set-up, from a template instead of migrations."""
    with django_db_blocker.unblock():
        engine.prepare(databases.PLAIN, databases.migrate)
        name = engine.copy()
        databases.point_to(name)
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        engine.drop(name)


@pytest.fixture
def real_db(engine: databases.Engine, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database that commits, for threads, processes and live servers; its name."""
    with django_db_blocker.unblock():
        before = str(settings.DATABASES["default"]["NAME"])
        name = engine.copy()
        databases.point_to(name)
        yield name
        databases.point_to(before)
        engine.drop(name)


@pytest.fixture(scope="session", autouse=True)
def _index_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test process keeps its index of publications by itself; a test with other publications makes it anew."""
    settings.RESEARCH_INDEX = tmp_path_factory.mktemp("research-index")


@pytest.fixture(autouse=True)
def _chores_when_asked_for(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where others read as well, Wagtail's chores are done at once, and so they are for what every copy begins with."""
    if "demo_db" in request.fixturenames:
        request.getfixturevalue("demo_db")
    with chores.when_asked_for() if reads_alone(request.node) else nullcontext():
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What a process keeps between requests must not leak between tests, and is not asked for again by the clock."""
    with patch.object(freshness.seen, "clock", lambda: 0.0):
        yield
    cache.clear()
    freshness.seen.forget()
    corpus.site.forget()
