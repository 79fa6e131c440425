"""News: a list by year, and its articles."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from network_site.base.pages import BasePage, is_any_page_closed
from network_site.base.pictures import decided_alternative, is_undecided
from network_site.pages.blocks import page_blocks

YEAR = re.compile(r"[12]\d{3}")


class NewsQuerySet(PageQuerySet):
    """Articles by what readers may see."""

    def readable(self) -> "NewsQuerySet":
        """Published and open to all, the newest first."""
        published = self.live()
        return (published.public() if is_any_page_closed() else published).order_by("-published_on", "-pk")


class NewsIndexPage(BasePage):
    """All news: on one thread, by year and by topic, and as feeds."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True, help_text=_("One or two sentences."))

    is_for_reading = False
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["news.NewsPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    template = "news/news_index_page.html"

    class Meta:
        verbose_name = _("news list")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Years and articles; an article is found in one query."""
        found = self._below(path_components) if self.live else None
        return found or super().route(request, path_components)

    def _below(self, path: list[str]) -> RouteResult | None:
        if len(path) != 1:
            return None
        if YEAR.fullmatch(path[0]):
            return RouteResult(self, kwargs={"year": int(path[0])})
        article = NewsPage.objects.child_of(self).live().select_related("picture").filter(slug=path[0]).first()
        return RouteResult(article) if article else None

    def articles(self) -> NewsQuerySet:
        """What anybody may read, the newest first."""
        found: NewsQuerySet = NewsPage.objects.child_of(self).readable()
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from network_site.news.listing import Listing  # it reads these models

        year = kwargs.get("year")
        listing = Listing(self, year=year, query=request.GET)
        if year and not listing.has_year:
            raise Http404
        return {**super().get_context(request, *args, **kwargs), "year": year, "listing": listing}


class NewsForm(WagtailAdminPageForm):
    """The editor's form: what a picture shows is decided before the article is published."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        decided = {"own": cleaned.get("picture_alt", ""), "is_decorative": cleaned.get("is_picture_decorative", False)}
        if is_undecided(cleaned.get("picture"), **decided) and not self.is_deferred_validation:
            self.add_error("picture_alt", _("Say what the picture shows, or that it is only decoration."))
        return cleaned


class NewsPage(BasePage):
    """An article with a date."""

    base_form_class = NewsForm

    published_on = models.DateField(_("date"), default=timezone.localdate, help_text=_("The date readers see."))
    lead = models.TextField(_("lead"), max_length=400, help_text=_("What happened and why it matters, in one breath."))
    picture = models.ForeignKey(
        "base.NetworkImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("It is cut round its focal point."),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For readers who cannot see it. Empty: the picture’s own description."),
    )
    is_picture_decorative = models.BooleanField(_("the picture is only decoration"), default=False)
    body = StreamField(page_blocks(), verbose_name=_("body"), blank=True)
    topics = ParentalManyToManyField("base.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    related = StreamField(
        [("page", blocks.PageChooserBlock())], verbose_name=_("read on"), blank=True, max_num=4, collapsed=True
    )

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "news/news_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("is_picture_decorative")],
            heading=_("Picture"),
        ),
        FieldPanel("body"),
        MultipleChooserPanel("authorships", chooser_field_name="person", label=_("Author"), heading=_("Written by")),
        FieldPanel("topics"),
        FieldPanel("related"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]
    preview_modes = [("", _("The article")), ("entry", _("In the list")), BasePage.shared_preview]
    objects = PageManager.from_queryset(NewsQuerySet)()

    class Meta:
        verbose_name = _("news article")

    def clean(self) -> None:
        """A year or "feed" is the address of something else in the list."""
        super().clean()
        if YEAR.fullmatch(self.slug or "") or self.slug == "feed":
            raise ValidationError({"slug": _("This address belongs to the list of news. Add a word to it.")})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "news/preview_entry.html" if mode_name == "entry" else self.template

    @property
    def in_short(self) -> str:
        """What lists say of it."""
        return self.summary or self.lead

    @property
    def alt(self) -> str:
        """The picture's text alternative; empty where it is only decoration."""
        return decided_alternative(self.picture, self.picture_alt, is_decorative=self.is_picture_decorative)

    @cached_property
    def authors(self) -> tuple[Any, ...]:
        """The people who wrote it, in the order they are named."""
        return tuple(authorship.person for authorship in self.authorships.select_related("person"))

    @property
    def changed_on(self) -> date | None:
        """The day of the last change, where that is later than the day it came out."""
        if not (self.last_published_at and self.first_published_at):
            return None
        changed = timezone.localdate(self.last_published_at)
        is_later = changed > max(self.published_on, timezone.localdate(self.first_published_at))
        return changed if is_later else None


class Authorship(Orderable):
    """Who wrote an article, in the order they are named."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", verbose_name=_("person"))

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="person_writes_an_article_once")]
