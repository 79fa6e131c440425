"""What every page of the site has."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from network_site.base import previews
from network_site.base.remembered import remembered


class BasePage(Page):
    """A page with a summary for listings and a date by which somebody should read it again."""

    # Whether visitors come to read it: what rooms offer for the foot of a page is shown there, see `base.offers`.
    is_for_reading: ClassVar[bool] = True

    summary = models.CharField(
        _("summary"),
        max_length=250,
        blank=True,
        help_text=_("One or two plain sentences, shown in lists and searches."),
    )
    review_on = models.DateField(_("read again by"), null=True, blank=True)
    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture when shared"),
        help_text=_("Shown where somebody shares the page. Empty: a picture with the title, made by the site."),
    )

    # For kinds of pages with previews of their own.
    shared_preview: ClassVar[tuple[str, Any]] = next(mode for mode in previews.MODES if mode[0] == previews.SHARED)

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("review_on")], heading=_("For readers and editors")),
        FieldPanel("social_image"),
    ]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """The sentence search engines show."""
        return str(self.search_description or self.summary)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page, and how others show it; a kind of page with ways of its own adds them."""
        return previews.MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would be, or as others would show it."""
        of_others = mode_name in {previews.LIST, previews.SHARED, previews.SEARCH}
        page: Any = super().serve_preview(request, "" if of_others else mode_name)
        if not of_others:
            return page
        html = (page.render() if hasattr(page, "render") else page).content.decode(errors="replace")
        return previews.preview(self, request, mode_name, html=html)

    @classmethod
    def readable(cls) -> PageQuerySet:
        """Published pages of this kind that anybody may read; who may not is asked only while some page is closed."""
        published = cls._default_manager.live()
        return published.public() if is_any_page_closed() else published

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Who may not read it, as Wagtail has it; nothing is asked while every page is open to all."""
        closed: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
        return super().get_view_restrictions() if is_any_page_closed() else closed


def is_any_page_closed() -> bool:
    """Whether any page of the site may not be read by everybody."""
    return bool(closed_branches())


def closed_branches() -> tuple[str, ...]:
    """Where in the tree the pages are that not everybody may read: the paths theirs begin with."""

    def read() -> tuple[str, ...]:
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    return remembered("base.closed_branches", shown="", make=read)
