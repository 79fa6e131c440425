"""Counting addresses people asked for in vain, a little at a time and never for ever."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from network_site.base.page_cache import NEVER
from network_site.base.rate_limit import allow
from network_site.contact.models import MissedAddress

LONGEST = 255
# Different paths kept of one day, and how many answers a minute are counted in one process: a machine that tries
# thousands of addresses must neither fill the table nor keep the database from its work.
MOST_A_DAY = 300
MOST_A_MINUTE = 60
# What only machines ask for, looking for other people's software; and files that are no pages.
NOISE = re.compile(
    r"\.(php\d?|aspx?|jsp|cgi|env|git|sql|bak|ya?ml|ini|log|zip|gz|tar|map|js|css|json|xml|txt|ico|png|jpe?g|gif|webp|svg|woff2?)(/|$)"
    r"|/(wp-|wordpress|xmlrpc|cgi-bin|\.|vendor/|phpmyadmin)",
    re.IGNORECASE,
)
# A path with an address or a long secret in it says who somebody is.
PERSONAL = re.compile(r"@|%40|[A-Za-z0-9_-]{20,}", re.IGNORECASE)
# Long as they are, words and years joined by hyphens are a page's name.
WORDS = re.compile(r"(?:[a-z]+|\d{1,4})(?:-(?:[a-z]+|\d{1,4}))+", re.IGNORECASE)


def is_worth_counting(path: str) -> bool:
    """Whether a person may have asked for this path, and it says nothing about them."""
    if len(path) > LONGEST or not path.isprintable() or "�" in path:
        return False
    if path.startswith((*NEVER, "/static/", "/media/", "/documents/")) or NOISE.search(path):
        return False
    return not any(PERSONAL.search(part) and not WORDS.fullmatch(part) for part in path.split("/"))


def note(path: str, *, today: date) -> bool:
    """Count one more visit to a path that leads nowhere; False where it was not counted."""
    path = path.rstrip("/") or "/"
    if not is_worth_counting(path) or not allow("missed", key="all", limit=MOST_A_MINUTE, seconds=60):
        return False
    return _count(path, today=today)


def _count(path: str, *, today: date) -> bool:
    of_today = MissedAddress.objects.filter(asked_on=today)
    if of_today.filter(path=path).update(times=F("times") + 1):
        return True
    if of_today.count() >= MOST_A_DAY:
        return False
    try:
        with transaction.atomic():
            MissedAddress.objects.create(path=path, asked_on=today)
    except IntegrityError:  # somebody asked for it at the same moment
        of_today.filter(path=path).update(times=F("times") + 1)
    return True
