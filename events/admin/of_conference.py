"""Forms about one thing of one conference: they find it in the address and come back to its tickets page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views import generic

from events.admin.crumbs import conference_crumbs
from events.admin.facts_form import changes
from events.models import Conference
from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.base.freshness import touch_words
from network_site.editing.desk.pages import crumb


class OfConference:
    """What adding and editing share."""

    kwargs: dict[str, Any]
    request: HttpRequest
    template_name = "events/admin/form.html"
    model: Any
    form: Any
    called: Any = ""
    is_new = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.conference = get_object_or_404(Conference, pk=kwargs["conference"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def get_queryset(self) -> Any:
        return self.model._default_manager.filter(conference=self.conference)

    def get_success_url(self) -> str:
        return reverse("conferences:tickets", args=[self.conference.pk])

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_success_message(self, instance: Any = None) -> str:
        return _("“%(name)s” is saved.") % {"name": instance or self.form.instance}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return conference_crumbs(self.conference, crumb(self.get_page_subtitle()))  # type: ignore[attr-defined]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "conference": self.conference}  # type: ignore[misc]

    def get_add_url(self) -> str:
        return self.request.path

    def get_edit_url(self) -> str:
        return self.request.path

    def save_instance(self) -> Any:
        """Save with what belongs to it, in the view's transaction; the audit trail says what changed."""
        verb = "made" if self.is_new else "changed"
        changed = changes(self.form)
        saved = self.form.save()
        self.follow(saved, changed)
        if changed:
            about = {"what": self.model._meta.verbose_name, "called": str(saved), **changed}
            record(verb, subject=f"conference:{self.conference.pk}", by=self.request.user, **about)  # type: ignore[arg-type]
            touch_words()
        return saved

    def follow(self, saved: Any, changed: dict[str, object]) -> None:
        """What else must happen when this is saved."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except HouseError as error:
            form.add_error(None, str(error))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class AddOne(OfConference, generic.CreateView):
    """A new thing of a conference."""

    is_new = True

    def get_page_subtitle(self) -> str:
        return _("New %(what)s") % {"what": self.called}


class EditOne(OfConference, generic.EditView):
    """A thing of a conference."""

    def get_page_subtitle(self) -> str:
        return str(self.object)
