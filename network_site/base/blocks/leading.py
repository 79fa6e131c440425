"""Blocks that lead on: a course, one thing to do, pages and places to open."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from network_site.base.blocks.groups import LEADING_ON
from network_site.base.blocks.samples import SamplePage, link
from network_site.base.links import LinkBlock
from network_site.base.pages import closed_branches


class CourseBlock(blocks.StructBlock):
    """Which course an article comes from, and who made it."""

    title = blocks.CharBlock(label=_("Course"), max_length=200)
    made_by = blocks.CharBlock(label=_("Made by"), max_length=200)
    is_free = blocks.BooleanBlock(label=_("The course is free"), required=False, default=True)
    text = blocks.TextBlock(label=_("What learners get"), required=False)
    link = LinkBlock(label=_("Where to start"), is_optional=True, required=False)

    class Meta:
        icon = "form"
        label = _("Course box")
        group = LEADING_ON
        description = _("Says which online course an article comes from and who made it.")
        template = "base/blocks/course.html"
        preview_value = {
            "title": "Personalised care: a first step",
            "made_by": "A college",
            "is_free": True,
            "text": "Four weeks, two hours a week.",
            "link": link("Start learning", "https://example.org/"),
        }


class CallToActionBlock(blocks.StructBlock):
    """The one thing to do next."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "arrow-right-full"
        label = _("Call to action")
        group = LEADING_ON
        description = _("A sentence and one button.")
        template = "base/blocks/call_to_action.html"
        preview_value = {
            "heading": "Come to the next conference",
            "text": "Two days in Leeds and online.",
            "link": link("See the programme", "/conferences/"),
        }


class LinksItem(blocks.StructBlock):
    """One thing to open: the link's words are its title."""

    text = blocks.CharBlock(label=_("One line about it"), max_length=200, required=False)
    action = blocks.CharBlock(label=_("What one does there"), max_length=60, required=False)
    link = LinkBlock(label=_("Link"))


class LinksBlock(blocks.StructBlock):
    """Things to open, as labelled swatches."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(LinksItem(), label=_("Links"), min_num=1, max_num=12)

    class Meta:
        icon = "link"
        label = _("Links")
        group = LEADING_ON
        description = _("A few things to open, here or elsewhere, each with a line about it.")
        template = "base/blocks/links.html"
        preview_value = {
            "heading": "Read on",
            "items": [
                {"text": "Where it began and who we are", "action": "Read our story", "link": link("About us", "#")},
                {
                    "text": "Two days in Leeds and online",
                    "action": "See the programme",
                    "link": link("Conference", "#"),
                },
            ],
        }


class PageToOpen(blocks.PageChooserBlock):
    """A page with what its own kind knows about it; all pages of a body are fetched together."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Page | None]:
        """The pages in the order of `values`, each knowing whether anybody may read it; None where one is gone."""
        wanted = list(values)
        if not any(wanted):
            return [None for _pk in wanted]
        closed = closed_branches()
        found = {}
        for page in Page.objects.filter(pk__in=[pk for pk in wanted if pk]).specific():
            page.is_open_to_all = page.live and not page.path.startswith(closed)
            found[page.pk] = page
        return [found.get(pk) for pk in wanted]


def is_open_to_all(page: Page) -> bool:
    """Whether anybody may read it; asked again of a page that an editor has only just chosen."""
    known = getattr(page, "is_open_to_all", None)
    return bool(page.live and not page.get_view_restrictions().exists() if known is None else known)


class CardItem(blocks.StructBlock):
    """One page to open."""

    page = PageToOpen(label=_("Page"))
    text = blocks.CharBlock(
        label=_("One line about it"), max_length=200, required=False, help_text=_("Empty: the page’s summary.")
    )


class CardsBlock(blocks.StructBlock):
    """Pages of this site to open, with their own titles and summaries, as labelled swatches."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(CardItem(), label=_("Pages"), min_num=1, max_num=12)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Only pages that anybody may read."""
        cards = [item for item in value["items"] if item["page"] and is_open_to_all(item["page"])]
        return {**super().get_context(value, parent_context=parent_context), "cards": cards}

    class Meta:
        icon = "copy"
        label = _("Pages to open")
        group = LEADING_ON
        description = _("Pages of this site; their titles and summaries come by themselves and stay up to date.")
        template = "base/blocks/cards.html"
        preview_value = {
            "heading": "Start here",
            "items": [
                {"page": SamplePage("What is social prescribing?", "From the beginning, in plain words."), "text": ""},
                {"page": SamplePage("Our history", "From ninety-four people in one room to the world."), "text": ""},
            ],
        }
