"""Writing a moment: the pages with its form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.snippets.views.snippets import CopyView, EditView, InspectView

from network_site.editing.desk.pages import Guarded
from network_site.history.cells import link_lines
from network_site.history.drawing import company
from network_site.history.editing.dates import DatesForm
from network_site.history.editing.panels import before_you_publish
from network_site.history.models import TimelineEvent


class EditMoment(EditView):
    """The form; whatever is saved in the background shows anew what is missing."""

    partials_template_name = "history/editing/partials.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The notes as well, for the part that is sent after saving in the background."""
        found = super().get_context_data(**kwargs)
        is_part = self.expects_json_response or self.hydrate_create_view
        return {**found, **before_you_publish(self.form.instance)} if is_part else found


class CopyMoment(CopyView):
    """A new moment that begins like another: with an address of its own, never published."""

    def get_initial_form_instance(self) -> TimelineEvent:
        event: TimelineEvent = super().get_initial_form_instance()
        event.slug, event.first_published_at = "", None
        return event


class SeeMoment(InspectView):
    """A moment as visitors read it, for those who may only look."""

    labels = {
        "when": _("Date"),
        "kinds": _("What it is"),
        "delegates_in_words": _("Delegates"),
        "alt_text": _("What the picture shows"),
        "status_string": _("Status"),
        "get_absolute_url": _("Address"),
    }

    def get_field_label(self, field_name: str, field: Any) -> str:
        label = self.labels.get(field_name)
        return str(label) if label else str(super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """The value, or a dash where there is none."""
        return super().get_field_display_value(field_name, field) or "–"

    def get_kinds_display_value(self) -> str:
        """Milestone, sold out, around us, as far as it is."""
        names = ("is_milestone", "is_sold_out", "is_around_us")
        found = [self.model._meta.get_field(name).verbose_name for name in names if getattr(self.object, name)]
        return capfirst(", ".join(map(str, found)))

    def get_delegates_in_words_display_value(self) -> str:
        """The figure as visitors read it."""
        return company(self.object)

    def get_links_display_value(self) -> str:
        """A line for each link."""
        return "\n".join(link_lines(self.object))

    def get_get_absolute_url_display_value(self) -> str:
        """Where visitors find it."""
        return str(self.object.get_absolute_url())


class DatesInWords(Guarded, View):
    """How a date that is being typed will read, or what is wrong with it, as plain text."""

    needs = ("wagtailadmin.access_admin", "history.view_timelineevent")

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(DatesForm(request.GET).told(), content_type="text/plain; charset=utf-8")
