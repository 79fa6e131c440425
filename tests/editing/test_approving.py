"""Approving straight from a list, when what was sent in can no longer be published as it is."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page, WorkflowMixin

from network_site.editing.approving import PageApproval, SnippetApproval
from network_site.editing.page_admin import Editor
from network_site.history.models import Era, TimelineEvent
from network_site.mail.models import OutgoingMail
from network_site.news.models import NewsIndexPage, NewsPage
from network_site.pages.models import HomePage, StandardPage
from network_site.people.models import User
from research_db.models import Identifier, Publication
from tests.editing.conftest import said

DOI = "10.1234/link.5"
AJAX = {"x-requested-with": "XMLHttpRequest"}
Make = Callable[[HomePage, str], Any]


def record(_home: HomePage, title: str) -> Publication:
    """With the one DOI, which a draft says and no row has until it is published."""
    made = Publication.objects.create(title=title, live=False)
    made.identifiers = [Identifier(scheme="doi", value=DOI)]
    return made


def moment(_home: HomePage, title: str) -> TimelineEvent:
    era, _made = Era.objects.get_or_create(slug="era", title="Era", years="2015", starts_on=date(2015, 1, 1))
    made = TimelineEvent.objects.create(
        title=title,
        slug=title.lower(),
        summary="We met.",
        starts_on=date(2016, 1, 1),
        precision="day",
        era=era,
        live=False,
    )
    made.slug = "the-same"
    return made


def page(home: HomePage, title: str) -> StandardPage:
    made: StandardPage = home.add_child(instance=StandardPage(title=title, summary="What it is about.", live=False))
    made.slug = "the-same"
    return made


def article(home: HomePage, title: str) -> NewsPage:
    news = NewsIndexPage.objects.first() or home.add_child(instance=NewsIndexPage(title="News", intro="What is new."))
    made: NewsPage = news.add_child(
        instance=NewsPage(title=title, lead="It is new.", published_on=timezone.localdate(), live=False)
    )
    made.slug = "the-same"
    return made


def ways(thing: Any, task: int) -> tuple[str, str]:
    """Where it is approved, and where it is edited."""
    name = {Publication: "research_publications", TimelineEvent: "history_moments"}.get(
        type(thing), "wagtailadmin_pages"
    )
    return reverse(f"{name}:workflow_action", args=[thing.pk, "approve", task]), reverse(
        f"{name}:edit", args=[thing.pk]
    )


@pytest.mark.parametrize("make", [record, moment, page, article])
@pytest.mark.parametrize("headers", [{}, AJAX], ids=["form", "modal"])
def test_what_another_took_meanwhile_is_said_and_nothing_is_lost(
    make: Make, headers: dict[str, str], home: HomePage, author: User, desk: Client, editor: User
) -> None:
    editor.is_superuser = True
    editor.save()
    ours = make(home, "Ours")
    sent_in = ours.save_revision(user=author)
    task = ours.get_workflow().start(ours, author).current_task_state
    make(home, "Theirs").save_revision().publish()
    letters = OutgoingMail.objects.count()

    approve, edit = ways(ours, task.pk)
    answer = desk.post(approve, {"comment": "Thank you."}, headers=headers)
    way = json.loads(answer.content)["redirect"] if headers else answer["Location"]
    assert way == edit
    assert "“Ours” was not published: another has the same number or address" in said(desk.get(way))

    task.refresh_from_db()
    ours = type(ours).objects.get(pk=ours.pk)
    assert (ours.live, ours.latest_revision, ours.workflow_in_progress) == (False, sent_in, True)
    assert (task.status, task.comment, OutgoingMail.objects.count()) == ("in_progress", "", letters)


@pytest.mark.parametrize("make", [record, moment, page, article])
def test_what_can_be_published_is(make: Make, home: HomePage, author: User, desk: Client, editor: User) -> None:
    editor.is_superuser = True
    editor.save()
    ours = make(home, "Ours")
    ours.save_revision(user=author)
    task = ours.get_workflow().start(ours, author).current_task_state
    approve, _edit = ways(ours, task.pk)
    desk.post(approve, {"comment": ""})
    assert type(ours).objects.get(pk=ours.pk).live


def test_every_kind_that_is_sent_in_is_approved_so() -> None:
    """And every kind of page has the house’s screens, so that letters about it leave through the outbox."""
    reverse("wagtailadmin_home")  # with the addresses of the admin its screens are known
    kinds = [model for model in apps.get_models() if issubclass(model, WorkflowMixin)]
    pages = [model for model in kinds if issubclass(model, Page)]
    assert {page_viewset_registry.get_by_type(model).edit_view_class for model in pages} == {Editor}
    assert {page_viewset_registry.get_by_type(model).workflow_action_view_class for model in pages} == {PageApproval}
    others = [model.snippet_viewset for model in kinds if not issubclass(model, Page)]
    assert {viewset.workflow_action_view_class for viewset in others} == {SnippetApproval}
