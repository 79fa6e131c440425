"""A small tree of pages, and ways to fill it; for every test that wants one."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Page, Site

from network_site.base.models import NetworkDocument, NetworkImage
from network_site.base.pages import BasePage
from network_site.pages.models import ExplainerPage, HomePage
from tests.factories.pages import raw


@pytest.fixture
def home(db: None) -> HomePage:
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(title="The network", slug="front", headline="We link people", lead="All."))
    Site.objects.update(root_page=page)
    Site.clear_site_root_paths_cache()
    return page


@pytest.fixture
def add(home: HomePage) -> Callable[..., Any]:
    def add_page(kind: type[BasePage], under: Page | None = None, **fields: Any) -> Any:
        return (under or home).add_child(instance=kind(**{"title": "A page", **fields}))

    return add_page


@pytest.fixture
def page_with(add: Callable[..., Any]) -> Callable[..., ExplainerPage]:
    """A page whose body is made of these blocks."""

    def make(*blocks: tuple[str, Any], kind: type[BasePage] = ExplainerPage) -> Any:
        return add(kind, body=raw(*blocks))

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


@pytest.fixture
def document(db: None) -> NetworkDocument:
    return NetworkDocument.objects.create(title="The report", file=ContentFile(b"x" * 2048, name="report.pdf"))
