"""Files through the views: what is in them, in which order, under which name, and what is refused."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import bibtexparser
import pytest
import rispy
import time_machine
from citeproc.source.json import CiteProcJSON
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pybtex.database import parse_string

from research_db.domain.exporting import A_STEP, record_of, records_of
from research_db.finding import index
from research_db.formats.record import Name, Record
from research_db.formats.writing import Target
from research_db.models import Notice, Publication, ReadingList
from research_db.views import files
from research_db.views.files import A_PIECE, MOST_TICKED, in_pieces
from tests.research_db.factory import make_publications
from tests.research_db.taking.conftest import Fetch, records_in

TARGETS = [target.value for target in Target]
TITLED = re.compile(r"^TI  - (.*)$", re.MULTILINE)
# What BibTeX has no name for.
NOT_IN_BIBTEX = ("kind", "online_date", "open_access_url", "extra")


def titles(ris: bytes) -> list[str]:
    return TITLED.findall(ris.decode())


def bare(record: Record, ending: str) -> Record:
    """A record as a file of this kind can say it; RIS does not say which names are in one piece."""
    numbers = tuple(sorted((replace(one, raw="") for one in record.identifiers), key=str))
    lost: dict[str, Any] = {name: getattr(Record(), name) for name in NOT_IN_BIBTEX} if ending == Target.BIBTEX else {}
    if ending == Target.RIS:
        lost["contributors"] = tuple((one.role, spoken(one.name)) for one in record.contributors)
    return replace(record, identifiers=numbers, **lost)


def spoken(name: Name) -> str:
    return name.literal or f"{name.given} {name.family}".strip()


# --- What is in them ------------------------------------------------------------------------------------


def test_everything_comes_back_from_our_own_files(demonstration: list[Publication], fetch: Fetch) -> None:
    for ending in TARGETS:
        back = records_in(fetch(f"/research/export.{ending}"), f"research.{ending}")
        by_title = {one.title: bare(one, ending) for one in back}
        assert len(back) == len(demonstration)
        for record in records_of([publication.pk for publication in demonstration]):
            assert by_title[record.title] == bare(record, ending)


@pytest.mark.parametrize("ending", TARGETS)
@pytest.mark.django_db
def test_every_file_says_that_a_publication_was_retracted(
    research: Callable[[], Any], fetch: Fetch, ending: str
) -> None:
    research()
    one = make_publications(1)[0]
    one.live, one.extra = True, {"notes": ["Read aloud."]}
    one.save()
    for kind, on, words in [("correction", date(2024, 6, 7), ""), ("retraction", date(2022, 1, 5), "It was made up.")]:
        Notice.objects.create(publication=one, kind=kind, on=on, words=words, url="https://example.org/notice")
    index.site().make_anew()
    told = "Retracted, 5 January 2022: It was made up. https://example.org/notice"
    for address in (f"export.{ending}", f"selection.{ending}?r={one.code}"):
        (record,) = records_in(fetch(f"/research/{address}"), f"research.{ending}")
        assert record.notes == (told, "Corrected, 7 June 2024: https://example.org/notice", "Read aloud.")


def test_other_programs_read_all_of_it(demonstration: list[Publication], fetch: Fetch) -> None:
    wanted = {one.title for one in demonstration}
    assert {one["title"] for one in rispy.loads(fetch("/research/export.ris").decode())} == wanted
    bib = fetch("/research/export.bib").decode()
    assert len(parse_string(bib, "bibtex").entries) == len(wanted)
    library = bibtexparser.parse_string(bib)
    assert (library.failed_blocks, len(library.entries)) == ([], len(wanted))
    sheet = load_workbook(io.BytesIO(fetch("/research/export.xlsx"))).worksheets[0]
    assert sheet.max_row == len(wanted) + 1


@pytest.mark.filterwarnings("ignore:The following arguments for Reference")
def test_a_citation_processor_reads_all_of_it(demonstration: list[Publication], fetch: Fetch) -> None:
    items = json.loads(fetch("/research/export.csl.json"))
    source = CiteProcJSON([{name: value for name, value in item.items() if name != "custom"} for item in items])
    assert {str(source[key].title) for key in source} == {one.title for one in demonstration}


@pytest.mark.django_db
def test_rows_and_models_give_the_same_record() -> None:
    made = make_publications(40)
    shown = [one for one in made if one.live]
    assert list(records_of([one.pk for one in made])) == [record_of(one) for one in shown]


# --- Which, and in which order --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["", "?sort=title", "?sort=oldest", "?q=walking", "?kind=review&year=2010.."])
def test_a_search_is_all_of_the_list_in_its_order(client: Client, fetch: Fetch, question: str) -> None:
    from django.http import QueryDict

    from research_db.finding import asking
    from research_db.finding.criteria import read

    make_publications(60)
    index.site().make_anew()
    now = index.site().now()
    assert now is not None
    criteria = read(QueryDict(question[1:]), now.vocabulary)
    pages = range(1, -(-asking.count_of(criteria, now) // asking.A_PAGE) + 1)
    numbers = [number for page in pages for number in asking.answer(criteria.but(page=page), now).numbers]
    listed = [Publication.objects.get(pk=number).title for number in numbers]
    assert titles(fetch(f"/research/export.ris{question}")) == listed
    assert listed


def test_a_page_of_the_search_makes_no_difference(demonstration: list[Publication], fetch: Fetch) -> None:
    assert fetch("/research/export.ris?page=7") == fetch("/research/export.ris")


def test_what_was_ticked_in_the_order_of_its_list(demonstration: list[Publication], fetch: Fetch) -> None:
    first, second, third = demonstration[:3]
    asked = f"/research/selection.ris?r={third.code}&r={first.code}&r={third.code}"
    assert titles(fetch(asked)) == [third.title, first.title]
    Publication.objects.filter(pk=first.pk).update(live=False, merged_into=second)
    assert titles(fetch(asked)) == [third.title, second.title]


def test_a_reading_list_in_its_editors_order(demonstration: list[Publication], fetch: Fetch) -> None:
    found = ReadingList.objects.filter(entries__isnull=False).distinct()[0]
    entries = list(found.entries.order_by("-sort_order"))
    for place, entry in enumerate(entries):
        entry.sort_order = place
        entry.save()
    hidden = entries[0].publication
    Publication.objects.filter(pk=hidden.pk).update(live=False)
    address = found.get_absolute_url().rstrip("/") + ".ris"
    assert titles(fetch(address)) == [entry.publication.title for entry in entries[1:]]


# --- How it is sent -------------------------------------------------------------------------------------


TYPES = {
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def test_a_record_has_a_file_of_every_kind(client: Client, demonstration: list[Publication]) -> None:
    one = demonstration[0]
    for ending, media_type in TYPES.items():
        address = one.get_absolute_url().rstrip("/") + f".{ending}"
        response = client.get(address)
        assert response.headers["Content-Type"] == media_type
        assert response.headers["Content-Disposition"] == f'attachment; filename="{one.slug}.{ending}"'
        assert response.headers["Link"] == f'<http://testserver{one.get_absolute_url()}>; rel="describes"'
        (back,) = records_in(b"".join(response.streaming_content), f"one.{ending}")  # type: ignore[attr-defined]
        assert back.title == one.title
        assert b"".join(client.head(address).streaming_content) == b""  # type: ignore[attr-defined]


ACCEPTED = [
    ("application/x-research-info-systems", ".ris"),
    ("application/vnd.citationstyles.csl+json", ".csl.json"),
    ("text/html;q=0.5, application/x-bibtex", ".bib"),
    ("text/html,application/xhtml+xml,*/*;q=0.8", "/"),
    ("*/*", "/"),
    ("image/png", "/"),
]


def test_short_addresses_lead_programs_to_what_they_read(client: Client, demonstration: list[Publication]) -> None:
    one = Publication.objects.filter(identifiers__scheme="doi", identifiers__is_container=False)[0]
    doi = one.identifiers.get(scheme="doi").value
    for address, (accept, end) in product((f"/research/r/{one.code}/", f"/doi/{doi}"), ACCEPTED):
        response = client.get(address, headers={"accept": accept})
        assert response.headers["Location"] == one.get_absolute_url().rstrip("/") + end
        assert ("Accept" in response.headers.get("Vary", "").split(", ")) == (end != "/")


def test_pieces_are_the_same_bytes() -> None:
    content = [b"a" * (A_PIECE - 1), b"b", b"c" * 3 * A_PIECE, b"", b"d"]
    pieces = list(in_pieces(content))
    assert b"".join(pieces) == b"".join(content)
    assert list(map(len, pieces)) == [A_PIECE, 3 * A_PIECE, 1]
    assert list(in_pieces([])) == []


@pytest.mark.django_db
def test_nothing_is_read_before_it_is_sent(client: Client, django_assert_num_queries: Callable[..., Any]) -> None:
    make_publications(A_STEP + 1)
    index.site().make_anew()
    response = client.get("/research/export.csv")
    with django_assert_num_queries(0):
        content = iter(response)
    with django_assert_num_queries(5):
        next(content)
    response.close()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 30])
def test_as_many_statements_for_thirty_as_for_one(
    client: Client, django_assert_max_num_queries: Callable[..., Any], number: int
) -> None:
    made = make_publications(number, seed=4)
    index.site().make_anew()
    asked = "&".join(f"r={one.code}" for one in made if one.live)
    client.get("/research/export.ris")
    for address, most in (("/research/export.ris", 9), (f"/research/selection.ris?{asked}", 6)):
        with django_assert_max_num_queries(most):
            assert titles(b"".join(client.get(address)))  # type: ignore[arg-type]


# --- What is refused ------------------------------------------------------------------------------------

REFUSED = [
    ("/research/export.exe", 400, "We do not write files that end in “.exe”."),
    ("/research/export.xml", 400, "We do not write files"),
    ("/research/export.%3Cscript%3E", 400, "“.&lt;script&gt;”"),
    ("/research/export.ris?q=xylophones+quagga", 400, "No publication fits this search"),
    ("/research/export.ris?kind=nothing&q=%00xylophones%FF&page=-1&year=abc", 400, "No publication fits"),
    ("/research/selection.ris", 400, "Nothing is ticked."),
    ("/research/selection.ris?r=", 400, "no publication with this number"),
    ("/research/selection.ris?r=%00", 400, "no publication with this number"),
    ("/research/selection.ris?r=nobody&r=noone", 400, "no publications with these numbers: nobody, noone."),
    (f"/research/selection.ris?{'r=a&' * (MOST_TICKED + 1)}", 400, f"at most {MOST_TICKED}"),
    ("/research/selection.docx?r=nobody", 400, "“.docx”"),
    ("/research/lists/nothing.ris", 404, ""),
    ("/research/lists/nothing.docx", 400, "“.docx”"),
    ("/research/r/nobody/at-home.ris", 404, ""),
    ("/research/r/nobody/at-home.pdf", 400, "“.pdf”"),
]


def test_refusals(client: Client, demonstration: list[Publication]) -> None:
    for address, status, said in REFUSED:
        response = client.get(address)
        assert (response.status_code, said in response.content.decode()) == (status, True), address


@pytest.mark.parametrize("address", ["/research/export.ris", "/research/selection.ris", "/unapi"])
def test_nothing_is_sent_to_them(client: Client, db: None, address: str) -> None:
    assert client.post(address, {"r": "x"}).status_code == 405


def test_back_to_the_search_that_found_nothing(client: Client, demonstration: list[Publication]) -> None:
    said = client.get("/research/export.ris?q=xylophones&kind=review").content.decode()
    assert 'href="/research/?q=xylophones&amp;kind=review"' in said


def test_an_excel_file_has_an_end(
    client: Client, demonstration: list[Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_IN_EXCEL", len(demonstration))
    assert client.get("/research/export.xlsx").status_code == 200
    monkeypatch.setattr(files, "MOST_IN_EXCEL", len(demonstration) - 1)
    response = client.get("/research/export.xlsx")
    assert (response.status_code, "Take CSV" in response.content.decode()) == (400, True)
    assert client.get("/research/export.csv").status_code == 200


def test_before_the_first_index_is_made(
    client: Client, demonstration: list[Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FEW", -1)
    response = client.get("/research/export.ris")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


@time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False)
def test_a_network_gets_a_few_large_files_and_then_waits(
    client: Client, demonstration: list[Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MANY", len(demonstration) - 1)
    monkeypatch.setattr(files, "LARGE_FROM_A_NETWORK", 2)
    assert [client.get(f"/research/export.{ending}").status_code for ending in ("ris", "csv")] == [200, 200]
    assert client.head("/research/export.ris").status_code == 200
    late = client.get("/research/export.bib?sort=title")
    assert (late.status_code, late.headers["Retry-After"]) == (429, "600")
    said = late.content.decode()
    assert "<h1>Not just now</h1>" in said
    assert "Wait ten minutes" in said
    assert 'href="/research/?sort=title"' in said
    assert client.get("/research/export.ris", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/research/export.ris?kind=review").status_code == 200, "small files go on"
    assert client.get("/research/lists/start-here.ris").status_code == 200


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"live": False, "first_published_at": None}, 404),
        ({"live": False, "first_published_at": timezone.now()}, 410),
        ({"title": "Another title"}, 301),
    ],
)
def test_a_file_goes_the_way_of_its_record(
    client: Client, demonstration: list[Publication], facts: dict[str, Any], status: int
) -> None:
    one = demonstration[0]
    address = one.get_absolute_url().rstrip("/") + ".ris"
    Publication.objects.filter(pk=one.pk).update(**facts)
    response = client.get(address)
    assert response.status_code == status
    if status == 301:
        assert response.headers["Location"] == f"/research/r/{one.code}/another-title.ris"


def test_a_draft_reading_list_is_not_there(client: Client, demonstration: list[Publication]) -> None:
    found = ReadingList.objects.all()[0]
    ReadingList.objects.update(live=False)
    assert client.get(f"/research/lists/{found.slug}.ris").status_code == 404


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/research/export.json?q=walking&page=2", "/research/export.csl.json?q=walking&page=2"),
        ("/api/v1/docs", "/research/api/"),
    ],
)
def test_other_names_lead_to_the_address(client: Client, address: str, leads_to: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, leads_to)


def test_harvesters_may_ask_below_research_too(client: Client, db: None) -> None:
    for response in (client.get("/research/oai?verb=Identify"), client.post("/research/oai", {"verb": "Identify"})):
        assert b"/oai</baseURL>" in response.content


def test_what_is_not_known_is_said_without_signs_that_no_page_has(client: Client, db: None) -> None:
    for address in ("/research/selection.ris?r=a%00b", "/research/export.a%00b"):
        response = client.get(address)
        assert response.status_code == 400
        assert b"\0" not in response.content
