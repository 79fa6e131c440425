"""CSL-JSON as Crossref, Zotero and Mendeley write it, and the record each item is."""

from typing import Any

import pytest

from research_db.formats.reading import csl, read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

ITEMS: dict[str, tuple[dict[str, Any], Record]] = {
    "Crossref: lists for titles, an online date, ISSNs in a list": (
        {
            "DOI": "10.1186/s12913-018-3437-7",
            "type": "journal-article",
            "title": ["The process of co-designing a social prescribing service"],
            "container-title": ["BMC Health Services Research"],
            "container-title-short": "BMC Health Serv Res",
            "publisher": "Springer Science and Business Media LLC",
            "issue": "1",
            "volume": "18",
            "page": "604",
            "issued": {"date-parts": [[2018, 8, 3]]},
            "language": "en",
            "author": [
                {
                    "given": "Amadou",
                    "family": "Okafor",
                    "ORCID": "http://orcid.org/0000-0002-1825-0097",
                    "sequence": "first",
                },
                {"name": "Link Worker Study Group", "sequence": "additional"},
            ],
            "ISSN": ["1472-6963"],
            "URL": "https://doi.org/10.1186/s12913-018-3437-7",
        },
        Record(
            kind="journal-article",
            title="The process of co-designing a social prescribing service",
            contributors=(
                Contributor(Name(family="Okafor", given="Amadou", orcid="0000-0002-1825-0097")),
                Contributor(Name(literal="Link Worker Study Group")),
            ),
            container="BMC Health Services Research",
            container_short="BMC Health Serv Res",
            date=PartialDate(2018, 8, 3),
            volume="18",
            issue="1",
            pages="604",
            publisher="Springer Science and Business Media LLC",
            language="en",
            identifiers=(
                Identifier("doi", "10.1186/s12913-018-3437-7", "10.1186/s12913-018-3437-7"),
                Identifier("issn", "1472-6963", "1472-6963"),
            ),
            urls=("https://doi.org/10.1186/s12913-018-3437-7",),
        ),
    ),
    "Crossref by content negotiation: the type of CSL, a licence, counts kept as they were": (
        {
            "DOI": "10.1000/SP.2",
            "type": "article-journal",
            "title": "Nature and loneliness",
            "container-title": "Lancet",
            "license": "CC-BY-4.0",
            "reference-count": 42,
            "is-referenced-by-count": 7,
            "score": 1.5,
            "subject": ["Medicine"],
            "issued": {"date-parts": [[2021]]},
        },
        Record(
            kind="journal-article",
            title="Nature and loneliness",
            container="Lancet",
            date=PartialDate(2021),
            identifiers=(Identifier("doi", "10.1000/sp.2", "10.1000/SP.2"),),
            licence="CC-BY-4.0",
            extra={"reference-count": ("42",), "is-referenced-by-count": ("7",)},
        ),
    ),
    "Zotero: a chapter with editors, translator and place": (
        {
            "id": "http://zotero.org/users/1/items/AB12",
            "type": "chapter",
            "title": "Prescribing art",
            "container-title": "Arts and health",
            "publisher": "Routledge",
            "publisher-place": "London",
            "page": "12-30",
            "edition": "2",
            "ISBN": "978-0-306-40615-7 0-306-40615-2",
            "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
            "editor": [{"family": "King", "given": "Martin", "suffix": "Jr"}],
            "translator": [{"literal": "Welsh Language Unit"}],
            "issued": {"date-parts": [["2019", "4"]]},
        },
        Record(
            kind="chapter",
            title="Prescribing art",
            contributors=(
                Contributor(Name(family="van den Berg", given="Jan")),
                Contributor(name=Name(family="King", given="Martin", suffix="Jr"), role="editor"),
                Contributor(name=Name(literal="Welsh Language Unit"), role="translator"),
            ),
            container="Arts and health",
            date=PartialDate(2019, 4),
            pages="12-30",
            publisher="Routledge",
            place="London",
            edition="2",
            identifiers=(Identifier("isbn", "9780306406157", "978-0-306-40615-7"),),
        ),
    ),
    "Zotero: a report with a number, note and keywords by semicolons": (
        {
            "type": "report",
            "title": "Cost of link workers",
            "number": "RR-12",
            "publisher": "NHS England",
            "note": "First line\n\nsecond   line",
            "keyword": "cost; wales, england; cost",
            "issued": {"raw": "March 2020"},
            "genre": "Evaluation",
            "PMID": "PMID: 00123",
            "PMCID": "PMC99123",
        },
        Record(
            kind="report",
            title="Cost of link workers",
            date=PartialDate(2020, 3),
            article_number="RR-12",
            publisher="NHS England",
            keywords=(
                "cost",
                "wales, england",
            ),
            identifiers=(
                Identifier("pmid", "123", "PMID: 00123"),
                Identifier("pmcid", "PMC99123", "PMC99123"),
            ),
            notes=("First line\nsecond line",),
            extra={"genre": ("Evaluation",)},
        ),
    ),
    "Mendeley: a journal's short title by its older name, numbers as numbers": (
        {
            "type": "article-journal",
            "title": "Walks",
            "journalAbbreviation": "J. Walk.",
            "volume": 12,
            "issue": 3,
            "page": 45,
            "issued": {"literal": "Spring 2017"},
            "keyword": "green space, walking",
        },
        Record(
            kind="journal-article",
            title="Walks",
            container_short="J. Walk.",
            date=PartialDate(2017),
            volume="12",
            issue="3",
            pages="45",
            keywords=(
                "green space",
                "walking",
            ),
        ),
    ),
    "a thesis in capitals, an abstract of several lines": (
        {
            "type": "THESIS",
            "title": "  A  study\n of groups ",
            "abstract": "Background.\n  Methods. \n\nResults.",
            "publisher": "Prifysgol Bangor",
            "language": "cy",
            "issued": "2016-09-14",
        },
        Record(
            kind="thesis",
            title="A study of groups",
            date=PartialDate(2016, 9, 14),
            publisher="Prifysgol Bangor",
            language="cy",
            abstract="Background.\nMethods.\nResults.",
        ),
    ),
    "a preprint with what it is by this site's own words": (
        {
            "type": "article",
            "title": "Early findings",
            "custom": {
                "kind": "protocol",
                "keywords": ["one, two", "three"],
                "notes": ["a", "b"],
                "urls": ["https://example.org/2"],
                "identifiers": [["arxiv", "2101.00001"], ["handle", "1721.1/26698"], ["unknown", "x"]],
                "open-access-url": "https://example.org/f.pdf",
                "extra": {"XX": ["1", "2"]},
            },
            "URL": "https://example.org/1",
        },
        Record(
            kind="protocol",
            title="Early findings",
            keywords=(
                "one, two",
                "three",
            ),
            identifiers=(
                Identifier("arxiv", "2101.00001", "2101.00001"),
                Identifier("handle", "1721.1/26698", "hdl:1721.1/26698"),
            ),
            urls=(
                "https://example.org/1",
                "https://example.org/2",
            ),
            notes=(
                "a",
                "b",
            ),
            open_access_url="https://example.org/f.pdf",
            extra={
                "XX": (
                    "1",
                    "2",
                )
            },
        ),
    ),
    "a custom kind that is none, and custom that is no mapping's": (
        {"type": "motion_picture", "title": "A film", "custom": {"kind": "film"}},
        Record(kind="video", title="A film"),
    ),
    "custom of another program": (
        {"type": "webpage", "title": "A page", "custom": "text", "URL": "see https://example.org/a."},
        Record(kind="webpage", title="A page", urls=("https://example.org/a",)),
    ),
    "a type nobody knows": ({"type": "hologram", "title": "Light"}, Record(title="Light")),
    "no type": ({"title": "Nothing else"}, Record(title="Nothing else")),
    "halves of characters and controls": ({"title": "A\ud800B\x00C", "type": "book"}, Record(kind="book", title="ABC")),
    "null wherever null may be": (
        {
            "title": "Empty",
            "type": "book",
            "author": None,
            "issued": None,
            "abstract": None,
            "keyword": None,
            "ISSN": None,
            "note": None,
            "container-title": [],
            "DOI": None,
        },
        Record(kind="book", title="Empty"),
    ),
}
NAMES: list[tuple[Any, tuple[Contributor, ...]]] = [
    ({"family": "Okafor", "given": "Ada"}, (Contributor(Name(family="Okafor", given="Ada")),)),
    ({"family": "Okafor"}, (Contributor(Name(family="Okafor")),)),
    ({"given": "Plato"}, (Contributor(Name(literal="Plato")),)),
    ({"literal": "World Health Organization"}, (Contributor(Name(literal="World Health Organization")),)),
    ({"name": "EPOC Group"}, (Contributor(Name(literal="EPOC Group")),)),
    (
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        (Contributor(Name(family="van Gogh", given="Vincent")),),
    ),
    (
        {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
        (Contributor(Name(family="Beethoven", given="Ludwig van")),),
    ),
    (
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        (Contributor(Name(family="King", given="Martin", suffix="Jr.")),),
    ),
    ({"family": "A", "given": "B", "literal": "B A of C"}, (Contributor(Name(literal="B A of C")),)),
    ({"family": "Ŵyn", "given": "  Siân \n Mair "}, (Contributor(Name(family="Ŵyn", given="Siân Mair")),)),
    (
        {"family": "Carberry", "given": "Josiah", "ORCID": "https://orcid.org/0000-0002-1825-0097"},
        (Contributor(Name(family="Carberry", given="Josiah", orcid="0000-0002-1825-0097")),),
    ),
    (
        {"family": "Wrong", "given": "Check", "ORCID": "0000-0002-1825-0098"},
        (Contributor(Name(family="Wrong", given="Check")),),
    ),
    ({"family": "", "given": ""}, ()),
    ({}, ()),
    ("Ada Okafor", ()),
    (None, ()),
    (7, ()),
    ({"family": 12, "given": None}, (Contributor(Name(family="12")),)),
    ({"affiliation": [{"name": "Cardiff"}]}, ()),
]
DATES: list[tuple[Any, PartialDate | None]] = [
    ({"date-parts": [[2020]]}, PartialDate(2020)),
    ({"date-parts": [[2020, 5]]}, PartialDate(2020, 5)),
    ({"date-parts": [[2020, 5, 17]]}, PartialDate(2020, 5, 17)),
    ({"date-parts": [["2020", "05", "17"]]}, PartialDate(2020, 5, 17)),
    ({"date-parts": [[2020, 13]]}, PartialDate(2020)),
    ({"date-parts": [[2020, 2, 30]]}, PartialDate(2020, 2)),
    ({"date-parts": [[2020, None, 3]]}, PartialDate(2020)),
    ({"date-parts": [[2019, 12], [2020, 1]]}, PartialDate(2019, 12)),
    ({"date-parts": [[None]]}, None),
    ({"date-parts": [[]]}, None),
    ({"date-parts": []}, None),
    ({"date-parts": [], "raw": "2018"}, PartialDate(2018)),
    ({"date-parts": None, "literal": "3 April 2018"}, PartialDate(2018, 4, 3)),
    ({"raw": "2018-04-03"}, PartialDate(2018, 4, 3)),
    ({"raw": "May-Jun 2020"}, PartialDate(2020)),
    ({"literal": "n.d."}, None),
    ({"season": "2"}, None),
    ({"date-parts": [[99]]}, None),
    ({"date-parts": [[20200517]]}, None),
    ({"date-parts": "2020"}, None),
    ("2020-05", PartialDate(2020, 5)),
    ("May 2020", PartialDate(2020, 5)),
    (2020, None),
    ([2020], None),
    (None, None),
    ({}, None),
]
CROSSREF = {
    "journal-article": "journal-article",
    "book-chapter": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "dissertation": "thesis",
    "proceedings-article": "conference-paper",
    "posted-content": "preprint",
    "reference-entry": "chapter",
    "dataset": "dataset",
    "report": "report",
    "component": "other",
}


@pytest.mark.parametrize(("item", "record"), ITEMS.values(), ids=ITEMS)
def test_an_item_is_understood(item: dict[str, Any], record: Record) -> None:
    assert csl.understand(item) == record


@pytest.mark.parametrize(("said", "people"), NAMES)
def test_names_in_every_spelling(said: object, people: tuple[Contributor, ...]) -> None:
    assert csl.understand({"author": [said]}).contributors == people


@pytest.mark.parametrize("people", [None, "Okafor, Ada", 3, {"family": "Okafor"}])
def test_people_that_are_no_list_are_left_out(people: object) -> None:
    assert csl.understand({"author": people}).contributors == ()


@pytest.mark.parametrize(("said", "date"), DATES)
def test_dates_in_every_spelling(said: object, date: PartialDate | None) -> None:
    assert csl.understand({"issued": said}).date == date


@pytest.mark.parametrize(("said", "kind"), CROSSREF.items())
def test_the_types_of_crossref_are_known(said: str, kind: str) -> None:
    assert csl.understand({"type": said}).kind == kind


@pytest.mark.parametrize("wrapped", ['[{"title": "A"}]', '{"items": [{"title": "A"}]}', '{"title": "A"}'])
def test_items_come_in_a_list_in_items_or_alone(wrapped: str) -> None:
    assert [found.record for found in read(wrapped.encode())] == [Record(title="A")]


def test_bad_items_are_told_and_the_others_kept() -> None:
    found = list(
        read(b'[{"title": "A"},\n7,\n{"type": "book"},\n{"title": "B", "custom": {"keywords": 5}},\n{"title": "C"}]')
    )
    assert [one.record and one.record.title for one in found] == ["A", None, None, None, "C"]
    assert [one.line for one in found] == [1, 2, 3, 4, 5]
    assert [[problem.severity for problem in one.problems] for one in found] == [
        [],
        ["error"],
        ["error"],
        ["error"],
        [],
    ]


@pytest.mark.parametrize("what", ['"volume": ' + 5000 * "9", '"issued": {"date-parts": [["' + 5000 * "9" + '"]]}'])
def test_a_number_that_nobody_can_count_costs_one_record(what: str) -> None:
    text = f'[{{"title": "One", {what}}},\n{{"title": "Two"}}]'
    first, second = read(text.encode(), name="a.json")
    assert first.record is None
    assert first.problems
    assert second.record is not None
    assert (second.record.title, second.line) == ("Two", 2)
