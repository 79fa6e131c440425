"""Feeds: what every feed of the site needs, whatever is in it."""

import hashlib
import re
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import SyndicationFeed
from django.utils.http import http_date

QUARTER_OF_AN_HOUR = 15 * 60
UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def writable(text: str) -> str:
    """The text without the few signs that XML cannot hold, such as those pasted from a terminal."""
    return UNWRITABLE.sub("", text)


def answer(
    request: HttpRequest, feed: SyndicationFeed, *, content_type: str, changed_at: datetime | None
) -> HttpResponse:
    """The feed, to be kept for a quarter of an hour; a reader that has it already is told so.

    Args:
        changed_at: when anything in it changed last; None where nothing is in it.
    """
    content = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    headers = {"ETag": etag, "Cache-Control": f"max-age={QUARTER_OF_AN_HOUR}"}
    changed = int(changed_at.timestamp()) if changed_at else None
    if changed:
        headers["Last-Modified"] = http_date(changed)
    response = HttpResponse(content, content_type=content_type, headers=headers)
    found = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    return found or response
