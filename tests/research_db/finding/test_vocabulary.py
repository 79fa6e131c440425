"""The facets as trees: what is part of what, what replaced what, whatever the tables hold."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from research_db.finding.documents import NO_DATE, NUMBERS, address, is_free, orders
from research_db.finding.vocabulary import FLAGS, KIND, ONLY, Code, Row, Vocabulary, load
from research_db.models import Facet, Publication, Term

FACETS = (("population", "Who took part"), ("outcome", "What was measured"))


def row(number: int, slug: str, *, facet: str = "population", **facts: Any) -> Row:
    plain = Row(number, (facet, slug), slug.title(), 0, None, None, "")
    return replace(plain, **facts)


def vocabulary(*rows: Row) -> Vocabulary:
    return Vocabulary(FACETS, {one.number: one for one in rows})


ADULTS = row(1, "adults")
OLDER = row(2, "older-people", parent=1)
VERY_OLD = row(3, "over-85", parent=2)
ELDERLY = row(4, "elderly", retired_into=2)
AGED = row(5, "aged", retired_into=4)
LONELY = row(6, "loneliness", facet="outcome", synonyms="isolation\n\n being alone ")
TREE = vocabulary(ADULTS, OLDER, VERY_OLD, ELDERLY, AGED, LONELY)


def test_facets_stand_between_kinds_and_marks() -> None:
    assert [group.key for group in TREE.groups] == [KIND, "population", "outcome", ONLY]
    assert TREE.places == {KIND: 0, "population": 1, "outcome": 2, ONLY: 3}


def test_every_kind_and_every_mark_can_be_chosen() -> None:
    kinds, *_others, marks = TREE.groups
    assert [entry.code[1] for entry in kinds.entries] == Publication.Kind.values
    assert [entry.code[1] for entry in marks.entries] == list(FLAGS)
    assert marks.takes_all
    assert not kinds.takes_all


def test_each_language_has_its_own_words_and_the_same_addresses() -> None:
    found = vocabulary(ADULTS)
    heard = []
    for language in ("en", "cy", "en"):
        with override(language), patch("research_db.finding.vocabulary._", lambda words, at=language: f"{at}: {words}"):
            heard.append(found.groups[0].label)
            assert found.entries.keys() == TREE.entries.keys() - {OLDER.code, VERY_OLD.code, LONELY.code}
    assert heard == ["en: Kind", "cy: Kind", "en: Kind"]


def test_replaced_terms_cannot_be_chosen() -> None:
    population = TREE.groups[1]
    assert [entry.code[1] for entry in population.entries] == ["adults", "older-people", "over-85"]
    assert ("population", "elderly") not in TREE.entries


def test_terms_are_a_tree() -> None:
    below = TREE.groups[1].below
    assert [entry.code[1] for entry in below[None]] == ["adults"]
    assert [entry.code[1] for entry in below["population", "adults"]] == ["older-people"]
    assert [entry.code[1] for entry in below["population", "older-people"]] == ["over-85"]


@pytest.mark.parametrize(
    ("slug", "final"),
    [("adults", "adults"), ("elderly", "older-people"), ("aged", "older-people"), ("nobody", "nobody")],
)
def test_old_links_lead_to_the_term_of_today(slug: str, final: str) -> None:
    assert TREE.final(("population", slug)) == ("population", final)


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        ([], []),
        ([1], ["adults"]),
        ([2], ["adults", "older-people"]),
        ([3], ["adults", "older-people", "over-85"]),
        ([4], ["adults", "older-people"]),
        ([5], ["adults", "older-people"]),
        ([3, 4], ["adults", "older-people", "over-85"]),
        ([99], []),
        ([99, 1], ["adults"]),
    ],
)
def test_whoever_looks_for_the_upper_term_finds_the_lower(terms: list[int], codes: list[str]) -> None:
    assert sorted(slug for _facet, slug in TREE.codes(terms)) == codes


def test_a_term_whose_upper_one_was_replaced_stands_under_what_replaced_it() -> None:
    young = row(7, "young-old", parent=4)
    found = vocabulary(ADULTS, OLDER, ELDERLY, young)
    assert [entry.code[1] for entry in found.groups[1].below["population", "older-people"]] == ["young-old"]
    assert ("population", "older-people") in found.codes([7])


def test_a_term_under_one_of_another_facet_stands_alone() -> None:
    stray = row(8, "stray", parent=6)
    found = vocabulary(LONELY, stray)
    assert [entry.code[1] for entry in found.groups[1].below[None]] == ["stray"]


def test_terms_of_facets_nobody_made_are_not_offered() -> None:
    found = vocabulary(row(9, "x", facet="colour"))
    assert all(entry.code[0] != "colour" for entry in found.entries.values())


def test_editors_cannot_take_the_place_of_kinds_and_marks() -> None:
    found = Vocabulary(((KIND, "Mine"), (ONLY, "Mine too")), {})
    assert [group.key for group in found.groups] == [KIND, ONLY]
    assert [str(group.label) for group in found.groups] == ["Kind", "Show only"]


def test_other_names() -> None:
    assert LONELY.names == ["Loneliness", "isolation", "being alone"]
    assert ADULTS.names == ["Adults"]


number = st.integers(1, 6)
rows = st.dictionaries(number, st.tuples(st.one_of(st.none(), number), st.one_of(st.none(), number)), max_size=6)


@given(rows, st.lists(st.integers(1, 7), max_size=4))
def test_whatever_the_table_holds_it_comes_to_an_end(
    table: dict[int, tuple[int | None, int | None]], asked: list[int]
) -> None:
    found = vocabulary(
        *(row(one, f"t{one}", parent=parent, retired_into=into) for one, (parent, into) in table.items())
    )
    codes = found.codes(asked)
    assert codes <= {one.code for one in found.rows.values()}
    for one in found.rows.values():
        final = found.final(one.code)
        assert final in found.by_code
    assert found.entries.keys() >= set()


def day(year: int | None, month: int | None = None, of_month: int | None = None, title: str = "A") -> dict[str, Any]:
    return {"year": year, "month": month, "day": of_month, "title": title, "first_published_at": None}


IN_ORDER = [day(1998), day(2020), day(2020, 3), day(2020, 3, 2), day(2020, 11), day(2021)]


def test_orders_by_date() -> None:
    newest = [orders(1, one)["newest"] for one in IN_ORDER]
    oldest = [orders(1, one)["oldest"] for one in IN_ORDER]
    assert newest == sorted(newest)
    assert oldest == sorted(oldest)
    undated = orders(1, day(None))
    assert undated["newest"] < min(newest)
    assert undated["oldest"] > max(oldest)


def test_orders_by_when_it_came_here() -> None:
    came = [
        None,
        datetime(1999, 12, 31, tzinfo=UTC),
        datetime(2026, 3, 2, tzinfo=UTC),
        datetime(2199, 1, 1, tzinfo=UTC),
    ]
    added = [int(orders(1, {**day(2020), "first_published_at": one})["added"]) for one in came]
    assert added == sorted(set(added))
    assert added[-1] < 2**63
    assert int(orders(2, {**day(2020), "first_published_at": came[2]})["added"]) > added[2]


def test_equal_days_stand_by_their_numbers_in_either_order() -> None:
    first, second = orders(1, day(2020)), orders(2, day(2020))
    assert first["newest"] > second["newest"]
    assert first["oldest"] < second["oldest"]
    assert NO_DATE * NUMBERS < 2**63


def test_titles_stand_by_their_letters() -> None:
    titles = ["Ageing well", "“Áge” and after", "Zest", "apples"]
    ordered = sorted(titles, key=lambda title: str(orders(1, day(2020, title=title))["sorting"]))
    assert ordered == ["“Áge” and after", "Ageing well", "apples", "Zest"]


@pytest.mark.parametrize(
    ("open_access", "url", "expected"),
    [
        ("", "", False),
        ("closed", "", False),
        ("gold", "", True),
        ("green", "", True),
        ("bronze", "", True),
        ("", "https://example.org/free.pdf", True),
        ("closed", "https://example.org/free.pdf", True),
    ],
)
def test_free_to_read(open_access: str, url: str, expected: bool) -> None:
    assert is_free(open_access, url) == expected


def test_a_code_in_one_piece() -> None:
    code: Code = ("population", "carers")
    assert address(code) == "population/carers"


@pytest.mark.django_db
def test_terms_stand_by_an_alphabet_that_no_database_chooses() -> None:
    facet = Facet.objects.create(key="population", label="Who took part")
    for place, label in enumerate(("Zebras", "GP visits", "Éire", "adults", "Gardens", "(unknown)", "Ängste", "last")):
        Term.objects.create(facet=facet, slug=f"t{place}", label=label, order=label == "last")
    (group,) = (group for group in load().groups if group.key == "population")
    ordered = [entry.label for entry in group.entries]
    assert ordered == ["adults", "Ängste", "Éire", "Gardens", "GP visits", "(unknown)", "Zebras", "last"]
