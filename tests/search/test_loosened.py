"""Where nothing has every word of a question, as many of them as can be together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.search import asking
from network_site.search.meant import loosened
from network_site.search.words import All, Most, OneOf, understand, wanted, written
from tests.search.conftest import Shelf
from tests.search.test_asking import NOW


def steps(typed: str) -> list[tuple[int, str]]:
    """Each step: how many words it needs together, and the words."""
    found = []
    for part in loosened(understand(typed).tree):
        inner = part.parts[0] if isinstance(part, All) else part
        least = {Most: getattr(inner, "least", 0), OneOf: 1}.get(type(inner), len(list(wanted(part))))
        found.append((least, written(part)))
    return found


@pytest.mark.parametrize(
    ("typed", "looser"),
    [
        ("", []),
        ("singing", []),
        ("singing choirs", [(1, "singing OR choirs")]),
        ("singing in choirs", [(1, "singing OR choirs")]),  # nobody is found for an “in”
        (
            "help lonely people -dogs",
            [(2, "(help OR lonely OR people) -dogs"), (1, "(help OR lonely OR people) -dogs")],
        ),
        ("ants bees cats dogs", [(least, "ants OR bees OR cats OR dogs") for least in (3, 2, 1)]),
        ("ants bees cats dogs eels", [(least, "ants OR bees OR cats OR dogs OR eels") for least in (4, 3, 1)]),
        ('"bring voices"', [(2, "bring voices"), (1, "bring OR voices")]),
        ('"bring voices" today', [(1, "bring OR voices OR today")]),
        (
            "cost (singing -dogs) wales",
            [(2, "(cost OR singing OR wales) -dogs"), (1, "(cost OR singing OR wales) -dogs")],
        ),
    ],
)
def test_how_a_question_is_loosened(typed: str, looser: list[tuple[int, str]]) -> None:
    assert steps(typed) == looser


@given(st.lists(st.sampled_from(["ants", "bees", "cats", "dogs", "-eels"]), max_size=40))
def test_what_is_not_wanted_stays_out_and_no_question_grows(words: list[str]) -> None:
    found = list(loosened(understand(" ".join(words)).tree))
    assert len(found) <= 3
    if "-eels" in words:
        assert all("-eels" in written(part) for part in found)
    assert all(len(list(wanted(part))) <= len(words) for part in found)


@pytest.mark.django_db
@pytest.mark.usefixtures("now_fresh")
def test_whoever_asks_in_a_sentence_finds_what_has_most_of_it(shelf: Shelf) -> None:
    shelf.put("Questions about social prescribing", text="What people ask of social prescribing.")
    shelf.put("Helping people", text="Helpers, and how people help people.")
    shelf.put("Company at the table", text="Older people in a social group are less lonely after three months.")
    answer = asking.answer("does social prescribing help lonely older people", now=NOW)
    assert answer.is_loose
    assert [held.document.title for held in answer.hits] == ["Company at the table"]
