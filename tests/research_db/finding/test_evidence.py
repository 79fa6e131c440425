"""The evidence map: the same numbers as the list has, as a table and as a spreadsheet."""

import pytest
from django.http import QueryDict
from django.test import Client

from research_db.finding import asking
from research_db.finding.criteria import read
from research_db.finding.evidence import Map, evidence
from research_db.finding.index import Index
from tests.pages.reading import Html
from tests.research_db.factory import make_publications

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(found: Index) -> None:
    make_publications(90)
    found.catch_up_with_all()


def laid_out(question: str) -> Map:
    found = evidence(QueryDict(question))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "question",
    [
        "",
        "deep=1",
        "rows=population&columns=kind&q=people&population=carers",
        "country=country-a1&country=country-b2&deep=1",
    ],
)
def test_each_cell_leads_to_as_many_as_it_says(made: None, question: str) -> None:
    found = laid_out(question)
    cells = [cell for line in found.lines for cell in line.cells]
    assert any(cell.count for cell in cells)
    for cell in cells:
        criteria = read(QueryDict(cell.address[1:]), found.now.vocabulary)
        assert asking.count_of(criteria, found.now) == cell.count


def test_the_table_says_where_nothing_is(made: None, client: Client) -> None:
    said = Html(client.get("/research/map/?kind=review&q=walking").content.decode())
    assert '<th scope="row" data-depth="0">Link worker</th>' in said
    assert "No study yet" in said
    assert 'name="kind" value="review"' in said
    assert (
        "Only publications that match your search are counted here: “walking”, Review. "
        '<a href="?rows=intervention&amp;columns=outcome">Count all publications</a>' in said
    )
    assert "match your search" not in client.get("/research/map/").content.decode()
    assert "are counted here: “walking”, not Trial." in Html(
        client.get("/research/missing/?q=walking&not.design=trial").content.decode()
    )
    assert "Gardens" not in said
    assert "Gardens" in Html(client.get("/research/map/?deep=1").content.decode())


def test_the_spreadsheet_has_a_line_for_each_pair(made: None, client: Client) -> None:
    found = laid_out("")
    text = client.get("/research/map.csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == '"What was offered","What was measured","Publications"'
    assert len(text.splitlines()) == 1 + len(found.lines) * len(found.heads)


@pytest.mark.parametrize("question", ["", "rows=kind&columns=kind", "rows=planet"])
def test_without_facets_there_is_no_map(found: Index, client: Client, question: str) -> None:
    assert "nothing to lay out" in client.get(f"/research/map/?{question}").content.decode()
    assert client.get(f"/research/map.csv?{question}").status_code == 200
