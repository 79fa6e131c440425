"""Courses and resources in the search."""

from django.utils.translation import gettext_lazy as _

from network_site.base.models import Topic
from network_site.learning.models import Audience, CoursePage, LearningPage, ResourcePage
from network_site.people.models import Organisation
from network_site.search import kinds
from network_site.search.of_pages import page_kind


def names(page: LearningPage) -> tuple[str, ...]:
    """Who made it, what it is about and for whom."""
    item = page.item
    return (item.makers, *item.topics.values(), *item.audiences.values())


def line(page: LearningPage) -> str:
    """What it is, who made it, what it costs."""
    item = page.item
    return ", ".join(part for part in (item.kind_words, item.makers, item.cost_words) if part)


kinds.register(
    page_kind(
        "learning",
        label=_("Courses and resources"),
        one=_("To learn from"),
        models=(CoursePage, ResourcePage),
        yarn="teal",
        order=35,
        line=line,
        facts=names,
        named=(Topic, Audience, Organisation),
    )
)
