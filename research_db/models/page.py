"""The page of the database in the site's tree; what it lists comes from the search."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from network_site.base.pages import BasePage
from network_site.base.remembered import remembered


class ResearchPage(BasePage):
    """Search, narrow, and take away what is known about social prescribing."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True, help_text=_("Two or three sentences."))

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    template = "research_db/research_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = _("research page")

    @classmethod
    def address(cls) -> str:
        """Where the list is; empty where no public page of the tree shows it."""

        def found() -> str:
            page = cls.readable().first()
            return str(page.get_url() or "") if page else ""

        return remembered("research.address", shown="", make=found)
