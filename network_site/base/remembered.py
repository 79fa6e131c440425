"""What depends on editors' words alone is made once, not for each request that the page cache lets through."""

import hashlib
import json
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from network_site.base import freshness

Made = TypeVar("Made")


def remembered(name: str, *, shown: object, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept until an editor changes anything, and no longer than a page is kept.

    Args:
        name: what it is, such as "base.body".
        shown: everything it is made from besides the pages, pictures and snippets that this names; as JSON.
        make: makes it; what it gives is pickled.
    """
    if not settings.PAGE_CACHE_SECONDS:
        return make()
    facts = hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()
    key = f"{name}.{freshness.seen.words()}.{get_language()}.{facts}"
    kept: Made | None = cache.get(key)
    if kept is None:
        kept = make()
        if kept is not None:  # what is not there is asked for again: strangers ask for addresses without end
            cache.set(key, kept, settings.PAGE_CACHE_SECONDS)
    return kept
