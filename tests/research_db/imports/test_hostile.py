"""What a file can hold and a database cannot: the rest of the record is brought in, and everything else of the file."""

import json

import pytest

from network_site.people.models import User
from research_db.imports import deciding, files
from research_db.models import Identifier, ImportBatch, Publication
from tests.research_db.imports.conftest import bring_in, record, upload

pytestmark = pytest.mark.django_db
NUL, HALF = "\0", "\ud800"
ITEM = {
    "id": f"a{NUL}",
    "type": "article-journal",
    "title": f"Walk{NUL}ing{HALF}",
    "author": [{"family": f"Lark{HALF}", "given": NUL}],
    "DOI": f"10.5555/a{NUL}b",
    "URL": f"https://example.org/{NUL}a{HALF}",
    "note": f"n{NUL}",
    f"own{NUL}": f"o{HALF}",
    "custom": {
        "keywords": [f"k{NUL}"],
        "identifiers": [["handle", f"12/a{NUL}{HALF}"]],
        "urls": [f"https://example.org/{HALF}"],
        "notes": [f"n{NUL}{HALF}"],
        "open-access-url": f"https://example.org/{NUL}free",
        "licence": f"CC{NUL} BY",
        "extra": {f"e{NUL}": [f"v{HALF}"]},
    },
}
LINES = (
    f"TY  - JOUR{NUL}\nTI  - Walk{NUL}ing\nAU  - La{NUL}rk, Ada\nT2  - J{NUL}\nDO  - 10.5555/a{NUL}b\nKW  - k{NUL}\n"
    f"UR  - https://example.org/{NUL}a\nN1  - Handle: 12/a{NUL}b\nN1  - Free to read: https://example.org/{NUL}\n"
    f"U1  - x{NUL}\nER  - \n"
)
ENTRY = (
    f"@article{{k{NUL},\n title = {{Walk{NUL}ing}}, author = {{Lark{NUL}, Ada}}, doi = {{10.5555/a{NUL}b}},\n"
    f" url = {{https://example.org/{NUL}a}}, handle = {{12/a{NUL}b}}, openaccessurl = {{https://example.org/{NUL}}},\n"
    f" own = {{x{NUL}}}\n}}\n"
)
TABLE = f"title,doi,urls,handle,own{NUL}\nWalk{NUL}ing,10.5555/a{NUL}b,https://example.org/{NUL}a,12/a{NUL}b,x{NUL}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", json.dumps([ITEM])), ("a.ris", LINES), ("a.bib", ENTRY), ("a.csv", TABLE)],
)
def test_signs_that_no_database_keeps_are_left_out(editor: User, name: str, text: str) -> None:
    batch = files.take_in([text.encode()], name=name, by=editor)
    deciding.WORK[ImportBatch.Stage.WAITING](batch)
    bring_in(batch, by=editor)
    (found,) = Publication.objects.public()
    assert found.title == "Walking"
    numbers = set(Identifier.objects.values_list("scheme", "value"))
    assert ("doi", "10.5555/ab") in numbers
    kept = json.dumps([found.url, found.open_access_url, found.keywords, found.extra, sorted(numbers)])
    assert "\\u0000" not in kept
    assert "\\ud800" not in kept
    assert found.url == "https://example.org/a"


def test_a_number_that_is_too_long_to_be_one_is_left_out_and_kept_as_it_stood(editor: User) -> None:
    long = f"10.5555/{'a' * 300}"
    bring_in(upload(record("Walking", DO=long), record("Singing", DO="10.5555/b"), by=editor), by=editor)
    walking, singing = Publication.objects.public().order_by("pk")
    assert (walking.title, singing.title) == ("Walking", "Singing")
    assert list(Identifier.objects.values_list("publication", "value")) == [(singing.pk, "10.5555/b")]
    assert walking.extra["doi"] == [long]
