"""Every variable the settings read is in .env.example, and the other way round."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONLY_IN_TESTS = {"TEST_DATABASE"}

pytestmark = pytest.mark.project


def read_by_settings() -> set[str]:
    text = "\n".join(file.read_text() for file in (ROOT / "network_site/settings").glob("*.py"))
    found = set(re.findall(r"env\.\w+\(\s*\"([A-Z_0-9]+)\"", text))
    required = re.search(r"REQUIRED = \[(.*?)\]", text, re.DOTALL)
    assert required
    return (found | set(re.findall(r"\"([A-Z_0-9]+)\"", required.group(1)))) - ONLY_IN_TESTS


def test_every_variable_is_explained() -> None:
    explained = set(re.findall(r"^([A-Z_0-9]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert explained == read_by_settings()
