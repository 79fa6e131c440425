"""From draft to published: who may do what, and who is told by letter."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Comment,
    CommentReply,
    DraftStateMixin,
    Page,
    PageSubscription,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
)
from wagtail.users.models import UserProfile

from network_site.base import freshness, page_cache
from network_site.base.models import Freshness
from network_site.base.notices import Notice, tell
from network_site.editing import comments
from network_site.editing.notices import take_over
from network_site.editing.publishing import publish_scheduled
from network_site.editing.workflows import NAME, ensure_workflows
from network_site.mail.models import OutgoingMail
from network_site.mail.outbox import deliver_due
from network_site.pages.models import StandardPage
from network_site.people.models import User
from network_site.people.roles import AUTHORS, EDITORS, ensure_roles
from tests.editing.conftest import member, said


def letters() -> list[tuple[str, str]]:
    return [(one.to, one.payload["subject"]) for one in OutgoingMail.objects.order_by("pk")]


# --- the workflow is there --------------------------------------------------------------------------------


def test_pages_and_snippets_have_one_workflow(home: Any) -> None:
    workflow = Workflow.objects.get(name=NAME)
    assert home.get_workflow() == workflow
    kinds = {one.content_type.model_class() for one in WorkflowContentType.objects.filter(workflow=workflow)}
    assert kinds == {
        model
        for model in apps.get_models()
        if issubclass(model, WorkflowMixin) and issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    }
    assert [task.groups.get().name for task in (one.specific for one in workflow.tasks)] == [EDITORS]


def test_making_it_again_changes_nothing(home: Any) -> None:
    for _round in range(3):
        ensure_workflows()
        ensure_roles()
    assert Workflow.objects.filter(name=NAME).count() == 1
    assert WorkflowPage.objects.count() == 1
    assert Workflow.objects.get(name=NAME).workflow_tasks.count() == 1
    assert not Workflow.objects.filter(name="Moderators approval", active=True).exists()


def test_what_staff_arranged_stays(home: Any) -> None:
    theirs = Workflow.objects.create(name="Two readers")
    WorkflowPage.objects.update(workflow=theirs)
    ensure_workflows()
    assert home.get_workflow() == theirs


def test_a_site_whose_root_had_another_workflow_keeps_it(db: None) -> None:
    Workflow.objects.filter(name=NAME).delete()
    theirs = Workflow.objects.create(name="Two readers")
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": theirs})
    ensure_workflows()
    assert root.get_workflow() == theirs


# --- who may do what --------------------------------------------------------------------------------------


def test_authors_write_and_do_not_publish(add: Callable[..., Any], home: Any, author: User, editor: User) -> None:
    of_author = home.permissions_for_user(author)
    assert of_author.can_add_subpage()
    assert not of_author.can_publish_subpage()
    own = add("Mine", live=False, owner=author).permissions_for_user(author)
    assert own.can_edit()
    assert own.can_submit_for_moderation()
    assert not own.can_publish()
    assert not own.can_lock()
    assert home.permissions_for_user(editor).can_publish()


def test_authors_add_pictures_and_do_not_settle_the_house(author: User) -> None:
    assert author.has_perm("wagtailadmin.access_admin")
    given = {permission.codename for permission in Group.objects.get(name=AUTHORS).permissions.all()}
    assert "access_admin" in given
    assert not {name for name in given if name.startswith(("delete_", "publish_"))}


@pytest.mark.parametrize(
    "path", ["/admin/users/", "/admin/groups/", "/admin/workflows/list/", "/admin/redirects/", "/admin/orders/"]
)
def test_doors_closed_to_authors(path: str, author: User, as_user: Callable[[User], Client]) -> None:
    assert as_user(author).get(path).status_code in {302, 403}


# --- letters ----------------------------------------------------------------------------------------------


def start(page: Any, by: User) -> TaskState:
    page.save_revision(user=by)
    return page.get_workflow().start(page, by).current_task_state


def test_editors_are_told_once_each(add: Callable[..., Any], author: User, editor: User) -> None:
    second = member("second@example.org", EDITORS)
    member("gone@example.org", EDITORS)
    User.objects.filter(email="gone@example.org").update(is_active=False)
    User.objects.create_superuser("root@example.org")
    start(add("A page", live=False), author)
    assert sorted(letters()) == [
        (email, "“A page” waits for you") for email in sorted([editor.email, "root@example.org", second.email])
    ]
    assert mail.outbox == []


def test_who_sent_it_in_is_not_told_of_it(add: Callable[..., Any], editor: User) -> None:
    start(add("A page", live=False), editor)
    assert letters() == []


def test_those_who_want_no_letters_get_none(add: Callable[..., Any], author: User, editor: User) -> None:
    profile = UserProfile.get_for_user(editor)
    profile.submitted_notifications = False
    profile.save()
    start(add("A page", live=False), author)
    assert letters() == []


def test_an_author_hears_what_became_of_it(add: Callable[..., Any], author: User, editor: User) -> None:
    page = add("A page", live=False)
    task = start(page, author)
    OutgoingMail.objects.all().delete()
    task.specific.reject(user=editor, comment="Please <b>name</b> the place.")
    (letter,) = OutgoingMail.objects.all()
    assert (letter.to, letter.payload["subject"]) == (author.email, "“A page” needs a change")
    assert "Please <b>name</b> the place." in letter.payload["paragraphs"]
    assert letter.payload["url"].endswith(f"/admin/pages/{page.pk}/edit/")
    OutgoingMail.objects.all().delete()
    page.refresh_from_db()
    page.current_workflow_state.resume(user=author)
    page.current_workflow_state.current_task_state.specific.approve(user=editor, comment="Well said.")
    letter = OutgoingMail.objects.get(payload__subject="“A page” was accepted")
    assert letter.to == author.email
    assert "Well said." in letter.payload["paragraphs"]
    assert StandardPage.objects.get(pk=page.pk).live


def test_nobody_waits_for_a_mail_server(add: Callable[..., Any], author: User, editor: User, settings: Any) -> None:
    """The mail server is away: what is sent in is sent in, and the letter goes when the server is back."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    start(add("A page", live=False), author)
    assert [to for to, _subject in letters()] == [editor.email]


def test_the_letter_as_it_arrives(real_db: str) -> None:
    tell(
        Notice(
            "edie@example.org",
            "“A page” waits for you",
            ("Arthur has sent it in.",),
            "Open it",
            "https://x.example/admin/",
            "k:1",
        )
    )
    tell(
        Notice("edie@example.org", "“A page” waits for you", ("Again.",), "Open it", "https://x.example/admin/", "k:1")
    )
    deliver_due(now=timezone.now() + timedelta(minutes=1))
    (letter,) = mail.outbox
    assert letter.subject == "“A page” waits for you"
    assert "Arthur has sent it in." in letter.body
    assert "https://x.example/admin/" in letter.body


def test_taking_over_again_tells_nobody_twice(add: Callable[..., Any], author: User, editor: User) -> None:
    take_over()
    start(add("A page", live=False), author)
    assert len(letters()) == 1


# --- comments ---------------------------------------------------------------------------------------------


def changes(**what: Any) -> dict[str, list[Any]]:
    return {"new_comments": [], "resolved_comments": [], "deleted_comments": [], "new_replies": [], **what}


def comment(page: Page, user: User, text: str = "Is this right?") -> Comment:
    return Comment.objects.create(page=page, user=user, text=text, contentpath="title")


def test_those_who_follow_a_page_hear_of_comments(add: Callable[..., Any], author: User, editor: User) -> None:
    page = add("A page")
    PageSubscription.objects.create(page=page, user=editor, comment_notifications=True)
    PageSubscription.objects.create(page=page, user=author, comment_notifications=True)
    comments.tell_of(changes(new_comments=[comment(page, author)]), page=page, by=author)
    (letter,) = OutgoingMail.objects.all()
    assert (letter.to, letter.payload["subject"]) == (editor.email, "Arthur commented on “A page”")
    assert letter.payload["paragraphs"] == ["“Is this right?”"]


def test_those_in_a_thread_hear_of_answers(add: Callable[..., Any], author: User, editor: User) -> None:
    page = add("A page")
    asked = comment(page, author)
    answer = CommentReply.objects.create(comment=asked, user=editor, text="It is.")
    comments.tell_of(changes(new_replies=[(asked, [answer])], resolved_comments=[asked]), page=page, by=editor)
    (letter,) = OutgoingMail.objects.all()
    assert letter.to == author.email
    assert letter.payload["paragraphs"] == ["“It is.”", "Settled: “Is this right?”"]


def test_the_same_round_is_told_once(add: Callable[..., Any], author: User, editor: User) -> None:
    page = add("A page")
    asked = comment(page, editor)
    reply = CommentReply.objects.create(comment=asked, user=author, text="No.")
    for _round in range(2):
        comments.tell_of(changes(new_replies=[(asked, [reply])]), page=page, by=author)
    assert len(letters()) == 1


@pytest.mark.parametrize("quiet", [{}, {"deleted_comments": [1]}])
def test_nothing_said_nothing_told(add: Callable[..., Any], quiet: dict[str, Any], editor: User) -> None:
    page = add()
    PageSubscription.objects.create(page=page, user=editor, comment_notifications=True)
    comments.tell_of(changes(**quiet), page=page, by=User.objects.create_user("x@example.org"))
    assert letters() == []


def test_those_who_want_no_comments_get_none(add: Callable[..., Any], author: User, editor: User) -> None:
    page = add()
    PageSubscription.objects.create(page=page, user=editor, comment_notifications=True)
    profile = UserProfile.get_for_user(editor)
    profile.updated_comments_notifications = False
    profile.save()
    comments.tell_of(changes(new_comments=[comment(page, author)]), page=page, by=author)
    assert letters() == []


# --- dates and the page cache -----------------------------------------------------------------------------


def test_a_page_with_a_date_appears_and_goes_by_itself_for_everybody(
    add: Callable[..., Any], settings: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is kept for visitors; the worker's round is seen all the same."""
    monkeypatch.setattr(page_cache, "CHECK_EVERY_SECONDS", 0)
    settings.PAGE_CACHE_SECONDS = 3600
    visitor = Client()
    page = add("In May", slug="in-may", live=False)
    now = timezone.now()
    page.go_live_at, page.expire_at = now + timedelta(days=1), now + timedelta(days=2)
    page.save_revision().publish()
    assert visitor.get("/in-may/").status_code == 404
    states = []
    for hours in (23, 25, 47, 49):
        with time_machine.travel(now + timedelta(hours=hours), tick=True):
            with django_capture_on_commit_callbacks(execute=True):
                publish_scheduled(timezone.now())
            states.append(visitor.get("/in-may/").status_code)
    assert states == [404, 200, 200, 404]


def test_publishing_by_date_counts_as_a_change_of_words(
    add: Callable[..., Any], django_capture_on_commit_callbacks: Any
) -> None:
    page = add("In May", live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    assert revision
    before = freshness.current()
    words = Freshness.objects.filter(pk=1).values_list("words", flat=True).first() or 0
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True),
        django_capture_on_commit_callbacks(execute=True),
    ):
        publish_scheduled(timezone.now())
    assert freshness.current() > before
    assert (Freshness.objects.get(pk=1).words) > words


# --- the explorer -----------------------------------------------------------------------------------------


def test_the_list_of_pages_says_whose_and_until_when(
    add: Callable[..., Any], home: Any, desk: Client, editor: User
) -> None:
    add("A page", owner=editor, review_on=timezone.localdate() + timedelta(days=30))
    page = said(desk.get(f"/admin/pages/{home.pk}/"))
    assert "Read again by" in page
    assert "Owner" in page
    assert "Edie" in page.partition("<tbody")[2]


def test_the_list_of_pages_costs_the_same_however_long(
    add: Callable[..., Any], home: Any, desk: Client, editor: User
) -> None:
    counts = []
    for number in (1, 3, 30):
        for n in range(number):
            add(f"Page {number} {n}", owner=editor)
        desk.get(f"/admin/pages/{home.pk}/")
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"/admin/pages/{home.pk}/")
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_page_is_found_in_the_admins_search(add: Callable[..., Any], desk: Client) -> None:
    add("Kettles and lamps")
    assert "Kettles and lamps" in said(desk.get(f"{reverse('wagtailadmin_pages:search')}?q=kettles"))
