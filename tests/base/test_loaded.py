"""What was loaded at the start is not looked through again, and what is made later still goes when nothing leads to it."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from network_site.base import loaded


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


class Ring:
    """Leads to itself, so that only a search finds that nobody else leads to it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_set_aside() -> None:
    there = Ring()
    loaded.keep()
    assert gc.get_freeze_count() > 0
    assert not any(one is there for one in gc.get_objects())


def test_what_is_made_later_goes() -> None:
    loaded.keep()
    loaded.look_rarely()
    ring = weakref.ref(Ring())
    made = [Ring() for _each in range(2 * loaded.RARELY[0])]
    assert ring() is None
    assert len(made) == 2 * loaded.RARELY[0]
