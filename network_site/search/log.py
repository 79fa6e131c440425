"""What people search for, counted by day and without saying who: only words that look harmless are kept."""

import logging
import re
from datetime import date, timedelta

from django.db import Error, transaction
from django.db.models import F, Sum
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import normalise_query_string

logger = logging.getLogger(__name__)
LONGEST, MOST_WORDS = 60, 8
# The number of a conference is no secret; a telephone, card or NHS number has more figures. Years do not count.
MOST_FIGURES = 6
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MOST_YEARS = 2
PLAIN = re.compile(r"[\w\"(][\w '’\"&+./():*-]*")
# Somebody's address, on the net or in the post (postcodes of the United Kingdom).
ADDRESS = re.compile(r"@|://|www\.|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")
POPULAR_DAYS = 30


def kept_form(typed: str) -> str:
    """The words as they are kept: small letters; empty if they may say who somebody is."""
    words = " ".join(typed.lower().split())
    is_short = len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    is_harmless = PLAIN.fullmatch(words) and not ADDRESS.search(words)
    figures = sum(map(str.isdigit, YEAR.sub("", words, count=MOST_YEARS)))
    return words if is_short and is_harmless and figures <= MOST_FIGURES else ""


def remember(typed: str, *, on: date) -> None:
    """Count one search of that day; a database that cannot write now loses the count, not the search."""
    words = kept_form(typed)
    if not words:
        return
    try:
        with transaction.atomic():
            query = of_words(words) or Query.get(words)
            mine = QueryDailyHits.objects.filter(query=query, date=on)
            if not mine.update(hits=F("hits") + 1):
                QueryDailyHits.objects.create(query=query, date=on, hits=1)
    except Error:
        logger.info("A search was not counted", exc_info=True)


def of_words(typed: str) -> Query | None:
    """What is kept of a search in these words, with what editors promote for it."""
    return Query.objects.filter(query_string=normalise_query_string(typed)).first()


def popular(*, today: date, at_least: int, most: int) -> list[str]:
    """What was searched for at least so often in the last month, the most frequent first."""
    since = today - timedelta(days=POPULAR_DAYS)
    found = Query.objects.filter(daily_hits__date__gt=since).annotate(times=Sum("daily_hits__hits"))
    wanted = found.filter(times__gte=at_least).order_by("-times", "query_string")
    return list(wanted.values_list("query_string", flat=True)[:most])
