"""The exact text of RIS files."""

import pytest

from research_db.formats.writing import Target, write
from tests.research_db.formats.written import RECORDS

WRITTEN = {
    "an article with everything": [
        "TY  - JOUR",
        "AU  - Okafor, Ada",
        "AU  - King, Martin, Jr",
        "AU  - NHS England, Wales,",
        "A2  - Jones, Siân",
        "A4  - Wyn, Mair",
        "TI  - Link workers & 50% of {care}",
        "T2  - BMJ Open",
        "J2  - BMJ Op.",
        "VL  - 11",
        "IS  - 2",
        "C7  - e1",
        "PB  - BMJ",
        "CY  - London",
        "ET  - 2nd",
        "LA  - en",
        "AB  - First.",
        "      Second; line.",
        "SP  - 12",
        "EP  - 19",
        "PY  - 2021",
        "DA  - 2021/05/03/",
        "KW  - loneliness",
        "KW  - a; b",
        "DO  - 10.1000/a_b",
        "SN  - 0378-5955",
        "UR  - https://example.org/a?b=1",
        "UR  - https://example.com/c",
        "N1  - One",
        "N1  - Two",
        "      lines",
        "N1  - PMID: 123",
        "N1  - PMCID: PMC99123",
        "N1  - arXiv: 2101.00001",
        "N1  - Licence: CC BY",
        "N1  - Free to read: https://example.org/free.pdf",
        "N1  - Online: 2021-04",
        "U1  - kept",
        "ER  - ",
        "",
        "",
    ],
    "nothing but a title": ["TY  - GEN", "TI  - Bare", "ER  - ", "", ""],
    "a review": [
        "TY  - JOUR",
        "TI  - What works?",
        "PY  - 2019",
        "DA  - 2019/04//",
        "N1  - Kind: review",
        "ER  - ",
        "",
        "",
    ],
    "a chapter": [
        "TY  - CHAP",
        "AU  - van den Berg, Jan",
        "TI  - Part",
        "T2  - Whole",
        "PY  - 2001",
        "SN  - 9780306406157",
        "ER  - ",
        "",
        "",
    ],
    "a thesis in Welsh": [
        "TY  - THES",
        "AU  - Ŵyn",
        "TI  - Tŷ bach twt",
        "PB  - Prifysgol Bangor",
        "LA  - cy",
        "ER  - ",
        "",
        "",
    ],
    "a formula for a title": ["TY  - RPRT", "TI  - =HYPERLINK(1)", "N1  - 'tis", "N1  - -x", "ER  - ", "", ""],
    "lists that look like Python": ["TY  - DATA", "TI  - [1]", "KW  - [a", "KW  - b]", "KW  - c\\d", "ER  - ", "", ""],
    "TeX's own signs": ["TY  - UNPB", "TI  - a--b ``c'' ~ ^ \\ # $ _", "SP  - S1", "EP  - S9", "ER  - ", "", ""],
    "a guideline": ["TY  - STAND", "AU  - NICE", "TI  - NG1", "PY  - 1000", "ER  - ", "", ""],
    "a policy with a handle": [
        "TY  - GOVDOC",
        "TI  - Act",
        "N1  - Handle: 1721.1/2",
        "N1  - OpenAlex: W2741809807",
        "ER  - ",
        "",
        "",
    ],
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_text_of_each_record(name: str) -> None:
    assert b"".join(write([RECORDS[name]], Target.RIS)).decode().split("\n") == WRITTEN[name]


def test_nothing_is_an_empty_file() -> None:
    assert b"".join(write([], Target.RIS)) == b""
