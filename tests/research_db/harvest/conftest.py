"""A harvester's question, and its answer as XML."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.research_db.records.conftest import full, make, relate  # noqa: F401  fixtures

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
Ask = Callable[..., ET.Element]


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask with arguments; `from` is `from_`. The answer is always one document with status 200."""

    def asking(**arguments: str) -> ET.Element:
        answer = client.get("/oai", {name.rstrip("_"): value for name, value in arguments.items()})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        return read(answer.content)

    return asking


def read(document: bytes) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314  our own answer


def texts(found: ET.Element, name: str) -> list[str]:
    return [one.text or "" for one in found.iter(f"{OAI}{name}")]


def told(found: ET.Element, name: str) -> list[str]:
    """What Dublin Core says."""
    return [one.text or "" for one in found.iter(f"{DC}{name}")]


def error(found: ET.Element) -> str:
    """The code of what was wrong; empty where nothing was."""
    one = found.find(f"{OAI}error")
    return "" if one is None else one.attrib["code"]
