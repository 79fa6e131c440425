"""The pages of conferences in the Wagtail tree."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from events.models.conference import Conference
from network_site.base.blocks import body_blocks
from network_site.base.pages import BasePage


class ConferenceIndexPage(BasePage):
    """All conferences: the next ones, then the past."""

    intro = models.TextField(_("introduction"), blank=True)

    is_for_reading = False
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["events.ConferencePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    template = "events/conference_index_page.html"


class ConferencePage(BasePage):
    """A conference's words; its facts, programme and tickets are the conference's own."""

    conference = models.OneToOneField(
        Conference, on_delete=models.PROTECT, related_name="page", verbose_name=_("conference")
    )
    who_for = models.CharField(
        _("who it is for"), max_length=200, blank=True, help_text=_("Such as “Link workers, clinicians, researchers”.")
    )
    body = StreamField(body_blocks(), blank=True, verbose_name=_("body"))

    parent_page_types = ["events.ConferenceIndexPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("conference"), FieldPanel("who_for"), FieldPanel("body")]
    template = "events/conference_page.html"

    def clean(self) -> None:
        """The page's address is the conference's: tickets and feeds hang on it."""
        super().clean()
        if self.conference_id:
            self.slug = self.conference.slug

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "conference": self.conference}
