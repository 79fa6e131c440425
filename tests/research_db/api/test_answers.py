"""What programs get, how they go on, and what they are told when they ask wrongly."""

import html
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from research_db.finding import index
from research_db.finding.listing import listing
from research_db.models import (
    Identifier,
    Notice,
    Publication,
    ReadingList,
    ReadingListEntry,
    Term,
)
from tests.research_db.records.conftest import Make

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/publications"


@pytest.fixture(autouse=True)
def _several(several: list[Publication]) -> None:
    """Publications that can be found."""


def get(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    return answer.json()


def titles(client: Client, question: str) -> list[str]:
    return [one["title"] for one in get(client, f"{SEARCH}?{question}")["publications"]]


def test_a_full_publication(client: Client, full: Publication) -> None:
    found = get(client, f"{SEARCH}/{full.code}")
    assert found["makers"][0] == {
        "role": "author", "name": "Ann Name0", "family": "Name0", "given": "Ann", "orcid": "0000-0002-1825-0097",
    }  # fmt: skip
    assert found["makers"][2]["name"] == "The Invented Press"
    assert found["source"] == {"title": "Journal of Invented Examples", "issn": "1234-5678"}
    assert found["terms"] == [{"facet": "population", "slug": "older-people", "label": "Older people"}]
    assert found["numbers"] == [
        {"scheme": "doi", "value": "10.5555/spn.1", "url": "https://doi.org/10.5555/spn.1", "is_of_whole": False},
        {"scheme": "isbn", "value": "9780000000002", "url": None, "is_of_whole": True},
    ]
    assert found["notices"] == [{"kind": "correction", "on": "2022-01-05", "words": "Table 2 was wrong.", "url": None}]
    assert (found["date"], found["year"], found["licence"]) == ("2021-03-12", 2021, "CC BY 4.0")
    assert urlsplit(found["url"]).path == full.get_absolute_url()
    assert found["is_retracted"] is False


def test_a_retracted_one_says_so_everywhere(client: Client) -> None:
    [found] = get(client, f"{SEARCH}?only=retracted")["publications"]
    assert found["is_retracted"] is True
    assert found["notices"][0]["words"] == "The data were invented."
    assert get(client, found["api_url"]) == found


def test_what_is_not_known_is_null(client: Client, several: list[Publication]) -> None:
    found = get(client, f"{SEARCH}/{several[3].code}")
    assert (found["date"], found["abstract"], found["source"], found["makers"]) == (None, None, None, [])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("q=walking", ["A small trial of walking", "Company on prescription", "Walking cures all"]),
        ("q=%22walking+cures%22", ["Walking cures all"]),
        ("design=trial", ["A small trial of walking"]),  # by a part of it
        ("not.design=trial&year=..2019", ["Walking cures all"]),
        ("year=2018..2019&sort=oldest", ["Walking cures all", "A small trial of walking"]),
        ("kind=preprint&kind=review", ["A small trial of walking"]),
        ("q=nothing+like+that+at+all+here&exact=1", []),
    ],
)
def test_searches_find_what_the_list_finds(client: Client, question: str, expected: list[str]) -> None:
    found = titles(client, question)
    assert sorted(found) == sorted(expected)
    if "sort" in question:
        assert found == expected


def test_it_says_how_words_were_taken(client: Client) -> None:
    understood = get(client, f"{SEARCH}?q=walkign")["understood"]
    assert (understood["words"], understood["shown_for"]) == ("walkign", "walking")


def test_a_replaced_term_leads_to_that_of_today(client: Client) -> None:
    trial = Term.objects.get(slug="trial")
    Term.objects.create(facet=trial.facet, slug="rct", label="RCT", retired_into=trial)
    assert titles(client, "design=rct") == ["A small trial of walking"]


def test_counts_are_those_of_the_search(client: Client) -> None:
    found = get(client, "/api/v1/counts?year=2019")
    assert found["count"] == 1
    counts = {facet["key"]: {term["slug"]: term["count"] for term in facet["terms"]} for facet in found["facets"]}
    assert counts["design"] == {"trial": 1, "pilot": 1}
    assert counts["kind"] == {"preprint": 1}
    chosen = get(client, "/api/v1/counts?kind=preprint")
    kinds = next(facet for facet in chosen["facets"] if facet["key"] == "kind")
    assert sum(term["count"] for term in kinds["terms"]) > chosen["count"] == 1


def test_facets_with_their_terms(client: Client) -> None:
    facets = {facet["key"]: facet for facet in get(client, "/api/v1/facets")["facets"]}
    pilot, trial = sorted(facets["design"]["terms"], key=lambda term: str(term["slug"]))
    assert trial == {
        "slug": "trial",
        "label": "Trial",
        "definition": "Chance decides.",
        "part_of": None,
        "same_as": None,
    }
    assert (pilot["part_of"], pilot["same_as"]) == ("trial", "https://example.org/t")
    assert (facets["only"]["takes_all"], facets["design"]["takes_all"]) == (True, False)


def test_reading_lists(client: Client, full: Publication) -> None:
    lists = get(client, "/api/v1/lists")["lists"]
    assert [(one["slug"], one["count"]) for one in lists] == [("empty", 0), ("start-here", 1)]
    [entry] = get(client, lists[1]["api_url"])["entries"]
    assert (entry["why"], entry["publication"]["code"]) == ("Short and clear.", full.code)
    full.unpublish()
    assert get(client, lists[1]["api_url"])["entries"] == []


def test_words_stand_by_an_alphabet_that_no_database_chooses_and_numbers_as_they_were_given(
    client: Client, full: Publication
) -> None:
    for place, title in enumerate(("Zest", "éclairs", "(apples)", "GP visits", "Gardens")):
        ReadingList.objects.create(slug=f"z{place}", title=title)
    titles = [one["title"] for one in get(client, "/api/v1/lists")["lists"] if one["slug"].startswith("z")]
    assert titles == ["(apples)", "éclairs", "Gardens", "GP visits", "Zest"]
    given = ["9780000000002", "9780000000001", "978000000000X"]
    for value in given:
        Identifier.objects.create(publication=full, scheme="isbn", value=value)
    numbers = get(client, f"{SEARCH}/{full.code}")["numbers"]
    assert [one["value"] for one in numbers if one["scheme"] == "isbn"][-3:] == given


def test_every_page_leads_to_the_next(client: Client, make: Make) -> None:
    for number in range(45):
        make(title=f"Number {number}", kind="report")
    following, seen, pages = f"{SEARCH}?kind=report", [], []
    while following:
        page = get(client, following)
        seen += [one["title"] for one in page["publications"]]
        pages.append((page["page"], bool(page["previous"])))
        following = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] == 45
    assert pages == [(1, False), (2, True), (3, True)]
    assert get(client, page["first"])["page"] == 1
    assert get(client, page["previous"])["page"] == 2


# --- What is wrong ------------------------------------------------------------------------------------

CASES = [
    ("colour=red", "colour"),
    ("design=poem", "design"),
    ("design=", "design"),
    ("not.design=poem", "not.design"),
    ("kind=preprint&kind=preprint", "kind"),
    ("not.kind=preprint&not.kind=preprint", "not.kind"),
    ("kind=trial", "kind"),
    ("all=only", "all"),
    ("all=colour", "all"),
    ("year=19", "year"),
    ("year=..", "year"),
    ("year=2015-2020", "year"),
    ("year=2015&year=2016", "year"),
    ("year=2015%0A", "year"),
    ("sort=colour", "sort"),
    ("sort=", "sort"),
    ("exact=yes", "exact"),
    ("page=0", "page"),
    ("page=-1", "page"),
    ("page=1.5", "page"),
    ("page=100000", "page"),
    ("page=%D9%A3", "page"),
    ("page=" + 5000 * "9", "page"),
    ("q=a&q=b", "q"),
    ("q=" + 251 * "a", "q"),
    ("strict=", "strict"),
    ("strict=" + 61 * "a", "strict"),
    ("&".join(f"strict={number}" for number in range(11)), "strict"),
    ("from=2015", "from"),  # the form's, not ours
]


@pytest.mark.parametrize(("question", "name"), CASES)
@pytest.mark.parametrize("path", [SEARCH, "/api/v1/counts"])
def test_a_slip_is_told_by_name(client: Client, path: str, question: str, name: str) -> None:
    answer = client.get(f"{path}?{question}")
    problem = is_problem(answer, 400)
    assert {one["name"] for one in problem["parameters"]} == {name}
    assert all(one["detail"].endswith(".") for one in problem["parameters"])


def test_every_slip_is_told_at_once(client: Client) -> None:
    problem = is_problem(client.get(f"{SEARCH}?colour=red&page=0&design=poem&design=ode"), 400)
    assert [one["name"] for one in problem["parameters"]] == ["colour", "page", "design", "design"]


def is_problem(answer: Any, status: int) -> Any:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["detail"]
    return problem


@pytest.mark.parametrize(
    "path",
    [f"{SEARCH}/222222", f"{SEARCH}/a/b", "/api/v1/lists/none", "/api/v1/poems", "/api/v1/a%0Ab", f"{SEARCH}?page=99"],
)
def test_what_is_not_there(client: Client, path: str) -> None:
    is_problem(client.get(path), 404)


def test_drafts_withdrawn_and_merged_ones(client: Client, make: Make, full: Publication) -> None:
    draft = make(live=False, first_published_at=None)
    is_problem(client.get(f"{SEARCH}/{draft.code}"), 404)
    is_problem(client.get(f"{SEARCH}/{make(live=False).code}"), 410)
    merged = make(live=False, merged_into=full)
    answer = client.get(f"{SEARCH}/{merged.code}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{SEARCH}/{full.code}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_only_reading(method: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, SEARCH)
    is_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(("accept", "status"), [
    ("application/json", 200), ("*/*", 200), ("text/html, application/*;q=0.5", 200), ("text/html", 406), ("image/*", 406),
])  # fmt: skip
def test_only_json(client: Client, accept: str, status: int) -> None:
    answer = client.get("/api/v1/", headers={"Accept": accept})
    assert answer.status_code == status
    if status == 406:
        is_problem(answer, 406)


def test_an_index_that_is_being_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.Index, "now", lambda _self: None)
    answer = client.get(SEARCH)
    is_problem(answer, 503)
    assert answer.headers["Retry-After"] == "60"


# --- Between machines ---------------------------------------------------------------------------------


def test_a_program_that_has_it_is_told_so(client: Client, full: Publication) -> None:
    address = f"{SEARCH}/{full.code}"
    first = client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    full.title = "Another title"
    full.save()
    assert client.get(address, headers=known).status_code == 200


def test_any_page_of_the_web_may_read(client: Client) -> None:
    asked = client.options(SEARCH, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    answer = client.get(SEARCH, headers={"Origin": "https://example.org"})
    for one in (asked, answer):
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in one.headers
        assert not one.cookies
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_the_licence_goes_with_the_data(client: Client, settings: LazySettings) -> None:
    assert client.get(SEARCH).headers["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    settings.RESEARCH_LICENCE = "Ask us first"
    answer = client.get("/api/v1/")
    assert "Link" not in answer.headers
    assert answer.json()["licence"] == {"name": "Ask us first", "url": None}


def test_it_is_the_same_in_every_language(client: Client) -> None:
    english, welsh = (client.get("/api/v1/facets", headers={"Accept-Language": one}).content for one in ("en", "cy"))
    assert english == welsh


def test_it_asks_the_same_for_one_as_for_twenty(client: Client, make: Make) -> None:
    asked: dict[str, set[int]] = {"search": set(), "list": set()}
    reading = ReadingList.objects.get(slug="start-here")
    term = Term.objects.get(slug="older-people")
    for number in (1, 3, 20):
        while (have := Publication.objects.filter(kind="report").count()) < number:
            one = make(title=f"Number {have}", kind="report", authors=2)
            one.terms.add(term)
            one.save()
            Identifier.objects.create(publication=one, scheme="pmid", value=f"9{have}")
            Notice.objects.create(publication=one, kind="correction")
            ReadingListEntry.objects.create(reading_list=reading, publication=one)
        get(client, SEARCH)  # the index reads what changed
        for name, address in (("search", f"{SEARCH}?kind=report"), ("list", "/api/v1/lists/start-here")):
            with CaptureQueriesContext(connection) as statements:
                get(client, address)
            asked[name].add(len(statements))
    assert all(len(numbers) == 1 for numbers in asked.values()), asked


def test_people_have_a_page_about_it(client: Client) -> None:
    answer: HttpResponse = client.get("/research/api/")
    said = answer.content.decode()
    assert answer.status_code == 200
    for address in (SEARCH, "/api/v1/counts", "/api/v1/facets", "/api/v1/lists", "/api/v1/openapi.json", "/oai"):
        assert address in said
    assert "CC BY 4.0" in said


def test_every_list_leads_to_itself_as_json(client: Client) -> None:
    asked = QueryDict(
        "q=%22small+trial%22&design=trial&not.kind=book&all=design&year=2015..&exact=1&strict=a&sort=title"
    )
    found = listing(asked)
    assert found is not None
    said = html.unescape(render_to_string("research_db/parts/machines.html", {"lasting": found.lasting}))
    [address] = re.findall(r'href="(/api/v1/publications[^"]*)"', said)
    page = get(client, address)
    assert [one["title"] for one in page["publications"]] == ["A small trial of walking"]
    assert urlsplit(page["url"]).query == urlsplit(address).query


def test_its_examples_work(client: Client) -> None:
    said = html.unescape(client.get("/research/api/").content.decode())
    examples = re.findall(r"curl 'http://testserver(.*?)'", said)
    assert len(examples) == 2
    assert [client.get(one).status_code for one in examples] == [200, 200]
    links = re.findall(r'href="(/(?:api|oai)[^"]*)"', said)
    assert len(links) == 7
    assert [client.get(one).status_code for one in links] == 7 * [200]
