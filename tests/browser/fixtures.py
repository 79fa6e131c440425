"""A whole demonstration site in this process, and Chromium in front of it; one browser for a whole run."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from threading import Condition
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache as pages
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import databases

ROOT = Path(__file__).resolve().parents[2]
# What anything a test waits for may take on a machine that does much else; milliseconds.
PATIENCE = 30_000
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip

Window = Callable[..., Page]
Watch = Callable[[Page], list[str]]


def chromium() -> str | None:
    """The system's Chromium; the one that has no window to draw opens a page several times as quickly."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@cache
def code_name() -> str:
    """A name for the code that fills the demonstration."""
    digest = hashlib.sha256()
    for package in ("network_site", "events", "research_db"):
        for file in sorted((ROOT / package).rglob("*")):
            if file.suffix in {".py", ".json", ".png"}:
                digest.update(file.read_bytes())
    return f"demo_{digest.hexdigest()[:12]}"


class Handler(StaticFilesHandler):
    """Static files come from the apps' own folders, as `runserver` gives them; knows what it is still answering."""

    def __init__(self, application: Any) -> None:
        super().__init__(application)
        self.answering, self.changed = 0, Condition()

    def get_base_url(self) -> str:
        return str(settings.STATIC_URL)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self._count(1)
        try:
            answer = super().__call__(environ, start_response)
        except BaseException:
            self._count(-1)
            raise
        close = answer.close

        def closed() -> None:
            try:
                close()
            finally:
                self._count(-1)

        answer.close = closed
        return answer

    def _count(self, more: int) -> None:
        with self.changed:
            self.answering += more
            self.changed.notify_all()

    def finish(self) -> None:
        """Wait until every question has its answer: none may meet the next test's database."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.answering, timeout=PATIENCE / 1000)


class Server(LiveServerThread):
    """Django's own, but it stops at once when it is told to instead of looking up every half second."""

    def _create_server(self, connections_override: Any = None) -> Any:
        server = super()._create_server(connections_override)
        server.serve_forever = partial(server.serve_forever, poll_interval=0.02)
        return server

    def terminate(self) -> None:
        super().terminate()
        self.httpd.get_app().finish()


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
    from network_site.demo.seed import seed

    before = str(settings.DATABASES["default"]["NAME"])
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    kept = override_settings(STORAGES={**settings.STORAGES, "default": on_disk}, MEDIA_ROOT=demo_media)
    with django_db_blocker.unblock(), kept:
        engine.prepare(code_name(), seed, start=databases.PLAIN)
        name = engine.copy(code_name())
        databases.point_to(name)
        yield name
        databases.point_to(before)
        engine.drop(name)


@pytest.fixture
def site(demo_db: str) -> Iterator[str]:
    """The address of the running demonstration."""
    pages.clear()
    thread = Server("127.0.0.1", Handler, connections_override={}, port=0)
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
def browser() -> Iterator[Browser]:
    """Chromium. Playwright's loop runs in the tests' thread from here on, and Django is not to mind."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, patch("django.utils.asyncio.get_running_loop", side_effect=RuntimeError):
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, timeout=4 * PATIENCE)
        yield opened
        opened.close()


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator[Window]:
    """Opens windows on the site, each with nothing remembered; all are closed when the test is over."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1280, height: int = 900, **kind: Any) -> Page:
        context = browser.new_context(**{"base_url": site, "viewport": {"width": width, "height": height}, **kind})
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(3 * PATIENCE)
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(window: Window) -> Page:
    """A page in a window of a desk's width, with JavaScript."""
    return window()


@pytest.fixture
def watched(site: str) -> Watch:
    """Collect what a page must not do: requests to other places, errors on the console, broken policy."""

    def watch(page: Page) -> list[str]:
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
