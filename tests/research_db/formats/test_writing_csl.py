"""What CSL-JSON files say."""

import json

import pytest

from research_db.formats.writing import Target, csl, write
from tests.research_db.formats.written import RECORDS

WRITTEN = {
    "an article with everything": {
        "id": "7",
        "type": "article-journal",
        "title": "Link workers & 50% of {care}",
        "author": [
            {"family": "Okafor", "given": "Ada"},
            {"family": "King", "given": "Martin", "suffix": "Jr"},
            {"literal": "NHS England, Wales"},
        ],
        "editor": [{"family": "Jones", "given": "Siân"}],
        "translator": [{"family": "Wyn", "given": "Mair"}],
        "container-title": "BMJ Open",
        "container-title-short": "BMJ Op.",
        "issued": {"date-parts": [[2021, 5, 3]]},
        "available-date": {"date-parts": [[2021, 4]]},
        "abstract": "First.\nSecond; line.",
        "keyword": "loneliness, a; b",
        "note": "One\nTwo\nlines",
        "URL": "https://example.org/a?b=1",
        "volume": "11",
        "issue": "2",
        "page": "12-19",
        "number": "e1",
        "publisher": "BMJ",
        "publisher-place": "London",
        "edition": "2nd",
        "language": "en",
        "DOI": "10.1000/a_b",
        "PMID": "123",
        "PMCID": "PMC99123",
        "ISSN": "0378-5955",
        "custom": {
            "kind": "journal-article",
            "keywords": ["loneliness", "a; b"],
            "identifiers": [
                ["doi", "10.1000/a_b"],
                ["pmid", "123"],
                ["pmcid", "PMC99123"],
                ["issn", "0378-5955"],
                ["arxiv", "2101.00001"],
            ],
            "urls": ["https://example.com/c"],
            "notes": ["One", "Two\nlines"],
            "open-access-url": "https://example.org/free.pdf",
            "licence": "CC BY",
            "order": ["author", "author", "author", "editor", "translator"],
            "orcids": [[0, "0000-0002-1825-0097"]],
            "extra": {"U1": ["kept"], "genre": ["lost in RIS"]},
        },
    },
    "nothing but a title": {"id": "7", "type": "document", "title": "Bare", "custom": {"kind": "other"}},
    "a review": {
        "id": "7",
        "type": "article-journal",
        "title": "What works?",
        "issued": {"date-parts": [[2019, 4]]},
        "custom": {"kind": "review"},
    },
    "a chapter": {
        "id": "7",
        "type": "chapter",
        "title": "Part",
        "author": [{"family": "van den Berg", "given": "Jan"}],
        "container-title": "Whole",
        "issued": {"date-parts": [[2001]]},
        "ISBN": "9780306406157",
        "custom": {"kind": "chapter", "identifiers": [["isbn", "9780306406157"]], "order": ["author"]},
    },
    "a thesis in Welsh": {
        "id": "7",
        "type": "thesis",
        "title": "Tŷ bach twt",
        "author": [{"family": "Ŵyn"}],
        "publisher": "Prifysgol Bangor",
        "language": "cy",
        "custom": {"kind": "thesis", "order": ["author"]},
    },
    "a formula for a title": {
        "id": "7",
        "type": "report",
        "title": "=HYPERLINK(1)",
        "note": "'tis\n-x",
        "custom": {"kind": "report", "notes": ["'tis", "-x"]},
    },
    "lists that look like Python": {
        "id": "7",
        "type": "dataset",
        "title": "[1]",
        "keyword": "[a, b], c\\d",
        "custom": {"kind": "dataset", "keywords": ["[a", "b]", "c\\d"]},
    },
    "TeX's own signs": {
        "id": "7",
        "type": "article",
        "title": "a--b ``c'' ~ ^ \\ # $ _",
        "page": "S1-S9",
        "custom": {"kind": "preprint"},
    },
    "a guideline": {
        "id": "7",
        "type": "standard",
        "title": "NG1",
        "author": [{"literal": "NICE"}],
        "issued": {"date-parts": [[1000]]},
        "custom": {"kind": "guideline", "order": ["author"]},
    },
    "a policy with a handle": {
        "id": "7",
        "type": "legislation",
        "title": "Act",
        "custom": {"kind": "policy", "identifiers": [["handle", "1721.1/2"], ["openalex", "W2741809807"]]},
    },
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_item_of_each_record(name: str) -> None:
    assert csl.item(RECORDS[name], "7") == WRITTEN[name]


@pytest.mark.parametrize("count", [0, 1, 2, 10])
def test_a_file_is_a_list_of_items_numbered_from_one(count: int) -> None:
    items = json.loads(b"".join(write(list(RECORDS.values())[:count], Target.CSL)))
    assert [item["id"] for item in items] == [str(number) for number in range(1, count + 1)]
    assert [item["title"] for item in items] == [record.title for record in list(RECORDS.values())[:count]]
