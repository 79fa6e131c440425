"""PubMed's tags: the whole record, kinds of publications, numbers with what they are."""

import pytest

from research_db.formats.reading import Format, read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

CASES = [
    pytest.param(
        """\
PMID- 31234567
OWN - NLM
STAT- MEDLINE
DCOM- 20200302
IS  - 1468-2060 (Electronic)
IS  - 0003-9888 (Print)
VI  - 105
IP  - 2
DP  - 2020 Feb 3
TI  - Link workers for children: a cluster
      randomised trial.
PG  - 107-119
LID - 10.1136/archdischild-2019-317000 [doi]
LID - archdischild-2019-317000 [pii]
AB  - OBJECTIVE: To test link workers. METHODS: Forty
      practices took part.
CI  - (c) Author(s) 2020.
FAU - Okafor, Ngozi A
AU  - Okafor NA
FAU - Jones, Ffion
AU  - Jones F
CN  - PROMOTE investigators
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
DEP - 20191107
PL  - England
TA  - Arch Dis Child
JT  - Archives of disease in childhood
MH  - Child
MH  - *Social Support
OT  - link worker
OT  - child
PMC - PMC7000001
SO  - Arch Dis Child. 2020 Feb;105(2):107-119.
""",
        Record(
            kind="journal-article",
            title="Link workers for children: a cluster randomised trial.",
            contributors=(
                Contributor(Name("Okafor", "Ngozi A")),
                Contributor(Name("Jones", "Ffion")),
                Contributor(Name(literal="PROMOTE investigators")),
            ),
            container="Archives of disease in childhood",
            container_short="Arch Dis Child",
            date=PartialDate(2020, 2, 3),
            online_date=PartialDate(2019, 11, 7),
            volume="105",
            issue="2",
            pages="107-119",
            place="England",
            language="eng",
            abstract="OBJECTIVE: To test link workers. METHODS: Forty practices took part.",
            keywords=("link worker", "child", "Child", "*Social Support"),
            identifiers=(
                Identifier("pmid", "31234567", "31234567"),
                Identifier("doi", "10.1136/archdischild-2019-317000", "10.1136/archdischild-2019-317000"),
                Identifier("pmcid", "PMC7000001", "PMC7000001"),
                Identifier("issn", "1468-2060", "1468-2060 (Electronic)"),
                Identifier("issn", "0003-9888", "0003-9888 (Print)"),
            ),
            extra={"OWN": ("NLM",), "STAT": ("MEDLINE",), "DCOM": ("20200302",), "CI": ("(c) Author(s) 2020.",)},
        ),
        id="a trial",
    ),
    pytest.param(
        """\
PMID- 00012345
TI  - What is known of social prescribing.
AU  - Smith J
AU  - van Dijk PK
TA  - Lancet
DP  - 2017 May-Jun
PT  - Journal Article
PT  - Systematic Review
AID - 10.1016/S0140-6736(17)30000-1 [doi]
PMC - 5400001
""",
        Record(
            kind="review",
            title="What is known of social prescribing.",
            contributors=(Contributor(Name("Smith", "J")), Contributor(Name("van Dijk", "PK"))),
            container="Lancet",
            date=PartialDate(2017),
            identifiers=(
                Identifier("pmid", "12345", "00012345"),
                Identifier("doi", "10.1016/s0140-6736(17)30000-1", "10.1016/S0140-6736(17)30000-1"),
                Identifier("pmcid", "PMC5400001", "PMC5400001"),
            ),
        ),
        id="a review without full names",
    ),
    pytest.param(
        """\
PMID- 30000001
BTI - Community Referral in Practice
FAU - Lewis, Mair
FED - Rees, Tomos
ED  - Rees T
PB  - NICE
PL  - London
EN  - 3rd
DP  - 2018
ISBN- 9780199688074
PT  - Book
""",
        Record(
            kind="book",
            title="Community Referral in Practice",
            contributors=(Contributor(Name("Lewis", "Mair")), Contributor(Name("Rees", "Tomos"), "editor")),
            date=PartialDate(2018),
            publisher="NICE",
            place="London",
            edition="3rd",
            identifiers=(
                Identifier("pmid", "30000001", "30000001"),
                Identifier("isbn", "9780199688074", "9780199688074"),
            ),
        ),
        id="a book",
    ),
    pytest.param(
        """\
PMID- 30000002
TI  - Nature on prescription.
BTI - Community Referral in Practice
DP  - 2018 Winter
PT  - Book Chapter
""",
        Record(
            kind="chapter",
            title="Nature on prescription.",
            container="Community Referral in Practice",
            date=PartialDate(2018),
            identifiers=(Identifier("pmid", "30000002", "30000002"),),
        ),
        id="a chapter",
    ),
    pytest.param(
        """\
PMID- 30000003
TI  - Managing long-term sickness.
TI  - Part two.
JT  - BMJ
TA  - BMJ
DP  - 2019 Dec 31
PT  - Practice Guideline
PG  - l6800
""",
        Record(
            kind="guideline",
            title="Managing long-term sickness. Part two.",
            container="BMJ",
            date=PartialDate(2019, 12, 31),
            pages="l6800",
            identifiers=(Identifier("pmid", "30000003", "30000003"),),
        ),
        id="a guideline",
    ),
]


def records(text: str) -> list[Record]:
    return [one.record for one in read(text.encode(), known=Format.MEDLINE) if one.record]


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["Journal Article"], "journal-article"),
        (["Journal Article", "Meta-Analysis"], "review"),
        (["Review", "Practice Guideline"], "review"),
        (["Journal Article", "Preprint"], "preprint"),
        (["Clinical Trial Protocol", "Journal Article"], "protocol"),
        (["Government Publication"], "report"),
        (["JOURNAL ARTICLE"], "journal-article"),
        (["Letter"], "other"),
        ([], "other"),
    ],
)
def test_kinds(types: list[str], expected: str) -> None:
    said = "".join(f"PT  - {one}\n" for one in types)
    (found,) = records(f"PMID- 1\nTI  - A\n{said}")
    assert found.kind == expected


def test_what_is_in_a_journal_is_an_article() -> None:
    (found,) = records("PMID- 1\nTI  - A\nTA  - BMJ\nPT  - Letter\n")
    assert found.kind == "journal-article"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LID - 10.1000/a [doi]", [("doi", "10.1000/a")]),
        ("AID - 10.1000/a[doi]", [("doi", "10.1000/a")]),
        ("LID - 10.1000/a [pii]", []),
        ("LID - e1000 [pii]", []),
        ("LID - 10.1000/a", []),
        ("PMC - PMC123456", [("pmcid", "PMC123456")]),
        ("PMC - 123456", [("pmcid", "PMC123456")]),
        ("IS  - 0003-9888 (Linking)", [("issn", "0003-9888")]),
        ("IS  - 0003-9889 (Linking)", []),
        ("ISBN- 0-19-852663-6", [("isbn", "9780198526636")]),
    ],
)
def test_numbers(line: str, expected: list[tuple[str, str]]) -> None:
    (found,) = records(f"PMID- 7\nTI  - A\n{line}\n")
    assert [(one.scheme, one.value) for one in found.identifiers] == [("pmid", "7"), *expected]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2020", "2020"),
        ("2020 Feb", "2020-02"),
        ("2020 Feb 3", "2020-02-03"),
        ("2020 Feb 30", "2020-02"),
        ("2020 Mar-Apr", "2020"),
        ("2020 Summer", "2020"),
        ("2020 Dec 28-2021 Jan 3", "2020"),
        ("1998 Dec-1999 Jan", "1998"),
    ],
)
def test_dates(said: str, expected: str) -> None:
    (found,) = records(f"PMID- 7\nTI  - A\nDP  - {said}\n")
    assert str(found.date) == expected


def test_a_record_that_lost_its_blank_line_and_one_that_lost_its_number() -> None:
    found = list(read(b"PMID- 1\nTI  - One\nPMID- 2\nTI  - Two\n\nTI  - Three\n\nPMID- 4\n", known=Format.MEDLINE))
    assert [(one.line, one.record and one.record.title) for one in found] == [
        (1, "One"),
        (3, "Two"),
        (6, "Three"),
        (8, None),
    ]


def test_a_date_that_is_none_is_told() -> None:
    (found,) = read(b"\n\nPMID- 1\nTI  - One\nDP  - in press\n", known=Format.MEDLINE)
    (problem,) = found.problems
    assert (problem.line, problem.field, problem.severity) == (3, "DP", "warning")
    assert "in press" in problem.sentence


def test_what_has_no_place_is_kept_with_its_tag() -> None:
    (found,) = records(
        "PMID- 1\nTI  - A\nFAU - Okafor, Ngozi\nAUID- ORCID: 0000-0002-1825-0097\nGR  - MR/1\nGR  - MR/2\n"
    )
    assert found.extra == {"AUID": ("ORCID: 0000-0002-1825-0097",), "GR": ("MR/1", "MR/2")}
