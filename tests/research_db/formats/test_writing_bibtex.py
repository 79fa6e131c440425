"""The exact text of BibTeX files and the keys of their entries."""

import re

import pytest

from research_db.formats.record import Contributor, Name, PartialDate, Record
from research_db.formats.writing import Target, bibtex, write
from tests.research_db.formats.written import RECORDS

WRITTEN = {
    "an article with everything": [
        "@article{okafor2021link,",
        "  title = {Link workers \\& 50\\% of \\{care\\}},",
        "  author = {Okafor, Ada and King, Jr, Martin and {NHS England, Wales}},",
        "  editor = {Jones, Siân},",
        "  translator = {Wyn, Mair},",
        "  journal = {BMJ Open},",
        "  year = {2021},",
        "  month = {5},",
        "  day = {3},",
        "  publisher = {BMJ},",
        "  volume = {11},",
        "  number = {2},",
        "  eid = {e1},",
        "  address = {London},",
        "  edition = {2nd},",
        "  language = {en},",
        "  copyright = {CC BY},",
        "  shortjournal = {BMJ Op.},",
        "  pages = {12--19},",
        "  abstract = {First.",
        "Second; line.},",
        "  keywords = {loneliness; a; b},",
        "  doi = {10.1000/a\\_b},",
        "  pmid = {123},",
        "  pmcid = {PMC99123},",
        "  issn = {0378-5955},",
        "  eprint = {2101.00001},",
        "  archiveprefix = {arXiv},",
        "  url = {https://example.org/a?b=1},",
        "  note = {One",
        "",
        "Two",
        "lines},",
        "  onlinedate = {2021-04},",
        "  moreurls = {https://example.com/c},",
        "  openaccessurl = {https://example.org/free.pdf},",
        "}",
        "",
        "",
    ],
    "nothing but a title": ["@misc{bare,", "  title = {Bare},", "}", "", ""],
    "a review": [
        "@article{2019works,",
        "  title = {What works?},",
        "  year = {2019},",
        "  month = apr,",
        "  entrysubtype = {review},",
        "}",
        "",
        "",
    ],
    "a chapter": [
        "@incollection{berg2001part,",
        "  title = {Part},",
        "  author = {van den Berg, Jan},",
        "  booktitle = {Whole},",
        "  year = {2001},",
        "  isbn = {9780306406157},",
        "}",
        "",
        "",
    ],
    "a thesis in Welsh": [
        "@phdthesis{wynty,",
        "  title = {Tŷ bach twt},",
        "  author = {Ŵyn},",
        "  school = {Prifysgol Bangor},",
        "  language = {cy},",
        "}",
        "",
        "",
    ],
    "a formula for a title": [
        "@techreport{hyperlink1,",
        "  title = {=HYPERLINK(1)},",
        "  note = {'tis",
        "",
        "-x},",
        "}",
        "",
        "",
    ],
    "lists that look like Python": [
        "@dataset{1,",
        "  title = {[1]},",
        "  keywords = {[a; b]; c\\textbackslash{}d},",
        "}",
        "",
        "",
    ],
    "TeX's own signs": [
        "@unpublished{ab,",
        "  title = {a-{}-b `{}`c'{}' \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\# \\$ \\_},",
        "  pages = {S1--S9},",
        "}",
        "",
        "",
    ],
    "a guideline": [
        "@misc{nice1000ng1,",
        "  title = {NG1},",
        "  author = {{NICE}},",
        "  year = {1000},",
        "  entrysubtype = {guideline},",
        "}",
        "",
        "",
    ],
    "a policy with a handle": [
        "@misc{act,",
        "  title = {Act},",
        "  openalex = {W2741809807},",
        "  handle = {1721.1/2},",
        "  entrysubtype = {policy},",
        "}",
        "",
        "",
    ],
}
KEYS = [
    (
        Record(
            title="The company of others",
            contributors=(Contributor(Name(family="Okafor", given="Ada")),),
            date=PartialDate(2024),
        ),
        "okafor2024company",
    ),
    (Record(title="A", contributors=(Contributor(Name(family="Okafor")),)), "okafor"),
    (Record(), "record"),
    (
        Record(title="Über alles", contributors=(Contributor(Name(family="Müller")),), date=PartialDate(2020, 5)),
        "muller2020uber",
    ),
    (Record(title="What is how", date=PartialDate(1999)), "1999"),
    (Record(title="Men's sheds", contributors=(Contributor(Name(family="van der Berg", given="J")),)), "bergmens"),
    (
        Record(
            title="Stats",
            contributors=(Contributor(Name(literal="World Health Organization")),),
            date=PartialDate(2010),
        ),
        "organization2010stats",
    ),
    (Record(title="مرحبا", contributors=(Contributor(Name(family="李")),)), "record"),
    (
        Record(title="On 5 things", contributors=(Contributor(Name(family="Ó Brien-Jones")),), date=PartialDate(2001)),
        "brienjones20015",
    ),
]


@pytest.mark.parametrize("name", RECORDS)
def test_the_text_of_each_record(name: str) -> None:
    assert b"".join(write([RECORDS[name]], Target.BIBTEX)).decode().split("\n") == WRITTEN[name]


@pytest.mark.parametrize(("record", "key"), KEYS)
def test_keys_say_who_when_and_what(record: Record, key: str) -> None:
    assert bibtex.key_of(record) == key


def test_keys_are_stable_and_unique() -> None:
    same = Record(title="Bare")
    data = b"".join(write([same, Record(title="Other"), same, same], Target.BIBTEX)).decode()
    assert re.findall(r"@misc\{(.*),", data) == ["bare", "other", "bare-2", "bare-3"]


def test_keys_stay_unique_where_a_title_ends_like_one() -> None:
    data = b"".join(write([Record(title="Bare2"), Record(title="Bare"), Record(title="Bare")], Target.BIBTEX)).decode()
    assert re.findall(r"@misc\{(.*),", data) == ["bare2", "bare", "bare-2"]
