"""What waits for an editor, as far as pages are concerned."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import TaskState

from network_site.base.offers import Waiting, waiting
from network_site.editing import reviews, tree
from network_site.editing.reports.links import broken

# A draft nobody has touched for so long is forgotten, not begun.
FORGOTTEN = timedelta(days=14)


@waiting.add("editing")
def of_pages(request: HttpRequest) -> Sequence[Waiting]:
    """Tasks to decide, pages to read again, links to mend, drafts to finish; none of which has a number of nought."""
    user: Any = request.user
    found = [_tasks(user), _reviews(user), _links(user), _drafts(user)]
    return [one for one in found if one.number]


def _tasks(user: Any) -> Waiting:
    number = TaskState.objects.reviewable_by(user).count()
    words = ngettext("text was sent in for you to read", "texts were sent in for you to read", number)
    return Waiting(number, words, f"{reverse('wagtailadmin_reports:workflow_tasks')}?reviewable=true")


def _reviews(user: Any) -> Waiting:
    number = reviews.due(user, today=timezone.localdate()).filter(owner=user).count()
    words = ngettext("page of yours is due to be read again", "pages of yours are due to be read again", number)
    return Waiting(number, words, f"{reverse('editing_reports:review')}?whose=me")


def _links(user: Any) -> Waiting:
    number = broken(user).count()
    words = ngettext("link is broken", "links are broken", number)
    return Waiting(number, words, f"{reverse('editing_reports:links')}?status=broken")


def _drafts(user: Any) -> Waiting:
    before = timezone.now() - FORGOTTEN
    mine = tree.pages_for(user, "add", "change").filter(has_unpublished_changes=True, owner=user)
    number = mine.filter(latest_revision_created_at__lte=before).count()
    words = ngettext("draft of yours has waited for two weeks", "drafts of yours have waited for two weeks", number)
    return Waiting(number, words, f"{reverse('editing_reports:drafts')}?whose=me&untouched={FORGOTTEN.days}")
