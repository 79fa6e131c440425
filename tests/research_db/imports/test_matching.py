"""Whether a record is here already."""

import pytest

from research_db.domain.matching import Known, Match, Traits, Verdict, likeness, said
from research_db.folding import folded

LONG = "Company on prescription a review of thirty one studies"


def traits(title: str = LONG, year: int | None = 2020, author: str = "okafor", doi: str = "") -> Traits:
    return Traits(folded(title), year, author, (("doi", doi),) if doi else ())


def match(here: Traits, new: Traits) -> Match:
    return Known([(7, here)]).match(new)


@pytest.mark.parametrize(
    ("here", "new", "verdict"),
    [
        (traits(doi="10.1234/a"), traits(doi="10.1234/a"), Verdict.SAME),
        # The same number with quite another title: the chapters of a book.
        (traits(doi="10.1234/a"), traits("Growing gardens in cities for the young", doi="10.1234/a"), Verdict.ALIKE),
        # The same number, the subtitle left out.
        (traits(doi="10.1234/a"), traits("Company on prescription a review", doi="10.1234/a"), Verdict.SAME),
        (traits(), traits(LONG.upper() + "!"), Verdict.SAME),
        (traits(), traits(year=2021), Verdict.SAME),
        (traits(), traits(year=2023), Verdict.NEW),
        (traits(), traits(year=None), Verdict.SAME),
        # A preprint: the same title, another DOI.
        (traits(doi="10.1234/a"), traits(doi="10.1101/b"), Verdict.ALIKE),
        (traits(doi="10.1234/a"), traits(), Verdict.SAME),
        # Short titles say nothing unless the author says the same.
        (traits("Editorial"), traits("Editorial", author="price"), Verdict.NEW),
        (traits("Editorial"), traits("Editorial"), Verdict.SAME),
        # A letter differs.
        (traits(), traits(LONG.replace("review", "reviw")), Verdict.ALIKE),
        (traits(), traits(LONG.replace("review", "reviw"), author="price"), Verdict.NEW),
        (traits(author=""), traits(LONG.replace("studies", "study"), author=""), Verdict.ALIKE),
        (traits(), traits("Does a link worker change how often people see a doctor"), Verdict.NEW),
        (traits(""), traits(""), Verdict.NEW),
    ],
)
def test_verdicts(here: Traits, new: Traits, verdict: str) -> None:
    found = match(here, new)
    assert found.verdict == verdict
    assert (found.name == 7) == (verdict != Verdict.NEW)
    assert bool(found.reasons) == (verdict != Verdict.NEW)


def test_reasons_are_said_in_words() -> None:
    found = match(traits(doi="10.1234/a"), traits("Growing gardens in cities for the young", doi="10.1234/a"))
    assert [said(reason) for reason in found.reasons] == [
        "The same number: doi 10.1234/a",
        "But another title: perhaps a chapter with the number of its book",
    ]
    assert said("anything") == "anything"


def test_the_first_of_two_with_one_number_is_found() -> None:
    known = Known([(1, traits(doi="10.1234/a")), (2, traits(doi="10.1234/a"))])
    assert known.match(traits(doi="10.1234/a")).name == 1


@pytest.mark.parametrize(
    ("here", "name", "verdict"),
    [
        # The first that agrees is taken, not the first of that title.
        ([traits(year=2010), traits(year=2020)], 1, Verdict.SAME),
        ([traits(year=2010), traits(year=2012)], None, Verdict.NEW),
        ([traits(year=2021), traits(year=2020)], 0, Verdict.SAME),
        ([traits(year=2010), traits(doi="10.1101/b")], 1, Verdict.ALIKE),
    ],
)
def test_of_several_with_one_title_the_first_that_agrees_is_found(
    here: list[Traits], name: int | None, verdict: str
) -> None:
    found = Known(enumerate(here)).match(traits(doi="10.1234/a"))
    assert (found.name, found.verdict) == (name, verdict)


def test_a_number_says_more_than_a_title() -> None:
    known = Known([(1, traits()), (2, traits("Growing gardens in cities for the young", doi="10.1234/a"))])
    assert known.match(traits(doi="10.1234/a")).name == 2


@pytest.mark.parametrize(
    ("one", "other", "score"), [("a b c", "c b a", 100), ("same", "same", 100), ("abc", "xyz", 0), ("", "", 100)]
)
def test_likeness_does_not_mind_the_order_of_words(one: str, other: str, score: int) -> None:
    assert likeness(one, other) == likeness(other, one) == score


@pytest.mark.parametrize("title", [LONG, LONG.replace("review", "reviw")])
def test_what_is_known_of_an_empty_title_is_like_nothing(title: str) -> None:
    assert Known([(1, traits(""))]).match(traits(title)).verdict == Verdict.NEW
    assert Known([(1, traits(title))]).match(traits("")).verdict == Verdict.NEW
