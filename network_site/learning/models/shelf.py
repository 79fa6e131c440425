"""The shelf all courses and resources stand on, and what they have in common."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from network_site.base.pages import BasePage
from network_site.pages.blocks import page_blocks

if TYPE_CHECKING:
    from network_site.learning.shelf import Item


class LearningIndexPage(BasePage):
    """All courses and resources, to be found by what one needs."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True, help_text=_("One or two sentences."))

    is_for_reading = False
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["learning.CoursePage", "learning.ResourcePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    template = "learning/learning_index_page.html"

    class Meta:
        verbose_name = _("courses and resources")


class LearningPage(BasePage):
    """Something to learn from: who made it, for whom, about what, and what it costs."""

    lead = models.TextField(_("lead"), max_length=400, help_text=_("What one will know or can do afterwards."))
    provider = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("organisation that offers it"),
    )
    made_by = models.CharField(
        _("made by"),
        max_length=200,
        blank=True,
        help_text=_("As its makers want to be named. Empty: the organisation."),
    )
    is_free = models.BooleanField(_("free"), default=True)
    cost = models.CharField(
        _("cost"), max_length=100, blank=True, help_text=_("Where it is not free: “£120, bursaries available”.")
    )
    audiences = ParentalManyToManyField(
        "learning.Audience", verbose_name=_("who it is for"), blank=True, related_name="+"
    )
    topics = ParentalManyToManyField("base.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    body = StreamField(page_blocks(), verbose_name=_("body"), blank=True)

    parent_page_types = ["learning.LearningIndexPage"]
    subpage_types: list[str] = []
    preview_modes = [("", _("The page")), ("entry", _("In the list")), BasePage.shared_preview]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("made_by"),
        index.SearchField("body"),
    ]
    maker_panels = [
        MultiFieldPanel([FieldPanel("provider"), FieldPanel("made_by")], heading=_("Who made it")),
        MultiFieldPanel([FieldPanel("is_free"), FieldPanel("cost")], heading=_("Cost")),
        MultiFieldPanel([FieldPanel("audiences"), FieldPanel("topics")], heading=_("Found by")),
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(is_free=False) | Q(cost=""),
                name="free_%(class)s_costs_nothing",
                violation_error_message=_("Something free has no cost: untick “free”, or empty the cost."),
            )
        ]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "learning/preview_entry.html" if mode_name == "entry" else str(self.template)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network_site.learning.beside import beside  # it reads these models

        around = beside(self, is_draft=getattr(request, "is_preview", False))
        self.item = around.item
        return {**super().get_context(request, *args, **kwargs), "beside": around, "item": self.item}

    @cached_property
    def item(self) -> "Item":
        """The page as the shelf shows it."""
        from network_site.learning.shelf import item_of

        return item_of(self)

    @property
    def makers(self) -> str:
        """Who made it, in their own words or by the organisation's name."""
        return self.made_by or (self.provider.name if self.provider else "")
