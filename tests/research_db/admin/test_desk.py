"""Editing the research database: who may what, and what the forms, lists and deeds say."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network_site.base.models import Incident
from network_site.editing.publishing import publish_scheduled
from research_db.models import Contribution, Facet, Identifier, Publication, Source, Suggestion, Term
from tests.research_db.admin.conftest import LIST, bulk, filled, record

pytestmark = pytest.mark.django_db


def test_an_editor_writes_and_publishes(editor: Client, arts: Term) -> None:
    assert editor.get(reverse("research_publications:add")).status_code == 200
    person = {"role": "author", "given": "Ann", "family": "Price", "orcid": "0000-0002-1825-0097"}
    doi = {"scheme": "doi", "value": "https://doi.org/10.5555/SPN.7", "is_container": ""}
    posted = filled(contributions=[person], identifiers=[doi], keywords="company\n\nwalks")
    answer = editor.post(reverse("research_publications:add"), {**posted, "terms": [arts.pk], "action-publish": "1"})
    assert answer.status_code == 302, {name: one.errors for name, one in answer.context["form"].formsets.items()}
    made = Publication.objects.get()
    assert made.live
    assert made.first_published_at is not None
    assert made.keywords == ["company", "walks"]
    assert list(made.terms.all()) == [arts]
    assert Contribution.objects.get().orcid == "0000-0002-1825-0097"
    assert Identifier.objects.get().value == "10.5555/spn.7"
    assert editor.get(reverse("research_publications:edit", args=[made.pk])).status_code == 200
    assert Client().get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ({"contributions": [{"role": "author", "given": "Ann"}]}, "Give a family name"),
        ({"contributions": [{"role": "author", "family": "A", "orcid": "0000-0002-1825-0098"}]}, "is not an ORCID"),
        ({"identifiers": [{"scheme": "doi", "value": "see the web"}]}, "is not such a number"),
        ({"identifiers": [{"scheme": "isbn", "value": "978-0-00-000000-1"}]}, "is not such a number"),
        ({"identifiers": [{"scheme": "doi", "value": "doi:10.5555/TAKEN"}]}, "Another record has this number"),
    ],
)
def test_slips_are_said_in_a_sentence(editor: Client, lists: dict[str, Any], said: str) -> None:
    Identifier.objects.create(publication=record(title="The first"), scheme="doi", value="10.5555/taken")
    answer = editor.post(reverse("research_publications:add"), {**filled(**lists), "action-publish": "1"})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Publication.objects.count() == 1


def test_an_author_writes_and_cannot_publish(author: Client) -> None:
    author.post(reverse("research_publications:add"), {**filled(), "action-publish": "1"})
    assert not Publication.objects.filter(live=True).exists()
    assert author.get(reverse("research_terms:list")).status_code in {200, 302}
    one = Term.objects.create(facet=Facet.objects.create(key="a", label="A"), slug="a", label="A")
    assert author.get(reverse("research_terms:move", args=[one.pk])).status_code in {302, 403}


def test_the_list_asks_as_much_for_thirty_as_for_one(editor: Client, django_assert_max_num_queries: Any) -> None:
    record()
    editor.get(reverse(LIST))
    with django_assert_max_num_queries(60) as few:
        editor.get(reverse(LIST))
    for number in range(30):
        record(title=f"Study {number}")
    with django_assert_max_num_queries(len(few)):
        page = editor.get(reverse(LIST)).content.decode()
    assert "Study 29" in page


def test_the_list_narrows(editor: Client, arts: Term) -> None:
    singing = Term.objects.create(facet=arts.facet, slug="singing", label="Singing", parent=arts)
    about, without = record(title="A choir", abstract="Sung.", year=2020), record(title="Bare")
    about.terms.add(singing)
    about.save()

    def shown(question: str) -> list[str]:
        page = editor.get(f"{reverse(LIST)}?{question}").content.decode()
        return [one.title for one in (about, without) if one.title in page]

    assert shown(f"term={arts.pk}") == ["A choir"]
    assert shown("lacks=abstract") == ["Bare"]
    assert shown("lacks=terms") == ["Bare"]
    assert shown("year=2020") == ["A choir"]
    assert shown("q=choir") == ["A choir"]


def test_the_report_counts_what_is_missing_and_leads_to_it(editor: Client, arts: Term) -> None:
    where = Facet.objects.create(key="country", label="Country")
    full = record(title="Full", abstract="Said.", plain_summary="So.", open_access="gold", year=2020)
    full.source = Source.objects.create(title="Journal of Walks")
    full.terms.set([arts, Term.objects.create(facet=where, slug="wales", label="Wales")])
    full.save()
    Contribution.objects.create(publication=full, family="Price")
    Identifier.objects.create(publication=full, scheme="doi", value="10.5555/full")
    half, draft = record(title="Half", abstract="Said."), record(title="Draft", live=False)
    half.terms.set([arts])
    half.save()
    page = editor.get(reverse("research_publications:completeness"))
    found = {str(line.label): line for line in page.context["lines"]}
    assert {label: (line.number, line.percent) for label, line in found.items()} == {
        "No abstract": (0, 0),
        "No summary in plain language": (1, 50),
        "No DOI": (1, 50),
        "No terms": (0, 0),
        "Nobody named who made it": (1, 50),
        "No year": (1, 50),
        "No journal or book": (1, 50),
        "Not known whether it is free to read": (1, 50),
        "An address that no longer answers": (0, 0),
        "No term for “What was offered”": (0, 0),
        "No term for “Country”": (1, 50),
    }
    for line in found.values():
        listed = editor.get(line.url).context["page_obj"].object_list
        assert [one.title for one in listed] == ["Half"] * line.number, line.label
    assert draft.title not in editor.get(found["No DOI"].url).content.decode()


def test_the_report_asks_as_much_for_thirty_as_for_one(editor: Client, arts: Term) -> None:
    asked = []
    for number in (1, 3, 30):
        for _place in range(number):
            record().terms.set([arts])
        with CaptureQueriesContext(connection) as statements:
            editor.get(reverse("research_publications:completeness"))
        asked.append(len(statements))
    assert len(set(asked[1:])) == 1, asked


def test_many_at_once_get_and_lose_terms(editor: Client, arts: Term) -> None:
    one, two = record(), record()
    two.save_revision()
    assert editor.get(bulk("add_terms", one, two)).status_code == 200
    editor.post(bulk("add_terms", one, two), {"terms": [arts.pk]})
    assert arts.publications.count() == 2
    assert list(Publication.objects.get(pk=two.pk).get_latest_revision_as_object().terms.all()) == [arts]
    editor.post(bulk("remove_terms", one), {"terms": [arts.pk]})
    assert list(arts.publications.all()) == [two]


def test_many_at_once_are_published_and_withdrawn(editor: Client) -> None:
    one = record(live=False)
    editor.post(bulk("publish", one))
    assert Publication.objects.get().live
    editor.post(bulk("withdraw", one))
    assert not Publication.objects.get().live
    assert Client().get(one.get_absolute_url()).status_code == 410


def test_authors_publish_nothing_in_bulk(author: Client) -> None:
    author.post(bulk("publish", record(live=False)))
    assert not Publication.objects.get().live


def test_a_published_record_cannot_be_deleted_here(editor: Client) -> None:
    one = record(live=False)
    editor.post(bulk("publish", one))
    answer = editor.post(reverse("research_publications:delete", args=[one.pk]), follow=True)
    assert "Withdraw it instead" in answer.content.decode()
    assert Publication.objects.exists()


def test_a_term_is_moved_and_replaced(editor: Client, arts: Term) -> None:
    singing = Term.objects.create(facet=arts.facet, slug="singing", label="Singing")
    for name in ("list", "add"):
        assert editor.get(reverse(f"research_terms:{name}")).status_code == 200
    editor.post(reverse("research_terms:move", args=[singing.pk]), {"under": arts.pk})
    assert Term.objects.get(slug="singing").parent == arts
    editor.post(reverse("research_terms:replace", args=[singing.pk]), {"into": arts.pk})
    assert Term.objects.get(slug="singing").retired_into == arts


@pytest.mark.parametrize("room", ["lists", "terms", "facets", "sources"])
def test_every_list_and_form_opens(editor: Client, room: str) -> None:
    assert editor.get(reverse(f"research_{room}:list")).status_code == 200
    assert editor.get(reverse(f"research_{room}:add")).status_code == 200


def test_one_that_cannot_be_published_at_its_time_keeps_no_other_waiting() -> None:
    late, fine, now = record(title="Late"), record(title="Fine", live=False), timezone.now()
    Identifier.objects.create(publication=record(title="First"), scheme="pmid", value="1")
    late.identifiers = [Identifier(scheme="pmid", value="1")]
    for place, one in enumerate((late, fine)):
        one.save_revision(approved_go_live_at=now - timedelta(minutes=9 - place))
    for _round in range(2):
        publish_scheduled(now)
    assert Publication.objects.get(pk=fine.pk).live
    late = Publication.objects.get(pk=late.pk)
    assert (late.has_unpublished_changes, late.scheduled_revision) == (True, None)
    (incident,) = Incident.objects.all()
    assert (incident.kind, "“Late”" in incident.sentence) == ("editing.not_published", True)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("/admin/research/imports/new/", "Choose a file first."),
        ("/admin/research/terms/replace/{term}/", "Choose the term that takes its place."),
        ("/admin/research/suggestions/{suggestion}/refuse/", "Say in a sentence why not."),
        ("/admin/research/suggestions/{suggestion}/duplicate/", "Say which record it is."),
    ],
)
def test_a_form_without_its_answer_says_what_to_do(editor: Client, arts: Term, way: str, said: str) -> None:
    suggestion = Suggestion.objects.create(key="one", title="Walking", received_at=timezone.now())
    answer = editor.post(way.format(term=arts.pk, suggestion=suggestion.pk))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "This field is required" not in answer.content.decode()
