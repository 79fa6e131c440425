"""Tags that read what the pages of news show."""

from django import template

from network_site.news.models import NewsPage
from network_site.news.reading import Reading, reading_of

register = template.Library()


@register.simple_tag
def news_reading(article: NewsPage) -> Reading:
    """What stands round an article."""
    return reading_of(article)
