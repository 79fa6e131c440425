"""From a record to rows: nothing is lost, nothing is too long, nothing is made up; no database is asked."""

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.domain.drafts import SHARED, TOO_LONG, draft_of, kind_of
from research_db.formats.kinds import KINDS
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Contribution, Publication

COLUMNS = [name for name in SHARED if getattr(Publication._meta.get_field(name), "max_length", None)]
TEXT = st.text(string.printable, max_size=20)


def longest(name: str) -> int:
    return int(Publication._meta.get_field(name).max_length)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", Publication.Kind.values)
def test_every_kind_of_the_database_stays_what_it_is(kind: str) -> None:
    assert draft_of(Record(kind=kind)).facts["kind"] == kind


@pytest.mark.parametrize("kind", ["", "patent", "Journal-Article"])
def test_a_kind_nobody_knows_is_another(kind: str) -> None:
    assert kind_of(Record(kind=kind)) == "other"


def test_files_know_no_kind_that_the_database_does_not() -> None:
    assert set(KINDS) <= set(Publication.Kind.values)


@settings(max_examples=30, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(SHARED, TEXT)))
def test_what_fits_stands_in_its_column_and_nowhere_else(facts: dict[str, str]) -> None:
    kept = draft_of(Record(**facts)).facts  # type: ignore[arg-type]
    assert {name: kept[name] for name in SHARED} == facts
    assert kept["extra"] == {}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("more", [0, 1, 500])
def test_what_is_longer_than_its_column_is_cut_there_and_kept_whole(name: str, more: int) -> None:
    value = ("https://example.org/" if name.endswith("url") else "") + "é" * 2000
    value = value[: longest(name) + more]
    kept = draft_of(Record(**{name: value})).facts  # type: ignore[arg-type]
    assert kept["extra"] == ({TOO_LONG + name: [value]} if more else {})
    # Half an address leads to another place than the whole one.
    cut = "" if name.endswith("url") and more else value[: longest(name)]
    assert kept[name] == cut


@pytest.mark.parametrize("name", ["title", "abstract"])
def test_titles_and_abstracts_may_be_of_any_length(name: str) -> None:
    kept = draft_of(Record(**{name: "x" * 100_000})).facts  # type: ignore[arg-type]
    assert (len(kept[name]), kept["extra"]) == (100_000, {})


@pytest.mark.parametrize(
    ("date", "parts"),
    [
        (None, (None, None, None)),
        (PartialDate(2021), (2021, None, None)),
        (PartialDate(2021, 2), (2021, 2, None)),
        (PartialDate(2021, 2, 28), (2021, 2, 28)),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(
    date: PartialDate | None, parts: tuple[int | None, int | None, int | None]
) -> None:
    kept = draft_of(Record(date=date)).facts
    assert (kept["year"], kept["month"], kept["day"]) == parts


@pytest.mark.parametrize(
    ("facts", "url", "extra"),
    [
        ({}, "", {}),
        ({"urls": ("https://a.example",)}, "https://a.example", {}),
        (
            {"urls": ("https://a.example", "https://b.example", "https://c.example")},
            "https://a.example",
            {"urls": ["https://b.example", "https://c.example"]},
        ),
        ({"notes": ("One.", "Two.")}, "", {"notes": ["One.", "Two."]}),
        ({"online_date": PartialDate(2020, 5)}, "", {"online-date": ["2020-05"]}),
        ({"extra": {"C1": ("Leeds", "York")}}, "", {"C1": ["Leeds", "York"]}),
    ],
)
def test_what_fits_nowhere_is_kept_by_name(facts: dict[str, object], url: str, extra: dict[str, list[str]]) -> None:
    kept = draft_of(Record(**facts)).facts  # type: ignore[arg-type]
    assert (kept["url"], kept["extra"]) == (url, extra)


def test_a_record_is_not_changed_by_making_rows_of_it() -> None:
    record = Record(identifiers=(Identifier("eid", "2-s2.0-1"),), extra={"C1": ("Leeds",)}, notes=("One.",))
    first, second = draft_of(record).facts, draft_of(record).facts
    assert record.extra == {"C1": ("Leeds",)}
    assert first["extra"] == second["extra"]


# --- People --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (Name(family="Okafor", given="Ada", suffix="Jr"), ("Okafor", "Ada", "Jr", "")),
        (Name(family="Okafor"), ("Okafor", "", "", "")),
        (Name(literal="National Academy"), ("", "", "", "National Academy")),
        # A row has one name: where a file gives half of one or both, what can be printed is kept.
        (Name(given="Plato"), ("", "", "", "Plato")),
        (Name(family="Okafor", literal="A. Okafor"), ("", "", "", "A. Okafor")),
        (Name(), ("", "", "", "?")),
        (Name(suffix="Jr"), ("", "", "", "?")),
    ],
)
def test_everybody_has_one_name(name: Name, kept: tuple[str, str, str, str]) -> None:
    (one,) = draft_of(Record(contributors=(Contributor(name),))).contributions
    assert (one["family"], one["given"], one["suffix"], one["literal"]) == kept


@settings(max_examples=40, deadline=None)
@given(st.builds(Name, *[st.sampled_from(["", "x", "Ó Briain", "é" * 400])] * 5))
def test_no_name_breaks_a_promise_of_the_table(name: Name) -> None:
    (one,) = draft_of(Record(contributors=(Contributor(name),))).contributions
    assert bool(one["literal"]) != bool(one["family"])
    assert all(len(one[part]) <= Contribution._meta.get_field(part).max_length  # type: ignore[union-attr, operator]
               for part in ("family", "given", "suffix", "literal", "orcid"))  # fmt: skip


def test_people_keep_their_order_and_what_they_did() -> None:
    roles = ["editor", "author", "translator", "illustrator"]
    people = tuple(Contributor(Name(family=role.title()), role) for role in roles)
    told = draft_of(Record(contributors=people)).contributions
    assert [(one["sort_order"], one["family"], one["role"]) for one in told] == [
        (0, "Editor", "editor"),
        (1, "Author", "author"),
        (2, "Translator", "translator"),
        (3, "Illustrator", "author"),
    ]


# --- Numbers -------------------------------------------------------------------------------------------

NUMBERS = (
    Identifier("doi", "10.5555/a"),
    Identifier("isbn", "9780000000002"),
    Identifier("issn", "1234-5678"),
    Identifier("pmid", "7"),
)


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("chapter", [("doi", "10.5555/a"), ("pmid", "7")]),
        ("book", [("doi", "10.5555/a"), ("isbn", "9780000000002"), ("pmid", "7")]),
        ("report", [("doi", "10.5555/a"), ("isbn", "9780000000002"), ("pmid", "7")]),
        ("patent", [("doi", "10.5555/a"), ("isbn", "9780000000002"), ("pmid", "7")]),
    ],
)
def test_a_chapter_does_not_own_the_number_of_its_book(kind: str, own: list[tuple[str, str]]) -> None:
    draft = draft_of(Record(kind=kind, identifiers=NUMBERS))
    assert draft.numbers == own
    assert {one["scheme"] for one in draft.identifiers} == {"doi", "isbn", "pmid"}


@pytest.mark.parametrize(
    ("container", "of_journal", "beside"),
    [
        ("", None, ["1234-5678", "8765-4321"]),
        ("—", None, ["1234-5678", "8765-4321"]),
        ("J", "1234-5678", ["8765-4321"]),
    ],
)
def test_no_number_of_a_journal_is_lost(container: str, of_journal: str | None, beside: list[str]) -> None:
    numbers = (Identifier("issn", "1234-5678"), Identifier("issn", "8765-4321"))
    draft = draft_of(Record(container=container, identifiers=numbers))
    assert (draft.source["issn"] if draft.source else None, draft.facts["extra"]["issn"]) == (of_journal, beside)


def test_a_number_twice_is_one_and_an_unknown_scheme_is_kept_beside() -> None:
    doi = Identifier("doi", "10.5555/a", raw="https://doi.org/10.5555/A")
    found = draft_of(
        Record(identifiers=(doi, replace(doi, raw="10.5555/a"), Identifier("eid", "1"), Identifier("eid", "2")))
    )
    assert found.numbers == [("doi", "10.5555/a")]
    assert found.facts["extra"] == {"eid": ["1", "2"]}


# --- Where it came out ---------------------------------------------------------------------------------


@pytest.mark.parametrize("container", ["", "   ", "—", "..."])
def test_what_came_out_nowhere_has_no_source(container: str) -> None:
    assert draft_of(Record(container=container)).source is None


@pytest.mark.parametrize("container", ["Ageing and Society", "AGEING AND SOCIETY.", "Âgeing  and—Society"])
def test_spellings_of_one_journal_have_one_key(container: str) -> None:
    record = Record(container=container, container_short="Age. Soc.", identifiers=NUMBERS)
    source = draft_of(record).source
    assert source is not None
    assert (source["key"], source["short_title"], source["issn"]) == ("ageing and society", "Age. Soc.", "1234-5678")


def test_a_very_long_source_fits_its_columns() -> None:
    source = draft_of(Record(container="word " * 300, container_short="w" * 400)).source
    assert source is not None
    assert (len(source["key"]), len(source["title"]), len(source["short_title"])) == (300, 500, 200)
