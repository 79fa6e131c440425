"""RIS as each database and program writes it: the whole record, and what is told of what is wrong."""

import pytest

from research_db.formats.reading import Format, read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

CASES = [
    pytest.param(
        """\
TY  - JOUR
DB  - APA PsycInfo
ID  - 2021-12345-001
T1  - Social prescribing for loneliness: A rapid review.
A1  - Okafor, Ngozi A
A1  - Evans, Rhys
Y1  - 2021//
VL  - 31
IS  - 4
SP  - 204
EP  - 219
JF  - Health & Social Care in the Community
JA  - Health Soc Care Community
N2  - Background: Loneliness harms health. Methods: We searched
six databases.
SN  - 0966-0410
KW  - *Loneliness
KW  - *Primary Health Care
DO  - https://dx.doi.org/10.1111/hsc.13200
UR  - https://ovidsp.ovid.com/ovidweb.cgi?T=JS&CSC=Y&AN=2021-12345-001
ER  -
""",
        Record(
            kind="journal-article",
            title="Social prescribing for loneliness: A rapid review.",
            contributors=(Contributor(Name("Okafor", "Ngozi A")), Contributor(Name("Evans", "Rhys"))),
            container="Health & Social Care in the Community",
            container_short="Health Soc Care Community",
            date=PartialDate(2021),
            volume="31",
            issue="4",
            pages="204-219",
            abstract="Background: Loneliness harms health. Methods: We searched\nsix databases.",
            keywords=("*Loneliness", "*Primary Health Care"),
            identifiers=(
                Identifier("doi", "10.1111/hsc.13200", "https://dx.doi.org/10.1111/hsc.13200"),
                Identifier("issn", "0966-0410", "0966-0410"),
            ),
            urls=("https://ovidsp.ovid.com/ovidweb.cgi?T=JS&CSC=Y&AN=2021-12345-001",),
            extra={"DB": ("APA PsycInfo",), "ID": ("2021-12345-001",)},
        ),
        id="ovid",
    ),
    pytest.param(
        """\
TY  - JOUR
T1  - Link workers in general practice
AN  - 2461234567
AU  - Hughes, Carys
AU  - Smith, John, Jr
JF  - The British Journal of General Practice
Y1  - 2020/11//
PY  - 2020
DA  - Nov 2020
SP  - 811
EP  - 812
CY  - London
PB  - Royal College of General Practitioners
VL  - 70
IS  - 700
SN  - 09601643
UR  - https://www.proquest.com/scholarly-journals/link-workers/docview/2461234567/se-2?accountid=1
DO  - 10.3399/bjgp20X713465
LA  - English
DB  - ProQuest Central
ER  -
""",
        Record(
            kind="journal-article",
            title="Link workers in general practice",
            contributors=(
                Contributor(Name("Hughes", "Carys")),
                Contributor(Name(family="Smith", given="John", suffix="Jr")),
            ),
            container="The British Journal of General Practice",
            date=PartialDate(2020, 11),
            volume="70",
            issue="700",
            pages="811-812",
            publisher="Royal College of General Practitioners",
            place="London",
            language="English",
            identifiers=(
                Identifier("doi", "10.3399/bjgp20x713465", "10.3399/bjgp20X713465"),
                Identifier("issn", "0960-1643", "09601643"),
            ),
            urls=("https://www.proquest.com/scholarly-journals/link-workers/docview/2461234567/se-2?accountid=1",),
            extra={"AN": ("2461234567",), "DB": ("ProQuest Central",)},
        ),
        id="proquest",
    ),
    pytest.param(
        """\
TY  - JOUR
M3  - Review
Y1  - 2019
VL  - 9
IS  - 6
AN  - L628000001
U2  - L628000001
DB  - Embase
DB  - Medline
KW  - social care
KW  - wellbeing
KW  - social care
T1  - Non-medical prescribing in the community
A1  - van der Berg J.
A1  - O'Neill S.-M.
SP  - e026000
JF  - BMJ open
JO  - BMJ Open
SN  - 2044-6055
DO  - 10.1136/bmjopen-2018-026000
AB  - Objectives To see what works.
LA  - English
ER  -
""",
        Record(
            kind="journal-article",
            title="Non-medical prescribing in the community",
            contributors=(Contributor(Name("van der Berg", "J.")), Contributor(Name("O'Neill", "S.-M."))),
            container="BMJ open",
            container_short="BMJ Open",
            date=PartialDate(2019),
            volume="9",
            issue="6",
            pages="e026000",
            language="English",
            abstract="Objectives To see what works.",
            keywords=("social care", "wellbeing"),
            identifiers=(
                Identifier("doi", "10.1136/bmjopen-2018-026000", "10.1136/bmjopen-2018-026000"),
                Identifier("issn", "2044-6055", "2044-6055"),
            ),
            extra={"M3": ("Review",), "AN": ("L628000001",), "U2": ("L628000001",), "DB": ("Embase", "Medline")},
        ),
        id="embase",
    ),
    pytest.param(
        """\
TY  - JOUR
TI  - Arts on prescription
T2  - Perspectives in Public Health
J2  - Perspect. Public Health
VL  - 130
IS  - 3
SP  -
EP  -
PY  - 2010
DO  - 10.1177/1757913910360000
AU  - Bungay, H.
AU  - Clift, S.
AD  - Canterbury Christ Church University, Canterbury, United Kingdom
KW  - arts
KW  - health
PB  - SAGE Publications Inc.
SN  - 17579139 (ISSN)
LA  - English
N1  - Export Date: 2 May 2023
N1  - Cited By: 61
ER  -
""",
        Record(
            kind="journal-article",
            title="Arts on prescription",
            contributors=(Contributor(Name("Bungay", "H.")), Contributor(Name("Clift", "S."))),
            container="Perspectives in Public Health",
            container_short="Perspect. Public Health",
            date=PartialDate(2010),
            volume="130",
            issue="3",
            publisher="SAGE Publications Inc.",
            language="English",
            keywords=("arts", "health"),
            identifiers=(
                Identifier("doi", "10.1177/1757913910360000", "10.1177/1757913910360000"),
                Identifier("issn", "1757-9139", "17579139 (ISSN)"),
            ),
            notes=("Export Date: 2 May 2023", "Cited By: 61"),
            extra={"AD": ("Canterbury Christ Church University, Canterbury, United Kingdom",)},
        ),
        id="scopus",
    ),
    pytest.param(
        """\
TY  - RPRT
TI  - Evaluation of a social prescribing pilot in Cymru
AU  - Davies, Siân
AU  - Bevan Commission,
A3  - Price, Owen
CY  - Cardiff
DA  - 2018/03/27/
PY  - 2018
DP  - Zotero
ET  - 2nd
LA  - cy-GB
PB  - Welsh Government
UR  - https://gov.wales/social-prescribing.pdf
UR  - https://gov.wales/social-prescribing.pdf
Y2  - 2023/01/05/10:22:11
L1  - files/12/report.pdf
N1  - PMID: 29580001
N1  - Read twice.
ER  -
""",
        Record(
            kind="report",
            title="Evaluation of a social prescribing pilot in Cymru",
            contributors=(
                Contributor(Name("Davies", "Siân")),
                Contributor(Name(literal="Bevan Commission")),
                Contributor(Name("Price", "Owen"), "editor"),
            ),
            date=PartialDate(2018, 3, 27),
            publisher="Welsh Government",
            place="Cardiff",
            edition="2nd",
            language="cy-GB",
            identifiers=(Identifier("pmid", "29580001", "29580001"),),
            urls=("https://gov.wales/social-prescribing.pdf",),
            notes=("Read twice.",),
            extra={"DP": ("Zotero",), "Y2": ("2023/01/05/10:22:11",), "L1": ("files/12/report.pdf",)},
        ),
        id="zotero",
    ),
    pytest.param(
        """\
TY  - CHAP
AU  - Chatterjee, Helen
ED  - Camic, Paul
ED  - Clift, Stephen
PY  - 2016
DA  - 2016
TI  - Museums and social prescribing
T2  - Oxford Textbook of Creative Arts, Health, and Wellbeing
A2  - Series, Editor
CY  - Oxford
PB  - Oxford University Press
SP  - 281-290
SN  - 978-0-19-968807-4
KW  - Museums
Well-being
Aged
ST  - Museums and social prescribing
ID  - 17
ER  -
""",
        Record(
            kind="chapter",
            title="Museums and social prescribing",
            contributors=(
                Contributor(Name("Chatterjee", "Helen")),
                Contributor(Name("Series", "Editor"), "editor"),
                Contributor(Name("Camic", "Paul"), "editor"),
                Contributor(Name("Clift", "Stephen"), "editor"),
            ),
            container="Oxford Textbook of Creative Arts, Health, and Wellbeing",
            date=PartialDate(2016),
            pages="281-290",
            publisher="Oxford University Press",
            place="Oxford",
            keywords=("Museums", "Well-being", "Aged"),
            identifiers=(Identifier("isbn", "9780199688074", "978-0-19-968807-4"),),
            extra={"ST": ("Museums and social prescribing",), "ID": ("17",)},
        ),
        id="endnote",
    ),
    pytest.param(
        """\
TY  - BOOK
AU  - Müller, Jörg
A4  - Brown, Anna
PY  - 2015
DA  - 2015///
TI  - Gesundheit im Quartier
CY  - Köln
PB  - Psychiatrie Verlag
SN  - 3-16-148410-X
SN  - 9783161484100
N1  - Kind: guideline
N1  - Licence: CC BY 4.0
N1  - Free to read: https://example.org/frei.pdf
N1  - Online: 2015-02-03
ER  -
""",
        Record(
            kind="guideline",
            title="Gesundheit im Quartier",
            contributors=(Contributor(Name("Müller", "Jörg")), Contributor(Name("Brown", "Anna"), "translator")),
            date=PartialDate(2015),
            online_date=PartialDate(2015, 2, 3),
            publisher="Psychiatrie Verlag",
            place="Köln",
            identifiers=(Identifier("isbn", "9783161484100", "3-16-148410-X"),),
            licence="CC BY 4.0",
            open_access_url="https://example.org/frei.pdf",
        ),
        id="citavi",
    ),
    pytest.param(
        """\
TY  - BOOK
BT  - The Connection Prescription
AU  - Nobody
Y1  - 1999
UR  - Available at http://dx.doi.org/10.1000/ABC.1, and https://example.org/b.
C7  - e12
ER  -
""",
        Record(
            kind="book",
            title="The Connection Prescription",
            contributors=(Contributor(Name(literal="Nobody")),),
            date=PartialDate(1999),
            article_number="e12",
            identifiers=(
                Identifier(
                    "doi", "10.1000/abc.1", "Available at http://dx.doi.org/10.1000/ABC.1, and https://example.org/b."
                ),
            ),
            urls=("http://dx.doi.org/10.1000/ABC.1", "https://example.org/b"),
        ),
        id="a book titled by BT, its DOI in an address",
    ),
    pytest.param(
        """\
TY  - JOUR
TY  - CONF
TI  - Two openings
PY  - 2011
ER  -
""",
        Record(kind="conference-paper", title="Two openings", date=PartialDate(2011)),
        id="the last of several types",
    ),
    pytest.param(
        """\
TY - THES
TI - Through a web page
AU - Pugh, Non
PY - 2022
AB - First line.
UK - wide findings stay in the abstract.
ER -
""",
        Record(
            kind="thesis",
            title="Through a web page",
            contributors=(Contributor(Name("Pugh", "Non")),),
            date=PartialDate(2022),
            abstract="First line.\nUK - wide findings stay in the abstract.",
        ),
        id="one space",
    ),
    pytest.param(
        "TY\t- DATA\nTI\t- Tabbed\nPY\t- 2001\nER\t- \n",
        Record(kind="dataset", title="Tabbed", date=PartialDate(2001)),
        id="tabs",
    ),
]


def records(text: str) -> list[Record]:
    return [one.record for one in read(text.encode(), known=Format.RIS) if one.record]


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("TI  - Good\nPY  - 2020\n", []),
        ("AU  - Nobody\n", [(1, "", "error", "no title")]),
        ("TI  -  \nT1  -\n", [(1, "", "error", "no title")]),
        ("TI  - Dated\nPY  - soon\n", [(1, "PY", "warning", "“soon” is no date")]),
        ("TI  - Dated\nPY  - ///\n", []),
        ("TI  - Dated\nPY  - soon\nDA  - 2020/01/02\n", []),
        ("TI  - Numbered\nDO  - none\n", [(1, "DO", "warning", "“none” is no DOI")]),
        (
            "TI  - Numbered\nDO  - 10.1/short\nDO  - 10.1000/long\nDO  - n/a\n",
            [(1, "DO", "warning", "“10.1/short” is no DOI"), (1, "DO", "warning", "“n/a” is no DOI")],
        ),
    ],
)
def test_problems(body: str, problems: list[tuple[int, str, str, str]]) -> None:
    (found,) = read(f"TY  - JOUR\n{body}ER  - \n".encode(), known=Format.RIS)
    assert [(one.line, one.field, one.severity) for one in found.problems] == [one[:3] for one in problems]
    for one, (*_rest, words) in zip(found.problems, problems, strict=True):
        assert words in one.sentence
    assert (found.record is None) == any(one.severity == "error" for one in found.problems)


@pytest.mark.parametrize(
    ("kind", "tags", "title", "container"),
    [
        ("JOUR", "TI  - Own\nT2  - Journal\n", "Own", "Journal"),
        ("JOUR", "TI  - Own\nJO  - J\nJF  - Journal\n", "Own", "Journal"),
        ("JOUR", "T1  - Old\nTI  - New\n", "New", ""),
        ("JOUR", "CT  - Caption\nJA  - Short\n", "Caption", "Short"),
        ("JOUR", "TI  - Same\nT2  - Same\n", "Same", ""),
        ("BOOK", "BT  - Book\n", "Book", ""),
        ("BOOK", "T2  - Book\n", "Book", ""),
        ("BOOK", "TI  - Own\nBT  - Series\n", "Own", "Series"),
        ("CHAP", "TI  - Chapter\nBT  - Book\n", "Chapter", "Book"),
    ],
)
def test_titles(kind: str, tags: str, title: str, container: str) -> None:
    (found,) = records(f"TY  - {kind}\n{tags}ER  - \n")
    assert (found.title, found.container) == (title, container)


@pytest.mark.parametrize("tag", ["BT", "T2"])
def test_an_article_is_not_named_for_its_journal(tag: str) -> None:
    (found,) = read(f"TY  - JOUR\n{tag}  - Journal\nER  - \n".encode(), known=Format.RIS)
    assert found.record is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("JOUR", "journal-article"),
        ("jour", "journal-article"),
        ("EBOOK", "book"),
        ("ECHAP", "chapter"),
        ("GOVDOC", "policy"),
        ("STAND", "guideline"),
        ("UNPB", "preprint"),
        ("BLOG", "webpage"),
        ("CONF", "conference-paper"),
        ("MPCT", "video"),
        ("AGGR", "dataset"),
        ("GEN", "other"),
        ("NONE", "other"),
        ("", "other"),
    ],
)
def test_kinds(said: str, expected: str) -> None:
    (found,) = records(f"TY  - {said}\nTI  - A\nER  - \n")
    assert found.kind == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("AU  - One, A\nA1  - Two, B\n", [("One", "author")]),
        ("A1  - Two, B\n", [("Two", "author")]),
        (
            "A2  - Three, C\nA3  - Four, D\nED  - Five, E\n",
            [("Three", "editor"), ("Five", "editor"), ("Four", "editor")],
        ),
        ("A4  - Six, F\nAU  - One, A\n", [("One", "author"), ("Six", "translator")]),
        ("AU  -  \nAU  - ,\nAU  - One, A\n", [("One", "author")]),
    ],
)
def test_who_made_it(tags: str, expected: list[tuple[str, str]]) -> None:
    (found,) = records(f"TY  - JOUR\nTI  - A\n{tags}ER  - \n")
    assert [(one.name.family, one.role) for one in found.contributors] == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("DO  - 10.1000/a\nUR  - https://doi.org/10.1000/b\n", ["10.1000/a"]),
        ("UR  - https://doi.org/10.1000/b\nM3  - doi: 10.1000/c\n", ["10.1000/b", "10.1000/c"]),
        ("M3  - doi:10.1000/c\nN1  - Its DOI is 10.1000/C.\n", ["10.1000/c"]),
        ("UR  - https://example.org/10.1000/b\n", []),
    ],
)
def test_where_a_doi_hides(tags: str, expected: list[str]) -> None:
    (found,) = records(f"TY  - JOUR\nTI  - A\n{tags}ER  - \n")
    assert [one.value for one in found.identifiers] == expected


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("PMID: 12345", ()),
        ("PMID: none", ("PMID: none",)),
        ("Kind: review", ()),
        ("Kind: hearted", ("Kind: hearted",)),
        ("Licence to operate", ("Licence to operate",)),
        ("First line\nsecond line", ("First line\nsecond line",)),
    ],
)
def test_notes_that_are_only_notes(note: str, kept: tuple[str, ...]) -> None:
    (found,) = records(f"TY  - JOUR\nTI  - A\nN1  - {note}\nER  - \n")
    assert found.notes == kept


def test_what_has_no_place_is_kept_with_its_tag() -> None:
    (found,) = records("TY  - JOUR\nTI  - A\nL2  - files/2.pdf\nC1  -\nC2  - PMC1\nC2  -  two   words\nER  - \n")
    assert found.extra == {"L2": ("files/2.pdf",), "C2": ("PMC1", "two words")}
