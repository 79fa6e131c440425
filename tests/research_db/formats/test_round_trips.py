"""What is written and read again is the same, for every field the format can hold, whatever the text."""

import re
import string
from collections.abc import Callable
from dataclasses import fields, replace
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.formats import kinds
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
given_name = st.one_of(word.map(str.title), st.sampled_from(["N.", "N. A.", "Jean-Luc", "Mary Ann", "A"]))
family_name = st.one_of(word.map(str.title), st.sampled_from(["van der Berg", "O'Neil", "de la Cruz", "Smith Jones"]))
person = st.builds(
    Name,
    family=family_name,
    given=given_name,
    suffix=st.sampled_from(["", "", "Jr", "Jr.", "III"]),
    orcid=st.sampled_from(["", "", "0000-0002-1825-0097", "0000-0001-5109-3700"]),
)
body = st.one_of(
    st.builds(lambda one, other: Name(literal=f"{one} and {other}, Institute"), word, word),
    st.sampled_from(["Public Health Wales", "NHS England", "Plato", "SP Group; Wales", "The King’s Fund", "WHO A"]).map(
        lambda name: Name(literal=name)
    ),
)
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
            ("issn", "0378-5955"), ("issn", "1471-2458"), ("isbn", "9781861972712"), ("arxiv", "2101.00001"), ("openalex", "W2741809807"), ("handle", "1721.1/26698"),
        ]
    ),
    unique=True, max_size=6,
)  # fmt: skip
urls = st.lists(st.sampled_from(["https://example.org/a?b=1", "https://example.com/c"]), unique=True, max_size=2)


records = st.builds(
    Record,
    kind=st.sampled_from(kinds.KINDS),
    title=text,
    contributors=st.lists(st.builds(Contributor, st.one_of(person, body), role), max_size=4, unique=True).map(tuple),
    container=maybe,
    container_short=maybe,
    date=dates,
    online_date=dates,
    volume=maybe,
    issue=maybe,
    pages=st.sampled_from(["", "1-9", "e12", "S1-S9", "12", "xii-xv", "96 pages", "1-3, 7-9"]),
    article_number=maybe,
    publisher=maybe,
    place=maybe,
    edition=maybe,
    language=maybe,
    abstract=lines,
    keywords=st.lists(text, unique=True, max_size=3).map(tuple),
    identifiers=numbers.map(lambda found: tuple(Identifier(*one) for one in found)),
    urls=urls.map(tuple),
    notes=st.lists(st.lists(text, min_size=1, max_size=2).map("\n".join), max_size=3, unique=True).map(tuple),
    licence=maybe,
    open_access_url=st.sampled_from(["", "https://example.org/free.pdf?a=1&b=50%25"]),
    extra=st.dictionaries(st.sampled_from(["U1", "C1", "genre", "ID"]), text.map(lambda one: (one,)), max_size=2),
)

Kept = Callable[[Record], object]


def by_role(record: Record) -> tuple[Contributor, ...]:
    """Authors, editors and translators one after the other, each in order."""
    return tuple(sorted(record.contributors, key=lambda one: ["author", "editor", "translator"].index(one.role)))


def without_orcids(record: Record) -> tuple[Contributor, ...]:
    return tuple(replace(one, name=replace(one.name, orcid="")) for one in by_role(record))


def with_tags_of_ris(record: Record) -> dict[str, tuple[str, ...]]:
    return {tag: values for tag, values in record.extra.items() if re.fullmatch("[A-Z][A-Z0-9]", tag)}


def nothing(record: Record) -> dict[str, tuple[str, ...]]:
    return {}


def container_of_its_own(record: Record) -> str:
    """Programs write the title there too, where a record is in nothing; a short title alone is the title."""
    name = record.container or record.container_short
    return "" if name == record.title else name


def short_of_its_own(record: Record) -> str:
    """Nor is a short title one that is the whole title."""
    said = record.container_short
    return "" if not record.container or said in {record.title, record.container} else said


def keywords_apart(record: Record) -> tuple[str, ...]:
    """A semicolon stands between keywords, and cannot be in one."""
    words = [word for keyword in record.keywords for word in map(tidy, keyword.split(";")) if word]
    return tuple(dict.fromkeys(words))


# What a format has no place for, and what it makes of it; every other field of a record comes back as it was.
SHARED: dict[str, Kept] = {"contributors": by_role, "extra": nothing}
HELD: dict[Target, dict[str, Kept]] = {
    Target.CSL: {},
    Target.RIS: {
        "contributors": without_orcids,
        "container": container_of_its_own,
        "container_short": short_of_its_own,
        "extra": with_tags_of_ris,
    },
    Target.BIBTEX: {"contributors": without_orcids, "extra": nothing, "keywords": keywords_apart},
    Target.CSV: SHARED,
    Target.XLSX: SHARED,
}


def again(record: Record, target: Target) -> Record:
    """The one record read from the file it was written to."""
    data = b"".join(write([record], target))
    (found,) = read(data, name=f"records.{target}")
    assert found.record, (found.problems, data)
    assert not [one for one in found.problems if one.severity == "error"]
    return replace(found.record, identifiers=tuple(replace(one, raw="") for one in found.record.identifiers))


def same(record: Record, target: Target, field: str) -> object:
    """What this field must be when it comes back; in which order numbers stand says nothing."""
    if field == "identifiers":
        return set(record.identifiers)
    return HELD[target].get(field, attrgetter(field))(record)


def test_the_table_speaks_of_every_format_and_of_fields_there_are() -> None:
    assert set(HELD) == set(Target)
    assert {field for held in HELD.values() for field in held} <= {one.name for one in fields(Record)}


@pytest.mark.parametrize("target", Target)
def test_every_field_comes_back(target: Target) -> None:
    @settings(max_examples=30, deadline=None)
    @given(records)
    def comes_back(record: Record) -> None:
        found = again(record, target)
        told = {one.name: getattr(found, one.name) for one in fields(Record)}
        told["identifiers"] = set(found.identifiers)
        assert told == {one.name: same(record, target, one.name) for one in fields(Record)}

    comes_back()


@pytest.mark.parametrize("target", Target)
def test_what_was_read_is_written_the_same_again(target: Target) -> None:
    """A file that goes back and forth changes once at most."""

    @settings(max_examples=8, deadline=None)
    @given(records)
    def is_stable(record: Record) -> None:
        once = again(record, target)
        assert again(once, target) == once

    is_stable()


@pytest.mark.parametrize("target", [target for target in Target if target != Target.XLSX])
def test_many_records_come_back_in_order(target: Target) -> None:
    @settings(max_examples=8, deadline=None)
    @given(st.lists(records, max_size=4))
    def come_back(said: list[Record]) -> None:
        found = list(read(b"".join(write(said, target)), name=f"records.{target}"))
        assert [one.record.title for one in found if one.record] == [one.title for one in said]

    come_back()
