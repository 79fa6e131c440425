"""What the guide has chapters about, and which screens each of them explains."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    """A chapter: its name in the address, its title, a line about it, and the screens it explains, as path patterns."""

    slug: str
    title: Any
    line: Any
    screens: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """The chapter's words."""
        return f"editing/guide/{self.slug}.html"

    @property
    def words(self) -> str:
        """All its words in small letters, for looking things up."""
        return _words(self.slug, get_language() or "")


# Screens are looked for in this order: the narrow before the wide.
TOPICS = (
    Topic(
        "house-style",
        _("How we write"),
        _("Words, headings, links, dates and figures."),
    ),
    Topic(
        "making-a-page",
        _("Making a page"),
        _("From the first word to the day it is published."),
        (r"/admin/pages/\d+/add_subpage/", r"/admin/pages/add/", r"/admin/pages/\d+/(edit|move|copy)/"),
    ),
    Topic("blocks", _("What a page is made of"), _("Every block, with a picture of it.")),
    Topic(
        "pictures",
        _("Pictures and files"),
        _("Text alternatives, sizes, focal points, credits."),
        (r"/admin/images/", r"/admin/documents/", r"/admin/reports/house/(pictures|unused)/"),
    ),
    Topic(
        "moments",
        _("Adding a moment to our history"),
        _("Dates as well as they are known, eras, themes."),
        (r"/admin/history/",),
    ),
    Topic("news", _("Writing news"), _("A headline, a summary, a topic, a date."), (r"/admin/articles/",)),
    Topic(
        "learning",
        _("Courses and resources"),
        _("Who made it, who it is for, what it asks of learners."),
        (r"/admin/(courses|resources)/", r"/admin/snippets/learning/"),
    ),
    Topic(
        "conferences",
        _("Conferences"),
        _("The page, the programme, and the desk where places are sold."),
        (r"/admin/(conferences|orders|incidents|outbox|payment-messages|audit-trail)/",),
    ),
    Topic(
        "links",
        _("Links and redirects"),
        _("Links that hold, and what becomes of an old address."),
        (
            r"/admin/redirects/",
            r"/admin/reports/house/links/",
            r"/admin/asked-for-in-vain/",
            r"/admin/research/publications/addresses/",
        ),
    ),
    Topic(
        "search",
        _("Being found in our search"),
        _("Titles, summaries, and pages we put first."),
        (r"/admin/searchpicks/", r"/admin/search-promotions/"),
    ),
    Topic(
        "workflow",
        _("From draft to published"),
        _("Sending in, reading, accepting, and dates."),
        (r"/admin/workflows/", r"/admin/reports/workflow", r"/admin/reports/house/drafts/"),
    ),
    Topic(
        "messages",
        _("Messages from visitors"),
        _("Where they arrive and who answers."),
        (r"/admin/(messages|page-feedback)/", r"/admin/snippets/contact/"),
    ),
    Topic(
        "review-dates",
        _("Reading pages again"),
        _("Review dates, and what to look for."),
        (r"/admin/reports/house/(review|oldest)/",),
    ),
    Topic(
        "accessibility",
        _("Pages for everybody"),
        _("Ten lines on accessibility, and what our checks look for."),
        (r"/admin/before-you-publish/", r"/admin/reports/house/(findings|summaries)/"),
    ),
)


def find(slug: str) -> Topic | None:
    """The topic of this name."""
    return next((topic for topic in TOPICS if topic.slug == slug), None)


def for_path(path: str) -> Topic | None:
    """The topic that explains the screen at this path."""
    return next((topic for topic in TOPICS if any(re.match(screen, path) for screen in topic.screens)), None)


def matching(query: str) -> list[Topic]:
    """Topics that hold every word of the query, those with all of them in the title first; all for an empty query."""
    wanted = query.lower().split()
    found = [topic for topic in TOPICS if all(word in topic.words for word in wanted)]
    return sorted(found, key=lambda topic: not all(word in str(topic.title).lower() for word in wanted))


@cache
def _words(slug: str, language: str) -> str:
    topic = find(slug)
    if topic is None:
        return ""
    chapter = render_to_string(topic.template, {"topic": topic})
    return " ".join(strip_tags(f"{topic.title} {topic.line} {chapter}").lower().split())
