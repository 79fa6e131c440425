"""The demonstration's publications, and an index of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from network_site.demo.research import make_research
from network_site.pages.models import HomePage
from research_db.formats.reading import read
from research_db.formats.record import Record
from research_db.models import Publication

Fetch = Callable[[str], bytes]


@pytest.fixture
def demonstration(db: None, settings: LazySettings, tmp_path: Path) -> list[Publication]:
    """The page and the publications of the demonstration, in the order of the list."""
    settings.RESEARCH_INDEX = tmp_path / "index"
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="The network", slug="front", headline="We link people", lead="All.")
    )
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    make_research({"home": home}, now=timezone.now())
    return list(Publication.objects.order_by("-year", "-month", "-day", "pk"))


@pytest.fixture
def fetch(client: Client) -> Fetch:
    """The bytes of a file that is there."""

    def got(address: str) -> bytes:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]

    return got


def records_in(data: bytes, name: str) -> list[Record]:
    """Every record of a file, none of them with an error."""
    found = list(read(data, name=name))
    assert [one.problems for one in found if one.record is None] == []
    return [one.record for one in found if one.record]
