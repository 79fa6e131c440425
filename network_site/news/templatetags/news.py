"""Tags that read what the pages of news show."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from network_site.base.remembered import remembered
from network_site.news.listing import Listing
from network_site.news.models import NewsPage
from network_site.news.reading import Reading, reading_of

register = template.Library()


@register.simple_tag
def news_reading(article: NewsPage) -> Reading:
    """What stands round an article."""
    return reading_of(article)


@register.simple_tag
def news_entries(listing: Listing) -> SafeString:
    """The articles of one page of a list, read and drawn once until editors change something."""

    def draw() -> SafeString:
        return render_to_string("news/entries.html", {"entries": listing.entries})

    return remembered("news.entries", shown=listing.place, make=draw)
