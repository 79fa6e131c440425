"""News as search engines know it, and the pictures it is shared with."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from network_site.news.feeds import came_out_at
from network_site.news.models import NewsPage
from network_site.people.models import Person
from network_site.sharing import cards, pictures
from network_site.sharing.cards import Card
from network_site.sharing.shared import Shared, page, tells
from network_site.sharing.structured import Node, article, describes


@tells(NewsPage)
def news(news_page: NewsPage) -> Shared:
    """An article: its lead where nobody summed it up, and the date readers see."""
    told = page(news_page)
    description = news_page.description or news_page.lead or told.description
    picture = told.picture or news_page.picture
    return replace(told, kind="article", description=description, published_at=came_out_at(news_page), picture=picture)


@describes(NewsPage)
def reported(news_page: NewsPage, told: Shared) -> list[Node]:
    """A news article with its authors."""
    authors = [_author(person) for person in news_page.authors]
    picture = pictures.picture(news_page, told).url
    return [article(told, picture=picture, kind="NewsArticle", authors=authors)]


def _author(person: Person) -> Node:
    address = {"url": f"{settings.SITE_URL}{person.page_url}"} if person.page_url else {}
    return {"@type": "Person", "name": person.name, **address}


@cards.drawn(NewsPage)
def news_card(news_page: NewsPage) -> Card:
    """A headline."""
    return Card(title=str(news_page.title), tag=_("News"), lead=news_page.in_short, colour="indigo")
