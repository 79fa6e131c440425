"""What the database itself refuses, and what the search is told."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from research_db.domain.reading import reading_of
from research_db.models import (
    Appraisal,
    Contribution,
    Facet,
    Identifier,
    Notice,
    Publication,
    Relation,
    SearchChange,
    Source,
    Term,
)

pytestmark = pytest.mark.django_db


def publication(**facts: Any) -> Publication:
    facts.setdefault("title", "Company on prescription")
    return Publication.objects.create(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": ""},
        {"year": 999},
        {"month": 5},
        {"year": 2020, "month": 13},
        {"year": 2020, "day": 5},
        {"year": 2020, "month": 5, "day": 32},
    ],
)
def test_a_publication_that_cannot_be_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        publication(**facts)


def test_a_day_without_its_month_is_explained() -> None:
    with pytest.raises(ValidationError, match="A day needs its month"):
        Publication(title="A", year=2020, day=4).clean()


def test_an_identifier_names_one_publication_unless_it_is_the_books() -> None:
    first, second = publication(), publication()
    Identifier.objects.create(publication=first, scheme="doi", value="10.1/a")
    Identifier.objects.create(publication=second, scheme="doi", value="10.1/a", is_container=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(publication=second, scheme="doi", value="10.1/a")


@pytest.mark.parametrize("name", [{}, {"given": "Ann"}, {"literal": "NASP", "family": "Smith"}])
def test_a_contributor_has_one_name(name: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(publication=publication(), **name)


def test_merged_records_are_not_shown() -> None:
    kept, gone = publication(), publication(live=False)
    gone.merged_into = kept
    gone.save()
    gone.live = True
    with pytest.raises(IntegrityError), transaction.atomic():
        gone.save()


def test_nothing_is_related_to_itself() -> None:
    one = publication()
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(publication=one, other=one, kind="updates")


def test_a_term_has_its_own_address_in_its_facet() -> None:
    facet, other = Facet.objects.create(key="where", label="Where"), Facet.objects.create(key="who", label="Who")
    Term.objects.create(facet=facet, slug="leeds", label="Leeds", synonyms="Leodis\n\n Loidis ")
    Term.objects.create(facet=other, slug="leeds", label="Leeds")
    assert facet.terms.get().names == ["Leeds", "Leodis", "Loidis"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(facet=facet, slug="leeds", label="Leeds again")


def test_two_spellings_of_a_journal_are_one() -> None:
    Source.objects.create(title="Ageing & Society")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(title="Ageing &  society.")


def test_every_change_is_told_to_the_search_in_order() -> None:
    one = publication()
    number = one.pk
    one.title = "Another"
    one.save()
    one.delete()
    assert list(SearchChange.objects.values_list("publication", flat=True)) == [number] * 3


def test_codes_differ_and_the_address_reads_well() -> None:
    one, two = publication(title="Does it help? “Yes” – 9 studies"), publication(title="孤独")
    assert one.code != two.code
    assert (one.slug, two.slug) == ("does-it-help-yes-9-studies", "record")


DATES = [(2020, None, None), (None, None, None), (2020, 5, None), (2021, None, None), (2020, 5, 4), (2020, 12, 1)]


def test_what_is_not_known_of_a_date_comes_last_on_every_database() -> None:
    for number, (year, month, day) in enumerate(DATES):
        publication(title=str(number), year=year, month=month, day=day)
    assert [one.title for one in Publication.objects.all()] == ["3", "5", "4", "2", "0", "1"]


def test_notices_and_appraisals_stand_newest_first_and_undated_ones_last() -> None:
    one = publication()
    for kind, on in [("correction", None), ("correction", 2020), ("retraction", None), ("correction", 2022)]:
        Notice.objects.create(publication=one, kind=kind, on=on and date(on, 1, 1))
    for on in (None, 2019, 2021):
        Appraisal.objects.create(publication=one, tool="casp", judgement="low", on=on and date(on, 1, 1))
    found = reading_of(one)
    assert [(notice.kind, notice.on and notice.on.year) for notice in found.notices] == [
        ("retraction", None),
        ("correction", 2022),
        ("correction", 2020),
        ("correction", None),
    ]
    assert [one.on and one.on.year for one in found.appraisals] == [2021, 2019, None]
