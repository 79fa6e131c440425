"""The address of a static file is worked out once."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from network_site.base.static_files import HouseStaticStorage


@pytest.fixture
def storage(tmp_path: Path, settings) -> HouseStaticStorage:
    settings.DEBUG = False
    made = HouseStaticStorage(location=tmp_path, base_url="/static/")
    made.save("a.css", ContentFile(b"p{}"))
    made.hashed_files = {"a.css": "a.1234.css"}
    return made


def test_the_address_holds_what_is_in_the_file(storage) -> None:
    assert storage.url("a.css") == "/static/a.1234.css"


def test_the_address_is_remembered(storage) -> None:
    first = storage.url("a.css")
    storage.hashed_files = {"a.css": "a.5678.css"}
    assert storage.url("a.css") == first


def test_collecting_files_works_it_out_afresh(storage) -> None:
    storage.url("a.css")
    storage.hashed_files = {"a.css": "a.5678.css"}
    assert storage.url("a.css", force=True) == "/static/a.5678.css"


def test_a_file_that_was_not_collected_is_an_error_every_time(storage) -> None:
    for _time in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            storage.url("b.css")
