"""The newest writing of every room as one Atom feed."""

import re
from datetime import UTC, datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from network_site.base.offers import Writing, newest_writing

MOST = 30
# XML has no way to write them.
UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def newest() -> list[Writing]:
    """The newest thirty things to read, newest first."""
    offered = [writing for offer in newest_writing.all() for writing in offer(MOST)]
    by_age = sorted(offered, key=lambda writing: (writing.published_on, writing.url), reverse=True)
    return by_age[:MOST]


def atom(writings: list[Writing], *, language: str) -> str:
    """The feed as text."""
    feed = Atom1Feed(
        title=settings.SITE_NAME,
        link=f"{settings.SITE_URL}/",
        description="",
        subtitle=_("What is new: news, guides, courses and conferences."),
        language=language,
        feed_url=f"{settings.SITE_URL}/feed.xml",
        author_name=settings.SITE_NAME,
    )
    for writing in writings:
        day = datetime.combine(writing.published_on, time(), tzinfo=UTC)
        address = f"{settings.SITE_URL}{writing.url}"
        title, text = (UNWRITABLE.sub("", words) for words in (writing.title, writing.text))
        feed.add_item(title=title, link=address, description=text, unique_id=address, pubdate=day, updateddate=day)
    return feed.writeString("utf-8")
