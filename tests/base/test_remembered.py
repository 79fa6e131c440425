"""Made once, until an editor changes something or what is shown is another."""

import pytest
from django.utils.translation import override
from pytest_django import Settings

from network_site.base import freshness
from network_site.base.remembered import remembered


class Counting:
    made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"made {self.made}"


@pytest.fixture
def make(real_db: str, settings: Settings) -> Counting:
    settings.PAGE_CACHE_SECONDS = 60
    return Counting()


def ask(make: Counting, *shown: object) -> str:
    return remembered("test", shown=list(shown), make=make)


def test_the_same_is_made_once(make: Counting) -> None:
    assert [ask(make, "a", 1), ask(make, "a", 1)] == ["made 1", "made 1"]


def test_another_thing_or_another_language_is_made_anew(make: Counting) -> None:
    assert ask(make, "a") != ask(make, "b")
    with override("cy"):
        assert ask(make, "a") == "made 3"


def test_an_editor_s_change_makes_it_anew_and_a_sale_does_not(make: Counting) -> None:
    ask(make, "a")
    freshness.touch()
    assert ask(make, "a") == "made 1"
    freshness.touch_words()
    assert ask(make, "a") == "made 2"


def test_nothing_is_kept_where_pages_are_not_kept(make: Counting, settings: Settings) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    assert [ask(make, "a"), ask(make, "a")] == ["made 1", "made 2"]
