"""What is missing: every pair with few or none, and nothing else."""

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.finding.gaps import FEW, Gaps, gaps
from research_db.finding.index import Index
from research_db.models import Facet, Publication, Term
from tests.pages.reading import Html
from tests.research_db.factory import make_publications
from tests.research_db.finding.test_asking import NOTHING_NEW, Truth, truths

pytestmark = pytest.mark.django_db
Code = tuple[str, str]
# The trees of the factory, from the inside.
UPPERS = {
    "gardens": "nature",
    "walking": "nature",
    "singing": "arts",
    "painting": "arts",
    "loneliness": "mind",
    "wellbeing": "mind",
    "gp-visits": "services",
    "cost": "services",
    "older-people": "adults",
    "carers": "adults",
}
FEWER = settings(NOTHING_NEW, max_examples=12)


def missing(question: str = "") -> Gaps:
    found = gaps(QueryDict(question))
    assert found is not None
    return found


def upper(code: Code) -> Code | None:
    return (code[0], UPPERS[code[1]]) if code[1] in UPPERS else None


def true_gaps(some: list[Truth], rows: list[Code], columns: list[Code]) -> set[tuple[Code, Code, int]]:
    """By looking at every pair."""

    def number(*codes: Code | None) -> int:
        return sum(one.codes.issuperset(codes) for one in some)

    found = set()
    for row in filter(number, rows):
        for column in filter(number, columns):
            above = [pair for pair in ((upper(row), column), (row, upper(column))) if all(pair)]
            count = number(row, column)
            if 0 < count <= FEW or (not count and all(number(*pair) for pair in above)):
                found.add((row, column, count))
    return found


@pytest.fixture
def made(found: Index) -> list[Truth]:
    make_publications(60)
    found.catch_up_with_all()
    return truths()


def test_the_gaps_are_those_one_finds_by_looking_at_every_pair(made: list[Truth]) -> None:
    sides = st.permutations(["intervention", "outcome", "population", "setting", "design"])
    kinds = st.sampled_from(["", "review", "report", "thesis"])

    @FEWER
    @given(sides, kinds)
    def same(sides: list[str], kind: str) -> None:
        rows, columns = sides[:2]
        found = missing(f"rows={rows}&columns={columns}" + (f"&kind={kind}" if kind else ""))
        some = [one for one in made if not kind or ("kind", kind) in one.codes]
        codes = [[entry.code for entry, _depth in side] for side in (found.map.starts, found.map.heads)]
        assert {(gap.row.code, gap.column.code, gap.count) for gap in found.every} == true_gaps(some, *codes)
        weights = [gap.weight for gap in found.every]
        assert weights == sorted(weights, reverse=True)

    same()


@pytest.fixture
def small(found: Index) -> dict[str, Term]:
    """Three things offered and two measured: singing often and sleep often, never together."""
    terms = {}
    for key, names in (("intervention", ["Singing", "Walking", "Fishing"]), ("outcome", ["Sleep", "Mood"])):
        facet = Facet.objects.create(key=key, label=key.capitalize())
        terms |= {one: Term.objects.create(facet=facet, slug=one.lower(), label=one) for one in names}
    for about in (["Singing", "Mood"],) * 3 + (["Walking", "Sleep"],) * 3 + (["Walking", "Mood"],):
        one = Publication.objects.create(title=" and ".join(about))
        one.terms.set([terms[name] for name in about])
        one.save()
    return terms


def test_a_gap_says_how_much_there_is_on_either_side(small: dict[str, Term], client: Client) -> None:
    found = missing()
    assert [(gap.row.label, gap.column.label, gap.of_row, gap.of_column) for gap in found.none] == [("Singing", "Sleep", 3, 3)]  # fmt: skip
    assert [(gap.row.label, gap.column.label, gap.count) for gap in found.few] == [("Walking", "Mood", 1)]
    assert [(label, [one.label for one in entries]) for label, entries in found.unstudied] == [("Intervention", ["Fishing"])]  # fmt: skip
    page = Html(client.get("/research/missing/").content.decode())
    assert 'Singing</a><span class="gaps__of">&nbsp;3<span class="sr"> publications</span></span>' in page
    assert "<dt>Intervention</dt><dd>Fishing</dd>" in page
    assert "1 study of both" in page
    assert "they do not say what works" in page


def test_the_spreadsheet_has_all_gaps(small: dict[str, Term], client: Client) -> None:
    lines = client.get("/research/missing.csv").content.decode("utf-8-sig").splitlines()
    assert lines == [
        '"Intervention","Outcome","Publications","Publications: Intervention","Publications: Outcome"',
        '"Walking","Mood","1","4","4"',
        '"Singing","Sleep","0","3","3"',
    ]


def test_where_nothing_is_missing_that_is_said(small: dict[str, Term], client: Client) -> None:
    for about in (["Singing", "Sleep"], ["Walking", "Mood"], ["Fishing", "Sleep"], ["Fishing", "Mood"]):
        for _time in range(FEW + 1):
            one = Publication.objects.create(title=" or ".join(about))
            one.terms.set([small[name] for name in about])
            one.save()
    page = Html(client.get("/research/missing/").content.decode())
    assert page.count("There is none: every pair has more.") == 2
    assert "Nothing at all about" not in page


@pytest.mark.parametrize("question", ["", "rows=kind&columns=kind", "rows=planet&q=%00"])
def test_without_two_facets_there_are_no_gaps(found: Index, client: Client, question: str) -> None:
    assert "nothing to lay out" in client.get(f"/research/missing/?{question}").content.decode()
    assert client.get(f"/research/missing.csv?{question}").status_code == 200
