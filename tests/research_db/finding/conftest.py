"""Publications and an index of their own."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import QueryDict

from research_db.finding import asking, index
from research_db.finding.asking import Answer
from research_db.finding.criteria import read
from research_db.finding.index import Index


@pytest.fixture
def found(settings: LazySettings, tmp_path: Path) -> Index:
    """An empty index."""
    settings.RESEARCH_INDEX = tmp_path / "index"
    return index.site()


def ask(question: str = "") -> Answer:
    """What the list answers to an address such as "q=walking"."""
    now = index.site().now()
    assert now is not None
    return asking.answer(read(QueryDict(question), now.vocabulary), now)
