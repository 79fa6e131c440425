"""Pages of the design system itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from network_site.base.languages import visitors
from network_site.ui import patterns as specimens


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/patterns.html", specimens.context())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: say what to do, with nothing lost but a click."""
    with translation.override(visitors(request)):
        return render(request, "403_csrf.html", {"reason": reason}, status=403)
