"""The pages editors arrange: home, explainers, people, and everything plain."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from network_site.base.body import stored
from network_site.base.links import LinkBlock
from network_site.base.pages import BasePage
from network_site.base.remembered import remembered
from network_site.pages.blocks import EntryBlock, page_blocks
from network_site.pages.month import month_drawn
from network_site.pages.next_conference import next_conference
from network_site.pages.writing import entries
from network_site.ui.models.links import drawn


class HomePage(BasePage):
    """Four places on one thread: who we are, the next conference, a moment, the newest writing."""

    headline = models.CharField(_("headline"), max_length=80)
    lead = models.TextField(_("lead"), max_length=400, help_text=_("Two or three sentences."))
    links = StreamField([("link", LinkBlock())], verbose_name=_("links under the lead"), blank=True, max_num=3)
    writing = StreamField(
        [("entry", EntryBlock())],
        verbose_name=_("writing to show first"),
        blank=True,
        max_num=4,
        help_text=_("Stays above the newest writing, which comes by itself. The first is shown large; four in all."),
    )

    is_for_reading = False
    max_count = 1
    # Which pages may stand below it, each kind of page says itself.
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("links"),
        FieldPanel("writing"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("headline"), index.SearchField("lead")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        links, writing = self.links, self.writing
        return {
            **super().get_context(request, *args, **kwargs),
            "next": next_conference(today=today),
            "links": remembered("home.links", shown=stored(links), make=lambda: drawn(link.value for link in links)),
            "month": remembered("home.month", shown=[today.year, today.month], make=lambda: month_drawn(today)),
            "writing": remembered("home.writing", shown=stored(writing), make=lambda: entries(writing)),
        }


class WordsPage(BasePage):
    """A page with a lead and a body."""

    lead = models.TextField(_("lead"), max_length=400, blank=True, help_text=_("What the page is for, in one breath."))

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        abstract = True


class StandardPage(WordsPage):
    """Anything plain: about us, accessibility, privacy."""

    body = StreamField(page_blocks(), verbose_name=_("body"), blank=True)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage", "pages.ExplainerPage"]
    template = "pages/standard_page.html"

    class Meta:
        verbose_name = _("page")


class ExplainerPage(WordsPage):
    """An article that explains one thing from the beginning, with films, figures and where it comes from."""

    body = StreamField(page_blocks(), verbose_name=_("body"), blank=True)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types: list[str] = []
    template = "pages/explainer_page.html"

    class Meta:
        verbose_name = _("explainer")


class PeoplePage(WordsPage):
    """Founders, co-chairs and partners."""

    body = StreamField(page_blocks(), verbose_name=_("body"), blank=True)

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "pages/people_page.html"

    class Meta:
        verbose_name = _("people page")
