"""Many publications at once: their terms, drafts and standing, with the search told of every change."""

import pytest
from django.test import Client
from django.utils import timezone

from research_db.models import Publication, SearchChange, Term
from tests.research_db.admin.conftest import bulk, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def singing(arts: Term) -> Term:
    return Term.objects.create(facet=arts.facet, slug="singing", label="Singing")


def slugs(one: Publication) -> list[str]:
    return sorted(term.slug for term in Publication.objects.get(pk=one.pk).terms.all())


def drafted(one: Publication) -> list[str]:
    draft = Publication.objects.get(pk=one.pk).get_latest_revision_as_object()
    return sorted(term.slug for term in draft.terms.all())


def told() -> set[int]:
    return set(SearchChange.objects.values_list("publication", flat=True))


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ([], "add_terms", ["arts"]),
        (["arts"], "add_terms", ["arts"]),
        (["singing"], "add_terms", ["arts", "singing"]),
        ([], "remove_terms", []),
        (["arts"], "remove_terms", []),
        (["arts", "singing"], "remove_terms", ["singing"]),
    ],
)
def test_terms_come_and_go_once(
    editor: Client, arts: Term, singing: Term, before: list[str], action: str, after: list[str]
) -> None:
    chosen, other = record(), record(title="Not chosen")
    for one in (chosen, other):
        one.terms.set([term for term in (arts, singing) if term.slug in before])
        one.save()
    SearchChange.objects.all().delete()
    editor.post(bulk(action, chosen), {"terms": [arts.pk]})
    assert (slugs(chosen), slugs(other)) == (after, sorted(before))
    assert told() == {chosen.pk}


def test_a_draft_keeps_its_own_words_and_terms(editor: Client, arts: Term, singing: Term) -> None:
    one = record()
    one.abstract = "Being written."
    one.terms.set([singing])
    one.save_revision()
    editor.post(bulk("add_terms", one), {"terms": [arts.pk]})
    assert (slugs(one), drafted(one)) == (["arts"], ["arts", "singing"])
    kept = Publication.objects.get(pk=one.pk)
    assert (kept.abstract, kept.get_latest_revision_as_object().abstract) == ("", "Being written.")


@pytest.mark.parametrize("action", ["add_terms", "remove_terms"])
def test_nothing_happens_without_a_term(editor: Client, action: str) -> None:
    one = record()
    SearchChange.objects.all().delete()
    assert editor.post(bulk(action, one), {"terms": []}).status_code == 200
    assert told() == set()


def test_publishing_shows_what_was_saved_last(editor: Client) -> None:
    one, plain = record(live=False), record(title="Never drafted", live=False)
    one.title = "Saved last"
    one.save_revision()
    SearchChange.objects.all().delete()
    editor.post(bulk("publish", one, plain))
    assert set(Publication.objects.public().values_list("title", flat=True)) == {"Saved last", "Never drafted"}
    assert {one.pk, plain.pk} <= told()


def test_a_merged_record_is_not_shown_again(editor: Client) -> None:
    kept = record()
    gone = record(live=False, merged_into=kept, first_published_at=timezone.now())
    fresh = record(title="Fresh", live=False)
    editor.post(bulk("publish", gone, fresh))
    assert set(Publication.objects.public()) == {kept, fresh}
    assert Client().get(gone.get_absolute_url()).headers["Location"] == kept.get_absolute_url()


def test_withdrawn_and_shown_again(editor: Client) -> None:
    one = record(live=False)
    stands = []
    for action in ("publish", "withdraw", "publish"):
        SearchChange.objects.all().delete()
        editor.post(bulk(action, one))
        assert told() == {one.pk}
        stands.append(Client().get(one.get_absolute_url()).status_code)
    assert stands == [200, 410, 200]


def test_the_question_names_the_publications(editor: Client) -> None:
    one = record(title="Walks by the sea")
    page = editor.get(bulk("withdraw", one)).content.decode()
    assert "Walks by the sea" in page
    assert "Nothing is deleted." in page
    assert Publication.objects.get().live
