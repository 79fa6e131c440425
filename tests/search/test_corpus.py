"""Catching up: only what changed is written again, and what fails does not stop the rest."""

from collections.abc import Callable

import pytest

from network_site.base.models import Incident
from network_site.search import corpus
from network_site.search.corpus import AGAIN_SECONDS, Corpus
from tests.search.conftest import Shelf

pytestmark = pytest.mark.django_db


class Site(Corpus):
    """A corpus whose state and clock the test sets."""

    def __init__(self) -> None:
        self.at: tuple[str, int] = ("db", 0)
        self.seconds = 0.0
        super().__init__(lambda: self.at, clock=lambda: self.seconds)

    def changed(self) -> "Site":
        self.at = (self.at[0], self.at[1] + 1)
        return self

    def titles(self) -> list[str]:
        return sorted(held.document.title for held in self.current().held.values())


def test_only_what_changed_is_written_again(shelf: Shelf) -> None:
    site = Site()
    for name in ("a", "b", "c"):
        shelf.put(name, key=name)
    assert site.titles() == ["a", "b", "c"]
    shelf.written.clear()
    assert site.titles() == ["a", "b", "c"]
    assert shelf.written == []
    shelf.put("B", key="b")
    assert site.titles() == ["a", "b", "c"]  # nobody said that anything changed
    assert site.changed().titles() == ["B", "a", "c"]
    assert shelf.written == ["b"]


def test_what_is_gone_is_not_found(shelf: Shelf) -> None:
    site = Site()
    shelf.put("a", key="a")
    shelf.put("b", key="b")
    site.current()
    del shelf.things["a"]
    assert site.changed().titles() == ["b"]
    assert site.current().reader.size == 1


def test_what_was_let_go_of_does_not_pile_up(shelf: Shelf) -> None:
    site = Site()
    shelf.put("choir 0", key="it")
    for number in range(60):
        shelf.put(f"choir {number}", key="it")
        assert site.changed().titles() == [f"choir {number}"]
    assert site.current().reader.uses("choir") <= corpus.FEW + 2


def test_a_broken_document_is_left_out_and_reported_once(shelf: Shelf) -> None:
    site = Site()
    for name in ("a", "b", "c"):
        shelf.put(name, key=name)
    shelf.broken = {"b"}
    assert site.titles() == ["a", "c"]
    assert site.changed().titles() == ["a", "c"]
    assert [incident.subject for incident in Incident.objects.all()] == ["search:things:b"]
    shelf.broken = set()
    assert site.changed().titles() == ["a", "b", "c"]


def test_a_document_that_broke_is_not_found_as_it_was(shelf: Shelf) -> None:
    site = Site()
    shelf.put("a", key="a")
    site.current()
    shelf.put("A", key="a")
    shelf.broken = {"a"}
    assert site.changed().titles() == []


def test_a_kind_that_fails_keeps_what_it_had_and_is_tried_again(only: Callable[..., None]) -> None:
    good, bad = Shelf(), Shelf()
    only(good.kind("good"), bad.kind("bad"))
    good.put("good")
    bad.put("bad")
    site = Site()
    site.current()
    bad.is_away = True
    good.put("better")
    assert site.changed().titles() == ["bad", "better", "good"]
    assert Incident.objects.count() == 1
    bad.is_away = False
    bad.put("back")
    assert "back" not in site.titles()
    site.seconds += AGAIN_SECONDS
    assert site.titles() == ["back", "bad", "better", "good"]


def test_a_kind_that_is_gone_is_not_found(only: Callable[..., None]) -> None:
    one, other = Shelf(), Shelf()
    one.put("one")
    other.put("other")
    only(one.kind("one"), other.kind("other"))
    site = Site()
    assert site.titles() == ["one", "other"]
    only(one.kind("one"))
    assert site.changed().titles() == ["one"]


def test_another_database_is_another_site(shelf: Shelf) -> None:
    site = Site()
    shelf.put("a", key="a")
    site.current()
    shelf.things.clear()
    shelf.put("b", key="b")
    site.at = ("another", 0)
    assert site.titles() == ["b"]


def test_a_database_that_cannot_be_written_stops_no_search(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("read only")

    monkeypatch.setattr(corpus, "open_incident", fail)
    shelf.put("a", key="a")
    shelf.put("b", key="b")
    shelf.broken = {"a"}
    assert Site().titles() == ["b"]


def test_documents_nobody_asked_for_are_left_out(only: Callable[..., None]) -> None:
    shelf = Shelf()
    shelf.put("a", key="a")
    kind = shelf.kind()

    def too_many(keys: object) -> object:
        return [*shelf.documents(["a"]), shelf.put("secret", key="z")]

    only(type(kind)(kind.key, kind.label, kind.one, lambda: {"a": "1"}, too_many))
    assert Site().titles() == ["a"]
