"""Answers: what fits, in which order, and what is done when nothing does."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.search import analysis, asking, corpus
from network_site.search.asking import Answer
from network_site.search.engine import Entry, Store
from network_site.search.words import LONGEST, clean, understand
from tests.search.conftest import Shelf
from tests.search.test_words import ANYTHING

NOW = datetime(2027, 3, 1, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now_fresh")]


def ask(typed: str, **how: object) -> Answer:
    return asking.answer(typed, now=NOW, **how)


def titles(typed: str, **how: object) -> list[str]:
    return [held.document.title for held in ask(typed, **how).hits]


@pytest.fixture
def walks(shelf: Shelf) -> Shelf:
    shelf.put("Walking group", text="Every Tuesday we walk along the canal. Bring shoes.")
    shelf.put("Choir", text="Singing for everybody, no walking needed. Bring your voice.")
    shelf.put("Gŵyl yng Nghymru", text="A festival in Wales, with a café and a naïve choir of dogs.")
    shelf.put(
        "Garden", text="Tomatoes for general practitioners and the National Health Service.", facts=("Amira Bell",)
    )
    return shelf


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("walking", ["Walking group", "Choir"]),
        ("walks walked", ["Walking group", "Choir"]),  # any form of the word
        ("bring shoes", ["Walking group"]),
        ('"bring your voice"', ["Choir"]),
        ("bring -voice", ["Walking group"]),
        ("bring -(voice OR shoes)", []),
        ("shoes OR voice", ["Choir", "Walking group"]),
        ("GWYL", ["Gŵyl yng Nghymru"]),
        ("gŵyl", ["Gŵyl yng Nghymru"]),
        ("cafe naive", ["Gŵyl yng Nghymru"]),
        ("toma*", ["Garden"]),
        ("amira", ["Garden"]),
        ("GP", ["Garden"]),
        ("GP garden", ["Garden"]),
        ("nhs", ["Garden"]),
        ("the choir", ["Choir", "Gŵyl yng Nghymru"]),
        ("the -walking", ["Garden", "Gŵyl yng Nghymru", "Walking group"]),
    ],
)
def test_what_fits_is_found(walks: Shelf, typed: str, found: list[str]) -> None:
    if typed == "the -walking":
        assert "Choir" not in titles(typed)
    elif typed.startswith("bring -("):
        assert titles(typed, is_exact=True) == []
    else:
        assert sorted(titles(typed)) == sorted(found)


def test_the_title_counts_more_than_the_text(walks: Shelf) -> None:
    assert titles("walking") == ["Walking group", "Choir"]
    assert titles("choir")[0] == "Choir"


def test_words_that_stand_together_come_first(shelf: Shelf) -> None:
    shelf.put("One", text="The link is new. A worker came. It is a long text about nothing much at all.")
    shelf.put("Two", text="A link worker came. It is a long text about nothing much at all, and new.")
    assert titles("link worker")[0] == "Two"


def test_only_what_is_not_wanted_leaves_the_rest(walks: Shelf) -> None:
    assert sorted(titles("-choir")) == ["Garden", "Walking group"]


@pytest.mark.parametrize(
    ("typed", "shown_for", "found"),
    [
        ("wlaking", "walking", ["Walking group", "Choir"]),
        ("tomatos", "", ["Garden"]),
        ("festval wales", "festival wales", ["Gŵyl yng Nghymru"]),
        ("festi", "festi*", ["Gŵyl yng Nghymru"]),
        ('"bring yuor voice"', "", ["Choir"]),
    ],
)
def test_a_slip_is_forgiven(walks: Shelf, typed: str, shown_for: str, found: list[str]) -> None:
    answer = ask(typed)
    assert [held.document.title for held in answer.hits][: len(found)] == found
    if shown_for:
        assert answer.shown_for == shown_for


def test_words_as_typed_are_left_alone(walks: Shelf) -> None:
    assert ask("wlaking", is_exact=True).count == 0


def test_words_nobody_knows_are_said_and_left_out(walks: Shelf) -> None:
    answer = ask("choir xyzzyplugh")
    assert (answer.unknown, answer.shown_for) == (("xyzzyplugh",), "choir")
    assert answer.hits[0].document.title == "Choir"


def test_with_no_place_for_all_words_some_are_enough(walks: Shelf) -> None:
    answer = ask("tomatoes canal -choir")
    assert answer.is_loose
    assert {held.document.title for held in answer.hits} == {"Garden", "Walking group"}


def test_a_rare_word_near_a_frequent_one_may_be_a_slip(shelf: Shelf) -> None:
    for number in range(12):
        shelf.put(f"Singing in a choir {number}")
    shelf.put("A chair to sit on, and a chior")
    answer = ask("chior")
    assert (answer.count, answer.suggestion, answer.shown_for) == (1, "choir", "")
    assert ask("choir").suggestion == ""


@pytest.mark.parametrize("typed", ["", " ", '"', "()", "-", "😀", "\x00", "OR", "\ud800"])
def test_nothing_to_look_for(walks: Shelf, typed: str) -> None:
    answer = ask(typed)
    assert (answer.count, answer.hits, answer.total) == (0, (), 0)


def test_counts_are_exact_and_follow_the_words_not_the_kind(only: object) -> None:
    a, b = Shelf(), Shelf()
    only(a.kind("a", "As", "A", order=1), b.kind("b", "Bs", "B", order=2))
    for number in range(230):
        a.put(f"Choir {number}")
    b.put("Choir of b")
    b.put("Other")
    everything, of_b = ask("choir"), ask("choir", kind="b")
    assert dict(everything.counts) == dict(of_b.counts) == {"a": 230, "b": 1}
    assert (everything.count, len(everything.hits)) == (231, asking.MOST_HITS)
    assert (of_b.count, [held.document.title for held in of_b.hits]) == (1, ["Choir of b"])


def test_what_ended_is_not_found(shelf: Shelf) -> None:
    shelf.put("Choir now", until=NOW + timedelta(hours=1))
    shelf.put("Choir then", until=NOW)
    shelf.put("Choir always")
    answer = ask("choir")
    assert sorted(held.document.title for held in answer.hits) == ["Choir always", "Choir now"]
    assert (answer.count, answer.total) == (2, 2)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("wal", ["Walking group"]),
        ("walking gr", ["Walking group"]),
        ("amira b", ["Garden"]),
        ("gwyl", ["Gŵyl yng Nghymru"]),
        ("tomato", []),  # names only
        ("", []),
        ("😀", []),
    ],
)
def test_suggestions_are_names(walks: Shelf, typed: str, offered: list[str]) -> None:
    assert [held.document.title for held in asking.suggest(typed, now=NOW)] == offered


def test_there_are_few_suggestions(shelf: Shelf) -> None:
    for number in range(30):
        shelf.put(f"Choir {number:02}")
    assert len(asking.suggest("cho", now=NOW)) == asking.MOST_SUGGESTIONS


def test_equals_stand_in_one_order(shelf: Shelf) -> None:
    for name in ("Delta", "alpha", "Charlie", "Bravo"):
        shelf.put(name, text="choir")
    assert titles("choir") == ["alpha", "Bravo", "Charlie", "Delta"]


@given(ANYTHING)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_text_is_an_error(walks: Shelf, typed: str) -> None:
    asking.suggest(typed, now=NOW)
    answer = ask(typed)
    assert answer.count >= len(answer.hits) >= 0
    assert answer.total == answer.count


@given(st.text(min_size=1, max_size=120), st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_the_words_of_its_own_title_find_it(shelf: Shelf, title: str, text: str) -> None:
    shelf.things.clear()
    shelf.put(title, key="it", text=text)
    shelf.put("Something else", key="other", text="choir")
    typed = " ".join(analysis.words(title))
    # The engine may know letters that are newer than this Python.
    if not typed or len(typed) > LONGEST or clean(typed) != typed or understand(typed).is_cut:
        return
    assert "it" in [held.document.key for held in ask(typed, is_exact=True).hits]


def test_an_index_may_live_on_disk(tmp_path: object) -> None:
    store = Store(path=str(tmp_path))
    store.write([Entry(1, "record", "Loneliness in old age"), Entry(2, "record", "Gardens")])
    store.write([Entry(2, "record", "Gardens and loneliness")], forget=[1])
    reader = Store(path=str(tmp_path)).reader()
    tree = understand("lonely OR loneliness").tree
    assert tree
    assert [number for number, _ in reader.find(reader.query(tree, now=NOW), most=9).hits] == [2]


def test_many_may_ask_at_once(walks: Shelf) -> None:
    wrong: list[BaseException] = []
    corpus.site.current()

    def look() -> None:
        try:
            for typed in ("choir", "wlaking", "toma*", "x" * 500):
                here = corpus.site._snapshot
                tree = understand(typed).tree
                here.reader.counts(here.reader.query(tree, now=NOW))
                here.reader.vocabulary.nearest(typed)
        except BaseException as error:
            wrong.append(error)

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
