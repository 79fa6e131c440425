"""The database in figures: each number is what a person would count, and what the list behind it shows."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings

from research_db.finding.criteria import Criteria, read
from research_db.finding.index import Index
from research_db.finding.statistics import MOST_YEARS, Bar, Statistics, statistics
from research_db.models import Publication
from tests.pages.reading import Html
from tests.research_db.factory import make_publications
from tests.research_db.finding.test_asking import NOTHING_NEW, Truth, questions, true_counts, truths

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(found: Index) -> list[Truth]:
    make_publications(60)
    found.catch_up_with_all()
    return truths()


def figures(question: str = "") -> Statistics:
    found = statistics(QueryDict(question))
    assert found is not None
    return found


FEWER = settings(NOTHING_NEW, max_examples=12)


def every_bar(found: Statistics) -> list[Bar]:
    return [*found.years.bars, *found.flags, *(bar for table in found.tables for bar in table.bars)]


def test_every_number_is_that_of_the_list_behind_it(made: list[Truth]) -> None:
    @FEWER
    @given(questions)
    def same(facts: dict[str, object]) -> None:
        asked = Criteria(**{**facts, "is_exact": bool(facts["words"])}).without_idle_switches()  # type: ignore[arg-type]
        found = figures(asked.query[1:])
        vocabulary = found.listing.now.vocabulary
        for bar in every_bar(found):
            behind = read(QueryDict(bar.address[1:]), vocabulary)
            assert bar.count == sum(one.fits(behind) for one in made), bar

    same()


def test_nothing_is_left_out(made: list[Truth]) -> None:
    @FEWER
    @given(questions)
    def all_there(facts: dict[str, object]) -> None:
        asked = Criteria(**{**facts, "is_exact": bool(facts["words"])}).without_idle_switches()  # type: ignore[arg-type]
        found = figures(asked.query[1:])
        truth = true_counts(found.criteria, made)
        for table in found.tables:
            assert Counter(bar.count for bar in table.bars if bar.count) == Counter(truth[table.key].values())
        assert {bar.count for bar in found.flags} == set(truth["only"].values())
        years = Counter(one.year for one in made if one.fits(found.criteria))
        assert {bar.label: bar.count for bar in found.years.bars if bar.count} == {
            str(year): count for year, count in years.items() if year
        }
        assert found.without_a_year == years[None]

    all_there()


@pytest.mark.parametrize(
    ("years", "labels", "counts"),
    [
        ([2020, 2020, 2022], ["2020", "2021", "2022"], [2, 0, 1]),
        ([2000], ["2000"], [1]),
        ([None, None], [], []),
        (
            [1799, 1950, 2022],
            [f"Before {2023 - MOST_YEARS}", *map(str, range(2023 - MOST_YEARS, 2023))],
            [2, *([0] * 39), 1],
        ),
    ],
)
def test_years_stand_in_a_row(found: Index, years: list[int | None], labels: list[str], counts: list[int]) -> None:
    for year in years:
        Publication.objects.create(title=f"Of {year}", year=year)
    bars = figures().years.bars
    assert [bar.label for bar in bars] == labels
    assert [bar.count for bar in bars] == counts


def test_older_years_stay_within_the_years_asked_for(found: Index) -> None:
    for year in (1850, 1950, 2022):
        Publication.objects.create(title="Old", year=year)
    assert figures("year=1900..").years.bars[0].address == f"?year=1900..{2022 - MOST_YEARS}"


@pytest.mark.parametrize(
    ("share", "said"), [(1, "100%"), (3, "33%"), (150, "under 1%")], ids=["all", "a third", "hardly any"]
)
def test_how_much_is_free(found: Index, client: Client, share: int, said: str) -> None:
    Publication.objects.bulk_create(
        Publication(title=f"One {place}", code=f"c{place}", open_access="" if place else "gold")
        for place in range(share)
    )
    found.make_anew()
    page = Html(client.get("/research/statistics/").content.decode())
    assert f'<dt>Free to read</dt><dd><b class="num">{said}</b>' in page


def test_the_page_says_what_is_counted(made: list[Truth], client: Client) -> None:
    page = Html(client.get("/research/statistics/?population=carers&q=walking").content.decode())
    assert "about “walking”" in page
    assert "counted as if nothing were chosen there" in page
    assert '<meta name="robots" content="noindex,follow">' in page
    whole = Html(client.get("/research/statistics/?sort=title").content.decode())
    assert "noindex" not in whole
    assert "counted as if nothing" not in whole
    assert f"{len(made)} publications about social prescribing are in this database" in whole


@pytest.mark.parametrize("question", ["", "q=xylophone+quagga&exact=1", "kind=nonsense&year=x&page=0"])
def test_nothing_to_count_is_said(found: Index, client: Client, question: str) -> None:
    assert "nothing to count" in client.get(f"/research/statistics/?{question}").content.decode()
    assert client.get(f"/research/statistics.csv?{question}").status_code == 200


def test_the_spreadsheet_has_every_number(made: list[Truth], client: Client) -> None:
    found = figures("kind=review")
    lines = client.get("/research/statistics.csv?kind=review").content.decode("utf-8-sig").splitlines()
    assert lines[:2] == ['"Question","Answer","Publications"', f'"All","","{found.listing.answer.count}"']
    assert len(lines) == 2 + len(every_bar(found))


def test_the_same_queries_for_few_and_many(
    found: Index, client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    numbers = []
    for more in (1, 60):
        make_publications(more) if more > 1 else Publication.objects.create(title="Walking")
        found.catch_up_with_all()
        for address in ("statistics/", "missing/"):
            client.get(f"/research/{address}?q=walking")
            with django_assert_max_num_queries(30) as asked:
                client.get(f"/research/{address}?q=walking&page={more}")
            numbers.append(len(asked))  # type: ignore[arg-type]
    assert numbers[:2] == numbers[2:]


def test_what_is_left_out_is_no_bar_and_no_number_for_programs(made: list[Truth], client: Client) -> None:
    """A facet of which everything is left out would be a table without a line."""
    figures = statistics(QueryDict("not.design=trial"))
    assert figures is not None
    (design,) = (table for table in figures.tables if table.key == "design")
    assert "Trial" not in {bar.label for bar in design.bars}
    every = "&".join(f"not.design={slug}" for slug in ("trial", "interviews", "before-and-after", "survey", "costs"))
    told = client.get(f"/api/v1/counts?{every}").json()
    assert not any(facet["terms"] for facet in told["facets"] if facet["key"] == "design")
    assert client.get(f"/research/statistics/?{every}").status_code == 200
