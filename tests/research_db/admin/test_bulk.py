"""Many publications at once: their terms, drafts and standing, with the search told of every change."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from network_site.people.models import User
from research_db.domain.merging import merge
from research_db.models import Facet, Identifier, Publication, ReadingList, ReadingListEntry, SearchChange, Term
from tests.research_db.admin.conftest import LIST, address, bulk, record

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


def asked(editor: Client, action: str, query: str) -> set[str]:
    """The titles that the question names which this address leads to."""
    page = editor.get(address(action, query), follow=True)
    return {one["item"].title for one in page.context["items"]}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Walks by the sea", "Walks in town", "Singing"}),
        ("year=2020", {"Walks by the sea"}),
        ("q=walks", {"Walks by the sea", "Walks in town"}),
        ("q=walks&year=2021", {"Walks in town"}),
        ("live=false", {"Singing"}),
        ("lacks=facet:offer&p=2&ordering=year", {"Walks in town", "Singing"}),
    ],
)
def test_all_of_the_list_are_those_it_was_narrowed_to(editor: Client, arts: Term, query: str, titles: set[str]) -> None:
    described = record(title="Walks by the sea", year=2020)
    described.terms.set([arts])
    described.save()
    record(title="Walks in town", year=2021)
    record(title="Singing", year=2021, live=False)
    assert asked(editor, "withdraw", f"{query}&id=all") == titles


def test_what_is_done_is_done_with_those_that_were_asked_about(editor: Client) -> None:
    one, other = record(title="Asked about", year=2020), record(title="Not in the list", year=2021)
    question = editor.get(address("withdraw", "year=2020&id=all")).headers["Location"]
    later = record(title="Came meanwhile", year=2020)
    editor.post(question)
    assert set(Publication.objects.public()) == {other, later}
    assert Publication.objects.get(live=False) == one


def test_asking_about_all_changes_nothing_by_itself(editor: Client) -> None:
    record()
    editor.post(address("withdraw", "id=all"))
    assert Publication.objects.get().live


@pytest.mark.parametrize("action", ["withdraw", "delete"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Nothing was chosen"),
        ("id=", "Nothing was chosen"),
        ("id=abc", "Nothing was chosen"),
        ("id=%00", "Nothing was chosen"),
        ("id=%C2%B2", "Nothing was chosen"),
        ("id=1.5&id=-1", "Nothing was chosen"),
        ("id=1000000000000000000000", "Nothing was chosen"),
        ("id=all&q=nowhere", "There is nothing in this list"),
        ("id=all&year=nonsense", "There is nothing in this list"),
    ],
)
def test_an_address_that_chooses_nothing_says_so(editor: Client, action: str, query: str, sentence: str) -> None:
    record()
    for ask in (editor.get, editor.post):
        answer = ask(address(action, query), follow=True)
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
    assert Publication.objects.get().live


@pytest.mark.parametrize("number", [0, 10**18 - 1])
def test_a_number_nobody_has_is_not_found(editor: Client, number: int) -> None:
    record()
    assert editor.get(address("withdraw", f"id={number}")).status_code == 404


def test_too_many_are_refused_in_a_sentence(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("network_site.editing.desk.bulk.MOST", 2)
    some = [record(title=f"Number {place}") for place in range(3)]
    for question in (address("withdraw", "id=all"), bulk("withdraw", *some)):
        said = editor.post(question, follow=True).content.decode()
        assert "At most 2 can be done at once" in said
    assert Publication.objects.public().count() == 3
    assert asked(editor, "withdraw", f"id={some[0].pk}&id={some[1].pk}") == {"Number 0", "Number 1"}


def test_of_a_narrowed_list_of_anything_only_what_it_shows_is_deleted(editor: Client, arts: Term) -> None:
    other = Term.objects.create(facet=Facet.objects.create(key="where", label="Where"), slug="leeds", label="Leeds")
    way = reverse("wagtail_bulk_action", args=["research_db", "term", "delete"])
    question = editor.get(f"{way}?facet={arts.facet_id}&id=all").headers["Location"]
    editor.post(question)
    assert Term.objects.get() == other


def test_a_deleted_reading_list_tells_those_who_keep_copies(editor: Client) -> None:
    one = record()
    gone = ReadingList.objects.create(slug="start", title="Start")
    ReadingListEntry.objects.create(reading_list=gone, publication=one)
    SearchChange.objects.all().delete()
    way = reverse("wagtail_bulk_action", args=["research_db", "readinglist", "delete"])
    editor.post(f"{way}?id={gone.pk}")
    assert not ReadingList.objects.exists()
    assert told() == {one.pk}


def test_what_a_file_gave_a_poor_address_is_published_all_the_same(editor: Client) -> None:
    one = record(live=False, url="http://no host/")
    editor.post(bulk("publish", one))
    assert Publication.objects.get().live


def test_a_number_that_another_came_to_have_stops_only_its_own(editor: Client) -> None:
    one, other, fine = record(title="Late"), record(title="First"), record(title="Fine", live=False)
    one.identifiers = [Identifier(scheme="pmid", value="1")]
    one.save_revision()
    Identifier.objects.create(publication=other, scheme="pmid", value="1")
    page = editor.post(bulk("publish", one, fine), follow=True).content.decode()
    assert "Not published, because another record has one of their numbers: “Late”" in page
    assert "1 publication was changed." in page
    assert Publication.objects.get(pk=fine.pk).live
    assert Identifier.objects.get().publication == other


@pytest.mark.parametrize("action", ["add_terms", "remove_terms", "publish", "withdraw"])
def test_the_history_of_each_says_who_did_it(editor: Client, arts: Term, action: str) -> None:
    one = record(live=action != "publish")
    editor.post(bulk(action, one), {"terms": [arts.pk]})
    assert {str(entry.user) for entry in ModelLogEntry.objects.for_instance(one)} == {str(User.objects.get())}


def test_bad_addresses_do_not_keep_two_from_becoming_one(editor: Client) -> None:
    kept, gone = record(url="http://no host/"), record(abstract="Found.")
    merge(kept, gone, by=User.objects.get())
    assert Publication.objects.get(pk=kept.pk).abstract == "Found."


@pytest.mark.parametrize("action", ["add_terms", "remove_terms"])
def test_the_question_has_the_terms_to_choose_from(editor: Client, arts: Term, action: str) -> None:
    page = editor.get(bulk(action, record())).content.decode()
    assert f'name="terms" value="{arts.pk}"' in " ".join(page.split())
    assert page.count("Arts") == 1
    assert "research_db/admin.css" in page
    assert "Tick at least one term." in editor.post(bulk(action, record()), {"terms": []}).content.decode()


@pytest.mark.parametrize("where", ["nowhere", "%00", "//elsewhere.example.org", "admin:index", "-1"])
def test_the_way_back_is_an_address_of_this_site_or_the_list(editor: Client, where: str) -> None:
    assert editor.get(address("publish", f"next={where}"))["Location"] == reverse(LIST)
    answer = editor.post(address("publish", f"id={record(live=False).pk}&next={where}"))
    assert (answer.status_code, answer["Location"]) == (302, reverse(LIST))
