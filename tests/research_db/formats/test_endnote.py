"""EndNote's tags (Refer): the whole record, and where one begins and ends."""

import pytest

from research_db.formats.reading import Format, read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

CASES = [
    pytest.param(
        """\
%0 Journal Article
%T Social prescribing and its discontents
%A Okafor, Ngozi
%A Jones, Ffion
%J BMJ
%V 380
%N 8371
%P 12-14
%D 2023
%8 March 4, 2023
%! Discontents
%@ 0959-8138
%R https://doi.org/10.1136/BMJ.P500
%G English
%X First line.
Second line.
%K loneliness
older people
link workers
%Z Read at the meeting.
%Z And again.
%U https://www.bmj.com/content/380/p500
%M 36750001
%+ University of Somewhere
""",
        Record(
            kind="journal-article",
            title="Social prescribing and its discontents",
            contributors=(Contributor(Name("Okafor", "Ngozi")), Contributor(Name("Jones", "Ffion"))),
            container="BMJ",
            date=PartialDate(2023, 3, 4),
            volume="380",
            issue="8371",
            pages="12-14",
            language="English",
            abstract="First line.\nSecond line.",
            keywords=("loneliness", "older people", "link workers"),
            identifiers=(
                Identifier("doi", "10.1136/bmj.p500", "https://doi.org/10.1136/BMJ.P500"),
                Identifier("issn", "0959-8138", "0959-8138"),
            ),
            urls=("https://www.bmj.com/content/380/p500",),
            notes=("Read at the meeting.", "And again."),
            extra={"%!": ("Discontents",), "%M": ("36750001",), "%+": ("University of Somewhere",)},
        ),
        id="an article",
    ),
    pytest.param(
        """\
%0 Book
%T The community cure
%A Polley, Marie
%@ 9780199688074
%D 2017
%I University of Westminster
""",
        Record(
            kind="book",
            title="The community cure",
            contributors=(Contributor(Name("Polley", "Marie")),),
            date=PartialDate(2017),
            publisher="University of Westminster",
            identifiers=(Identifier("isbn", "9780199688074", "9780199688074"),),
        ),
        id="google scholar",
    ),
    pytest.param(
        """\
%0 Book Section
%A Chatterjee, Helen
%E Camic, Paul
%? Brown, Anna
%T Museums
%B Oxford Textbook of Creative Arts
%C Oxford
%I Oxford University Press
%7 2nd
%P 281-290
%D 2016
%K museums; arts ; museums
%S Oxford Textbooks
""",
        Record(
            kind="chapter",
            title="Museums",
            contributors=(
                Contributor(Name("Chatterjee", "Helen")),
                Contributor(Name("Camic", "Paul"), "editor"),
                Contributor(Name("Brown", "Anna"), "translator"),
            ),
            container="Oxford Textbook of Creative Arts",
            date=PartialDate(2016),
            pages="281-290",
            publisher="Oxford University Press",
            place="Oxford",
            edition="2nd",
            keywords=("museums", "arts"),
            extra={"%S": ("Oxford Textbooks",)},
        ),
        id="a section",
    ),
    pytest.param(
        """\
%0 Government Document
%A NHS England
%T Universal personalised care
%D 31 January 2019
%U See https://www.england.nhs.uk/upc.
%9 Policy
""",
        Record(
            kind="policy",
            title="Universal personalised care",
            contributors=(Contributor(Name(literal="NHS England")),),
            date=PartialDate(2019, 1, 31),
            urls=("https://www.england.nhs.uk/upc",),
            extra={"%9": ("Policy",)},
        ),
        id="a government document",
    ),
    pytest.param(
        """\
%0 Patent
%T A device
%D 1998
""",
        Record(title="A device", date=PartialDate(1998)),
        id="a kind it does not know",
    ),
]


def records(text: str) -> list[Record]:
    return [one.record for one in read(text.encode(), known=Format.ENDNOTE) if one.record]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Journal Article", "journal-article"),
        ("journal article", "journal-article"),
        ("Edited Book", "book"),
        ("Book Section", "chapter"),
        ("Thesis", "thesis"),
        ("Conference Proceedings", "conference-paper"),
        ("Web Page", "webpage"),
        ("Blog", "webpage"),
        ("Standard", "guideline"),
        ("Government Document", "policy"),
        ("Dataset", "dataset"),
        ("Unpublished Work", "preprint"),
        ("Film or Broadcast", "video"),
        ("Generic", "other"),
    ],
)
def test_kinds(said: str, expected: str) -> None:
    (found,) = records(f"%0 {said}\n%T A\n")
    assert found.kind == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("%K one\n%K two", ("one", "two")),
        ("%K one; two", ("one", "two")),
        ("%K one\ntwo words\nthree", ("one", "two words", "three")),
        ("%K\none\ntwo", ("one", "two")),
        ("%K one\n%K one", ("one",)),
        ("%K ;", ()),
    ],
)
def test_keywords(tags: str, expected: tuple[str, ...]) -> None:
    (found,) = records(f"%0 Book\n%T A\n{tags}\n%V 3\n")
    assert (found.keywords, found.volume) == (expected, "3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%0 Book\n%T One\n\n%0 Book\n%T Two\n", [(1, "One"), (4, "Two")]),
        ("%0 Book\n%T One\n%0 Book\n%T Two\n", [(1, "One"), (3, "Two")]),
        ("%T One\n%0 Book\n\n%T Two\n%0 Book\n", [(1, "One"), (4, "Two")]),
        ("a word before\n%0 Book\n%T One\n\na word between\n\n%0 Book\n%T Two", [(2, "One"), (7, "Two")]),
        ("%0 Book\n%A Nobody\n\n%0 Book\n%T Two\n", [(1, None), (4, "Two")]),
        ("%0 Book\n%0 Thesis\n%T One\n", [(1, "One")]),
        ("100% of them\n", []),
    ],
)
def test_where_records_begin(text: str, expected: list[tuple[int, str | None]]) -> None:
    found = list(read(text.encode(), known=Format.ENDNOTE))
    assert [(one.line, one.record and one.record.title) for one in found] == expected
