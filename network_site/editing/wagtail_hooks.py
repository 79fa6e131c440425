"""What editing adds to the Wagtail admin."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.home import LockedPagesPanel, WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from network_site.editing.bulk import Reviewed
from network_site.editing.content_checker import HouseChecker
from network_site.editing.dashboard import TimesPanel, WaitingPanel
from network_site.editing.deleting import keep_what_is_needed
from network_site.editing.desk.bulk import Delete
from network_site.editing.page_admin import HousePageViewSet
from network_site.editing.reports.base import ReportItem
from network_site.editing.reports.urls import ENTRIES, Entry
from network_site.editing.reviews import REVIEWED
from network_site.people.models import User

# Wagtail's entries that ours take the place of, or that lead away from the house.
NOT_IN_REPORTS = {"aging-pages"}
# What is to be decided stands before what one has sent in oneself.
TO_DECIDE = 60
STAYS_IN_HELP = {"editors-guide", "keyboard-shortcuts-trigger"}


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    """The house's colours, the desks, and a little of its form; the structure stays Wagtail's."""
    sheets = [(static(f"editing/{name}.css"),) for name in ("admin", "desk")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("get_avatar_url")
def avatar(user: User, size: int) -> str:
    """One drawn face for everybody: no address is sent to anybody to get a picture for it."""
    return static("editing/avatar.svg")


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    """The guide, the reports, and a page's own report."""
    return [path("", include("network_site.editing.urls"))]


@hooks.register("register_admin_viewset")
def pages() -> HousePageViewSet:
    """The list of pages and the editor, for every kind of page."""
    return HousePageViewSet()


@hooks.register("before_delete_snippet", order=1)  # after those that know more of their own things
def keep_snippets(request: HttpRequest, snippets: Sequence[Any]) -> HttpResponse | None:
    """What something else needs stays."""
    back = snippets[0].snippet_viewset.get_url_name("list")
    return keep_what_is_needed(request, snippets, back=back, instead=str(_("Change what needs it first.")))


@hooks.register("before_delete_user")
def keep_user(request: HttpRequest, user: User) -> HttpResponse | None:
    """Whoever did something that is on record stays, and need not be able to sign in."""
    instead = _("To keep somebody out, open the account and untick “Active”.")
    return keep_what_is_needed(request, [user], back="wagtailusers_users:index", instead=str(instead))


@hooks.register("before_bulk_action")
def keep_users(request: HttpRequest, verb: str, users: Sequence[User], deed: BulkAction) -> HttpResponse | None:
    """The same where several are chosen; snippets of a list have the hook of one."""
    if verb != "delete" or not isinstance(deed, UserBulkAction):
        return None
    return next(filter(None, (keep_user(request, user) for user in users)), None)


hooks.register("register_bulk_action", Reviewed)
hooks.register("register_bulk_action", Delete, order=1)  # after Wagtail’s own, in whose place it is


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """A page's history says when it was reviewed."""
    actions.register_action(REVIEWED, _("Review"), _("Read again and found right"))


@hooks.register("construct_wagtail_userbar")
def house_rules(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """The content checker looks for what the house looks for."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = HouseChecker(page, in_editor=item.in_editor)


@hooks.register("construct_homepage_panels")
def dashboard(request: HttpRequest, panels: list[Component]) -> None:
    """What waits and what is new; what is locked can be found under reports."""
    panels[:] = [panel for panel in panels if not isinstance(panel, LockedPagesPanel)]
    for panel in panels:
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panel.order = TO_DECIDE
    panels += [WaitingPanel(), TimesPanel()]


@hooks.register("register_page_header_buttons")
def before_you_publish(page: Page, user: User, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """In the menu of a page: its report."""
    if page.pk and not page.is_root() and page.permissions_for_user(user).can_edit():
        url = reverse("editing:before_you_publish", args=[page.pk])
        yield Button(_("Before you publish"), url, icon_name="glasses", priority=45)


@hooks.register("register_help_menu_item")
def guide() -> MenuItem:
    """The house's own guide."""
    return MenuItem(_("Editors’ guide"), reverse("editing:guide"), name="editors-guide", icon_name="help", order=100)


@hooks.register("construct_help_menu")
def only_our_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """What leads to other sites is left out: editors learn this site."""
    items[:] = [item for item in items if item.name in STAYS_IN_HELP]


@hooks.register("construct_reports_menu")
def only_one_list_of_old_pages(request: HttpRequest, items: list[MenuItem]) -> None:
    """Ours says who should look and when."""
    items[:] = [item for item in items if item.name not in NOT_IN_REPORTS]


def report_item(entry: Entry, order: int) -> ReportItem:
    """A report in the menu."""
    url = reverse(f"editing_reports:{entry.name}")
    return ReportItem(entry.label, url, name=f"house-{entry.name}", icon_name=entry.view.header_icon, order=order)


for order, entry in enumerate(ENTRIES):
    hooks.register("register_reports_menu_item", partial(report_item, entry, order))
