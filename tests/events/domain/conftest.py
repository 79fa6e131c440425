"""Every test here stands at one moment, and leaves books that agree."""

from collections.abc import Iterator

import pytest
import time_machine

from events.domain.fsck import findings
from tests.factories.conferences import NOW


@pytest.fixture(autouse=True)
def _one_moment() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _proved_ledger(db: None, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "broken_ledger" not in request.fixturenames:
        assert findings(now=NOW) == []


@pytest.fixture
def broken_ledger() -> None:
    """For tests that break the books on purpose."""


@pytest.fixture
def staff():
    from tests.factories.people import UserFactory

    return UserFactory(staff=True)
