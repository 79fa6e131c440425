"""The form with a publication: its lists of people and numbers, its preview, its lock, and the way to an editor."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network_site.editing.workflows import ensure_workflows
from network_site.people.models import User
from research_db.models import Contribution, Facet, Identifier, Notice, Publication, Relation, Term
from tests.research_db.admin.conftest import filled, record

pytestmark = pytest.mark.django_db
ADD = "research_publications:add"


def people(*families: str, orders: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    places = orders or tuple(range(1, len(families) + 1))
    return [
        {"role": "author", "family": one, "given": "Ann", "ORDER": place}
        for one, place in zip(families, places, strict=True)
    ]


def edit(one: Publication) -> str:
    return reverse("research_publications:edit", args=[one.pk])


def draft(one: Publication) -> Publication:
    found: Publication = Publication.objects.get(pk=one.pk).get_latest_revision_as_object()
    return found


def said(answer: Any) -> str:
    assert answer.status_code == 200, "it was kept"
    page: str = answer.content.decode()
    return page


@pytest.mark.parametrize(
    ("orders", "kept"),
    [((1, 2, 3), ["Price", "Okafor", "Singh"]), ((3, 1, 2), ["Okafor", "Singh", "Price"]), ((2, 3, 1), ["Singh", "Price", "Okafor"])],
)  # fmt: skip
def test_contributors_stay_in_the_order_of_the_form(editor: Client, orders: tuple[int, ...], kept: list[str]) -> None:
    names = people("Price", "Okafor", "Singh", orders=orders)
    editor.post(reverse(ADD), {**filled(contributions=names), "action-publish": "1"})
    assert [one.family for one in Publication.objects.get().contributions.all()] == kept


@pytest.mark.parametrize(
    ("scheme", "value", "kept"),
    [
        ("doi", "https://doi.org/10.5555/SPN.7", "10.5555/spn.7"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/12345/", "12345"),
        ("pmcid", "pmc77", "PMC77"),
        ("isbn", "978-0-306-40615-7", "9780306406157"),
        ("isbn", "ISBN 0-306-40615-2", "9780306406157"),
        ("arxiv", "arXiv:2101.00001v2", "2101.00001"),
        ("openalex", "https://openalex.org/W99", "W99"),
        ("handle", "https://hdl.handle.net/2027/x.1", "2027/x.1"),
    ],
)
def test_numbers_are_kept_in_their_one_spelling(editor: Client, scheme: str, value: str, kept: str) -> None:
    editor.post(reverse(ADD), {**filled(identifiers=[{"scheme": scheme, "value": value}]), "action-publish": "1"})
    assert [one.value for one in Identifier.objects.filter(scheme=scheme)] == [kept]


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("doi", "10.12/short"),
        ("pmid", "0123"),
        ("pmid", "ten"),
        ("pmcid", "77"),
        ("isbn", "9780306406158"),
        ("isbn", "0306406153"),
        ("arxiv", "210.1"),
        ("openalex", "A99"),
        ("handle", "x/2027"),
    ],
)
def test_a_wrong_number_is_quoted_in_a_sentence(editor: Client, scheme: str, value: str) -> None:
    posted = filled(identifiers=[{"scheme": scheme, "value": value}])
    page = said(editor.post(reverse(ADD), posted))
    assert f"“{value}” is not such a number. Look for a slip in it." in page
    assert not Publication.objects.exists()


def test_the_book_of_two_chapters_may_be_named_twice(editor: Client) -> None:
    book = {"scheme": "isbn", "value": "9780306406157", "is_container": "on"}
    for title in ("Chapter one", "Chapter two"):
        editor.post(reverse(ADD), filled(title=title, kind="chapter", identifiers=[book]))
    assert Publication.objects.count() == 2


def test_a_double_names_the_other_record_and_its_own_number_is_none(editor: Client) -> None:
    one = record(title="The first")
    own = Identifier.objects.create(publication=one, scheme="doi", value="10.5555/a")
    kept = {"scheme": "doi", "value": "10.5555/A", "id": own.pk}
    posted = filled(title="The first, again", identifiers=[kept])
    posted["identifiers-INITIAL_FORMS"] = 1
    assert editor.post(edit(one), posted).status_code == 302
    page = said(editor.post(reverse(ADD), filled(identifiers=[{"scheme": "doi", "value": "10.5555/a"}])))
    assert "Another record has this number: “The first”" in page
    assert one.get_absolute_url() in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"year": "", "month": "4"}, "A month needs its year."),
        ({"month": "", "day": "4"}, "A day needs its month."),
        ({"title": ""}, "This field is required."),
        ({"year": "999"}, "year"),
        ({"month": "13"}, "month"),
        ({"url": "nowhere"}, "Enter a valid URL."),
    ],
)
def test_a_date_or_address_that_cannot_be_is_refused(editor: Client, facts: dict[str, str], sentence: str) -> None:
    assert sentence in said(editor.post(reverse(ADD), {**filled(**facts), "action-publish": "1"}))
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        {"literal": "NASP", "family": "Price"},
        {"literal": "NASP", "given": "Ann"},
        {"literal": "NASP", "suffix": "Jr"},
        {"suffix": "Jr"},
    ],
)
def test_a_name_is_in_parts_or_in_one_piece(editor: Client, name: dict[str, str]) -> None:
    page = said(editor.post(reverse(ADD), filled(contributions=[{"role": "author", **name}])))
    assert "Give a family name, or the name in one piece, and not both." in page


def test_the_same_relation_twice_is_told(editor: Client) -> None:
    one, other = record(), record(title="Another")
    twice = [{"kind": "updates", "other": other.pk}] * 2
    said(editor.post(edit(one), filled(relations=twice)))
    assert not Relation.objects.exists()


def test_a_record_is_not_tied_to_itself(editor: Client) -> None:
    one = record()
    page = said(editor.post(edit(one), filled(relations=[{"kind": "updates", "other": one.pk}])))
    assert "This is the publication itself. Choose another." in page


def test_an_orcid_may_be_pasted_with_its_address(editor: Client) -> None:
    pasted = [{"role": "author", "family": "Price", "orcid": "https://orcid.org/0000-0002-1825-0097/"}]
    editor.post(reverse(ADD), {**filled(contributions=pasted), "action-publish": "1"})
    assert Contribution.objects.get().orcid == "0000-0002-1825-0097"
    assert "maxlength" not in str(re.findall(r"<input[^>]*-orcid[^>]*>", said(editor.get(reverse(ADD)))))


def test_only_terms_in_use_can_be_chosen(editor: Client, arts: Term) -> None:
    old = Term.objects.create(facet=arts.facet, slug="culture", label="Culture of old", retired_into=arts)
    assert "Culture of old" not in said(editor.get(reverse(ADD)))
    said(editor.post(reverse(ADD), {**filled(), "terms": [old.pk]}))
    assert not Publication.objects.exists()


def test_the_tree_of_terms_shows_parts_under_what_they_are_part_of(editor: Client, arts: Term) -> None:
    singing = Term.objects.create(facet=arts.facet, slug="singing", label="Singing", parent=arts)
    Term.objects.create(facet=arts.facet, slug="choirs", label="Choirs", parent=singing)
    Term.objects.create(facet=Facet.objects.create(key="b", label="B", order=1), slug="b", label="Bees")
    choices = editor.get(reverse(ADD)).context["form"].fields["terms"].choices
    shown = [(facet, [label for _key, label in terms]) for facet, terms in choices]
    assert shown == [("What was offered", ["Arts", "– Singing", "– – Choirs"]), ("B", ["Bees"])]


def test_a_draft_of_a_public_record_changes_nothing_for_visitors(editor: Client) -> None:
    one = record(abstract="Old words.", first_published_at=timezone.now())
    assert editor.post(edit(one), filled(abstract="New words.")).status_code == 302
    assert "Old words." in Client().get(one.get_absolute_url()).content.decode()
    assert draft(one).abstract == "New words."
    editor.post(edit(one), {**filled(abstract="New words."), "action-publish": "1"})
    assert "New words." in Client().get(one.get_absolute_url()).content.decode()


def test_the_preview_shows_what_is_not_kept_yet(editor: Client) -> None:
    one = record()
    preview = reverse("research_publications:preview_on_edit", args=[one.pk])
    posted = filled(title="Not kept yet", plain_summary="People sang.", contributions=people("Price", "Okafor"))
    assert editor.post(preview, posted).json() == {"is_valid": True, "is_available": True}
    page = said(editor.get(preview))
    assert page.index("Ann Price") < page.index("Ann Okafor")
    assert "People sang." in page
    assert not Contribution.objects.exists()


def test_a_record_that_is_not_there_yet_can_be_previewed(editor: Client) -> None:
    preview = reverse("research_publications:preview_on_add")
    assert editor.post(preview, filled(title="Brand new")).json()["is_valid"] is True
    assert "Brand new" in said(editor.get(preview))
    assert not Publication.objects.exists()


def test_what_somebody_locked_nobody_else_changes(editor: Client, author: Client) -> None:
    one = record()
    editor.post(reverse("research_publications:lock", args=[one.pk]))
    assert Publication.objects.get().locked
    author.post(edit(one), filled(title="Changed all the same"))
    assert (Publication.objects.get().title, draft(one).title) == ("Company on prescription",) * 2
    editor.post(reverse("research_publications:unlock", args=[one.pk]))
    author.post(edit(one), filled(title="Changed afterwards"))
    assert draft(one).title == "Changed afterwards"


def test_an_author_can_neither_lock_nor_unlock(editor: Client, author: Client) -> None:
    one = record()
    author.post(reverse("research_publications:lock", args=[one.pk]))
    assert not Publication.objects.get().locked
    editor.post(reverse("research_publications:lock", args=[one.pk]))
    author.post(reverse("research_publications:unlock", args=[one.pk]))
    assert Publication.objects.get().locked


@pytest.mark.parametrize(("deed", "is_public"), [("approve", True), ("reject", False)])
def test_what_an_author_sends_in_an_editor_decides(author: Client, deed: str, is_public: bool) -> None:
    ensure_workflows()
    author.post(reverse(ADD), {**filled(abstract="Sent in."), "action-submit": "1"})
    one = Publication.objects.get()
    state = one.current_workflow_state
    assert state is not None
    assert not one.live
    boss = Client()
    boss.force_login(User.objects.create_superuser(email="boss@example.org"))
    task = state.current_task_state.pk
    args = [one.pk, deed, task]
    boss.post(reverse("research_publications:workflow_action", args=args), {"comment": "Thank you."})
    one = Publication.objects.get()
    assert one.live is is_public
    assert Client().get(one.get_absolute_url()).status_code == (200 if is_public else 404)


def test_an_author_does_not_approve_what_was_sent_in(author: Client) -> None:
    ensure_workflows()
    author.post(reverse(ADD), {**filled(), "action-submit": "1"})
    one = Publication.objects.get()
    task = one.current_workflow_state.current_task_state.pk
    author.post(reverse("research_publications:workflow_action", args=[one.pk, "approve", task]))
    assert not Publication.objects.get().live


def test_notices_and_appraisals_are_kept_with_their_words(editor: Client) -> None:
    notice = {"kind": "retraction", "on": "2024-05-06", "words": "The figures were invented."}
    appraisal = {"tool": "casp", "judgement": "low", "by": "Two readers", "words": "Small."}
    editor.post(reverse(ADD), {**filled(notices=[notice], appraisals=[appraisal]), "action-publish": "1"})
    assert str(Notice.objects.get()) == "Retracted"
    assert str(Publication.objects.get().appraisals.get()) == "CASP: Low confidence"
