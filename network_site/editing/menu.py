"""The menu of the admin as a page of links, for browsers without JavaScript: Wagtail draws its own with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import admin_menu
from wagtail.admin.ui.sidebar import LinkMenuItem, MenuItem, SubMenuItem

from network_site.editing.desk.pages import DeskPage, crumb


@dataclass(frozen=True)
class Part:
    """A part of the menu: what it is called, empty for what stands in no part, and its links."""

    label: str
    links: list[LinkMenuItem]


def parts(items: Iterable[MenuItem]) -> list[Part]:
    """What stands in no part first, then each part in its order; parts without a link are left out."""
    shown = list(items)
    found = [Part("", list(links_of(one for one in shown if not isinstance(one, SubMenuItem))))]
    found += [Part(one.label, list(links_of(one.menu_items))) for one in shown if isinstance(one, SubMenuItem)]
    return [part for part in found if part.links]


def links_of(items: Iterable[MenuItem]) -> Iterator[LinkMenuItem]:
    """The links among these and within them; what only JavaScript does is none."""
    for one in items:
        if isinstance(one, SubMenuItem):
            yield from links_of(one.menu_items)
        elif isinstance(one, LinkMenuItem) and one.url.startswith("/"):
            yield one


class Menu(DeskPage):
    """Everything the menu leads to, for whoever may open it."""

    template_name = "editing/menu.html"
    page_title = _("Menu")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(self.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "parts": parts(admin_menu.render_component(self.request))}
