"""What looks the same is drawn once; what looks different never shares a drawing."""

import pytest
from django.utils import translation

from network_site.ui import remembered
from tests.factories.conferences import ConferenceFactory


@pytest.fixture(autouse=True)
def drawings(monkeypatch) -> list[str]:
    """Templates that were drawn; nothing is remembered before."""
    made: list[str] = []

    def draw(name: str, context: dict[str, str]) -> str:
        made.append(f"{name}:{context['word']}")
        return made[-1]

    monkeypatch.setattr(remembered, "render_to_string", draw)
    remembered._drawings.clear()
    yield made
    remembered._drawings.clear()


def drawn(word: str, name: str = "a.html") -> str:
    return str(remembered.drawn(name, {"word": word}, shown=(word,)))


def test_the_same_is_drawn_once(drawings) -> None:
    assert [drawn("one"), drawn("one")] == ["a.html:one", "a.html:one"]
    assert drawings == ["a.html:one"]


def test_what_is_shown_and_how_tell_drawings_apart(drawings) -> None:
    assert [drawn("one"), drawn("two"), drawn("one", "b.html")] == ["a.html:one", "a.html:two", "b.html:one"]


def test_each_language_has_its_own(drawings) -> None:
    drawn("one")
    with translation.override("cy"):
        drawn("one")
    assert drawings == ["a.html:one", "a.html:one"]


def test_the_one_not_asked_for_longest_makes_room(drawings, monkeypatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    for word in ("one", "two", "one", "three", "one", "two"):
        drawn(word)
    assert drawings == ["a.html:one", "a.html:two", "a.html:three", "a.html:two"]


@pytest.mark.django_db
def test_any_change_of_a_row_changes_what_it_says() -> None:
    conference = ConferenceFactory()
    before = remembered.values_of(conference)
    assert remembered.values_of(conference) == before
    conference.strapline = "Another"
    assert remembered.values_of(conference) != before
    hash(before)
