"""From a draft to the public: previews, and a second pair of eyes."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from network_site.editing.workflows import ensure_workflows
from network_site.history.models import Era, Theme, TimelineEvent, TimelinePage
from network_site.pages.models import HomePage
from network_site.people.models import User
from network_site.people.roles import EDITORS, ensure_roles, grant
from tests.history.editing.conftest import Make, filled


@pytest.fixture
def reader(edith: User, editor: Client) -> Client:
    """An editor who is asked to read what others send in."""
    ensure_roles()
    ensure_workflows()
    grant(edith, EDITORS)
    return editor


@pytest.fixture
def timeline(db: None) -> TimelinePage:
    home = Site.objects.get(is_default_site=True).root_page
    root = home.add_child(instance=HomePage(title="Home", slug="start", headline="Home", lead="Lead"))
    Site.objects.update(root_page=root)
    return root.add_child(instance=TimelinePage(title="Our history", slug="history"))


def test_what_is_sent_in_is_public_once_somebody_approved_it(
    writer: Client, reader: Client, era: Era, timeline: TimelinePage
) -> None:
    writer.post(reverse("history_moments:add"), filled(era, **{"action-submit": "1"}))
    event = TimelineEvent.objects.get()
    assert (event.live, event.workflow_in_progress) == (False, True)
    assert "The first conference" not in Client().get(timeline.url).content.decode()
    locked = writer.post(reverse("history_moments:edit", args=[event.pk]), filled(era, title="Changed"))
    assert "locked" in locked.content.decode()
    state = event.current_workflow_task_state
    approve = reverse("history_moments:workflow_action", args=[event.pk, "approve", state.pk])
    assert writer.post(approve).status_code in {302, 403}
    event.refresh_from_db()
    assert not event.live
    assert reader.get(reverse("history_moments:edit", args=[event.pk])).status_code == 200
    reader.post(approve, {"comment": ""})
    event.refresh_from_db()
    assert event.live
    assert "The first conference" in Client().get(timeline.url).content.decode()


def test_what_is_sent_back_stays_a_draft(writer: Client, reader: Client, era: Era) -> None:
    writer.post(reverse("history_moments:add"), filled(era, **{"action-submit": "1"}))
    event = TimelineEvent.objects.get()
    state = event.current_workflow_task_state
    reader.post(reverse("history_moments:workflow_action", args=[event.pk, "reject", state.pk]), {"comment": "When?"})
    event.refresh_from_db()
    assert (event.live, event.workflow_in_progress) == (False, False)
    assert writer.get(reverse("history_moments:edit", args=[event.pk])).status_code == 200


def test_who_may_not_publish_cannot(writer: Client, era: Era) -> None:
    writer.post(reverse("history_moments:add"), filled(era, **{"action-publish": "1"}))
    assert not TimelineEvent.objects.get().live


def test_everything_can_be_undone(editor: Client, era: Era, moment: Make) -> None:
    event = moment()
    event.save_revision().publish()
    edit = reverse("history_moments:edit", args=[event.pk])
    editor.post(edit, filled(era, title="Second", **{"action-publish": "1"}))
    first, second = event.revisions.order_by("pk")
    compared = editor.get(reverse("history_moments:revisions_compare", args=[event.pk, first.pk, second.pk]))
    assert "Second" in compared.content.decode()
    reverted = reverse("history_moments:revisions_revert", args=[event.pk, first.pk])
    assert editor.get(reverted).status_code == 200
    editor.post(reverted, filled(era, **{"action-publish": "1"}))
    event.refresh_from_db()
    assert event.title == "The first conference"
    editor.post(reverse("history_moments:unpublish", args=[event.pk]))
    event.refresh_from_db()
    assert not event.live


@pytest.mark.parametrize("mode", ["timeline", "home", "list", "nonsense"])
def test_a_preview_shows_the_moment_as_visitors_will_see_it(
    editor: Client, era: Era, moment: Make, theme: Theme, mode: str
) -> None:
    moment("Before", starts_on=date(2015, 11, 1))
    moment("After", starts_on=date(2016, 5, 1))
    moment("Hidden", starts_on=date(2016, 1, 5), live=False)
    address = reverse("history_moments:preview_on_add")
    typed = filled(era, title="A <b>new</b> moment", slug="", themes=[str(theme.pk)], is_sold_out="on", delegates="94")
    assert editor.post(address, typed).json() == {"is_valid": True, "is_available": True}
    page = editor.get(address, {"mode": mode}).content.decode()
    assert "A &lt;b&gt;new&lt;/b&gt; moment" in page
    assert "January 2016" in page
    assert "Hidden" not in page
    assert ("Before" in page, "After" in page) == (mode == "list", mode != "home")
    assert not TimelineEvent.objects.filter(title__contains="new").exists()


@pytest.mark.parametrize("facts", [{}, {"is_milestone": True}, {"is_sold_out": True}, {"delegates": 1000}])
@pytest.mark.parametrize("mode", ["timeline", "home", "list"])
def test_every_kind_of_moment_can_be_previewed_alone(
    editor: Client, moment: Make, mode: str, facts: dict[str, object]
) -> None:
    event = moment(**facts)
    revision = event.save_revision()
    address = reverse("history_moments:revisions_view", args=[event.pk, revision.pk])
    answer = editor.get(address, {"mode": mode})
    assert answer.status_code == 200
    assert "The first conference" in answer.content.decode()


def test_a_preview_is_for_those_who_write(manager: Client, delegate: Client, moment: Make) -> None:
    event = moment()
    for client in (manager, delegate, Client()):
        answer = client.get(reverse("history_moments:preview_on_edit", args=[event.pk]))
        assert answer.status_code in {302, 403}
