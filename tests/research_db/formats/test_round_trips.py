"""What is written and read again is the same, for every field the format can hold, whatever the text."""

import string
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats import kinds, names
from research_db.formats.reading import read
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.formats.text import tidy, tidy_lines
from research_db.formats.writing import Target, write

NASTY = [
    "ER  - ",
    "TY  - JOUR",
    "{\\'e}",
    "}",
    "{",
    "\\",
    "%",
    "=1+1",
    "'=1",
    "@article{a,",
    "AB  -",
    "“q”",
    "مرحبا",
    "😀",
    "; ",
    "\\;",
    "ŵ",
    "a & b",
    "$x$",
    "<b>",
    '"',
    "[1, 2]",
    "PMID: x",
]
piece = st.one_of(st.sampled_from(NASTY), st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf")), max_size=12))
line = st.lists(piece, min_size=1, max_size=5).map(" ".join).map(tidy)
text = line.filter(bool)
maybe = st.one_of(st.just(""), text)
lines = st.lists(text, max_size=3).map("\n".join).map(tidy_lines)
word = st.text(string.ascii_letters + "éŵß-", min_size=2, max_size=10).filter(lambda one: one.strip("-") == one)
person = st.builds(Name, family=word.map(str.title), given=word.map(str.title))
body = st.builds(lambda one, other: Name(literal=f"{one} and {other}, Institute".replace(",", "")), word, word)
role = st.sampled_from(["author", "editor", "translator"])
dates = st.one_of(
    st.none(),
    st.integers(1000, 2200).map(PartialDate),
    st.builds(PartialDate, st.integers(1000, 2200), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1000, 2200), st.integers(1, 12), st.integers(1, 28)),
)
numbers = st.lists(
    st.sampled_from(
        [
            ("doi", "10.1000/ab(c)1"), ("pmid", "123456"), ("pmcid", "PMC99123"), ("isbn", "9780306406157"),
            ("issn", "0378-5955"), ("arxiv", "2101.00001"), ("openalex", "W2741809807"), ("handle", "1721.1/26698"),
        ]
    ),
    unique=True, max_size=4,
)  # fmt: skip
urls = st.lists(st.sampled_from(["https://example.org/a?b=1", "https://example.com/c"]), unique=True, max_size=2)


def by_role(people: list[Contributor]) -> tuple[Contributor, ...]:
    """Formats keep authors, editors and translators apart, each in order."""
    return tuple(sorted(people, key=lambda one: ["author", "editor", "translator"].index(one.role)))


records = st.builds(
    Record,
    kind=st.sampled_from(kinds.KINDS),
    title=text,
    contributors=st.lists(st.builds(Contributor, st.one_of(person, body), role), max_size=4).map(by_role),
    container=maybe,
    date=dates,
    online_date=dates,
    volume=maybe,
    issue=maybe,
    article_number=maybe,
    publisher=maybe,
    place=maybe,
    edition=maybe,
    language=maybe,
    abstract=lines,
    keywords=st.lists(text.filter(lambda one: ";" not in one and "," not in one), unique=True, max_size=3).map(tuple),
    identifiers=numbers.map(lambda found: tuple(Identifier(*one) for one in found)),
    urls=urls.map(tuple),
    notes=st.lists(text, max_size=2).map(tuple),
    licence=maybe,
    open_access_url=st.sampled_from(["", "https://example.org/free.pdf"]),
).map(lambda record: replace(record, container="" if record.container == record.title else record.container))


def again(record: Record, target: Target) -> Record:
    """The one record read from the file it was written to."""
    data = b"".join(write([record], target))
    (found,) = read(data, name=f"records.{target}")
    assert found.record, (found.problems, data)
    told = found.record
    same = tuple(replace(one, raw="") for one in told.identifiers)
    return replace(told, identifiers=tuple(sorted(same, key=str)))


def expected(record: Record, **lost: object) -> Record:
    return replace(record, identifiers=tuple(sorted(record.identifiers, key=str)), **lost)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(records)
def test_ris(record: Record) -> None:
    assert again(record, Target.RIS) == expected(record)


@settings(max_examples=40, deadline=None)
@given(records)
def test_csl(record: Record) -> None:
    assert again(record, Target.CSL) == expected(record)


@settings(max_examples=40, deadline=None)
@given(records)
def test_csv(record: Record) -> None:
    assert again(record, Target.CSV) == expected(record)


@settings(max_examples=40, deadline=None)
@given(records)
def test_xlsx(record: Record) -> None:
    assert again(record, Target.XLSX) == expected(record)


@settings(max_examples=40, deadline=None)
@given(records)
def test_bibtex(record: Record) -> None:
    """BibTeX has no place for some facts and fewer kinds; the words and the numbers it holds come back."""
    found = again(record, Target.BIBTEX)
    for name in (
        "title",
        "container",
        "volume",
        "issue",
        "publisher",
        "place",
        "edition",
        "language",
        "date",
        "keywords",
    ):
        assert getattr(found, name) == getattr(record, name), name
    assert [names.inverted(one.name) for one in found.contributors] == [
        names.inverted(one.name) for one in record.contributors
    ]
    held = {"doi", "pmid", "pmcid", "isbn", "issn"}
    assert {one.value for one in found.identifiers} == {one.value for one in record.identifiers if one.scheme in held}
