"""How writing becomes public: authors write and submit, an editor reads and publishes."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail.models import (
    DraftStateMixin,
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from network_site.people.roles import EDITORS

NAME = "Publish"
# Wagtail brings this one with it; it asks a group that nobody is in.
WAGTAILS_OWN = "Moderators approval"


def ensure_workflows() -> None:
    """Make the workflow and give it whatever has none; takes nothing away from what staff arranged afterwards."""
    workflow, is_new = Workflow.objects.get_or_create(name=NAME)
    if is_new:
        _give_task(workflow)
        _replace_wagtails(workflow)
    _give_snippets(workflow)


def _give_task(workflow: Workflow) -> None:
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    task, _made = GroupApprovalTask.objects.get_or_create(name=gettext("Reading by an editor"))
    task.groups.add(editors)
    WorkflowTask.objects.create(workflow=workflow, task=task)


def _replace_wagtails(workflow: Workflow) -> None:
    """The whole tree of pages, unless somebody chose another workflow for it."""
    root = Page.get_first_root_node()
    if root is None:
        return
    WorkflowPage.objects.filter(page=root, workflow__name=WAGTAILS_OWN).delete()
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.filter(name=WAGTAILS_OWN, workflow_pages=None, workflow_content_types=None).update(active=False)


def _give_snippets(workflow: Workflow) -> None:
    for model in apps.get_models():
        if issubclass(model, WorkflowMixin) and issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
            WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
