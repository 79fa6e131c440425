"""Web of Science's tags: the whole record, lists a line each, and kinds."""

import pytest

from research_db.formats.reading import Format, read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

CASES = [
    pytest.param(
        """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Husk, K
   Blockley, K
AF Husk, Kerryn
   Blockley, Kelly
CA PROMOTE Study Grp
TI What approaches to social prescribing work, for whom, and in what
   circumstances? A realist review
SO HEALTH & SOCIAL CARE IN THE COMMUNITY
LA English
DT Review
DE community interventions; patient activation
ID PRIMARY-CARE; HEALTH; PATIENT ACTIVATION
AB The use of non-medical referral is growing.
   It is promising.
C1 [Husk, Kerryn] Univ Plymouth, Plymouth, Devon, England.
   [Blockley, Kelly] Univ Plymouth, Plymouth, Devon, England.
CR Bickerdike L, 2017, BMJ OPEN, V7
   Chng NR, 2021, HEALTH PLACE, V67
NR 2
TC 88
PU WILEY
PI HOBOKEN
PA 111 RIVER ST, HOBOKEN 07030-5774, NJ USA
SN 0966-0410
EI 1365-2524
J9 HEALTH SOC CARE COMM
JI Health Soc. Care Community
PD MAR
PY 2020
VL 28
IS 2
BP 309
EP 324
DI 10.1111/hsc.12839
EA SEP 2019
PM 31502314
UT WOS:000487137400001
ER

EF
""",
        Record(
            kind="review",
            title="What approaches to social prescribing work, for whom, and in what circumstances? A realist review",
            contributors=(
                Contributor(Name("Husk", "Kerryn")),
                Contributor(Name("Blockley", "Kelly")),
                Contributor(Name(literal="PROMOTE Study Grp")),
            ),
            container="HEALTH & SOCIAL CARE IN THE COMMUNITY",
            container_short="Health Soc. Care Community",
            date=PartialDate(2020, 3),
            online_date=PartialDate(2019, 9),
            volume="28",
            issue="2",
            pages="309-324",
            publisher="WILEY",
            place="HOBOKEN",
            language="English",
            abstract="The use of non-medical referral is growing. It is promising.",
            keywords=("community interventions", "patient activation", "PRIMARY-CARE", "HEALTH", "PATIENT ACTIVATION"),
            identifiers=(
                Identifier("doi", "10.1111/hsc.12839", "10.1111/hsc.12839"),
                Identifier("pmid", "31502314", "31502314"),
                Identifier("issn", "0966-0410", "0966-0410"),
                Identifier("issn", "1365-2524", "1365-2524"),
            ),
            extra={
                "C1": (
                    "[Husk, Kerryn] Univ Plymouth, Plymouth, Devon, England.",
                    "[Blockley, Kelly] Univ Plymouth, Plymouth, Devon, England.",
                ),
                "CR": ("Bickerdike L, 2017, BMJ OPEN, V7", "Chng NR, 2021, HEALTH PLACE, V67"),
                "NR": ("2",),
                "TC": ("88",),
                "PA": ("111 RIVER ST, HOBOKEN 07030-5774, NJ USA",),
                "UT": ("WOS:000487137400001",),
            },
        ),
        id="an article",
    ),
    pytest.param(
        """\
PT J
AU Evans, R
TI Green prescriptions
SO BMJ OPEN
DT Article; Early Access
AR e085000
EA MAY 2024
DI 10.1136/bmjopen-2024-085000
ER
""",
        Record(
            kind="journal-article",
            title="Green prescriptions",
            contributors=(Contributor(Name("Evans", "R")),),
            container="BMJ OPEN",
            online_date=PartialDate(2024, 5),
            article_number="e085000",
            identifiers=(Identifier("doi", "10.1136/bmjopen-2024-085000", "10.1136/bmjopen-2024-085000"),),
        ),
        id="early access",
    ),
    pytest.param(
        """\
PT C
AU Price, O
BE Rees, T
TI Digital link workers
SO PROCEEDINGS OF THE THIRD MEETING
DT Proceedings Paper
PD JUN 12-15
PY 2018
BN 978-0-19-968807-4
BP 12
EP 12
ER
""",
        Record(
            kind="conference-paper",
            title="Digital link workers",
            contributors=(Contributor(Name("Price", "O")), Contributor(Name("Rees", "T"), "editor")),
            container="PROCEEDINGS OF THE THIRD MEETING",
            date=PartialDate(2018),
            pages="12",
            identifiers=(Identifier("isbn", "9780199688074", "978-0-19-968807-4"),),
        ),
        id="proceedings",
    ),
    pytest.param(
        """\
PT B
AU Chatterjee, H
ED Camic, P
TI Museums
SO OXFORD TEXTBOOK
DT Book Chapter
PD NOV 6
PY 2016
ER
""",
        Record(
            kind="chapter",
            title="Museums",
            contributors=(Contributor(Name("Chatterjee", "H")), Contributor(Name("Camic", "P"), "editor")),
            container="OXFORD TEXTBOOK",
            date=PartialDate(2016, 11, 6),
        ),
        id="a book chapter",
    ),
]


def records(text: str) -> list[Record]:
    return [one.record for one in read(text.encode(), known=Format.WOS) if one.record]


@pytest.mark.parametrize(
    ("publication", "document", "expected"),
    [
        ("J", "Article", "journal-article"),
        ("J", "Review", "review"),
        ("J", "Article; Proceedings Paper", "conference-paper"),
        ("J", "Article; Data Paper", "dataset"),
        ("J", "", "journal-article"),
        ("S", "Article; Book Chapter", "chapter"),
        ("B", "Book", "book"),
        ("C", "Meeting Abstract", "conference-paper"),
        ("P", "", "other"),
        ("Z", "", "other"),
    ],
)
def test_kinds(publication: str, document: str, expected: str) -> None:
    (found,) = records(f"PT {publication}\nTI A\nDT {document}\nER\n")
    assert found.kind == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("PY 2020", "2020"),
        ("PD MAR\nPY 2020", "2020-03"),
        ("PD MAR 5\nPY 2020", "2020-03-05"),
        ("PD MAR-APR\nPY 2020", "2020"),
        ("PD WIN\nPY 2020", "2020"),
        ("PD MAR", "None"),
    ],
)
def test_dates(tags: str, expected: str) -> None:
    (found,) = records(f"PT J\nTI A\n{tags}\nER\n")
    assert str(found.date) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("AU Husk, K\nAF Husk, Kerryn", [("Husk", "Kerryn", "")]),
        ("AU Husk, K", [("Husk", "K", "")]),
        ("AU Husk, K\n   Evans, R", [("Husk", "K", ""), ("Evans", "R", "")]),
        ("CA Natl Grp Young", [("", "", "Natl Grp Young")]),
    ],
)
def test_names(tags: str, expected: list[tuple[str, str, str]]) -> None:
    (found,) = records(f"PT J\n{tags}\nTI A\nER\n")
    assert [(one.name.family, one.name.given, one.name.literal) for one in found.contributors] == expected


def test_a_record_without_end_gives_way_to_the_next() -> None:
    found = list(read(b"FN x\nPT J\nTI One\nPT J\nTI Two\nER\nTI None\nPT J\nAU Nobody\nER\nEF\n", known=Format.WOS))
    assert [(one.line, one.record and one.record.title) for one in found] == [(2, "One"), (4, "Two"), (8, None)]
    assert [[problem.line for problem in one.problems] for one in found] == [[], [], [8]]
