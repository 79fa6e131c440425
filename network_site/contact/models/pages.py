"""The page people write to us from."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.search import index

from network_site.base.blocks import SMALL_FEATURES, body_blocks
from network_site.base.pages import BasePage


class WayBlock(blocks.StructBlock):
    """Another way to reach us: a letter, a telephone, a place."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_FEATURES)

    class Meta:
        icon = "mail"
        label = _("Another way")
        preview_value = {"heading": "By post", "text": "<p>The network, 1 Sample Street</p>"}
        template = "contact/way.html"


class ContactPage(BasePage):
    """The form, and other ways to reach us; what one can write about is kept as topics."""

    is_for_reading = False

    lead = models.TextField(_("lead"), max_length=400, blank=True, help_text=_("Who answers, in one breath."))
    body = StreamField(
        body_blocks(), verbose_name=_("before the form"), blank=True, help_text=_("A few words; the form comes next.")
    )
    ways = StreamField(
        [("way", WayBlock())],
        verbose_name=_("other ways to reach us"),
        blank=True,
        max_num=6,
        help_text=_("An office address, a telephone, a letter."),
    )

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "contact/contact_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("ways"),
        HelpPanel(_("What people can choose, and who gets it, is under Messages, Contact topics.")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("contact page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network_site.contact.forms import ContactForm, offered_topics

        context = super().get_context(request, *args, **kwargs)
        return {"form": ContactForm(topics=offered_topics()), **context}
