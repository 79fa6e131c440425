"""Refusing what comes too often, counted in Django's cache."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def allow(bucket: str, *, key: str, limit: int, seconds: int) -> bool:
    """Count one more of `key` in `bucket`; False once `limit` are counted in this window.

    Args:
        bucket: what is limited, such as "hold".
        key: who does it, such as an address; kept only as a keyed digest.
        limit: how many are let through in one window.
        seconds: the length of a window; windows are the same for everybody (fixed, not sliding).
    """
    window = int(time.time() // seconds)
    digest = salted_hmac("network_site.rate_limit", key, algorithm="sha256").hexdigest()[:32]
    counter = f"rate:{bucket}:{window}:{digest}"
    if cache.add(counter, 1, timeout=seconds):
        return limit >= 1
    try:
        return cache.incr(counter) <= limit
    except ValueError:  # the cache dropped the counter between the two calls
        cache.set(counter, 1, timeout=seconds)
        return limit >= 1
