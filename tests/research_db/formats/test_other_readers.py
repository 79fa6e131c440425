"""Programs that are not ours read what we write: every record, and what it says."""

import io
import json
from dataclasses import replace
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from openpyxl import load_workbook
from pybtex.database import parse_string

from research_db.formats import kinds, names
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.formats.writing import Target, write
from tests.research_db.formats.written import RECORDS as WRITTEN

RECORD = Record(
    kind="journal-article",
    title="Company on prescription: 100% of {braces} & Ŵales_",
    contributors=(
        Contributor(Name("Okafor", "Ngozi A.")),
        Contributor(Name(literal="NHS England and Partners")),
        Contributor(Name("van der Berg", "Jan"), "editor"),
    ),
    container="BMJ Open",
    date=PartialDate(2024, 3, 9),
    volume="12",
    issue="3",
    pages="107-119",
    abstract="First line.\nER  - is no end.",
    keywords=("loneliness", "link workers"),
    identifiers=(Identifier("doi", "10.1136/bmjopen-2021-057009"), Identifier("issn", "0378-5955")),
    urls=("https://example.org/a?b=1",),
    notes=("=1+1",),
)
RECORDS = [replace(RECORD, kind=kind, title=f"{RECORD.title} {kind}") for kind in kinds.KINDS]


def written(target: Target, records: list[Record] = RECORDS) -> str:
    return b"".join(write(records, target)).decode("utf-8-sig")


def test_rispy() -> None:
    found = rispy.loads(written(Target.RIS))
    assert [one["title"] for one in found] == [one.title for one in RECORDS]
    first = found[0]
    assert first["authors"] == ["Okafor, Ngozi A.", "NHS England and Partners"]
    assert first["secondary_authors"] == ["van der Berg, Jan"]
    assert (first["type_of_reference"], first["year"], first["doi"]) == ("JOUR", "2024", "10.1136/bmjopen-2021-057009")
    assert (first["secondary_title"], first["volume"], first["number"]) == ("BMJ Open", "12", "3")
    assert first["keywords"] == list(RECORD.keywords)
    assert first["abstract"].split() == RECORD.abstract.split()


def test_pybtex() -> None:
    found = parse_string(written(Target.BIBTEX), "bibtex").entries
    assert len(found) == len(RECORDS)
    first = next(iter(found.values()))
    assert [str(one) for one in first.persons["author"]] == ["Okafor, Ngozi A.", "{NHS England and Partners}"]
    assert [str(one) for one in first.persons["editor"]] == ["van der Berg, Jan"]
    said = {
        name: first.fields[name] for name in ("journal", "year", "month", "day", "volume", "number", "pages", "doi")
    }
    assert said == {
        "journal": "BMJ Open", "year": "2024", "month": "3", "day": "9", "volume": "12", "number": "3",
        "pages": "107--119", "doi": "10.1136/bmjopen-2021-057009",
    }  # fmt: skip


def test_bibtexparser() -> None:
    library = bibtexparser.parse_string(written(Target.BIBTEX))
    assert library.failed_blocks == []
    assert len(library.entries) == len(RECORDS)
    assert (
        library.entries[0].fields_dict["title"].value
        == r"Company on prescription: 100\% of \{braces\} \& Ŵales\_ journal-article"
    )


def test_keys_are_single_and_stable() -> None:
    same = [RECORD] * 3
    keys = [entry.key for entry in bibtexparser.parse_string(written(Target.BIBTEX, same)).entries]
    assert keys == ["okafor2024company", "okafor2024company-2", "okafor2024company-3"]
    assert written(Target.BIBTEX, same) == written(Target.BIBTEX, same)


@pytest.mark.filterwarnings("ignore:The following arguments for Reference")
def test_citeproc() -> None:
    items = json.loads(written(Target.CSL))
    plain = [{name: value for name, value in item.items() if name != "custom"} for item in items]
    source = CiteProcJSON(plain)
    assert len(source) == len(RECORDS)
    assert str(source["1"].title) == RECORDS[0].title
    assert [one.get("family") or one["literal"] for one in source["1"].author] == ["Okafor", "NHS England and Partners"]


def test_a_review_of_the_evidence_is_an_article_to_other_programs() -> None:
    """CSL's "review" is a review of a book or a film; ours is an article of a journal."""
    items = json.loads(written(Target.CSL))
    assert items[kinds.KINDS.index("review")]["type"] == "article-journal"
    assert items[kinds.KINDS.index("protocol")]["type"] == "article-journal"


def test_spreadsheets_run_nothing() -> None:
    data = b"".join(write(RECORDS, Target.XLSX))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.max_row == len(RECORDS) + 1
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    notes = [cell.value for cell in sheet[1]].index("notes") + 1
    assert sheet.cell(2, notes).value == "'=1+1"
    assert names.inverted(RECORD.contributors[0].name) in str(sheet.cell(2, 3).value)


EVERYTHING = WRITTEN["an article with everything"]
IN_RISPY = {
    "type_of_reference": "JOUR",
    "authors": ["Okafor, Ada", "King, Martin, Jr", "NHS England, Wales,"],
    "secondary_authors": ["Jones, Siân"],
    "subsidiary_authors": ["Wyn, Mair"],
    "title": "Link workers & 50% of {care}",
    "secondary_title": "BMJ Open",
    "alternate_title1": "BMJ Op.",
    "volume": "11",
    "number": "2",
    "start_page": "12",
    "end_page": "19",
    "custom7": "e1",
    "publisher": "BMJ",
    "place_published": "London",
    "edition": "2nd",
    "language": "en",
    "abstract": "First. Second; line.",
    "year": "2021",
    "date": "2021/05/03/",
    "keywords": ["loneliness", "a; b"],
    "doi": "10.1000/a_b",
    "issn": "0378-5955",
    "urls": ["https://example.org/a?b=1", "https://example.com/c"],
    "notes": [
        "One",
        "Two",
        "lines",
        "PMID: 123",
        "PMCID: PMC99123",
        "arXiv: 2101.00001",
        "Licence: CC BY",
        "Free to read: https://example.org/free.pdf",
        "Online: 2021-04",
    ],
    "unknown_tag": {"U1": ["kept"]},
}
IN_BIBTEX = {
    "title": "Link workers \\& 50\\% of \\{care\\}",
    "translator": "Wyn, Mair",
    "journal": "BMJ Open",
    "year": "2021",
    "month": "5",
    "day": "3",
    "publisher": "BMJ",
    "volume": "11",
    "number": "2",
    "eid": "e1",
    "address": "London",
    "edition": "2nd",
    "language": "en",
    "copyright": "CC BY",
    "shortjournal": "BMJ Op.",
    "pages": "12--19",
    "abstract": "First. Second; line.",
    "keywords": "loneliness; a; b",
    "doi": "10.1000/a\\_b",
    "pmid": "123",
    "pmcid": "PMC99123",
    "issn": "0378-5955",
    "eprint": "2101.00001",
    "archiveprefix": "arXiv",
    "url": "https://example.org/a?b=1",
    "note": "One Two lines",
    "onlinedate": "2021-04",
    "moreurls": "https://example.com/c",
    "openaccessurl": "https://example.org/free.pdf",
}


def test_rispy_reads_every_field() -> None:
    (found,) = rispy.loads(written(Target.RIS, [EVERYTHING]))
    assert found == IN_RISPY


def test_pybtex_reads_every_field_and_every_part_of_a_name() -> None:
    (entry,) = parse_string(written(Target.BIBTEX, [EVERYTHING]), "bibtex").entries.values()
    assert dict(entry.fields) == IN_BIBTEX
    assert entry.type == "article"
    people = [
        (one.prelast_names, one.last_names, one.first_names, one.lineage_names) for one in entry.persons["author"]
    ]
    assert people == [
        ([], ["Okafor"], ["Ada"], []),
        ([], ["King"], ["Martin"], ["Jr"]),
        ([], ["{NHS England, Wales}"], [], []),
    ]
    assert [str(one) for one in entry.persons["editor"]] == ["Jones, Siân"]


def test_bibtexparser_reads_every_field() -> None:
    (entry,) = bibtexparser.parse_string(written(Target.BIBTEX, [EVERYTHING])).entries
    people = {"author": "Okafor, Ada and King, Jr, Martin and {NHS England, Wales}", "editor": "Jones, Siân"}
    assert {one.key: " ".join(one.value.split()) for one in entry.fields} == IN_BIBTEX | people


@pytest.mark.parametrize(
    ("kind", "type_", "field"),
    [
        ("thesis", "phdthesis", "school"), ("report", "techreport", "institution"), ("book", "book", "publisher"),
        ("chapter", "incollection", "publisher"), ("webpage", "online", "publisher"),
    ],
)  # fmt: skip
def test_a_publisher_is_called_as_the_styles_of_bibtex_look_for_it(kind: str, type_: str, field: str) -> None:
    record = Record(kind=kind, title="T", publisher="Prifysgol Bangor")
    (entry,) = parse_string(written(Target.BIBTEX, [record]), "bibtex").entries.values()
    assert (entry.type, entry.fields[field]) == (type_, "Prifysgol Bangor")


# The names that CSL's schema of its data has for what we write; it refuses every other.
TEXT: dict[str, Any] = {"type": "string"}
DATE = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
PEOPLE = {
    "type": "array",
    "items": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": dict.fromkeys(["family", "given", "suffix", "literal"], TEXT),
    },
}
TYPES = (
    "article", "article-journal", "book", "chapter", "dataset", "document", "legislation", "motion_picture",
    "paper-conference", "report", "standard", "thesis", "webpage",
)  # fmt: skip
TEXTS = (
    "id", "title", "container-title", "container-title-short", "volume", "issue", "page", "number", "publisher",
    "publisher-place", "edition", "language", "abstract", "keyword", "note", "URL", "DOI", "PMID", "PMCID", "ISBN",
    "ISSN",
)  # fmt: skip
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": list(TYPES)},
            "custom": {"type": "object"},
            **dict.fromkeys(TEXTS, TEXT),
            **dict.fromkeys(["author", "editor", "translator"], PEOPLE),
            **dict.fromkeys(["issued", "available-date"], DATE),
        },
    },
}


@pytest.mark.parametrize("records", [RECORDS, list(WRITTEN.values())])
def test_what_csl_names_is_all_that_is_written(records: list[Record]) -> None:
    jsonschema.validate(json.loads(written(Target.CSL, records)), SCHEMA)
