"""The page that shows the history."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from network_site.base.pages import BasePage

if TYPE_CHECKING:
    from network_site.history.showing import Shown


class TimelinePage(BasePage):
    """Every public moment on one thread, with filters that work without JavaScript."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True, help_text=_("Two or three sentences."))

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "history/timeline_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    # What this request shows, so that the page's other parts need not ask again.
    shown: "Shown | None" = None

    class Meta:
        verbose_name = _("history page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # What is shown is drawn from the models of this package.
        from network_site.history import filters, queries, showing

        self.shown = showing.shown(filters.read(request.GET), address=str(self.get_url(request) or ""))
        return {
            **super().get_context(request, *args, **kwargs),
            "history": self.shown,
            "next": queries.next_conference(timezone.localdate()),
        }
