"""Saying of several pages at once that they were read."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from network_site.editing.reviews import mark_reviewed
from network_site.people.models import User


class Reviewed(PageBulkAction):
    """Read again, and right: the next time in a year."""

    display_name = _("Reviewed")
    action_type = "reviewed"
    aria_label = _("Mark selected pages as reviewed")
    template_name = "editing/bulk/reviewed.html"
    action_priority = 5

    def check_perm(self, obj: Page) -> bool:
        return bool(obj.permissions_for_user(self.request.user).can_edit())

    @classmethod
    def execute_action(cls, objects: list[Page], user: User | None = None, **_more: Any) -> tuple[int, int]:
        today = timezone.localdate()
        done = [page for page in objects if user and mark_reviewed(page, by=user, today=today)]
        return len(done), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(n)d page was reviewed. It comes back in a year.",
            "%(n)d pages were reviewed. They come back in a year.",
            num_parent_objects,
        ) % {"n": num_parent_objects}
