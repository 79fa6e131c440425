"""A harvester's question, and its answer as XML: every answer any of these tests reads is held against the protocol."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from lxml import etree

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


@cache
def protocol() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(Path(__file__).with_name("answers.rng")))


def faults(document: bytes) -> list[str]:
    """What the protocol does not allow in an answer, each with its line."""
    schema = protocol()
    schema.validate(etree.fromstring(document))
    return [f"line {entry.line}: {entry.message}" for entry in schema.error_log]


def read(document: bytes) -> ET.Element:
    assert faults(document) == []
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
