"""The history as files: what visitors may see, said in stable fields, safe in a spreadsheet."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from network_site.base.safe_csv import BYTE_ORDER_MARK
from network_site.history import cells, data
from network_site.history.models import TiedPublication, TimelineEvent, TimelinePage
from network_site.people.models import Person
from research_db.models import Publication
from tests.factories.conferences import ConferenceFactory
from tests.factories.history import EraFactory, ThemeFactory, TimelineEventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def history() -> None:
    first = EraFactory(slug="first", title="Finding each other", years="2015 to 2016")
    research = ThemeFactory(slug="research", name="Research")
    link = {"type": "link", "value": {"text": "Our story", "page": None, "url": "/about/"}}
    TimelineEventFactory(
        slug="begin", title="Gŵyl", era=first, starts_on=date(2015, 10, 1), month=True, milestone=True,
        people=[Person.objects.create(name="Ada", slug="ada")], links=json.dumps([link]),
    )  # fmt: skip
    TimelineEventFactory(slug="about-then", era=first, circa=True, starts_on=date(2015, 12, 1))
    TimelineEventFactory(
        slug="both-days", era=first, themes=[research], ends_on=date(2016, 3, 10), sold_out=True, delegates=94,
        conference=ConferenceFactory(slug="the-first"),
    )  # fmt: skip
    TimelineEventFactory(slug="secret", era=first, draft=True, starts_on=date(2016, 5, 1))


def as_json(client: Client, query: str = "") -> Any:
    return json.loads(client.get(f"/history/data.json{query}").content)


def as_rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/history/data.csv{query}").content.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_every_field_is_explained_and_nothing_else_is_there(history: None, client: Client) -> None:
    document = as_json(client)
    assert document["fields"] == data.FIELDS
    assert all(list(moment) == list(data.FIELDS) for moment in document["moments"])


def test_the_names_of_the_fields_stay() -> None:
    assert list(data.FIELDS) == [
        "id", "url", "title", "summary", "date", "end_date", "precision", "is_certain", "when", "era", "themes",
        "is_milestone", "is_sold_out", "is_around_us", "delegates", "delegates_words", "people", "conference", "links",
        "publications",
    ]  # fmt: skip


def test_a_moment_as_data(history: None, client: Client, settings: Any) -> None:
    begin, uncertain, days = as_json(client)["moments"]
    assert begin == {
        "id": "begin",
        "url": f"{settings.SITE_URL}/history/#begin",
        "title": "Gŵyl",
        "summary": "People met and wrote down what they want.",
        "date": "2015-10",
        "end_date": None,
        "precision": "month",
        "is_certain": True,
        "when": "October 2015",
        "era": {"id": "first", "title": "Finding each other", "years": "2015 to 2016"},
        "themes": [],
        "is_milestone": True,
        "is_sold_out": False,
        "is_around_us": False,
        "delegates": None,
        "delegates_words": "",
        "people": ["Ada"],
        "conference": None,
        "links": [{"words": "Our story", "url": f"{settings.SITE_URL}/about/"}],
        "publications": [],
    }
    assert (uncertain["date"], uncertain["is_certain"], uncertain["when"]) == (None, False, "About 2015")
    assert (days["date"], days["end_date"], days["delegates"]) == ("2016-03-09", "2016-03-10", 94)
    assert (days["conference"], days["themes"]) == ("the-first", [{"id": "research", "name": "Research"}])


def test_both_files_name_the_publications_visitors_can_read(history: None, client: Client, settings: Any) -> None:
    first, second = (Publication.objects.create(title=title, code=code) for title, code in (("B", "bbb"), ("A", "aaa")))
    hidden = Publication.objects.create(title="Hidden", code="ccc", live=False)
    moment = TimelineEvent.objects.get(slug="begin")
    for place, one in enumerate((first, hidden, second)):
        TiedPublication.objects.create(event=moment, publication=one, sort_order=place)
    assert as_json(client)["moments"][0]["publications"] == [
        {"title": "B", "url": f"{settings.SITE_URL}{first.get_absolute_url()}"},
        {"title": "A", "url": f"{settings.SITE_URL}{second.get_absolute_url()}"},
    ]
    assert [row["publications"] for row in as_rows(client)] == ["bbb; aaa", "", ""]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["begin", "about-then", "both-days"]),
        ("?order=newest", ["both-days", "about-then", "begin"]),
        ("?theme=research", ["both-days"]),
        ("?milestones=1", ["begin"]),
        ("?q=gwyl", ["begin"]),
        ("?q=nothing", []),
        ("?era=gone", []),
    ],
)
def test_both_files_answer_the_same_questions(history: None, client: Client, query: str, slugs: list[str]) -> None:
    assert [moment["id"] for moment in as_json(client, query)["moments"]] == slugs
    assert [row["slug"] for row in as_rows(client, query)] == slugs


def test_the_spreadsheet_has_the_columns_of_the_import_first(history: None, client: Client) -> None:
    rows = as_rows(client)
    assert list(rows[0]) == [*cells.COLUMNS, "when", "url"]
    assert (rows[0]["date"], rows[0]["title"], rows[0]["when"]) == ("2015-10", "Gŵyl", "October 2015")
    assert rows[2]["until"] == "2016-03-10"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"])
def test_no_cell_runs_in_a_spreadsheet(client: Client, start: str) -> None:
    TimelineEventFactory(title=start, summary=f'{start}"\n,x')
    [row] = as_rows(client)
    assert row["title"] == f"'{start}"
    assert row["summary"] == f"'{start}\"\n,x"


@pytest.mark.parametrize("name", ["data.json", "data.csv"])
def test_it_may_be_kept_and_used_anywhere_and_sets_no_cookie(history: None, client: Client, name: str) -> None:
    response = client.get(f"/history/{name}")
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    again = client.get(f"/history/{name}", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(f"/history/{name}").status_code == 405


def test_the_kinds_of_file(client: Client) -> None:
    assert client.get("/history/data.json")["Content-Type"] == "application/json"
    sheet = client.get("/history/data.csv")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    assert sheet["Content-Disposition"] == 'attachment; filename="history.csv"'


@pytest.mark.parametrize("name", ["data.json", "data.csv"])
def test_queries_do_not_grow(client: Client, name: str, django_assert_max_num_queries: Any) -> None:
    for n in range(30):
        link = {"type": "link", "value": {"text": "", "page": 1, "url": ""}}
        TimelineEventFactory(conference=ConferenceFactory(), links=json.dumps([link]), era__slug=f"e{n}")
    with django_assert_max_num_queries(7):
        client.get(f"/history/{name}")


def graph(html: str) -> list[dict[str, Any]]:
    found = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]
    nodes = [node for data in found for node in data.get("@graph", [data])]
    return [node for node in nodes if node["@type"] == "ItemList"]


def test_search_engines_get_the_list(history: None, page: TimelinePage, client: Client, settings: Any) -> None:
    [listed] = graph(client.get("/history/").content.decode())
    assert (listed["numberOfItems"], listed["itemListOrder"]) == (3, "https://schema.org/ItemListOrderAscending")
    begin, uncertain, days = [entry["item"] for entry in listed["itemListElement"]]
    assert [entry["position"] for entry in listed["itemListElement"]] == [1, 2, 3]
    assert begin == {
        "@type": "CreativeWork",
        "name": "Gŵyl",
        "url": f"{settings.SITE_URL}/history/#begin",
        "temporalCoverage": "2015-10",
    }
    assert "temporalCoverage" not in uncertain
    assert (days["@type"], days["startDate"], days["endDate"]) == ("Event", "2016-03-09", "2016-03-10")


def test_the_list_is_whole_whatever_the_visitor_looks_at(history: None, page: TimelinePage, client: Client) -> None:
    [listed] = graph(client.get("/history/?q=nothing").content.decode())
    assert listed["numberOfItems"] == 3


def test_no_title_ends_the_data_block(page: TimelinePage, client: Client) -> None:
    TimelineEventFactory(title="</script><script>alert(1)</script>\u2028")
    html = client.get("/history/").content.decode()
    assert "<script>alert" not in html
    [listed] = graph(html)
    assert listed["itemListElement"][0]["item"]["name"] == "</script><script>alert(1)</script>\u2028"
