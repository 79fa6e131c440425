"""Moving and replacing from the desk: what is offered, what is refused, and where old links lead."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network_site.people.models import User
from network_site.people.roles import RESEARCH_EDITORS
from research_db.domain.errors import ResearchError
from research_db.domain.terms import below, move, replace
from research_db.models import Facet, Publication, SearchChange, Term
from tests.research_db.admin.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith() -> User:
    return User.objects.create_user("edith@example.org")


@pytest.fixture
def terms() -> dict[str, Term]:
    """Arts > singing > choirs; walking by itself; halls of another facet."""
    offer, where = (Facet.objects.create(key=key, label=key) for key in ("offer", "where"))
    made: dict[str, Term] = {}
    for facet, slug, parent in [
        (offer, "arts", ""),
        (offer, "singing", "arts"),
        (offer, "choirs", "singing"),
        (offer, "walking", ""),
        (where, "halls", ""),
    ]:
        made[slug] = Term.objects.create(facet=facet, slug=slug, label=slug.title(), parent=made.get(parent))
    return made


def about(*terms: Term) -> Publication:
    made = Publication.objects.create(title="A choir", first_published_at=timezone.now())
    made.terms.set(terms)
    made.save()
    return made


MOVES = [
    ("choirs", "arts", True), ("choirs", None, True), ("arts", "walking", True), ("walking", "choirs", True),
    ("arts", "arts", False), ("arts", "singing", False), ("arts", "choirs", False), ("singing", "choirs", False),
    ("singing", "halls", False), ("halls", "arts", False), ("halls", None, True),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "under", "may"), MOVES)
def test_a_move_is_done_or_leaves_all_as_it_was(
    terms: dict[str, Term], edith: User, slug: str, under: str | None, may: bool
) -> None:
    before = dict(Term.objects.values_list("slug", "parent__slug"))
    upper = terms[under] if under else None
    if may:
        move(terms[slug], under=upper, by=edith)
        assert dict(Term.objects.values_list("slug", "parent__slug")) == {**before, slug: under}
    else:
        with pytest.raises(ResearchError):
            move(terms[slug], under=upper, by=edith)
        assert dict(Term.objects.values_list("slug", "parent__slug")) == before


@pytest.mark.parametrize(("slug", "under", "may"), [one for one in MOVES if one[1]])
def test_the_form_offers_what_can_be_done_and_nothing_else(
    terms: dict[str, Term], slug: str, under: str, may: bool
) -> None:
    page = client_of(RESEARCH_EDITORS).get(reverse("research_terms:move", args=[terms[slug].pk]))
    assert (terms[under] in page.context["form"].fields["under"].queryset) is may


@pytest.mark.parametrize("deed", ["move", "replace"])
def test_a_term_that_is_not_there(deed: str) -> None:
    assert client_of(RESEARCH_EDITORS).get(reverse(f"research_terms:{deed}", args=[4_000])).status_code == 404


def test_asking_changes_nothing(terms: dict[str, Term]) -> None:
    client = client_of(RESEARCH_EDITORS)
    for deed in ("move", "replace"):
        client.get(reverse(f"research_terms:{deed}", args=[terms["singing"].pk]), {"under": "", "into": ""})
        client.post(reverse(f"research_terms:{deed}", args=[terms["singing"].pk]), {"under": "x", "into": ""})
    assert Term.objects.get(slug="singing").parent == terms["arts"]
    assert not Term.objects.exclude(retired_into=None).exists()


def test_replacing_says_how_many_had_it(terms: dict[str, Term]) -> None:
    about(terms["walking"])
    about(terms["walking"], terms["arts"])
    answer = client_of(RESEARCH_EDITORS).post(
        reverse("research_terms:replace", args=[terms["walking"].pk]), {"into": terms["arts"].pk}, follow=True
    )
    assert "“Walking” was replaced by “Arts”. Publications that had it: 2." in answer.content.decode()


def test_a_draft_gets_the_other_term_too(terms: dict[str, Term], edith: User) -> None:
    one = about(terms["walking"])
    one.abstract = "Being written."
    one.save_revision()
    replace(terms["walking"], into=terms["arts"], by=edith)
    one = Publication.objects.get(pk=one.pk)
    draft = one.get_latest_revision_as_object()
    assert [term.slug for term in draft.terms.all()] == ["arts"]
    assert (draft.abstract, one.abstract) == ("Being written.", "")
    one.latest_revision.publish()
    assert [term.slug for term in Publication.objects.get(pk=one.pk).terms.all()] == ["arts"]


def test_replacing_tells_the_search_of_all_that_is_found_differently(terms: dict[str, Term], edith: User) -> None:
    had, part_of_it, untouched = about(terms["singing"]), about(terms["choirs"]), about(terms["halls"])
    SearchChange.objects.all().delete()
    replace(terms["singing"], into=terms["walking"], by=edith)
    told = set(SearchChange.objects.values_list("publication", flat=True))
    assert {had.pk, part_of_it.pk} <= told
    assert untouched.pk not in told
    assert below(terms["walking"]) == [terms["choirs"].pk]


def test_a_term_in_use_is_not_deleted_and_one_that_is_not_may_be(terms: dict[str, Term]) -> None:
    about(terms["choirs"])
    client = client_of(RESEARCH_EDITORS)
    for slug in ("choirs", "arts", "walking"):
        page = client.post(reverse("research_terms:delete", args=[terms[slug].pk]), follow=True).content.decode()
        assert ("is in use. Replace it with another term instead." in page) is (slug != "walking")
    assert set(Term.objects.values_list("slug", flat=True)) == {"arts", "singing", "choirs", "halls"}


def test_the_list_of_terms_is_a_tree_with_public_numbers(terms: dict[str, Term], client: Client) -> None:
    about(terms["singing"])
    Publication.objects.filter(pk=about(terms["singing"]).pk).update(live=False)
    page = client_of(RESEARCH_EDITORS).get(reverse("research_terms:list"))
    rows = [(term.slug, term.number) for term in page.context["object_list"]]
    assert rows == [("arts", 0), ("singing", 1), ("choirs", 0), ("walking", 0), ("halls", 0)]
