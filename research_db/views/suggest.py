"""Suggesting a publication; no cookie and no account are needed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from network_site.base.rate_limit import allow
from network_site.base.same_origin import same_origin
from network_site.mail.letters import clean
from research_db.domain import suggestions
from research_db.domain.heads import SEARCH

TEN_MINUTES = 600
# An office of many people shares one address.
MOST_FROM_A_NETWORK = 10
# The field people do not see; no browser fills in one of this name by itself.
TRAP = "remarks"
FIRST_YEAR, LAST_YEAR = 1000, 2200


class SuggestionForm(forms.Form):
    """A number, an address or a title, and why; who suggests it only if they like."""

    pasted = forms.CharField(
        label=gettext_lazy("A DOI, a PubMed number or a web address"),
        help_text=gettext_lazy(
            "Such as 10.1000/xyz or https://example.org/report. With it we find the rest ourselves."
        ),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=1000, required=False)
    authors = forms.CharField(
        label=gettext_lazy("Who wrote it"),
        help_text=gettext_lazy("Several are parted by semicolons."),
        max_length=500,
        required=False,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "5", "autocomplete": "off"}),
    )
    why = forms.CharField(
        label=gettext_lazy("Why should it be here?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Only if you want to know what becomes of it."),
        max_length=254,
        required=False,
        error_messages={"invalid": gettext_lazy("Write an e-mail address such as name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Either something pasted that can be understood, or a title."""
        said: dict[str, Any] = super().clean() or {}
        pasted = said.get("pasted")
        if pasted and not suggestions.understood(pasted):
            self.add_error(
                "pasted",
                _("This is no DOI, PubMed number or address that we know. Put it right, or write the title instead."),
            )
        if pasted == "" and not said.get("title"):
            self.add_error("title", _("Write a title, or paste a number or an address above."))
        return {name: clean(value) if isinstance(value, str) else value for name, value in said.items()}

    @property
    def words(self) -> suggestions.Words:
        """What a valid form says."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "pasted"}
        return suggestions.Words(**(said | suggestions.understood(self.cleaned_data["pasted"])))


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """The form, with the words of a gap in it where one came from there; what needs help comes back as it was typed."""
    if request.method != "POST":
        about = clean(request.GET.get("about", ""))[:200]
        return _show(request, SuggestionForm(initial={"why": _("It is about: %s") % about if about else ""}))
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    if here := suggestions.known(form.words.scheme, form.words.value):
        return _show(request, form, here=here)
    if not allow(
        "research-suggest", key=request.META.get("REMOTE_ADDR", ""), limit=MOST_FROM_A_NETWORK, seconds=TEN_MINUTES
    ):
        form.add_error(None, _("Many suggestions came from your network just now. Wait ten minutes and try again."))
        return _show(request, form, status=429)
    if not request.POST.get(TRAP):
        suggestions.receive(form.words, now=timezone.now())
    response = redirect(reverse("research:suggested"))
    response.status_code = 303
    return _kept_private(response)


@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    return _kept_private(render(request, "research_db/suggested.html", {"home": SEARCH}))


def _show(request: HttpRequest, form: SuggestionForm, *, status: int = 200, **told: Any) -> HttpResponse:
    told |= {"form": form, "home": SEARCH}
    return _kept_private(render(request, "research_db/suggest.html", told, status=status))


def _kept_private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
