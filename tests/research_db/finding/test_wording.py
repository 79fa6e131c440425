"""How a search is said in words."""

import pytest

from research_db.finding.criteria import Years
from research_db.finding.wording import years_in_words


@pytest.mark.parametrize(
    ("years", "said"),
    [((2019, 2019), "2019"), ((2015, 2020), "2015–2020"), ((2015, None), "from 2015"), ((None, 1999), "to 1999")],
)
def test_years_are_said_as_one_says_them(years: Years, said: str) -> None:
    assert years_in_words(years) == said
