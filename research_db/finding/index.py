"""This host's own index: a directory that can be thrown away, for it is made from the database.

<root>/CURRENT        the name of the directory that answers
<root>/<name>/        an index, with the mark of the last change it has read beside it
<root>/MAKING         locked while one is made anew; the old one answers until the new one is named in CURRENT

The mark is written after the index: whoever ends in between leaves changes that are read once more, which changes
nothing.
"""

import fcntl
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import RLock
from uuid import uuid4

from django.conf import settings
from tantivy import Schema

from network_site.search.engine import Busy, Reader, Store, schema_of
from research_db.finding import changes, documents
from research_db.finding.changes import Mark
from research_db.finding.vocabulary import Vocabulary, load
from research_db.models import Publication

logger = logging.getLogger(__name__)
CURRENT, MAKING, MARK = "CURRENT", "MAKING", "mark.json"
# What one search takes in before it answers; some hundredths of a second.
AT_ONCE = 100
IN_THE_BACKGROUND = 2_000
# So many changes are read faster by beginning anew.
TOO_MANY = 20_000
# So many publications are written within a request where there is no index yet; more are left to the worker.
FEW = 5_000
HEAP = 64_000_000


@cache
def schema() -> Schema:
    """The fields of this index."""
    return schema_of(documents.fields)


# When a small file was put in its place, and which it is.
Stamp = tuple[int, int] | None


@dataclass(frozen=True)
class Held:
    """An index that was opened, and how far it had read; `stamps` are of the two files that said so."""

    name: str
    mark: Mark
    stamps: tuple[Stamp, Stamp]
    store: Store
    reader: Reader


@dataclass(frozen=True)
class Now:
    """What a search asks: the index and the vocabulary of the same moment.

    `as_of`: how far the index has read, and the last change there was. While both stay, the same is found and shown.
    """

    reader: Reader
    vocabulary: Vocabulary
    as_of: tuple[Mark, Mark]


class Index:
    """The index in one directory, for any thread of any process of a host."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = RLock()
        self._held: Held | None = None
        self._is_damaged = False
        self._vocabulary: tuple[Mark | None, Vocabulary] = (None, Vocabulary())

    def now(self) -> Now | None:
        """What can be found now: first takes in what changed, if nobody else is at it. None where nothing was made yet.

        Whatever cannot be taken in now is left for later, and what there is answers.
        """
        newest = changes.newest()
        with self._lock:
            self._open()
            if not self._is_at(newest) and not changes.is_open():
                self._catch_up()
            held = self._held
        return Now(held.reader, self._words(newest), (held.mark, newest)) if held else None

    def catch_up_with_all(self) -> None:
        """Take in everything that changed, or write it all anew where that is quicker; for the worker."""
        with self._lock:
            self._open()
            if not self._goes_on() or changes.waiting(self._mark) > TOO_MANY:
                self.make_anew()
            while not self._is_at(changes.newest()) and self._take_in(IN_THE_BACKGROUND):
                pass

    def make_anew(self, *, wait: bool = False) -> None:
        """Write the whole index into a new directory and let it answer; nothing where another process is at it.

        Args:
            wait: where another process is at it, wait for it, and begin only if it came to nothing.
        """
        with self._making(wait=wait) as is_ours:
            if not is_ours:
                return
            self._open()
            if wait and self._goes_on():
                return
            self._make()
            self._open()

    def _make(self) -> None:
        mark, name = changes.newest(), uuid4().hex[:12]
        directory = self.root / name
        directory.mkdir()
        with Store(schema(), path=str(directory)).writing(heap=HEAP) as writing:
            for entry in documents.every_entry():
                writing.add(entry)
        self._write_mark(name, mark)
        _write(self.root / CURRENT, name)
        self._is_damaged = False
        for old in self.root.iterdir():
            if old.is_dir() and old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    @property
    def _mark(self) -> Mark:
        return self._held.mark if self._held else Mark()

    def _is_at(self, newest: Mark) -> bool:
        return bool(self._held) and self._mark == newest and not self._is_damaged

    def _goes_on(self) -> bool:
        """Whether what there is can be brought up to date by reading on."""
        if self._held is None or self._is_damaged:
            return False
        return changes.newest() == self._mark or changes.is_known(self._mark)

    def _catch_up(self) -> None:
        if self._goes_on():
            self._take_in(AT_ONCE)
        elif Publication.objects.public().count() <= FEW:
            self.make_anew(wait=self._held is None)

    def _take_in(self, most: int) -> bool:
        """Read the next changes into the index; False where that cannot be done now."""
        held = self._held
        if held is None:
            return False
        try:
            with held.store.writing() as writing:
                mark, numbers = changes.after(self._read_mark(held.name), most=most)
                for number in numbers:
                    writing.forget(number)
                for entry in documents.entries(numbers):
                    writing.add(entry)
        except Busy:
            return False
        except (ValueError, OSError):
            self._report()
            return False
        self._write_mark(held.name, mark)
        self._open()
        return True

    def _open(self) -> None:
        """Hold what CURRENT names, as it is now; what cannot be opened is damaged, and what was held goes on."""
        held = self._held
        # Two files are looked at faster than read.
        stamps = (_stamp(self.root / CURRENT), _stamp(self.root / held.name / MARK)) if held else None
        if held is None or self._is_damaged or stamps != held.stamps:
            self._hold()

    def _hold(self) -> None:
        # Each stamp is taken before its file is read: what is put in its place meanwhile is seen next time.
        named = _stamp(self.root / CURRENT)
        name = _read(self.root / CURRENT)
        stamps = named, _stamp(self.root / name / MARK)
        mark = self._read_mark(name)
        if not name:
            return
        if self._held and (name, mark) == (self._held.name, self._held.mark):
            self._held = replace(self._held, stamps=stamps)
            return
        try:
            self._held = self._opened(name, mark, stamps)
            self._is_damaged = False
        except (ValueError, OSError):
            if name == _read(self.root / CURRENT):
                self._report()
            else:  # another process made a new one just now
                self._hold()

    def _opened(self, name: str, mark: Mark, stamps: tuple[Stamp, Stamp]) -> Held:
        directory = self.root / name
        if not (directory / "meta.json").exists():  # the engine would begin an empty index
            raise FileNotFoundError(directory)
        if self._held and self._held.name == name:
            store = self._held.store
            store.index.reload()
        else:
            store = Store(schema(), path=str(directory))
        return Held(name, mark, stamps, store, store.reader())

    def _words(self, newest: Mark) -> Vocabulary:
        known, vocabulary = self._vocabulary
        if known != newest:
            vocabulary = load()
            self._vocabulary = (newest, vocabulary)
        return vocabulary

    def _report(self) -> None:
        self._is_damaged = True
        logger.error("The index of publications in %s is damaged; it is made anew", self.root, exc_info=True)  # noqa: LOG014  # called where something failed

    def _read_mark(self, name: str) -> Mark:
        try:
            return Mark(**json.loads(_read(self.root / name / MARK)))
        except (ValueError, TypeError):
            return Mark()

    def _write_mark(self, name: str, mark: Mark) -> None:
        with suppress(FileNotFoundError):  # another process made a new one meanwhile
            _write(self.root / name / MARK, json.dumps(mark.as_json))

    @contextmanager
    def _making(self, *, wait: bool) -> Iterator[bool]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / MAKING).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True


def _stamp(file: Path) -> Stamp:
    """Which file this is; it is never written over, but another one put in its place."""
    try:
        said = file.stat()
    except OSError:
        return None
    return said.st_mtime_ns, said.st_ino


def _read(file: Path) -> str:
    """What a small file says; nothing where there is none."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _write(file: Path, text: str) -> None:
    """Put a small file in its place, whole or not at all."""
    new = file.with_name(f"{file.name}.{uuid4().hex[:8]}")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


@cache
def at(root: Path) -> Index:
    """The index of a directory, one for all threads."""
    return Index(root)


def site() -> Index:
    """The index of this host."""
    return at(Path(settings.RESEARCH_INDEX))
