"""What the conference desk adds to the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component

from events.admin.dashboard import DeskPanel
from events.admin.group import DeskGroup
from events.admin.rights import names
from network_site.editing.desk.rights import permissions


@hooks.register("register_admin_viewset")
def register_desk() -> DeskGroup:
    """The menu group and the addresses behind it."""
    return DeskGroup()


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """A ticket."""
    return [*icons, "events/admin/icons/ticket.svg"]


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The desk's own style, a little on top of Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("events/admin/desk.css"))


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """What waits and what was sold today."""
    panels.append(DeskPanel(request))


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Everything the desk asks for can be given to a group in the admin's settings."""
    return permissions(names())
