"""Tables as Scopus, Embase, EPPI-Reviewer, Covidence and spreadsheet programs write them."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from research_db.formats.reading import read, table
from research_db.formats.reading.lines import Line
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

FOUND = tuple[tuple[int, Record | None, tuple[tuple[str, str, int], ...]], ...]
FILES: dict[str, tuple[str, FOUND]] = {
    "Scopus": (
        'Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Cited by,DOI,Link,Abstract,Author Keywords,Index Keywords,Document Type,ISSN,ISBN,PubMed ID,Language of Original Document,Abbreviated Source Title\n"Okafor, A.; van der Berg, J.","Okafor, Ada (1); van der Berg, Jan (2)","1; 2","Link workers, in Wales","2021","BMC Public Health","21","1","e12","100","109","7","10.1186/S12889-021-1","https://www.scopus.com/inward/record.uri?eid=2","An abstract; with signs.","loneliness; link worker","Human","Article","14712458","","33310001","English","BMC Public Health"\n',
        (
            (
                2,
                Record(
                    kind="journal-article",
                    title="Link workers, in Wales",
                    contributors=(
                        Contributor(Name(family="Okafor", given="A.")),
                        Contributor(Name(family="van der Berg", given="J.")),
                    ),
                    container="BMC Public Health",
                    container_short="BMC Public Health",
                    date=PartialDate(2021),
                    volume="21",
                    issue="1",
                    pages="100-109",
                    article_number="e12",
                    language="English",
                    abstract="An abstract; with signs.",
                    keywords=(
                        "loneliness",
                        "link worker",
                    ),
                    identifiers=(
                        Identifier("doi", "10.1186/s12889-021-1", "10.1186/S12889-021-1"),
                        Identifier("pmid", "33310001", "33310001"),
                        Identifier("issn", "1471-2458", "14712458"),
                    ),
                    urls=("https://www.scopus.com/inward/record.uri?eid=2",),
                    extra={"author(s) id": ("1; 2",), "cited by": ("7",)},
                ),
                (),
            ),
        ),
    ),
    "Embase": (
        '"Title","Author Names","Publication Year","Publication Type","Source Title","Volume","Date of Publication","Medline PMID","DOI"\n"Walking groups","Liu R., Adler D.G., de la Cruz M.","2019","Conference Abstract","Gut","68","June 2019","30001","10.1136/gut.1"\n',
        (
            (
                2,
                Record(
                    kind="conference-paper",
                    title="Walking groups",
                    contributors=(
                        Contributor(Name(family="Liu", given="R.")),
                        Contributor(Name(family="Adler", given="D.G.")),
                        Contributor(Name(family="de la Cruz", given="M.")),
                    ),
                    container="Gut",
                    date=PartialDate(2019),
                    volume="68",
                    identifiers=(
                        Identifier("doi", "10.1136/gut.1", "10.1136/gut.1"),
                        Identifier("pmid", "30001", "30001"),
                    ),
                    extra={"date of publication": ("June 2019",)},
                ),
                (),
            ),
        ),
    ),
    "EPPI": (
        'ItemId;Type;Title;Authors;Year;Journal;Volume;Issue;Pages;DOI;URL;Keywords;Abstract\n101;Journal Article;Social prescribing;"Bickerdike L; Booth A;";2017;BMJ Open;7;4;e013384;10.1136/bmjopen-2016-013384;http://bmjopen.bmj.com;evidence;Lines\n',
        (
            (
                2,
                Record(
                    kind="journal-article",
                    title="Social prescribing",
                    contributors=(
                        Contributor(Name(family="Bickerdike", given="L")),
                        Contributor(Name(family="Booth", given="A")),
                    ),
                    container="BMJ Open",
                    date=PartialDate(2017),
                    volume="7",
                    issue="4",
                    pages="e013384",
                    abstract="Lines",
                    keywords=("evidence",),
                    identifiers=(Identifier("doi", "10.1136/bmjopen-2016-013384", "10.1136/bmjopen-2016-013384"),),
                    urls=("http://bmjopen.bmj.com",),
                    extra={"itemid": ("101",)},
                ),
                (),
            ),
        ),
    ),
    "Covidence": (
        'Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags\nArts on prescription,"Stickley, T.; Hui, A.",Text,2012,3,Mental Health Rev J,17,2,97-107,,10.1108/1,,#12,Stickley 2012,"one; two",included\n',
        (
            (
                2,
                Record(
                    kind="journal-article",
                    title="Arts on prescription",
                    contributors=(
                        Contributor(Name(family="Stickley", given="T.")),
                        Contributor(Name(family="Hui", given="A.")),
                    ),
                    container="Mental Health Rev J",
                    date=PartialDate(2012),
                    volume="17",
                    issue="2",
                    pages="97-107",
                    abstract="Text",
                    keywords=("included",),
                    identifiers=(Identifier("doi", "10.1108/1", "10.1108/1"),),
                    notes=(
                        "one",
                        "two",
                    ),
                    extra={"published month": ("3",), "covidence #": ("#12",), "study": ("Stickley 2012",)},
                ),
                (),
            ),
        ),
    ),
    "OpenAlex in tabs": (
        "title\tauthors\tpublication_year\ttype\tdoi\topenalex\tkeywords\tfree to read\nMen's sheds\t['Ada Okafor', 'Siân Wyn-Jones']\t2022\tarticle\thttps://doi.org/10.1000/ms\thttps://openalex.org/W2741809807\t['men', 'sheds; tools']\thttps://example.org/a.pdf\n",
        (
            (
                2,
                Record(
                    kind="journal-article",
                    title="Men's sheds",
                    contributors=(
                        Contributor(Name(family="Okafor", given="Ada")),
                        Contributor(Name(family="Wyn-Jones", given="Siân")),
                    ),
                    date=PartialDate(2022),
                    keywords=(
                        "men",
                        "sheds; tools",
                    ),
                    identifiers=(
                        Identifier("doi", "10.1000/ms", "https://doi.org/10.1000/ms"),
                        Identifier("openalex", "W2741809807", "https://openalex.org/W2741809807"),
                    ),
                    open_access_url="https://example.org/a.pdf",
                ),
                (),
            ),
        ),
    ),
    "Zotero": (
        '"Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Pages","Editor","Manual Tags","Place","Rights"\n"bookSection","2018","Berg, Jan","Green care","Handbook","9780306406157","","","https://example.org","","1-9","King, Martin","nature; care","Cardiff","CC BY"\n',
        (
            (
                2,
                Record(
                    kind="chapter",
                    title="Green care",
                    contributors=(
                        Contributor(Name(family="Berg", given="Jan")),
                        Contributor(name=Name(family="King", given="Martin"), role="editor"),
                    ),
                    container="Handbook",
                    date=PartialDate(2018),
                    pages="1-9",
                    place="Cardiff",
                    keywords=(
                        "nature",
                        "care",
                    ),
                    identifiers=(Identifier("isbn", "9780306406157", "9780306406157"),),
                    urls=("https://example.org",),
                    licence="CC BY",
                ),
                (),
            ),
        ),
    ),
    "formulas made safe and names in one piece": (
        "title,authors,notes,publisher\n\"'=1+1 ways\",{Link Workers\\; UK},\"a\\; b; c\",''quoted'\n",
        (
            (
                2,
                Record(
                    kind="journal-article",
                    title="=1+1 ways",
                    contributors=(Contributor(Name(literal="Link Workers; UK")),),
                    publisher="'quoted'",
                    notes=(
                        "a; b",
                        "c",
                    ),
                ),
                (),
            ),
        ),
    ),
    "a lost title, an empty row, short and long rows": (
        "Title,Year\n,2020\n,\nShort\nLong,2021,more\n",
        (
            (
                2,
                None,
                (
                    (
                        "error",
                        "title",
                        2,
                    ),
                ),
            ),
            (
                4,
                Record(kind="journal-article", title="Short"),
                (),
            ),
            (
                5,
                Record(kind="journal-article", title="Long", date=PartialDate(2021)),
                (("warning", "", 5),),
            ),
        ),
    ),
    "no title": (
        "name,year\nx,2020\n",
        (
            (
                1,
                None,
                (
                    (
                        "error",
                        "",
                        1,
                    ),
                ),
            ),
        ),
    ),
    "years that are none, DOIs that are none": (
        "title;year;doi\nA;in press;n/a\n",
        (
            (
                2,
                Record(kind="journal-article", title="A"),
                (
                    (
                        "warning",
                        "date",
                        2,
                    ),
                    (
                        "warning",
                        "doi",
                        2,
                    ),
                ),
            ),
        ),
    ),
}
LISTED = [
    ("a; b", ["a", "b"]),
    ("a;b;;c;", ["a", "b", "c"]),
    (" ; ", []),
    ("", []),
    ("a\\; b; c", ["a; b", "c"]),
    ("a\\\\; b", ["a\\", "b"]),
    ("path\\to; x", ["path\\to", "x"]),
    ("tail\\", ["tail\\"]),
    ("\\[1; 2]", ["[1", "2]"]),
    ("['a', 'b; c']", ["a", "b; c"]),
    ("[1, 2]", ["1", "2"]),
    ("['', 'x']", ["x"]),
    ("[a; b]", ["[a", "b]"]),
    ("['open", ["['open"]),
    ("{'a'}", ["{'a'}"]),
    ("(1, 2)", ["(1, 2)"]),
    ("[[1], 2]", ["[1]", "2"]),
    ("[__import__('os')]", ["[__import__('os')]"]),
    ("a\nb; c", ["a\nb", "c"]),
]
UNSAFE = [
    ("'=1+1", "=1+1"),
    ("''=1", "'=1"),
    ("'-x", "-x"),
    ("'quoted'", "'quoted'"),
    ("'  =x", "  =x"),
    ("'", "'"),
    ("=1", "=1"),
    ("''", "'"),
    ("'@me", "@me"),
    ("''tis", "'tis"),
    ("'tis", "'tis"),
]
KINDS = [
    ("", "journal-article"),
    ("Article", "journal-article"),
    ("article-journal", "journal-article"),
    ("JOUR", "journal-article"),
    ("Journal Article", "journal-article"),
    ("review", "review"),
    ("Conference Paper", "conference-paper"),
    ("thesis", "thesis"),
    ("bookSection", "chapter"),
    ("report", "report"),
    ("nonsense", "other"),
    ("journalArticle", "journal-article"),
    ("Conference Abstract", "conference-paper"),
]
CELLS: list[tuple[object, str]] = [
    (2020, "2020"),
    (2020.0, "2020"),
    (1.5, "1.5"),
    ("007", "007"),
    ("=1+1", "=1+1"),
    (True, "True"),
    (-3.0, "-3"),
    (datetime.fromisoformat("2021-05-03T12:30"), "2021-05-03"),
    (date(2021, 5, 3), "2021-05-03"),
    (" a  b ", "a b"),
]


@pytest.mark.parametrize(("text", "found"), FILES.values(), ids=FILES)
def test_a_file_is_read_row_by_row(text: str, found: FOUND) -> None:
    told = [
        (one.line, one.record, tuple((problem.severity, problem.field, problem.line) for problem in one.problems))
        for one in read(text.encode(), name="records.csv")
    ]
    assert told == list(found)


@pytest.mark.parametrize(("cell", "parts"), LISTED)
def test_a_cell_is_taken_apart(cell: str, parts: list[str]) -> None:
    assert table.listed(cell) == parts


@pytest.mark.parametrize(("cell", "before"), UNSAFE)
def test_the_apostrophe_of_safety_is_taken_off_and_no_other(cell: str, before: str) -> None:
    assert table.unsafe_cell(cell) == before


@pytest.mark.parametrize(("said", "kind"), KINDS)
def test_kinds_by_many_names(said: str, kind: str) -> None:
    assert table.kind_of(said) == kind


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_the_cells_of_excel_are_text(cell: object, text: str) -> None:
    book = Workbook()
    assert book.active
    book.active.append(["Title", "Volume", "Date"])
    book.active.append(["A", cell, date(2020, 1, 2)])
    file = io.BytesIO()
    book.save(file)
    (found,) = read(file.getvalue())
    assert found.record == Record(kind="journal-article", title="A", volume=text, date=PartialDate(2020, 1, 2))


@pytest.mark.parametrize("broken", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 5000])
def test_a_broken_workbook_is_told(broken: bytes) -> None:
    (found,) = read(broken)
    assert found.record is None
    assert [(one.severity, one.line) for one in found.problems] == [("error", 1)]


def test_rows_are_given_as_they_are_read() -> None:
    """The second record is given before the line after the next is asked for."""
    asked: list[int] = []

    def rows() -> Iterator[Line]:
        for number, text in enumerate(["title", "A", "B", "C", "D"], 1):
            asked.append(number)
            yield Line(number, text)

    found = table.read_csv(rows())
    assert [next(found).line, next(found).line, asked] == [2, 3, [1, 2, 3]]
