"""Small questions of the search that need no index: years, numbers, what an address keeps and lets go."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from network_site.search.words import Within, Word, understand
from research_db.finding.asking import bare, with_numbers
from research_db.finding.criteria import (
    ANY_YEAR,
    BEST,
    NEWEST,
    OLDEST,
    TITLE,
    Criteria,
    Years,
    in_order,
    printable,
    read,
    read_years,
    written,
)
from research_db.finding.vocabulary import Row, Vocabulary

NOTHING = Vocabulary((), {})
ONE = Vocabulary((("country", "Country"),), {1: Row(1, ("country", "us"), "United States", 0, None, None, "")})


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015", (2015, 2015)),
        (" 2015 ", (2015, 2015)),
        ("2015..2020", (2015, 2020)),
        ("2020..2015", (2015, 2020)),
        ("2015..", (2015, None)),
        ("..2020", (None, 2020)),
        ("..", ANY_YEAR),
        ("", ANY_YEAR),
        ("15", ANY_YEAR),
        ("2015-2020", ANY_YEAR),
        ("20155", ANY_YEAR),
        ("٢٠١٥", ANY_YEAR),
        ("2015..20", ANY_YEAR),
        ("since 2015", ANY_YEAR),
    ],
)
def test_years(text: str, years: Years) -> None:
    assert read_years(text) == years


year = st.one_of(st.none(), st.integers(1000, 9999))


@given(year, year)
def test_years_are_read_as_they_are_written(first: int | None, last: int | None) -> None:
    ordered = in_order(first, last)
    assert read_years(written(ordered)) == ordered


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (ANY_YEAR, ""),
        ((2015, 2015), "2015"),
        ((2015, None), "2015.."),
        ((None, 2015), "..2015"),
        ((2015, 2016), "2015..2016"),
    ],
)
def test_years_in_addresses(years: Years, expected: str) -> None:
    assert written(years) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/abc.", "10.1000/abc"),
        ("doi:10.1000/abc", "10.1000/abc"),
        ("DOI:10.1000/abc;", "10.1000/abc"),
        ("PMC3654245", "pmc3654245"),
        ("28754806", "28754806"),
    ],
)
def test_numbers_as_they_are_kept(number: str, expected: str) -> None:
    assert bare(number) == expected


@pytest.mark.parametrize(
    ("typed", "is_number"),
    [
        ("10.1000/abc", True),
        ("https://doi.org/10.1000/abc", True),
        ("doi:10.1000/abc", True),
        ("10.1000", False),
        ("walking", False),
        ("10.5 percent", False),
    ],
)
def test_a_doi_alone_is_looked_for_as_one(typed: str, is_number: bool) -> None:
    found = with_numbers(understand(typed).tree)
    assert isinstance(found, Within) == is_number
    if is_number:
        assert isinstance(found, Within)
        assert isinstance(found.part, Word)
        assert found.place == "doi"


@pytest.mark.parametrize(
    ("criteria", "order"),
    [
        (Criteria(), NEWEST),
        (Criteria(words="gp"), BEST),
        (Criteria(words="gp", sort=OLDEST), OLDEST),
        (Criteria(sort=TITLE), TITLE),
    ],
)
def test_the_usual_order(criteria: Criteria, order: str) -> None:
    assert criteria.order == order


@pytest.mark.parametrize(
    ("criteria", "is_narrowed", "is_asked"),
    [
        (Criteria(), False, False),
        (Criteria(words="gp"), False, True),
        (Criteria(page=2), False, True),
        (Criteria(chosen=(("country", "us"),)), True, True),
        (Criteria(excluded=(("country", "us"),)), True, True),
        (Criteria(years=(2015, None)), True, True),
        (Criteria(sort=TITLE), False, True),
    ],
)
def test_what_leaves_publications_out(criteria: Criteria, is_narrowed: bool, is_asked: bool) -> None:
    assert criteria.is_narrowed == is_narrowed
    assert criteria.is_asked == is_asked


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "two", "", "999999", "１"])
def test_pages_that_are_none_are_the_first(page: str) -> None:
    assert read(QueryDict(f"page={page}"), NOTHING).page == 1


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "\x07"])
def test_what_cannot_be_printed_is_left_out(text: str) -> None:
    assert printable(text) == ""
    assert read(QueryDict(mutable=True), NOTHING) == Criteria()


def test_switches_that_mean_nothing_go_from_the_address() -> None:
    asked = QueryDict("q=gp&strict=gp&exact=1&all=country&country=us")
    criteria = read(asked, ONE)
    assert criteria.strict == ("gp",)
    assert criteria.all_of == ("country",)
    without_words = criteria.but(words="")
    assert (without_words.strict, without_words.is_exact) == ((), False)
    assert criteria.but(chosen=()).all_of == ()


def test_no_more_is_read_than_anybody_means() -> None:
    many = "&".join(f"strict={number:03}" for number in range(50))
    assert len(read(QueryDict(f"q=gp&{many}"), NOTHING).strict) == 10
    long = read(QueryDict(f"q=gp&strict={'x' * 500}"), NOTHING).strict
    assert len(long[0]) == 60


@given(
    st.dictionaries(
        st.sampled_from(["q", "year", "from", "to", "sort", "page", "country", "not.country"]), st.text(max_size=20)
    )
)
def test_an_address_written_again_asks_the_same(asked: dict[str, str]) -> None:
    given_ = QueryDict(mutable=True)
    given_.update(asked)
    once = read(given_, ONE)
    assert read(QueryDict(once.query.removeprefix("?")), ONE) == once
