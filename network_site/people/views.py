"""A person's own page, and the door of the admin."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from network_site.people import my_area


@never_cache
@login_required
def my_network(request: HttpRequest) -> HttpResponse:
    """What is mine: bookings and whatever else features add."""
    return render(request, "people/my_network.html", {"panels": my_area.panels(request)})


def admin_login(request: HttpRequest) -> HttpResponseRedirect:
    """Staff log in where everybody does; whoever is logged in and may not enter goes to their own page instead."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        return HttpResponseRedirect(reverse("people:my_network"))
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    onward = wanted if is_ours else reverse("wagtailadmin_home")
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")
