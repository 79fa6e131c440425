"""The trees of terms: laid out once, moved and replaced without a circle or a lost link."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from network_site.people.models import User
from research_db.domain.errors import ResearchError
from research_db.domain.terms import below, move, replace
from research_db.domain.vocabularies import content, lay_out
from research_db.models import Facet, Publication, SearchChange, Term
from research_db.models.vocabulary import TAKEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith() -> User:
    return User.objects.create_user("edith@example.org")


@pytest.fixture
def tree() -> dict[str, Term]:
    facet = Facet.objects.create(key="offer", label="What was offered")
    arts = Term.objects.create(facet=facet, slug="arts", label="Arts", synonyms="Culture")
    singing = Term.objects.create(facet=facet, slug="singing", label="Singing", parent=arts)
    choirs = Term.objects.create(facet=facet, slug="choirs", label="Choirs", parent=singing, synonyms="Chorus")
    return {"arts": arts, "singing": singing, "choirs": choirs}


def with_terms(*terms: Term) -> Publication:
    made = Publication.objects.create(title="A choir")
    made.terms.set(terms)
    made.save()
    return made


def test_the_vocabularies_are_laid_out_once_and_editors_words_stay() -> None:
    assert lay_out(content()) > 100
    Term.objects.filter(slug="loneliness").update(label="Being lonely")
    out = StringIO()
    call_command("research_vocabularies", stdout=out)
    assert out.getvalue() == "Terms added: 0.\n"
    loneliness = Term.objects.get(slug="loneliness")
    assert (loneliness.label, loneliness.parent and loneliness.parent.slug) == ("Being lonely", "social")
    assert {facet.key for facet in Facet.objects.all()} == {
        *("design", "population", "setting", "intervention", "outcome", "condition", "country")
    }


def test_no_term_is_part_of_its_own_part(tree: dict[str, Term], edith: User) -> None:
    with pytest.raises(ResearchError, match="cannot be part of itself"):
        move(tree["arts"], under=tree["choirs"], by=edith)
    assert Term.objects.get(slug="arts").parent is None


def test_a_term_stays_in_its_facet(tree: dict[str, Term]) -> None:
    other = Facet.objects.create(key="where", label="Where")
    with pytest.raises(ValidationError, match="same facet"):
        Term(facet=other, slug="halls", label="Halls", parent=tree["arts"]).clean()


def test_moving_tells_the_search_of_everything_below(tree: dict[str, Term], edith: User) -> None:
    sung = with_terms(tree["choirs"])
    SearchChange.objects.all().delete()
    move(tree["singing"], under=None, by=edith)
    assert below(tree["singing"]) == [tree["choirs"].pk]
    assert sung.pk in SearchChange.objects.values_list("publication", flat=True)


def test_a_replaced_term_hands_everything_over(tree: dict[str, Term], edith: User) -> None:
    one, both = with_terms(tree["singing"]), with_terms(tree["singing"], tree["arts"])
    assert replace(tree["singing"], into=tree["arts"], by=edith) == 2
    for record in (one, both):
        assert [term.slug for term in Publication.objects.get(pk=record.pk).terms.all()] == ["arts"]
    arts, singing = Term.objects.get(slug="arts"), Term.objects.get(slug="singing")
    assert arts.names == ["Arts", "Culture", "Singing"]
    assert (singing.retired_into, singing.parent) == (arts, None)
    assert Term.objects.get(slug="choirs").parent == arts


def test_replacing_again_leads_old_links_to_the_last(tree: dict[str, Term], edith: User) -> None:
    replace(tree["choirs"], into=tree["singing"], by=edith)
    replace(Term.objects.get(slug="singing"), into=Term.objects.get(slug="arts"), by=edith)
    assert Term.objects.get(slug="choirs").retired_into == tree["arts"]


def test_a_term_cannot_be_replaced_by_its_own_part_or_a_replaced_one(tree: dict[str, Term], edith: User) -> None:
    with pytest.raises(ResearchError, match="part of this term"):
        replace(tree["arts"], into=tree["choirs"], by=edith)
    replace(tree["choirs"], into=tree["singing"], by=edith)
    with pytest.raises(ResearchError, match="was replaced"):
        move(tree["arts"], under=Term.objects.get(slug="choirs"), by=edith)


@pytest.mark.parametrize("word", TAKEN)
def test_a_facet_takes_no_word_that_addresses_use(word: str) -> None:
    with pytest.raises(ValidationError, match="Addresses use this word already"):
        Facet(key=word, label="Which").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Facet.objects.create(key=word, label="Which")
