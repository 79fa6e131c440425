"""Every process hears of changes, and of editors' changes apart from sales."""

import pytest
from pytest_django import DjangoAssertNumQueries

from network_site.base import freshness
from network_site.base.models import Freshness


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _fresh(real_db: str) -> None:
    freshness.seen.forget()


def test_a_sale_is_counted_and_editors_words_are_not() -> None:
    freshness.touch()
    freshness.touch()
    assert (freshness.current(), freshness.seen.words()) == (2, 0)


def test_an_editor_s_change_counts_as_both_and_is_seen_here_at_once() -> None:
    assert freshness.seen.words() == 0
    freshness.touch_words()
    assert (freshness.current(), freshness.seen.words()) == (1, 1)


def test_another_process_s_change_is_seen_within_half_a_second(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    clock = Clock()
    seen = freshness.Seen(clock=clock)
    freshness.touch_words()
    assert seen.words() == 1
    Freshness.objects.update(words=7)
    clock.now += 0.4
    with django_assert_num_queries(0):
        assert seen.words() == 1
    clock.now += 0.1
    assert seen.words() == 7
