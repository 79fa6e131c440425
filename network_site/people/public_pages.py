"""The public pages of people and partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from network_site.people.models import Organisation, Person


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody's page: who they are, and what of ours belongs to them."""
    people = Person.objects.public().select_related("organisation", "portrait")
    found = get_object_or_404(people.prefetch_related("portrait__renditions"), slug=slug)
    return render(request, "people/person.html", {"row": found})


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner."""
    found = Organisation.objects.partners().select_related("logo").prefetch_related("logo__renditions")
    return render(request, "people/partners.html", {"partners": found})


@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """A partner's page: who they are and what we do together."""
    found = get_object_or_404(Organisation.objects.partners().select_related("logo"), slug=slug)
    return render(request, "people/partner.html", {"row": found})
