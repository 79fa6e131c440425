"""Telling every web process that anonymous pages may look different.

Two numbers go up: `version` with every change that a page may show, a place sold among them; `words` only with what
editors change, so that what stands round every page need not be read again after each sale.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable

from network_site.base.models import Freshness

CHECK_EVERY_SECONDS = 0.5


def current() -> int:
    """The number of changes so far."""
    return Freshness.objects.filter(pk=1).values_list("version", flat=True).first() or 0


def touch() -> None:
    """Count a change once the current transaction is committed, in a statement of its own: no lock is held for it."""
    transaction.on_commit(_count)


def touch_words() -> None:
    """The same for a change that editors made."""
    transaction.on_commit(_count_words)


def _count(**more: Combinable) -> None:
    change = {"version": F("version") + 1, **more}
    if not Freshness.objects.filter(pk=1).update(**change):
        Freshness.objects.get_or_create(pk=1)
        Freshness.objects.filter(pk=1).update(**change)


def _count_words() -> None:
    _count(words=F("words") + 1)
    seen.forget()


@dataclass
class Seen:
    """What this process knows of `words`, asked at most twice a second; `clock` is monotonic seconds."""

    clock: Callable[[], float] = time.monotonic
    number: int = 0
    asked_at: float = float("-inf")

    def words(self) -> int:
        """The number of changes by editors, at most half a second old; this process's own are known at once."""
        now = self.clock()
        if now - self.asked_at >= CHECK_EVERY_SECONDS:
            self.asked_at = now
            self.number = Freshness.objects.filter(pk=1).values_list("words", flat=True).first() or 0
        return self.number

    def forget(self) -> None:
        """Ask again next time."""
        self.asked_at = float("-inf")


seen = Seen()
