"""What Wagtail tells staff by mail, through the outbox: an editor never waits for a mail server, and no notice is lost.

Wagtail's own notifiers open a connection to the mail server inside the editor's request. Ours take over their
recipients and everybody's choices under "Notifications", and hand the words to the outbox.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from network_site.base.notices import Notice, tell
from network_site.people.models import User


class Posted:
    """For Wagtail's notifiers: what they would mail is a notice."""

    verb = ""

    def say(self, context: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        """The subject and the paragraphs."""
        raise NotImplementedError

    def key(self, context: dict[str, Any]) -> str:
        """Which promise this is, without the reader."""
        raise NotImplementedError

    def send_notifications(
        self, template_set: dict[str, str], context: dict[str, Any], recipients: set[User], **kwargs: Any
    ) -> bool:
        """In each reader’s own language."""
        for reader in sorted(recipients, key=lambda user: user.pk):
            with override(UserProfile.get_for_user(reader).get_preferred_language()):
                subject, paragraphs = self.say(context)
                url = edit_address(context["object"], reader)
                key = f"{self.verb}:{self.key(context)}:{reader.pk}"
                tell(Notice(reader.email, subject, paragraphs, _("Open it"), url, key))
        return True


def edit_address(subject: Any, reader: User) -> str:
    """The full address at which the reader works on it."""
    return f"{settings.SITE_URL}{AdminURLFinder(reader).get_edit_url(subject) or '/admin/'}"


def title_of(context: dict[str, Any]) -> str:
    """What the notice is about, as its newest draft calls it."""
    subject = context["object"]
    revision = getattr(subject, "latest_revision", None)
    return str(revision.object_str if revision else subject)


class TaskPosted(Posted, GroupApprovalTaskStateSubmissionEmailNotifier):
    """To the group that reads it: something waits for you."""

    verb = "workflow_task"

    def key(self, context: dict[str, Any]) -> str:
        return str(context["task_state_pk"])

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        by = getattr(task_state.workflow_state, "requested_by", None)
        return {**super().get_context(task_state, **kwargs), "task_state_pk": task_state.pk, "requested_by": by}

    def say(self, context: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        facts = {"title": title_of(context), "who": str(context["requested_by"] or settings.SITE_NAME)}
        return (
            _("“%(title)s” waits for you") % facts,
            (_("%(who)s has sent it in. Read it, then publish it or say what should change.") % facts,),
        )


class OfWorkflow(Posted):
    """About a whole workflow."""

    def key(self, context: dict[str, Any]) -> str:
        return str(context["state_pk"])

    def get_context(self, workflow_state: WorkflowState, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context(workflow_state, **kwargs)  # type: ignore[misc]
        task_state = workflow_state.current_task_state_id or 0
        return {**found, "state_pk": f"{workflow_state.pk}.{task_state}"}


class SubmittedPosted(OfWorkflow, WorkflowStateSubmissionEmailNotifier):
    """Wagtail tells administrators twice of the same submission; once, with the task, is enough."""

    verb = "workflow_submitted"

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> set[User]:
        return set()


class ApprovedPosted(OfWorkflow, WorkflowStateApprovalEmailNotifier):
    """To who sent it in: it was accepted."""

    verb = "workflow_approved"

    def get_context(self, workflow_state: WorkflowState, **kwargs: Any) -> dict[str, Any]:
        last = TaskState.objects.filter(pk=workflow_state.current_task_state_id).first()
        return {**super().get_context(workflow_state, **kwargs), "comment": last.comment if last else ""}

    def say(self, context: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        accepted = _("An editor has read what you sent in and accepted it. If it has a date, it is published then.")
        return (
            _("“%(title)s” was accepted") % {"title": title_of(context)},
            tuple(part for part in (accepted, context["comment"]) if part),
        )


class RejectedPosted(OfWorkflow, WorkflowStateRejectionEmailNotifier):
    """To who sent it in: something should change."""

    verb = "workflow_rejected"

    def say(self, context: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        facts = {"title": title_of(context)}
        comment = str(context.get("comment") or "")
        advice = _("Nothing is lost: your draft is as you left it. Change it and send it in again.")
        return (
            _("“%(title)s” needs a change") % facts,
            tuple(part for part in (_("An editor has read what you sent in."), comment, advice) if part),
        )


# Wagtail's names for its receivers: what is connected first under a name stays.
RECEIVERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification", TaskPosted()),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", SubmittedPosted()),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", ApprovedPosted()),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", RejectedPosted()),
)


def take_over() -> None:
    """Put our receivers in the places of Wagtail's, whichever was there first."""
    for signal, sender, uid, receiver in RECEIVERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(receiver, sender=sender, dispatch_uid=uid)
