"""What is done with many rows of a list: with exactly those that were asked about, and never with others.

Wagtail offers “all in listing” and then takes every row there is, however the list was narrowed.
"""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

# So many are done while somebody waits, and so many numbers fit into one address.
MOST = 500
EVERY = "all"
# No database takes a longer one.
NUMBER = re.compile("[0-9]{1,18}")


def listed(model: Any, request: HttpRequest) -> QuerySet[Any]:
    """What the list of these snippets shows for this address, on all of its pages.

    Args:
        model: the kind of snippet.
        request: whose query narrows the list; where a filter cannot be understood there is nothing.
    """
    made = model.snippet_viewset.index_view
    view = made.view_class(**made.view_initkwargs)
    view.setup(request)
    found = view.get_base_queryset()
    if view.filters and not view.filters.is_valid():
        return model._default_manager.none()
    return view.search_queryset(view.filter_queryset(found))


class OfTheList:
    """Before a bulk action of snippets: says which ones are meant, or in a sentence why none are."""

    request: HttpRequest
    model: Any
    next_url: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask about those that were chosen."""
        if not self.next_url.startswith("/") or self.next_url == request.path:
            self.next_url = reverse(self.model.snippet_viewset.get_url_name("list"))
        chosen = request.GET.getlist("id")
        if EVERY in chosen:
            return self._name_them(request)
        if not chosen or not all(map(NUMBER.fullmatch, chosen)):
            return self._back(request, _("Nothing was chosen. Tick something in the list first."))
        if len(chosen) > MOST:
            return self._too_many(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def _name_them(self, request: HttpRequest) -> HttpResponse:
        """To the same question about those of the list as it was narrowed, each by its number."""
        numbers = listed(self.model, request).order_by().values_list("pk", flat=True)[: MOST + 1]
        if len(numbers) > MOST:
            return self._too_many(request)
        if not numbers:
            return self._back(request, _("There is nothing in this list."))
        asked = request.GET.copy()
        asked.setlist("id", [str(number) for number in sorted(numbers)])
        return redirect(f"{request.path}?{asked.urlencode()}")

    def _too_many(self, request: HttpRequest) -> HttpResponse:
        said = _("At most %(most)s can be done at once, and there are more. Narrow the list first.")
        return self._back(request, said % {"most": MOST})

    def _back(self, request: HttpRequest, said: str) -> HttpResponse:
        messages.error(request, said)
        return redirect(self.next_url)


class Delete(OfTheList, DeleteBulkAction):
    """Wagtail’s own, of the list as it was narrowed; each is told that it goes, and tells those who keep copies."""

    @classmethod
    def execute_action(cls, objects: list[Any], **_more: Any) -> tuple[int, int]:
        for one in objects:
            one.delete()
        return len(objects), 0
