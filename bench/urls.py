"""The site's addresses and one empty view to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from network_site.urls import urlpatterns as site


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, as quickly as the server and the middleware can say it."""
    return HttpResponse("")


urlpatterns: list[URLPattern | URLResolver] = [path("bench/empty/", empty), *site]
