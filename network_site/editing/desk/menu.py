"""Menu items that only those see who may open them."""

from abc import abstractmethod
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from network_site.base.pages import BasePage
from network_site.editing import tree


class GuardedItem(MenuItem):
    """Shown to users with one permission."""

    right = ""

    @classmethod
    def for_right(cls, right: str) -> type["GuardedItem"]:
        """The same for one permission."""
        return type(cls.__name__, (cls,), {"right": right})

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.right))


class PagesItem(MenuItem):
    """A list of one kind of page, shown to those who may write such pages."""

    model: type[BasePage]

    @classmethod
    def of(cls, model: type[BasePage]) -> type["PagesItem"]:
        """The same for one kind."""
        return type(cls.__name__, (cls,), {"model": model})

    def is_shown(self, request: HttpRequest) -> bool:
        return tree.may_write(request.user, self.model)  # type: ignore[arg-type]


class CountingItem(GuardedItem):
    """Says how many wait: "Incidents (3)"."""

    @abstractmethod
    def count(self) -> int:
        """How many."""
        ...

    def render_component(self, request: HttpRequest) -> Any:
        waiting = self.count()
        shown = super().render_component(request)
        if waiting:
            shown.label = f"{shown.label} ({waiting})"
        return shown
