"""The telling part of a text, and its words marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.search import analysis
from network_site.search.engine import Entry, Store
from network_site.search.shown import SUMMARY, marked, shortened, telling, with_signs

LONG = (
    "It begins here. " + "Nothing of note. " * 40 + "Then (an otter!) swims by. " + "Nothing more. " * 40 + "It ends."
)


def part(text: str, *words: str, summary: str = "") -> str:
    stems = frozenset(analysis.stem(word) for word in words)
    store = Store()
    store.write([Entry(1, "thing", "", text=text)])
    return telling(summary, text, stems=stems, fragment=store.reader().fragments(stems))


def test_the_part_with_the_words_is_shown() -> None:
    shown = part(LONG, "otters")
    assert "Then (an otter!) swims by." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 300


def test_a_short_text_is_shown_whole() -> None:
    assert part("Bring your dog.", "dog") == "Bring your dog."
    assert part("“Dog.”", "dog") == "“Dog.”"


def test_the_summary_is_better_if_it_has_the_words() -> None:
    assert part(LONG, "otter", summary="All about otters.") == "All about otters."
    assert "swims by" in part(LONG, "otter", summary="All about rivers.")


def test_where_the_words_are_in_neither_the_summary_is_shown() -> None:
    assert part("Nothing.", "otter", summary="All about rivers.") == "All about rivers."
    assert part("Nothing.", "otter") == "Nothing."
    assert part("", "otter") == ""


def test_a_long_summary_ends_with_a_whole_word() -> None:
    assert shortened("word " * 100).endswith("word …")
    assert len(shortened("x" * 1000)) == SUMMARY + 2
    assert shortened("word") == "word"


@pytest.mark.parametrize(
    ("text", "words", "html"),
    [
        ("Bring your dog", ["dog"], "Bring your <mark>dog</mark>"),
        ("dogs and dog’s", ["dog"], "<mark>dogs</mark> and <mark>dog</mark>’s"),
        ("social  prescribing", ["social", "prescribing"], "<mark>social  prescribing</mark>"),
        ("dog-dog", ["dog"], "<mark>dog</mark>-<mark>dog</mark>"),
        (
            "<b>dog</b> & “cat”",
            ["dog", "b"],
            "&lt;<mark>b</mark>&gt;<mark>dog</mark>&lt;/<mark>b</mark>&gt; &amp; “cat”",
        ),
        ("w\u0302yl 😀 Ŵyl", ["wyl"], "<mark>ŵyl</mark> 😀 <mark>Ŵyl</mark>"),
        ("nothing", [], "nothing"),
        ("", ["dog"], ""),
    ],
)
def test_words_are_marked(text: str, words: list[str], html: str) -> None:
    assert marked(text, frozenset(analysis.stem(word) for word in words)) == html


@given(st.text(), st.sets(st.text(max_size=5)))
def test_marked_text_says_the_same_and_nothing_escapes(text: str, stems: set[str]) -> None:
    html = marked(text, frozenset(stems) | set(analysis.stems(text)[:2]))
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    assert html.count("<mark>") == html.count("</mark>")


@given(st.text(alphabet="ab .(é😀", min_size=1, max_size=60), st.data())
def test_signs_belong_to_their_words(whole: str, data: st.DataObject) -> None:
    whole = " ".join(whole.split())
    if not whole:
        return
    start = data.draw(st.integers(0, len(whole) - 1))
    inside = whole[start : data.draw(st.integers(start + 1, len(whole)))].strip()
    if inside:
        shown = with_signs(inside, whole)
        assert inside in shown
        assert shown.removeprefix("… ").removesuffix(" …") in whole
