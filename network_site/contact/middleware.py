"""Noticing addresses that lead nowhere."""

import logging
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponseBase
from django.urls import is_valid_path
from django.utils import timezone

from network_site.contact.domain.missed import note

logger = logging.getLogger(__name__)
NOT_FOUND = 404


def is_final(request: HttpRequest) -> bool:
    """Whether this is all the visitor gets: no preview, and no address that is asked for again with a slash."""
    comes_again = not request.path.endswith("/") and is_valid_path(f"{request.path_info}/")
    return not comes_again and not getattr(request, "is_dummy", False)


class MissedAddresses:
    """Middleware above that of redirects: what still leads nowhere after it is counted, by path alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == NOT_FOUND and request.method == "GET" and is_final(request):
            self.note(request.path)
        return response

    def note(self, path: str) -> None:
        """Count it; a visitor gets the answer whatever becomes of the counting."""
        try:
            note(path, today=timezone.localdate())
        except Error:
            logger.warning("An address asked for in vain was not counted", exc_info=True)
