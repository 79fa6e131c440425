"""One way to say it finds the others, unless it is meant as it is typed."""

import pytest

from network_site.search import analysis
from network_site.search.synonyms import expressions, groups, longest, other_names, spelled, widen
from network_site.search.words import All, Not, OneOf, Part, Phrase, Word, understand, written


def tree(typed: str) -> Part | None:
    return understand(typed).tree


def names(typed: str) -> list[str]:
    """What else it is looked for by, as a visitor would type it."""
    return [written(part) for part in _others(widen(tree(typed)))]


def _others(part: Part | None) -> list[Part]:
    return list(part.parts[1:]) if isinstance(part, OneOf) else []


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("GP", ['"general practitioner"', '"family doctor"']),
        ("gp", ['"general practitioner"', '"family doctor"']),
        ('"general practitioner"', ['"GP"', '"family doctor"']),
        ("general practitioner", ['"GP"', '"family doctor"']),
        ("general practitioners", ['"GP"', '"family doctor"']),
        ("link worker", ['"community connector"', '"wellbeing coordinator"']),
        ("link workers", ['"community connector"', '"wellbeing coordinator"']),
        ("NHS", ['"National Health Service"']),
        ("worker", []),
        ("garden", []),
        ("g*", []),
    ],
)
def test_other_names_are_looked_for_too(typed: str, others: list[str]) -> None:
    assert names(typed) == others


def test_an_expression_among_other_words_is_widened_where_it_stands() -> None:
    found = widen(tree("cost of link workers"))
    assert isinstance(found, All)
    assert found.parts[:2] == (Word("cost"), Word("of"))
    assert isinstance(found.parts[2], OneOf)
    assert found.parts[2].parts[0] == All((Word("link"), Word("workers")))


def test_the_longest_expression_comes_first() -> None:
    """“social prescribing network” is one name, not “social prescribing” and a network."""
    found = widen(tree("social prescribing network"))
    assert isinstance(found, OneOf)
    assert Phrase("SPN") in found.parts
    assert Phrase("SP") not in found.parts


@pytest.mark.parametrize("typed", ["-GP", "garden -GP"])
def test_what_is_not_wanted_is_meant_as_it_is_typed(typed: str) -> None:
    found = widen(tree(typed))
    parts = found.parts if isinstance(found, All) else (found,)
    assert Not(Word("GP")) in parts


def test_either_of_two_is_widened_each() -> None:
    found = widen(tree("GP OR garden"))
    assert isinstance(found, OneOf)
    assert isinstance(found.parts[0], OneOf)
    assert found.parts[1] == Word("garden")


def test_other_names_can_be_switched_off_one_by_one() -> None:
    strict = {tuple(analysis.stems("gp"))}
    assert widen(tree("GP"), but=strict) == Word("GP")
    found = widen(tree("GP NHS"), but=strict)
    assert isinstance(found, All)
    assert found.parts[0] == Word("GP")
    assert isinstance(found.parts[1], OneOf)


def test_nothing_is_nothing() -> None:
    assert widen(None) is None
    assert list(expressions(None)) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("GP", ["GP"]),
        ("cost of link workers", ["link workers"]),
        ("GP OR NHS", ["GP", "NHS"]),
        ("link worker GP", ["link worker", "GP"]),
        ("-GP garden", []),
        ("garden", []),
        ('"link worker"', ["link worker"]),
    ],
)
def test_a_page_can_say_what_else_was_looked_for(typed: str, expected: list[str]) -> None:
    found = dict(expressions(tree(typed)))
    assert list(found) == expected
    assert all(found.values())


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ((Word("link"), Word("worker")), "link worker"),
        ((Phrase("link worker"),), "link worker"),
        ((Word("link", begins=True),), ""),
        ((Word("link"), Not(Word("worker"))), ""),
        ((OneOf((Word("a"), Word("b"))),), ""),
    ],
)
def test_only_plain_words_are_expressions(run: tuple[Part, ...], expected: str) -> None:
    assert spelled(run) == expected


def test_every_expression_of_the_list_is_named_by_all_others_of_its_line() -> None:
    for stems, others in groups().items():
        assert others
        assert len(stems) <= longest()
        for other in others:
            back = groups()[tuple(analysis.stems(other))]
            assert any(tuple(analysis.stems(name)) == stems for name in back)


def test_words_that_are_no_expression_have_no_other_names() -> None:
    assert other_names((Word("nobody"), Word("ever"))) == ()
