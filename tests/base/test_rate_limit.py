"""What comes too often is refused, per bucket and per key, and again let in later."""

import pytest
import time_machine
from django.core.cache import cache

from network_site.base.rate_limit import allow


def ask(key: str = "192.0.2.1", bucket: str = "hold", limit: int = 3) -> bool:
    return allow(bucket, key=key, limit=limit, seconds=600)


@time_machine.travel("2026-11-21 10:00:00+00:00", tick=False)
def test_the_limit_is_let_through_and_the_next_is_not() -> None:
    assert [ask() for _ in range(5)] == [True, True, True, False, False]


@time_machine.travel("2026-11-21 10:00:00+00:00", tick=False)
def test_keys_and_buckets_are_counted_apart() -> None:
    assert [ask(limit=1), ask(limit=1)] == [True, False]
    assert ask("192.0.2.2", limit=1)
    assert ask(bucket="contact", limit=1)


@time_machine.travel("2026-11-21 10:00:00+00:00", tick=False)
def test_nothing_passes_a_limit_of_none() -> None:
    assert [ask(limit=0), ask(limit=0)] == [False, False]


def test_the_next_window_starts_afresh() -> None:
    with time_machine.travel("2026-11-21 10:00:00+00:00", tick=False) as clock:
        assert [ask(limit=1), ask(limit=1)] == [True, False]
        clock.shift(599)
        assert not ask(limit=1)
        clock.shift(1)
        assert ask(limit=1)


def test_a_counter_the_cache_dropped_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(key: str) -> int:
        raise ValueError(key)

    with time_machine.travel("2026-11-21 10:00:00+00:00", tick=False):
        ask()
        monkeypatch.setattr(cache, "incr", gone)
        assert ask()


def test_the_cache_does_not_learn_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def add(key: str, value: int, timeout: int) -> bool:
        seen.append(key)
        return True

    monkeypatch.setattr(cache, "add", add)
    ask("person@example.org")
    assert "person" not in seen[0]
