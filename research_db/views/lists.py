"""Reading lists: all of them, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from research_db.domain.reading_lists import public_lists
from research_db.models import ReadingList


@require_safe
def reading_lists(request: HttpRequest) -> HttpResponse:
    """Every public reading list, with how many publications are in it."""
    return render(request, "research_db/reading_lists.html", {"lists": public_lists()})


@require_safe
def reading_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One reading list; its publications are shown while they are public themselves."""
    found = get_object_or_404(ReadingList, live=True, slug=slug)
    return render(request, "research_db/reading_list.html", {"object": found})
