"""The search page and the suggestions while one types."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from network_site.base.rate_limit import allow
from network_site.search import asking, kinds
from network_site.search.request import read
from network_site.search.results import inside, popular, results

# Somebody who types fast asks three times a second at most; an office behind one address has several.
SUGGESTIONS_A_MINUTE = 300
MINUTE = 60


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for the words asked, or where to start without any."""
    asked, now = read(request.GET), timezone.now()
    context: dict[str, object] = {"asked": asked, "contact": settings.CONTACT_EMAIL}
    if asked.words.strip():
        context["results"] = results(asked, now=now)
    else:
        context |= {"popular": popular(now=now), "inside": list(inside())}
    response = render(request, "search/search.html", context)
    if request.META.get("QUERY_STRING"):
        response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most seven things whose names begin with what is typed: `{"suggestions": [{title, url, kind}]}`."""
    if not allow("search.suggest", key=request.META.get("REMOTE_ADDR", ""), limit=SUGGESTIONS_A_MINUTE, seconds=MINUTE):
        return JsonResponse({"suggestions": []}, status=429)
    found = [
        {"title": held.document.title, "url": held.document.url, "kind": str(kind.one)}
        for held in asking.suggest(request.GET.get("q", ""), now=timezone.now())
        if (kind := kinds.named(held.kind))
    ]
    return JsonResponse({"suggestions": found}, headers={"Cache-Control": "public, max-age=30"})
