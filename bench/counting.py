"""How many statements a page asks of the database."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from bench.site import COUNT, FORGET
from network_site.base import freshness
from network_site.ui import frame


class CountedStatements:
    """Middleware: where a request asks for it the answer says the number, and with FORGET all is forgotten before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if COUNT not in request.headers:
            return self.get_response(request)
        if request.headers[COUNT] == FORGET:
            cache.clear()
            freshness.seen.forget()
            frame.part.cache_clear()
        return self._counted(request)

    def _counted(self, request: HttpRequest) -> HttpResponseBase:
        count = 0

        def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*arguments)

        with connection.execute_wrapper(counting):
            response = self.get_response(request)
        response.headers[COUNT] = str(count)
        return response
