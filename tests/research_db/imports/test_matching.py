"""Whether a record is here already."""

import pytest

from research_db.domain.matching import Known, Match, Traits, Verdict, said
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
