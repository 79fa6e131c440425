"""Programs that are not ours read what we write: every record, and what it says."""

import io
import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from openpyxl import load_workbook
from pybtex.database import parse_string

from research_db.formats import kinds, names
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.formats.writing import Target, write

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
