"""Reading lists at the desk: who writes, publishes and takes them down, and what visitors see of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from network_site.people.roles import AUTHORS, CONFERENCE_MANAGERS, EDITORS, RESEARCH_EDITORS
from research_db.models import Publication, ReadingList, SearchChange
from tests.research_db.admin.conftest import client_of, record

pytestmark = pytest.mark.django_db
ADD = "research_lists:add"
PUBLISH = {"action-publish": "1"}


def form(*publications: Publication, rows: list[dict[str, Any]] | None = None, **facts: Any) -> dict[str, Any]:
    """What the form posts: these publications in this order, or rows as they are."""
    entries = rows or [
        {"publication": one.pk, "why": f"Why {one.title}", "ORDER": place} for place, one in enumerate(publications, 1)
    ]
    known = sum("id" in row for row in entries)
    plain = {"title": "Start here", "slug": "start-here", "introduction": "For new readers.", **facts}
    return nested_form_data({**plain, "entries": inline_formset(entries, initial=known)})


@pytest.mark.parametrize("group", [EDITORS, RESEARCH_EDITORS])
def test_editors_write_and_publish_in_their_order(group: str) -> None:
    desk, second, first = client_of(group), record(title="Second"), record(title="First")
    assert desk.post(reverse(ADD), {**form(first, second), **PUBLISH}).status_code == 302
    found = ReadingList.objects.get()
    assert found.live
    said = Client().get(found.get_absolute_url()).content.decode()
    assert -1 < said.index("First</a>") < said.index("Why First") < said.index("Second</a>")
    entries = list(found.entries.order_by("sort_order"))
    rows = [
        {"id": entry.pk, "publication": entry.publication_id, "why": entry.why, "ORDER": 2 - place}
        for place, entry in enumerate(entries)
    ]
    edit = reverse("research_lists:edit", args=[found.pk])
    assert desk.post(edit, {**form(rows=rows), **PUBLISH}).status_code == 302
    said = Client().get(found.get_absolute_url()).content.decode()
    assert said.index("Second</a>") < said.index("First</a>")


@pytest.mark.parametrize("group", [AUTHORS, CONFERENCE_MANAGERS])
def test_others_write_and_change_nothing(group: str) -> None:
    one, kept = record(), ReadingList.objects.create(slug="kept", title="Kept")
    client = client_of(group)
    for name, args in ((ADD, []), ("research_lists:edit", [kept.pk]), ("research_lists:delete", [kept.pk])):
        assert client.post(reverse(name, args=args), {**form(one), **PUBLISH}).status_code in {302, 403}
    assert list(ReadingList.objects.values_list("title", "slug")) == [("Kept", "kept")]


def test_a_draft_is_for_editors_alone(editor: Client) -> None:
    editor.post(reverse(ADD), form(record()))
    found = ReadingList.objects.get()
    assert not found.live
    assert Client().get(found.get_absolute_url()).status_code == 404
    assert "Start here" not in Client().get(reverse("research:reading_lists")).content.decode()
    assert "Start here" in editor.get(reverse("research_lists:list")).content.decode()


def test_what_is_taken_down_is_gone_for_visitors_and_harvesters_are_told(editor: Client) -> None:
    one = record()
    editor.post(reverse(ADD), {**form(one), **PUBLISH})
    found = ReadingList.objects.get()
    before = SearchChange.objects.filter(publication=one.pk).count()
    editor.post(reverse("research_lists:unpublish", args=[found.pk]))
    assert Client().get(found.get_absolute_url()).status_code == 404
    assert SearchChange.objects.filter(publication=one.pk).count() == before + 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"title": ""}, "This field is required"), ({"slug": "Not a slug!"}, "valid"), ({"slug": "taken"}, "already")],
)
def test_slips_are_said_and_nothing_is_written(editor: Client, facts: dict[str, str], said: str) -> None:
    ReadingList.objects.create(slug="taken", title="Taken")
    answer = editor.post(reverse(ADD), {**form(record(), **facts), **PUBLISH})
    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert ReadingList.objects.count() == 1


def test_a_publication_stands_in_a_list_once(editor: Client) -> None:
    one = record()
    answer = editor.post(reverse(ADD), {**form(one, one), **PUBLISH})
    assert answer.status_code == 200
    assert not ReadingList.objects.exists()


def test_a_hidden_publication_is_left_out_for_visitors(editor: Client) -> None:
    shown, hidden = record(title="Shown"), record(title="Hidden", live=False)
    editor.post(reverse(ADD), {**form(hidden, shown), **PUBLISH})
    said = Client().get(ReadingList.objects.get().get_absolute_url()).content.decode()
    assert "Shown</a>" in said
    assert "Hidden" not in said
