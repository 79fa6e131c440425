"""Kinds of things made in a test, and an index that starts from nothing in each."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from network_site.search import corpus, kinds
from network_site.search.kinds import Document, Kind


@pytest.fixture(autouse=True)
def _from_nothing() -> Iterator[None]:
    corpus.site.forget()
    yield
    corpus.site.forget()


@dataclass
class Shelf:
    """A kind of things in memory, which counts what is asked of it."""

    things: dict[str, Document] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    is_away: bool = False

    def put(self, title: str, key: str = "", **facts: object) -> Document:
        key = key or str(len(self.things) + 1)
        one = Document(key=key, title=title, **{"url": f"/{key}/", **facts})
        self.things[key] = one
        return one

    def stamps(self) -> Mapping[str, str]:
        if self.is_away:
            raise RuntimeError("the list is away")
        return {key: repr(one) for key, one in self.things.items()}

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        for key in keys:
            if key in self.broken:
                raise RuntimeError(f"{key} is broken")
            self.written.append(key)
            yield self.things[key]

    def kind(self, key: str = "things", label: str = "Things", one: str = "Thing", **facts: object) -> Kind:
        return Kind(key, label, one, self.stamps, self.documents, **facts)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make these kinds the only ones."""

    def make(*chosen: Kind) -> None:
        monkeypatch.setattr(kinds, "_kinds", {})
        for kind in chosen:
            kinds.register(kind)

    return make


@pytest.fixture
def shelf(only: Callable[..., None]) -> Shelf:
    """The only kind of things there is."""
    one = Shelf()
    only(one.kind())
    return one


@pytest.fixture
def now_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes before every search, as a change by an editor makes it do."""
    states = iter(range(1_000_000))
    monkeypatch.setattr(corpus.site, "_now", lambda: ("one", next(states)))
