"""The two kinds of page at any desk: one that shows, and one that asks before it does something."""

from abc import abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network_site.base.errors import HouseError

Crumb = dict[str, Any]


def crumb(label: object, name: str = "", *args: object) -> Crumb:
    """One step of the path at the top of an admin page; without a name it is the page itself."""
    return {"url": reverse(name, args=args) if name else "", "label": str(label)}


class Guarded:
    """Only for users who have every one of `needs`, and `needs_to_post` too where something is done.

    Asked before anything is looked up, so that nobody learns what exists.
    """

    needs: tuple[str, ...] = ()
    needs_to_post: tuple[str, ...] = ()
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        wanted = self.needs + (self.needs_to_post if request.method == "POST" else ())
        if not request.user.has_perms(wanted):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def may(self, right: str) -> bool:
        """Whether whoever looks has this permission."""
        return bool(self.request.user.has_perm(right))


class DeskPage(Guarded, WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin that is neither a list nor a form."""


class Deed(DeskPage):
    """Asks on GET, does on POST, says what came of it, and goes back; only a POST changes anything."""

    template_name = "editing/desk/deed.html"
    form_class: type[forms.BaseForm] = forms.Form
    yes: Any = _("Yes")
    no: Any = _("No, go back")
    is_serious = False
    form: forms.BaseForm

    def sentences(self) -> list[Any]:
        """What will happen, a sentence each."""
        return []

    @abstractmethod
    def do(self, form: Any) -> Any:
        """Call the one verb; the sentence that says what came of it."""
        ...

    @abstractmethod
    def back(self) -> str:
        """Where to go afterwards, and on "no"."""
        ...

    @cached_property
    def next_url(self) -> str:
        """The address the visitor came from where it is ours, else `back()`."""
        return get_valid_next_url_from_request(self.request) or self.back()

    def make_form(self) -> forms.BaseForm:
        """The form, bound when posted."""
        return self.form_class(self.request.POST if self.request.method == "POST" else None, **self.form_kwargs())

    def form_kwargs(self) -> dict[str, Any]:
        """What the form wants to know."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.make_form()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.make_form()
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs))
        try:
            said = self.do(self.form)
        except HouseError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return redirect(self.next_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": self.form, "media": self.form.media}
