"""What one process can find: every document of every kind, caught up with what editors changed before each search."""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

from django.conf import settings
from django.db import connection
from django.utils import translation

from network_site.base import freshness
from network_site.base.incidents import open_incident
from network_site.search import kinds
from network_site.search.engine import Entry, Reader, Store
from network_site.search.kinds import Document, Kind

logger = logging.getLogger(__name__)
Name = tuple[str, str]
State = tuple[str, int]
# What was let go of still counts in the ranking until the index is made anew; so much of it is never noticed.
MOST_LET_GO = 0.2
FEW = 20
# After a kind failed, when it is tried again though nothing changed.
AGAIN_SECONDS = 30


@dataclass(frozen=True)
class Held:
    """A document in the index."""

    number: int
    kind: str
    stamp: str
    document: Document

    def is_true(self, stamps: Mapping[str, str]) -> bool:
        """Whether it is still there and still says this."""
        return stamps.get(self.document.key) == self.stamp


@dataclass(frozen=True)
class Snapshot:
    """The index and its documents at one moment."""

    reader: Reader
    held: Mapping[int, Held] = field(default_factory=dict)

    def document(self, number: int) -> Held | None:
        """The document of this number."""
        return self.held.get(number)


class Corpus:
    """All documents of one process; any thread may ask it."""

    def __init__(self, now: Callable[[], State], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = Lock()
        self._now, self._clock = now, clock
        self.forget()

    def forget(self) -> None:
        """Start from nothing at the next search."""
        self._seen: State | None = None
        self._again_at = float("inf")
        self._held: dict[Name, Held] = {}
        self._numbers = count(1)
        self._let_go = 0
        self._store = Store()
        self._snapshot = Snapshot(self._store.reader())

    def current(self) -> Snapshot:
        """What can be found now; first takes in what changed since the last time, and only that."""
        now = self._now()
        if self._is_behind(now):
            with self._lock:
                if self._is_behind(now):
                    self._catch_up(now)
        return self._snapshot

    def _is_behind(self, now: State) -> bool:
        return now != self._seen or self._clock() >= self._again_at

    def _catch_up(self, now: State) -> None:
        if self._seen and self._seen[0] != now[0]:  # another database: nothing of what is held is there
            self.forget()
        held = {name: one for name, one in self._held.items() if kinds.named(name[0])}
        # Documents are for everybody: in the language editors write in, whoever happens to ask first.
        with translation.override(settings.LANGUAGE_CODE):
            went_well = [_catch_up_kind(kind, held, self._numbers) for kind in kinds.every()]
        if held != self._held:
            self._write(held)
        self._seen = now
        self._again_at = float("inf") if all(went_well) else self._clock() + AGAIN_SECONDS

    def _write(self, held: dict[Name, Held]) -> None:
        numbers = {one.number for one in held.values()}
        known = {one.number for one in self._held.values()}
        self._let_go += len(known - numbers)
        if self._let_go > FEW + MOST_LET_GO * len(held):
            self._store, self._let_go, known = Store(), 0, set()
        new = (entry_of(one) for one in held.values() if one.number not in known)
        self._store.write(new, forget=known - numbers)
        self._held = held
        self._snapshot = Snapshot(self._store.reader(), {one.number: one for one in held.values()})


def state() -> State:
    """Which database it is, and how often editors changed what it holds."""
    return str(connection.settings_dict["NAME"]), freshness.seen.words()


def _catch_up_kind(kind: Kind, held: dict[Name, Held], numbers: Iterator[int]) -> bool:
    """Bring one kind up to date in `held`; False where that failed, and the kind is left as it was."""
    stamps = _stamps(kind)
    if stamps is None:
        return False
    for name in _untrue(kind, held, stamps):
        del held[name]
    missing = [key for key in stamps if (kind.key, key) not in held]
    for new in _documents(kind, missing):
        held[kind.key, new.key] = Held(next(numbers), kind.key, stamps[new.key], new)
    return True


def _untrue(kind: Kind, held: Mapping[Name, Held], stamps: Mapping[str, str]) -> list[Name]:
    """What is gone, or is not as it is held."""
    return [name for name, one in held.items() if one.kind == kind.key and not one.is_true(stamps)]


def _stamps(kind: Kind) -> Mapping[str, str] | None:
    try:
        return kind.stamps()
    except Exception:  # noqa: BLE001  # whatever one room does wrong, the search goes on
        _report(kind, "", "Its list could not be read, so what changed in it is not found yet.")
        return None


def _documents(kind: Kind, keys: Collection[str]) -> Iterable[Document]:
    """The documents of these keys; if one fails, each is tried alone and those that fail are reported."""
    if not keys:
        return []
    try:
        return [document for document in kind.documents(keys) if document.key in keys]
    except Exception:
        logger.exception("Search: writing out %s together failed; trying one by one", kind.key)
    return [document for key in keys for document in _alone(kind, key)]


def _alone(kind: Kind, key: str) -> list[Document]:
    try:
        return [document for document in kind.documents([key]) if document.key == key]
    except Exception:  # noqa: BLE001  # as above
        _report(kind, key, "It could not be read, so it is not found. Everything else is.")
        return []


def _report(kind: Kind, key: str, sentence: str) -> None:
    logger.error("Search: %s %s failed", kind.key, key, exc_info=True)  # noqa: LOG014  # called where something failed
    advice = "Open it in the admin and publish it again. If this message comes back, tell the developers."
    try:
        open_incident("search.unread", subject=f"search:{kind.key}:{key}"[:80], sentence=sentence, advice=advice)
    except Exception:
        logger.exception("Search: the incident could not be written down")


def entry_of(held: Held) -> Entry:
    """A held document as the index takes it."""
    one = held.document
    return Entry(
        number=held.number,
        kind=held.kind,
        title=one.title,
        facts="\n".join(one.facts),
        summary=one.summary,
        text=one.text,
        until=one.until,
    )


site = Corpus(state)
