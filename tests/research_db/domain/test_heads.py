"""What a head says of each kind of publication, tag by tag; made in memory, nothing is asked of a database."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest

from research_db.domain import heads
from research_db.domain.reading import Reading, Subject
from research_db.models import Contribution, Facet, Identifier, Notice, Publication, Source, Term

ADA = Contribution(family="Okafor", given="Ada", suffix="Jr", orcid="0000-0002-1825-0097")
BODY = Contribution(literal="National Academy of Company")
EDITOR = Contribution(family="Price", given="Bo", role="editor")
TRANSLATOR = Contribution(family="Singh", given="Cy", role="translator")
DOI = Identifier(scheme="doi", value="10.5555/spn.1")
BOOK_ISBN = Identifier(scheme="isbn", value="9780000000002", is_container=True)
URL = "https://example.org/research/r/222222/page/"


def reading(
    *people: Contribution,
    numbers: tuple[Identifier, ...] = (),
    labels: tuple[str, ...] = (),
    retracted: bool = False,
    **facts: Any,
) -> Reading:
    """A record with everything round it, without a database."""
    source = facts.pop("source", None)
    record = Publication(code="222222", **{"title": "Company on prescription", "year": 2021, **facts})
    record.source = Source(title=source, issn="1234-5678") if source else None
    found = Reading(record)
    found.contributions, found.identifiers = list(people), list(numbers)
    found.notices = [Notice(kind=Notice.Kind.RETRACTION)] if retracted else []
    found.subjects = [Subject(Facet(label="Who took part"), [Term(label=label) for label in labels])]
    return found


def scholar(facts: Reading) -> dict[str, list[str]]:
    """The tags by name."""
    tags: dict[str, list[str]] = {}
    for name, value in heads.meta_tags(facts):
        tags.setdefault(name, []).append(value)
    return tags


def openurl(facts: Reading) -> dict[str, list[str]]:
    return parse_qs(heads.coins(facts), strict_parsing=True)


# --- Highwire ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "source_tag", "publisher_tag"),
    [
        ("journal-article", "citation_journal_title", "citation_publisher"),
        ("review", "citation_journal_title", "citation_publisher"),
        ("preprint", "citation_journal_title", "citation_publisher"),
        ("conference-paper", "citation_conference_title", "citation_publisher"),
        ("chapter", "citation_inbook_title", "citation_publisher"),
        ("book", "citation_series_title", "citation_publisher"),
        ("report", "citation_journal_title", "citation_technical_report_institution"),
        ("guideline", "citation_journal_title", "citation_technical_report_institution"),
        ("policy", "citation_journal_title", "citation_technical_report_institution"),
        ("thesis", "citation_journal_title", "citation_dissertation_institution"),
    ],
)
def test_each_kind_says_where_it_came_out_in_its_own_tag(kind: str, source_tag: str, publisher_tag: str) -> None:
    tags = scholar(reading(ADA, kind=kind, source="Where it came out", publisher="Leeds"))
    assert {name: values for name, values in tags.items() if values[0] in {"Where it came out", "Leeds"}} == {
        source_tag: ["Where it came out"],
        publisher_tag: ["Leeds"],
        "DC.source": ["Where it came out"],
        "DC.publisher": ["Leeds"],
    }
    assert tags["citation_issn"] == ["1234-5678"]


def test_an_article_says_everything_once_and_in_order() -> None:
    facts = reading(
        ADA,
        BODY,
        EDITOR,
        numbers=(DOI, Identifier(scheme="pmid", value="7"), Identifier(scheme="arxiv", value="2101.00001")),
        source="Journal of Invented Examples",
        month=3,
        day=12,
        volume="12",
        issue="3",
        pages="107-9",
        language="en",
        abstract="We asked 31 people.",
        keywords=["company", "walking"],
        first_published_at=datetime(2024, 5, 6, 12, tzinfo=UTC),
    )
    told = [(name, value) for name, value in heads.meta_tags(facts) if name.startswith("citation_")]
    assert told[:-1] == [
        ("citation_title", "Company on prescription"),
        ("citation_author", "Okafor, Ada, Jr"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "National Academy of Company"),
        ("citation_publication_date", "2021/3/12"),
        ("citation_online_date", "2024/5/6"),
        ("citation_journal_title", "Journal of Invented Examples"),
        ("citation_issn", "1234-5678"),
        ("citation_volume", "12"),
        ("citation_issue", "3"),
        ("citation_firstpage", "107"),
        ("citation_lastpage", "109"),
        ("citation_doi", "10.5555/spn.1"),
        ("citation_pmid", "7"),
        ("citation_arxiv_id", "2101.00001"),
        ("citation_language", "en"),
        ("citation_abstract", "We asked 31 people."),
        ("citation_keywords", "company; walking"),
    ]
    name, address = told[-1]
    assert name == "citation_abstract_html_url"
    assert address.endswith("/222222/company-on-prescription/")
    assert address.startswith("http")


@pytest.mark.parametrize(
    ("year", "month", "day", "formal", "machine"),
    [
        (2021, 3, 12, "2021/3/12", "2021-03-12"),
        (2021, 3, None, "2021", "2021-03"),
        (2021, None, None, "2021", "2021"),
        (1066, 10, 14, "1066/10/14", "1066-10-14"),
    ],
)
def test_scholar_is_told_a_whole_day_or_a_year(
    year: int, month: int | None, day: int | None, formal: str, machine: str
) -> None:
    facts = reading(ADA, year=year, month=month, day=day)
    tags = scholar(facts)
    assert (tags["citation_publication_date"], tags["DC.date"]) == ([formal], [machine])
    assert openurl(facts)["rft.date"] == [machine]
    assert heads.scholarly_article(facts, url=URL)["datePublished"] == machine


@pytest.mark.parametrize(
    "facts",
    [
        reading(),
        reading(EDITOR),  # an editor is no author
        reading(ADA, year=None),
        reading(year=None),
    ],
    ids=["nobody", "editor only", "no date", "neither"],
)
def test_scholar_is_told_nothing_rather_than_half(facts: Reading) -> None:
    tags = scholar(facts)
    assert [name for name in tags if name.startswith("citation_")] == []
    assert tags["DC.title"] == ["Company on prescription"]


def test_nothing_is_ever_empty() -> None:
    bare = reading(Contribution(family="Price"))
    assert all(value for _name, value in heads.meta_tags(bare))
    assert {name for name, _value in heads.meta_tags(bare)} == {
        "citation_title", "citation_author", "citation_publication_date", "citation_abstract_html_url",
        "DC.title", "DC.creator", "DC.date", "DC.type", "DC.identifier",
    }  # fmt: skip


def test_no_pdf_of_others_is_claimed() -> None:
    facts = reading(ADA, url="https://example.org/a.pdf", open_access_url="https://example.org/free.pdf")
    assert not [value for _name, value in heads.meta_tags(facts) if value.endswith(".pdf")]


# --- Dublin Core ---------------------------------------------------------------------------------------


def test_dublin_core_tells_creators_from_others_and_numbers_by_address() -> None:
    facts = reading(
        ADA,
        BODY,
        EDITOR,
        TRANSLATOR,
        numbers=(DOI, BOOK_ISBN, Identifier(scheme="handle", value="20.1/a")),
        labels=("Older people", "Carers"),
        kind="chapter",
        licence="CC BY 4.0",
    )
    tags = scholar(facts)
    assert tags["DC.creator"] == ["Okafor, Ada, Jr", "National Academy of Company"]
    assert tags["DC.contributor"] == ["Price, Bo", "Singh, Cy"]
    assert tags["DC.identifier"][:3] == [
        "https://doi.org/10.5555/spn.1",
        "isbn:9780000000002",
        "https://hdl.handle.net/20.1/a",
    ]
    assert tags["DC.subject"] == ["Older people", "Carers"]
    assert (tags["DC.type"], tags["DC.rights"]) == (["Chapter"], ["CC BY 4.0"])


# --- COinS ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "family", "genre", "title", "source"),
    [
        ("journal-article", "journal", "article", "rft.atitle", "rft.jtitle"),
        ("review", "journal", "article", "rft.atitle", "rft.jtitle"),
        ("chapter", "book", "bookitem", "rft.atitle", "rft.btitle"),
        ("book", "book", "book", "rft.btitle", "rft.jtitle"),
        ("report", "book", "report", "rft.btitle", "rft.jtitle"),
    ],
)
def test_an_openurl_calls_each_kind_by_its_genre(kind: str, family: str, genre: str, title: str, source: str) -> None:
    found = openurl(reading(ADA, kind=kind, source="Where it came out"))
    assert found["ctx_ver"] == ["Z39.88-2004"]
    assert found["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{family}"]
    assert (found["rft.genre"], found[title], found[source]) == (
        [genre],
        ["Company on prescription"],
        ["Where it came out"],
    )


def test_an_openurl_calls_a_thesis_a_dissertation_of_its_university() -> None:
    found = openurl(reading(ADA, kind="thesis", publisher="University of Company"))
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dissertation"]
    assert (found["rft.title"], found["rft.inst"]) == (["Company on prescription"], ["University of Company"])
    assert not {"rft.genre", "rft.atitle", "rft.btitle", "rft.pub"} & found.keys()


def test_an_openurl_survives_every_sign_and_leaves_out_what_is_not_known() -> None:
    title = "Love & company = health? 100% “yes”; naïve"
    facts = reading(ADA, BODY, title=title, pages="e12-e19", numbers=(DOI, BOOK_ISBN), publisher="A & B")
    found = openurl(facts)
    assert found["rft.atitle"] == [title]
    assert found["rft.au"] == ["Ada Okafor Jr", "National Academy of Company"]
    assert (found["rft.spage"], found["rft.epage"], found["rft.pub"]) == (["e12"], ["e19"], ["A & B"])
    assert found["rft_id"][0] == "info:doi/10.5555/spn.1"
    assert not {"rft.jtitle", "rft.issn", "rft.volume", "rft.issue"} & found.keys()


def test_the_doi_of_the_book_is_not_the_chapters() -> None:
    of_book = Identifier(scheme="doi", value="10.5555/book", is_container=True)
    facts = reading(ADA, kind="chapter", numbers=(of_book,))
    assert [one for one in openurl(facts)["rft_id"] if "doi" in one] == []
    assert heads.scholarly_article(facts, url=URL)["sameAs"] == []


# --- schema.org ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("journal-article", "ScholarlyArticle"), ("review", "ScholarlyArticle"), ("preprint", "ScholarlyArticle"),
        ("protocol", "ScholarlyArticle"), ("conference-paper", "ScholarlyArticle"), ("book", "Book"),
        ("chapter", "Chapter"), ("report", "Report"), ("guideline", "Report"), ("policy", "Report"),
        ("thesis", "Thesis"), ("dataset", "Dataset"), ("webpage", "CreativeWork"), ("video", "VideoObject"),
        ("other", "CreativeWork"),
    ],
)  # fmt: skip
def test_each_kind_is_a_type_of_schema_org(kind: str, type_: str) -> None:
    assert heads.scholarly_article(reading(ADA, kind=kind), url=URL)["@type"] == type_


def test_people_bodies_and_numbers_are_nodes() -> None:
    facts = reading(
        ADA,
        BODY,
        EDITOR,
        TRANSLATOR,
        numbers=(DOI, BOOK_ISBN),
        labels=("Carers",),
        source="Journal of Invented Examples",
        publisher="Leeds",
        pages="107-9",
        open_access_url="https://example.org/free",
    )
    node = heads.scholarly_article(facts, url=URL)
    ada = {
        "@type": "Person",
        "name": "Ada Okafor Jr",
        "givenName": "Ada",
        "familyName": "Okafor",
        "sameAs": "https://orcid.org/0000-0002-1825-0097",
    }
    assert node["author"] == [ada, {"@type": "Organization", "name": "National Academy of Company"}]
    assert [one["name"] for one in node["editor"]] == ["Bo Price"]
    assert "sameAs" not in node["editor"][0]
    assert node["identifier"] == [
        {"@type": "PropertyValue", "propertyID": "doi", "value": "10.5555/spn.1"},
        {"@type": "PropertyValue", "propertyID": "isbn", "value": "9780000000002"},
    ]
    assert node["sameAs"] == ["https://doi.org/10.5555/spn.1"]
    assert node["isPartOf"] == {"@type": "Periodical", "name": "Journal of Invented Examples"}
    assert node["publisher"] == {"@type": "Organization", "name": "Leeds"}
    assert (node["keywords"], node["pagination"], node["isAccessibleForFree"]) == (["Carers"], "107-9", True)
    assert (node["@id"], node["url"], node["creativeWorkStatus"]) == (f"{URL}#publication", URL, None)


def test_what_is_not_known_is_no_node() -> None:
    node = heads.scholarly_article(reading(year=None), url=URL)
    assert [node[name] for name in ("isPartOf", "publisher", "isAccessibleForFree", "datePublished")] == [
        None, None, None, "",
    ]  # fmt: skip


def test_what_was_taken_back_says_so() -> None:
    assert heads.scholarly_article(reading(ADA, retracted=True), url=URL)["creativeWorkStatus"] == "Retracted"


def test_a_headline_is_at_most_110_letters_and_the_name_whole() -> None:
    node = heads.scholarly_article(reading(ADA, title="x" * 300), url=URL)
    assert (len(node["headline"]), len(node["name"])) == (110, 300)


# --- In a line and on the way --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"source": "Journal", "volume": "12", "issue": "3", "pages": "107-9"}, "Journal, 12(3), 107–9"),
        ({"source": "Journal", "article_number": "e12"}, "Journal, e12"),
        ({"publisher": "Leeds"}, "Leeds"),
        ({"publisher": "Leeds", "source": "Journal"}, "Journal"),
        ({"volume": "4"}, "4"),
        ({}, ""),
    ],
)
def test_where_it_came_out_in_a_line(facts: dict[str, Any], line: str) -> None:
    assert heads.source_line(reading(**facts).record) == line


def test_the_way_leads_from_home_and_ends_without_an_address() -> None:
    steps = heads.way(["Older people|/research/?population=older", "Company"])
    assert [step.title for step in steps] == ["Home", "Research", "Older people", "Company"]
    assert steps[2].url == "/research/?population=older"
