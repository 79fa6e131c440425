"""The file of facets and terms: every term can be told from every other, by address and by name."""

from collections import Counter
from typing import Any

import pytest
from django.utils.text import slugify

from research_db.domain.vocabularies import content, lay_out
from research_db.folding import folded
from research_db.models import Facet, Term

FACETS = content()
KEYS = [facet["key"] for facet in FACETS]
LONGEST_MEANING = 160


def terms_of(facet: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for term in facet["terms"] for one in (term, *term.get("parts", ()))]


def names_of(term: dict[str, Any]) -> list[str]:
    return [term["label"], *term.get("also", ())]


def twice(names: list[str]) -> list[str]:
    return [name for name, number in Counter(names).items() if number > 1]


def test_facets_have_an_address_a_heading_and_help() -> None:
    assert twice(KEYS) == []
    assert all(facet["label"] and facet["help"].endswith(".") and facet["terms"] for facet in FACETS)


@pytest.mark.parametrize("facet", FACETS, ids=KEYS)
def test_an_address_names_one_term_of_its_facet(facet: dict[str, Any]) -> None:
    slugs = [term["slug"] for term in terms_of(facet)]
    assert twice(slugs) == []
    assert [slug for slug in slugs if slugify(slug) != slug] == []


@pytest.mark.parametrize("facet", FACETS, ids=KEYS)
def test_a_name_names_one_term_of_its_facet(facet: dict[str, Any]) -> None:
    assert twice([name for term in terms_of(facet) for name in {folded(one) for one in names_of(term)}]) == []


@pytest.mark.parametrize("facet", FACETS, ids=KEYS)
def test_other_names_say_something_else_than_the_label(facet: dict[str, Any]) -> None:
    same = [term["slug"] for term in terms_of(facet) if twice([folded(name) for name in names_of(term)])]
    assert same == []
    assert all(name == name.strip() and "\n" not in name for term in terms_of(facet) for name in names_of(term))


@pytest.mark.parametrize("facet", [one for one in FACETS if one["key"] != "country"], ids=lambda one: one["key"])
def test_every_term_is_defined_in_a_sentence(facet: dict[str, Any]) -> None:
    without = [term["slug"] for term in terms_of(facet) if not term.get("means", "").endswith(".")]
    assert without == []
    assert max(len(term["means"]) for term in terms_of(facet)) <= LONGEST_MEANING


def test_parts_have_no_parts() -> None:
    assert not any(part.get("parts") for facet in FACETS for term in facet["terms"] for part in term.get("parts", ()))


def test_everything_fits_its_column() -> None:
    for facet in FACETS:
        Facet(key=facet["key"], label=facet["label"], help=facet["help"]).clean_fields()
        for term in terms_of(facet):
            Term(slug=term["slug"], label=term["label"], definition=term.get("means", "")).clean_fields(
                exclude=["facet"]
            )


@pytest.mark.django_db
def test_what_is_laid_out_is_what_the_file_says() -> None:
    number = lay_out(FACETS)
    assert number == Term.objects.count() == sum(len(terms_of(facet)) for facet in FACETS)
    assert list(Facet.objects.values_list("key", flat=True)) == KEYS
    for facet in FACETS:
        kept = Term.objects.filter(facet__key=facet["key"], parent=None).order_by("order")
        assert [term.slug for term in kept] == [term["slug"] for term in facet["terms"]]
        parts = {term.slug: [part.slug for part in term.children.order_by("order")] for term in kept}
        assert parts == {term["slug"]: [part["slug"] for part in term.get("parts", ())] for term in facet["terms"]}


@pytest.mark.django_db
def test_what_is_missing_is_added_where_it_belongs() -> None:
    lay_out(FACETS)
    upper = next(term for facet in FACETS for term in facet["terms"] if term.get("parts"))
    Term.objects.filter(slug=upper["parts"][0]["slug"]).delete()
    Facet.objects.filter(key=KEYS[0]).update(label="Renamed", order=99)
    assert lay_out(FACETS) == 1
    again = Term.objects.get(slug=upper["parts"][0]["slug"])
    assert again.parent is not None
    assert again.parent.slug == upper["slug"]
    assert (Facet.objects.get(key=KEYS[0]).label, Facet.objects.get(key=KEYS[0]).order) == ("Renamed", 99)
