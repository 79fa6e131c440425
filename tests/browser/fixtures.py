"""A whole demonstration site in this process, and Chromium in front of it; one browser for a whole run."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache as pages
from django.test import override_settings
from django.test.testcases import LiveServerThread
from pytest_django import DjangoDbBlocker

from tests import databases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@cache
def code_name() -> str:
    """A name for the code that fills the demonstration."""
    digest = hashlib.sha256()
    for package in ("network_site", "events"):
        for file in sorted((ROOT / package).rglob("*")):
            if file.suffix in {".py", ".json", ".png"}:
                digest.update(file.read_bytes())
    return f"demo_{digest.hexdigest()[:12]}"


def demonstration() -> None:
    from network_site.demo.seed import seed

    databases.migrate()
    seed()


class Handler(StaticFilesHandler):
    """Static files come from the apps' own folders, as `runserver` gives them."""

    def get_base_url(self) -> str:
        return str(settings.STATIC_URL)


@pytest.fixture(scope="session")
def demo_media() -> Path:
    folder = databases.CACHE / f"media-{code_name()}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def demo_db(
    engine: databases.Engine, django_db_setup: None, django_db_blocker: DjangoDbBlocker, demo_media: Path
) -> Iterator[str]:
    """A fresh copy of the demonstration's database, with its pictures on disk."""
    before = str(settings.DATABASES["default"]["NAME"])
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    kept = override_settings(STORAGES={**settings.STORAGES, "default": on_disk}, MEDIA_ROOT=demo_media)
    with django_db_blocker.unblock(), kept:
        engine.prepare(code_name(), demonstration)
        name = engine.copy(code_name())
        databases.point_to(name)
        yield name
        databases.point_to(before)
        engine.drop(name)


@pytest.fixture
def site(demo_db: str) -> Iterator[str]:
    """The address of the running demonstration."""
    pages.clear()
    thread = LiveServerThread("127.0.0.1", Handler, connections_override={}, port=0)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    address = f"http://127.0.0.1:{thread.port}"
    before, settings.SITE_URL = settings.SITE_URL, address
    yield address
    settings.SITE_URL = before
    thread.terminate()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # from here on Playwright's loop runs in the tests' thread
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS, timeout=60_000)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: "Browser", site: str) -> "Iterator[BrowserContext]":
    """A browser window with JavaScript; refuses to leave the site, and says when a page tried."""
    with_scripts = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    yield with_scripts
    with_scripts.close()


@pytest.fixture
def watched(site: str) -> "Callable[[Page], list[str]]":
    """Collect what a page must not do: requests to other places, errors on the console, broken policy."""

    def watch(page: "Page") -> list[str]:
        wrong: list[str] = []
        page.on(
            "request",
            lambda request: None if request.url.startswith((site, "data:", "blob:")) else wrong.append(request.url),
        )
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "response",
            lambda response: wrong.append(f"{response.status} {response.url}") if response.status >= 400 else None,
        )
        return wrong

    return watch
