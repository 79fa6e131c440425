"""Saving a search to be told of what is new; what one may do with it needs only the secret in its address."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from network_site.base.rate_limit import allow
from network_site.base.same_origin import same_origin
from research_db.alerts import saving
from research_db.domain.heads import SEARCH
from research_db.finding.criteria import read
from research_db.finding.vocabulary import load
from research_db.finding.wording import in_words
from research_db.models import SavedSearch

TEN_MINUTES = 600
# An office of many people shares one address.
MOST_FROM_A_NETWORK = 10
# The field people do not see; no browser fills in one of this name by itself.
TRAP = "remarks"
Frequency = SavedSearch.Frequency
DEEDS = {"confirm": saving.confirm, "pause": saving.pause, "resume": saving.resume}


class FrequencyForm(forms.Form):
    """How often."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )


class AskForm(FrequencyForm):
    """Where to, and how often."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send one letter first, to ask whether it is really you."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your e-mail address: the letters go there."),
            "invalid": gettext_lazy("Write an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    field_order = ["email", "frequency"]
    # What the sentence beside the button promises.
    keep_days = saving.KEEP_UNCONFIRMED_DAYS


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for the search that the address asks, and its answer, which is the same for every e-mail address."""
    vocabulary = load()
    criteria = read(request.GET, vocabulary).lasting
    form = AskForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _fault(request, form)
        if not status:
            if not request.POST.get(TRAP):
                said = form.cleaned_data
                saving.ask(criteria, **said, vocabulary=vocabulary, now=timezone.now())
            return _see_other(reverse("research:asked"))
    told = {"form": form, "words": in_words(criteria, vocabulary), "query": criteria.query, "home": SEARCH}
    return _show(request, "ask", told, status=status)


def _fault(request: HttpRequest, form: AskForm) -> int:
    """The status of a form that has to come back; 0 where it can be taken."""
    if not form.is_valid():
        return 422
    address = request.META.get("REMOTE_ADDR", "")
    if allow("research-alerts", key=address, limit=MOST_FROM_A_NETWORK, seconds=TEN_MINUTES):
        return 0
    form.add_error(None, _("Many searches were saved from your network just now. Wait ten minutes and try again."))
    return 429


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return _show(request, "asked", {"keep_days": saving.KEEP_UNCONFIRMED_DAYS, "home": SEARCH})


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """One saved search: how it stands and what can be done. Looking changes nothing, because machines open links."""
    search = SavedSearch.objects.filter(token=token).first()
    if search is None:
        return _show(request, "gone", {"home": SEARCH}, status=404)
    if request.method != "POST":
        return _page(request, search, FrequencyForm(initial={"frequency": search.frequency}))
    now, deed = timezone.now(), request.POST.get("deed", "")
    if deed in DEEDS:
        DEEDS[deed](search, now=now)
        return _see_other(request.path)
    form = FrequencyForm(request.POST)
    if not form.is_valid():
        return _page(request, search, form, status=422)
    saving.change(search, frequency=form.cleaned_data["frequency"], now=now)
    return _see_other(request.path)


def _page(request: HttpRequest, search: SavedSearch, form: FrequencyForm, *, status: int = 200) -> HttpResponse:
    query = read(QueryDict(search.query.removeprefix("?")), load()).query
    told = {"search": search, "form": form, "address": f"{SEARCH}{query}", "keep_days": saving.KEEP_UNCONFIRMED_DAYS}
    return _show(request, "saved", told, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End a saved search: asks on GET; a POST does it without a cookie, a login or a form of ours (RFC 8058).

    What is stopped already is stopped, so that mail programs may press the button twice.
    """
    if request.method == "POST":
        saving.stop(token)
        return _show(request, "stopped", {"home": SEARCH})
    search = SavedSearch.objects.filter(token=token).first()
    if search is None:
        return _show(request, "gone", {"home": SEARCH}, status=404)
    return _show(request, "stop", {"search": search})


def _show(request: HttpRequest, name: str, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, f"research_db/alerts/{name}.html", told, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _see_other(address: str) -> HttpResponse:
    """303: the browser fetches the next page, whatever was sent before."""
    response = redirect(address)
    response.status_code = 303
    response["Cache-Control"] = "private, no-store"
    return response
