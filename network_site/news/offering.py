"""What news offers to other rooms: the newest articles, and what somebody wrote."""

from collections.abc import Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from network_site.base.dates import when
from network_site.base.offers import Connection, Writing, connections, newest_writing
from network_site.news.models import NewsPage
from network_site.people.models import Person

MOST = 20


@newest_writing.add("news")
def newest(most: int) -> Sequence[Writing]:
    """The newest articles anybody may read."""
    return [
        Writing(article.published_on, str(article.url), article.title, article.in_short, "news")
        for article in NewsPage.objects.readable()[:most]
    ]


@connections.add("news")
def written_by(row: Model) -> Sequence[Connection]:
    """The articles a person wrote, the newest first."""
    if not isinstance(row, Person):
        return []
    return [
        Connection(_("Written for our news"), str(article.url), article.title, when(article.published_on))
        for article in NewsPage.objects.readable().filter(authorships__person=row)[:MOST]
    ]
