"""Each verb, and what a record looks like to a harvester."""

from datetime import UTC, date, datetime

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from research_db.models import (
    Datestamp,
    Facet,
    Identifier,
    Notice,
    Publication,
    ReadingList,
    ReadingListEntry,
    SearchChange,
    Term,
)
from tests.research_db.harvest.conftest import OAI, Ask, error, read, texts, told
from tests.research_db.records.conftest import Make

pytestmark = pytest.mark.django_db


def name_of(publication: Publication) -> str:
    return f"oai:testserver:{publication.code}"


def test_the_repository_tells_what_it_is(ask: Ask, make: Make, settings: LazySettings) -> None:
    settings.CONTACT_EMAIL = "research@example.org"
    Datestamp.objects.filter(publication=make()).update(at=datetime(2024, 2, 29, 23, 59, 59, 999, tzinfo=UTC))
    make()
    identify = ask(verb="Identify").find(f"{OAI}Identify")
    assert identify is not None
    assert [(one.tag.removeprefix(OAI), one.text) for one in identify] == [
        ("repositoryName", "Social Prescribing Network"),
        ("baseURL", f"{settings.SITE_URL}/oai"),
        ("protocolVersion", "2.0"),
        ("adminEmail", "research@example.org"),
        ("earliestDatestamp", "2024-02-29T23:59:59Z"),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ]


def test_an_empty_database_has_an_earliest_moment_too(ask: Ask) -> None:
    assert len(texts(ask(verb="Identify"), "earliestDatestamp")[0]) == 20
    assert error(ask(verb="ListRecords", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_there_is_one_format(ask: Ask, full: Publication) -> None:
    for one in (ask(verb="ListMetadataFormats"), ask(verb="ListMetadataFormats", identifier=name_of(full))):
        assert texts(one, "metadataPrefix") == ["oai_dc"]
        assert texts(one, "metadataNamespace") == ["http://www.openarchives.org/OAI/2.0/oai_dc/"]


def test_the_answer_repeats_the_question(ask: Ask, full: Publication, settings: LazySettings) -> None:
    asked = {"verb": "GetRecord", "identifier": name_of(full), "metadataPrefix": "oai_dc"}
    request = ask(**asked).find(f"{OAI}request")
    assert request is not None
    assert (request.text, request.attrib) == (f"{settings.SITE_URL}/oai", asked)


def test_a_record_in_dublin_core(ask: Ask, full: Publication, settings: LazySettings) -> None:
    found = ask(verb="GetRecord", identifier=name_of(full), metadataPrefix="oai_dc")
    assert texts(found, "identifier") == [name_of(full)]
    assert texts(found, "setSpec") == ["kind:journal-article", "list:start-here"]
    expected = {
        "title": ["Company on prescription"],
        "creator": ["Name0, Ann", "Name1, Ann"],
        "contributor": ["The Invented Press"],
        "date": ["2021-03-12"],
        "type": ["Journal article"],
        "description": [
            "Corrected, 5 January 2022: Table 2 was wrong.",
            "Background: we asked 31 people.",
            "People felt less alone.",
        ],
        "source": ["Journal of Invented Examples", "Journal of Invented Examples, 12(3), 107–9"],
        "identifier": [
            "https://doi.org/10.5555/spn.1",
            "isbn:9780000000002",
            f"{settings.SITE_URL}{full.get_absolute_url()}",
        ],
        "language": ["en"],
        "rights": ["CC BY 4.0"],
        "relation": ["https://example.org/free"],
        "subject": ["Older people", "company", "walking"],
    }
    assert {name: told(found, name) for name in expected} == expected


def test_a_retracted_publication_says_so_first(ask: Ask, full: Publication) -> None:
    Notice.objects.create(
        publication=full,
        kind="retraction",
        on=date(2023, 6, 1),
        words="The data were invented.",
        url="https://example.org/n",
    )
    found = ask(verb="GetRecord", identifier=name_of(full), metadataPrefix="oai_dc")
    assert told(found, "description")[0] == "Retracted, 1 June 2023: The data were invented. https://example.org/n"
    assert told(found, "type") == ["Retracted Publication", "Journal article"]


def test_nothing_is_empty_where_little_is_known(ask: Ask, make: Make) -> None:
    bare = make(authors=0, year=None)
    found = ask(verb="GetRecord", identifier=name_of(bare), metadataPrefix="oai_dc")
    assert all(one.text for one in found.iter() if "purl.org" in one.tag)
    assert told(found, "title") == ["Company on prescription"]


def test_signs_that_xml_cannot_hold_are_left_out(ask: Ask, make: Make) -> None:
    odd = make(title="A\x08\x0bb\ufffe & <c> \U0001f9f6", abstract="one\ntwo\x00".replace("\x00", "\x1f"))
    found = ask(verb="GetRecord", identifier=name_of(odd), metadataPrefix="oai_dc")
    assert told(found, "title") == ["Ab & <c> \U0001f9f6"]
    assert told(found, "description") == ["one\ntwo"]


@pytest.mark.parametrize("merged", [False, True])
def test_what_is_no_longer_shown_is_told_as_deleted(ask: Ask, make: Make, merged: bool) -> None:
    kept = make()
    gone = make(kind="review", live=False, merged_into=kept if merged else None)
    found = ask(verb="GetRecord", identifier=name_of(gone), metadataPrefix="oai_dc")
    header = found.find(f".//{OAI}header")
    assert header is not None
    assert header.attrib == {"status": "deleted"}
    assert found.find(f".//{OAI}metadata") is None
    assert texts(found, "setSpec") == ["kind:review"]


def test_what_was_never_public_is_not_there(ask: Ask, make: Make) -> None:
    draft = make(live=False, first_published_at=None)
    assert error(ask(verb="GetRecord", identifier=name_of(draft), metadataPrefix="oai_dc")) == "idDoesNotExist"
    assert error(ask(verb="ListIdentifiers", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_post_asks_the_same(client: Client, full: Publication) -> None:
    asked = {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "kind:journal-article"}
    strict = Client(enforce_csrf_checks=True)
    got, posted = (read(answer.content) for answer in (client.get("/oai", asked), strict.post("/oai", asked)))
    assert texts(got, "identifier") == texts(posted, "identifier")
    assert name_of(full) in texts(got, "identifier")
    assert client.put("/oai").status_code == 405
    assert not client.get("/oai", asked).cookies


# --- Sets ---------------------------------------------------------------------------------------------


@pytest.fixture
def trials(make: Make) -> dict[str, Publication]:
    """A trial, a pilot trial, and neither."""
    design, setting = (Facet.objects.create(key=key, label=key.title()) for key in ("design", "setting"))
    trial = Term.objects.create(facet=design, slug="trial", label="Trial")
    pilot = Term.objects.create(facet=design, slug="pilot", label="Pilot trial", parent=trial)
    home = Term.objects.create(facet=setting, slug="home", label="At home")
    found = {name: make(title=name) for name in ("trial", "pilot", "neither")}
    for name, term in (("trial", trial), ("pilot", pilot), ("neither", home)):
        found[name].terms.add(term)
        found[name].save()
    return found


def test_sets_are_trees(ask: Ask, trials: dict[str, Publication], full: Publication) -> None:
    specs = texts(ask(verb="ListSets"), "setSpec")
    assert specs[:3] == ["kind", "kind:journal-article", "kind:review"]
    assert specs[-5:] == ["list", "list:start-here", "design", "design:trial", "design:trial:pilot"]
    uppers = {spec.rpartition(":")[0] for spec in specs} - {""}
    assert uppers <= set(specs)


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        ("kind", ["trial", "pilot", "neither"]),
        ("kind:journal-article", ["trial", "pilot", "neither"]),
        ("design", ["trial", "pilot"]),
        ("design:trial", ["trial", "pilot"]),
        ("design:trial:pilot", ["pilot"]),
        ("kind:review", []),
        ("kind:poem", []),
        ("design:pilot", []),  # a part has the address of its whole before it
        ("setting:home", []),
        ("list", []),
        ("nothing:at:all", []),
    ],
)
def test_a_set_holds_its_parts(ask: Ask, trials: dict[str, Publication], spec: str, names: list[str]) -> None:
    found = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
    assert sorted(texts(found, "identifier")) == sorted(name_of(trials[name]) for name in names)
    assert error(found) == ("" if names else "noRecordsMatch")


def test_terms_in_a_circle_come_to_an_end(ask: Ask, trials: dict[str, Publication]) -> None:
    Term.objects.filter(slug="trial").update(parent=Term.objects.get(slug="pilot"))
    assert "design:trial:pilot" in texts(ask(verb="ListSets"), "setSpec")


def test_a_hidden_list_is_no_set(ask: Ask, full: Publication) -> None:
    assert texts(ask(verb="ListRecords", metadataPrefix="oai_dc", set="list:start-here"), "identifier")
    ReadingList.objects.get().unpublish()
    assert error(ask(verb="ListRecords", metadataPrefix="oai_dc", set="list:start-here")) == "noRecordsMatch"
    assert "list:start-here" not in texts(ask(verb="ListRecords", metadataPrefix="oai_dc"), "setSpec")


# --- How much it asks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_a_page_asks_as_much_for_one_as_for_thirty(ask: Ask, full: Publication, make: Make, verb: str) -> None:
    asked: list[int] = []
    for number in (1, 3, 30):
        while (have := Publication.objects.filter(live=True, datestamp__isnull=False).count()) < number + 2:
            one = make(title=f"Number {have}", authors=3)
            one.terms.add(Term.objects.get())
            ReadingListEntry.objects.create(reading_list=ReadingList.objects.get(), publication=one)
            Identifier.objects.create(publication=one, scheme="pmid", value=str(have))
            Notice.objects.create(publication=one, kind="correction")
        with CaptureQueriesContext(
            connection,
        ) as statements:
            ask(verb=verb, metadataPrefix="oai_dc")
        asked.append(len(statements))
    assert len(set(asked)) == 1, asked


def test_a_change_in_bulk_stamps_in_two_statements(
    make: Make, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    numbers = [make().pk for _one in range(5)]
    Datestamp.objects.all().update(at=datetime(2020, 1, 1, tzinfo=UTC))
    with django_assert_max_num_queries(8):
        SearchChange.note(numbers)
    assert not Datestamp.objects.filter(at__year=2020).exists()
