"""BibTeX and BibLaTeX entries, and the record each is."""

import pytest

from research_db.formats.reading import Format, read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record

FOUND = tuple[tuple[int, Record | None, tuple[tuple[str, str, int], ...]], ...]
ENTRIES: dict[str, tuple[str, FOUND]] = {
    "accents of every spelling": (
        "@article{a, title={{\\'E}tude of caf{\\'e}s and na{\\\"\\i}ve \\v{S}koda \\c{c}a}, author={M{\\\"u}ller, J{\\\"o}rg and {\\O}rsted, {\\AA}se and \\'{A}lvarez, Jos\\'e}, year=2019, journal={\\'Ecole}}",
        (
            (
                1,
                Record(
                    kind="journal-article",
                    title="Étude of cafés and naïve Škoda ça",
                    contributors=(
                        Contributor(Name(family="Müller", given="Jörg")),
                        Contributor(Name(family="Ørsted", given="Åse")),
                        Contributor(Name(family="Álvarez", given="José")),
                    ),
                    container="École",
                    date=PartialDate(2019),
                ),
                (),
            ),
        ),
    ),
    "strings and joined values": (
        "@string{bmj = {BMJ Open}}\n@article{b, title={A}, journal=bmj, month=mar, year={2020}}",
        (
            (
                2,
                Record(kind="journal-article", title="A", container="BMJ Open", date=PartialDate(2020, 3)),
                (),
            ),
        ),
    ),
    "quotes, capitals kept by braces, dashes": (
        '@Article{c, title = "The {NHS} and {S}ocial Prescribing", year = "2018", pages = "12--19", doi={10.1000/ABC}, volume=4, number={2}}',
        (
            (
                1,
                Record(
                    kind="journal-article",
                    title="The NHS and Social Prescribing",
                    date=PartialDate(2018),
                    volume="4",
                    issue="2",
                    pages="12-19",
                    identifiers=(Identifier("doi", "10.1000/abc", "10.1000/ABC"),),
                ),
                (),
            ),
        ),
    ),
    "a book part with editors": (
        "@incollection{d, title={Part}, booktitle={Whole}, editor={King, Jr, Martin and others}, publisher={Routledge}, address={London}, edition={2nd}, isbn={0-306-40615-2}, year=2001}",
        (
            (
                1,
                Record(
                    kind="chapter",
                    title="Part",
                    contributors=(Contributor(name=Name(family="King", given="Martin", suffix="Jr"), role="editor"),),
                    container="Whole",
                    date=PartialDate(2001),
                    publisher="Routledge",
                    place="London",
                    edition="2nd",
                    identifiers=(Identifier("isbn", "9780306406157", "0-306-40615-2"),),
                ),
                (),
            ),
        ),
    ),
    "BibLaTeX": (
        "@online{e, title={Page}, subtitle={A site}, date={2021-05-03/2021-06}, url={https://example.org/x}, location={Cardiff}, langid={welsh}, eprint={2101.00001}, eprinttype={arXiv}}",
        (
            (
                1,
                Record(
                    kind="webpage",
                    title="Page: A site",
                    date=PartialDate(2021, 5, 3),
                    place="Cardiff",
                    language="welsh",
                    identifiers=(Identifier("arxiv", "2101.00001", "2101.00001"),),
                    urls=("https://example.org/x",),
                ),
                (),
            ),
        ),
    ),
    "organisations in braces with and": (
        "@techreport{f, title={Report}, author={{Department of Health and Social Care} and Plato and Ada {van der Berg}}, institution={DHSC}, year={n.d.}}",
        (
            (
                1,
                Record(
                    kind="report",
                    title="Report",
                    contributors=(
                        Contributor(Name(literal="Department of Health and Social Care")),
                        Contributor(Name(literal="Plato")),
                        Contributor(Name(family="van der Berg", given="Ada")),
                    ),
                    publisher="DHSC",
                ),
                (
                    (
                        "warning",
                        "year",
                        1,
                    ),
                ),
            ),
        ),
    ),
    "addresses and DOIs with backslashes and without": (
        "@article{a, title={A}, doi={10.1000/a\\_b}, url={https://example.org/\\textasciitilde{}x?a\\_1\\&b=50\\%25}}\n@article{b, title={B}, doi={10.1000/a_b}, url={https://example.org/~x?a_1&b=50%25}}",
        (
            (
                1,
                Record(
                    kind="journal-article",
                    title="A",
                    identifiers=(Identifier("doi", "10.1000/a_b", "10.1000/a_b"),),
                    urls=("https://example.org/~x?a_1&b=50%25",),
                ),
                (),
            ),
            (
                2,
                Record(
                    kind="journal-article",
                    title="B",
                    identifiers=(Identifier("doi", "10.1000/a_b", "10.1000/a_b"),),
                    urls=("https://example.org/~x?a_1&b=50%25",),
                ),
                (),
            ),
        ),
    ),
    "no key": (
        "@misc{, title={Keyless}, year={2011}}",
        (
            (
                1,
                Record(title="Keyless", date=PartialDate(2011)),
                (),
            ),
        ),
    ),
    "one key twice": (
        "@misc{x, title={First}}\n@misc{x, title={Second}}",
        (
            (
                1,
                Record(title="First"),
                (),
            ),
            (
                2,
                Record(title="Second"),
                (),
            ),
        ),
    ),
    "a lost brace between good ones": (
        "@book{g, title={Good}}\n@book{h, title={Bad, year=2000\n@book{i, title={Also good}}",
        (
            (
                1,
                Record(kind="book", title="Good"),
                (),
            ),
            (
                2,
                None,
                (
                    (
                        "error",
                        "",
                        2,
                    ),
                ),
            ),
            (
                3,
                Record(kind="book", title="Also good"),
                (),
            ),
        ),
    ),
    "no title": (
        "@book{j, author={A, B}}",
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
    "keywords, notes and fields of its own": (
        "@phdthesis{k, title={T}, school={Bangor}, keywords={a, b; c}, note={50\\% \\& more}, annote={Two}, file={:x.pdf}, month={12}, day={24}, year={2015}, copyright={CC0}}",
        (
            (
                1,
                Record(
                    kind="thesis",
                    title="T",
                    date=PartialDate(2015, 12, 24),
                    publisher="Bangor",
                    keywords=(
                        "a, b",
                        "c",
                    ),
                    notes=(
                        "50% & more",
                        "Two",
                    ),
                    licence="CC0",
                    extra={"file": (":x.pdf",)},
                ),
                (),
            ),
        ),
    ),
    "a comment and a preamble": (
        '@comment{ignored}\n@preamble{"x"}\nwords between\n@inproceedings{l, title={Talk}, booktitle={Proc.}, url={https://doi.org/10.1000/p1}}',
        (
            (
                4,
                Record(
                    kind="conference-paper",
                    title="Talk",
                    container="Proc.",
                    identifiers=(Identifier("doi", "10.1000/p1", "https://doi.org/10.1000/p1"),),
                    urls=("https://doi.org/10.1000/p1",),
                ),
                (),
            ),
        ),
    ),
    "a type nobody knows": (
        "@hologram{m, title={Light} }",
        (
            (
                1,
                Record(title="Light"),
                (),
            ),
        ),
    ),
    "round brackets, issn and numbers": (
        "@article(n, title={Round}, issn={0378-5955}, pmid={123}, pmcid={PMC99123})",
        (
            (
                1,
                Record(
                    kind="journal-article",
                    title="Round",
                    identifiers=(
                        Identifier("pmid", "123", "123"),
                        Identifier("pmcid", "PMC99123", "PMC99123"),
                        Identifier("issn", "0378-5955", "0378-5955"),
                    ),
                ),
                (),
            ),
        ),
    ),
}


@pytest.mark.parametrize(("text", "found"), ENTRIES.values(), ids=ENTRIES)
def test_entries_are_understood(text: str, found: FOUND) -> None:
    told = [
        (one.line, one.record, tuple((problem.severity, problem.field, problem.line) for problem in one.problems))
        for one in read(text.encode(), known=Format.BIBTEX)
    ]
    assert told == list(found)
