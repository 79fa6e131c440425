"""News in the search."""

from django.utils.translation import gettext_lazy as _

from network_site.base.dates import when
from network_site.base.models import Topic
from network_site.news.models import NewsPage
from network_site.people.models import Person
from network_site.search import kinds
from network_site.search.of_pages import page_kind


def names(article: NewsPage) -> tuple[str, ...]:
    """Who wrote it and what it is about."""
    return (*(person.name for person in article.authors), *(topic.name for topic in article.topics.all()))


kinds.register(
    page_kind(
        "news",
        label=_("News"),
        one=_("News"),
        models=(NewsPage,),
        yarn="indigo",
        order=30,
        published_on=lambda article: article.published_on,
        line=lambda article: when(article.published_on),
        facts=names,
        named=(Person, Topic),
    )
)
