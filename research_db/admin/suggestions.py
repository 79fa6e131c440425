"""What visitors suggest: those that wait, and taking one in, refusing it, or saying that it is here already."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.viewsets.base import ViewSet

from network_site.base.offers import Waiting, waiting
from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import Deed, DeskPage, crumb
from network_site.people.models import User
from research_db import crossref
from research_db.crossref import Crossref, Work
from research_db.domain import records, suggestions
from research_db.domain.errors import ResearchError
from research_db.formats import identifiers
from research_db.models import Publication, Suggestion

MAY_DECIDE = "research_db.change_suggestion"
INDEX = "research_suggestions:index"
MOST = 50
TITLE = gettext_lazy("Suggestions")


@waiting.add("research")
def suggestions_waiting(request: HttpRequest) -> list[Waiting]:
    """How many wait, for those who may decide; one query."""
    if not request.user.has_perm(MAY_DECIDE):
        return []
    number = Suggestion.objects.filter(state=Suggestion.State.NEW).count()
    words = ngettext("suggestion for the research database", "suggestions for the research database", number)
    return [Waiting(number, words, reverse(INDEX))] if number else []


class Suggestions(DeskPage):
    """Those that wait, the oldest first."""

    needs = (MAY_DECIDE,)
    page_title = TITLE
    header_icon = "mail"
    template_name = "research_db/admin/suggestions.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), crumb(self.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Suggestion.objects.filter(state=Suggestion.State.NEW)
        told = {"suggestions": found[:MOST], "number": found.count()}
        return {**super().get_context_data(**kwargs), **told}


class OfSuggestion(Deed):
    """A deed with one suggestion that waits."""

    needs = (MAY_DECIDE,)
    header_icon = "mail"

    @cached_property
    def suggestion(self) -> Suggestion:
        """The one the address names."""
        return get_object_or_404(Suggestion, pk=self.kwargs["pk"], state=Suggestion.State.NEW)

    @property
    def by(self) -> User:
        """Who decides."""
        user: User = self.request.user  # type: ignore[assignment]
        return user

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), crumb(TITLE, INDEX), crumb(self.page_title)]

    def sentences(self) -> list[Any]:
        told = _("Whoever suggested it gets a letter. Their name and address are taken off it.")
        return [f"“{self.suggestion}”", *([told] if self.suggestion.email else [])]

    def back(self) -> str:
        return reverse(INDEX)


class Accept(OfSuggestion):
    """Make a draft of it."""

    page_title = gettext_lazy("Take it in")
    yes = gettext_lazy("Yes, make a draft")

    def do(self, form: Any) -> str:
        made = suggestions.accept(self.suggestion, by=self.by, now=timezone.now(), work=self._work())
        self.next_url = reverse("research_publications:edit", args=[made.pk])
        return _("A draft is made. Describe it, and publish it.")

    def _work(self) -> Work | None:
        """What Crossref says of it; where it cannot be asked, the draft has what the visitor wrote."""
        if not crossref.is_on() or self.suggestion.scheme != "doi":
            return None
        try:
            found = Crossref().work(self.suggestion.value)
        except ResearchError:
            return None
        return found if found and found.record.title else None


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("Whoever suggested it reads this."),
        error_messages={"required": gettext_lazy("Say in a sentence why not.")},
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Refuse(OfSuggestion):
    """Say no, and why."""

    page_title = gettext_lazy("Refuse it")
    yes = gettext_lazy("Refuse it")
    is_serious = True
    form_class = RefuseForm

    def do(self, form: Any) -> str:
        suggestions.refuse(self.suggestion, reason=form.cleaned_data["reason"], by=self.by, now=timezone.now())
        return _("The suggestion is refused.")


class DuplicateForm(forms.Form):
    """Which record it is."""

    record = forms.CharField(
        label=gettext_lazy("Which record is it?"),
        help_text=gettext_lazy("Its DOI, or the six signs after /research/r/ in its address."),
        error_messages={"required": gettext_lazy("Say which record it is.")},
        max_length=300,
    )

    def clean_record(self) -> Publication:
        """The record that was named."""
        text = self.cleaned_data["record"].strip()
        found = records.by_doi(identifiers.normal("doi", text)) or records.by_code(text)
        if found is None:
            raise forms.ValidationError(
                _("There is no record with this number or address. Look for it under Publications, and copy its DOI.")
            )
        return records.standing_for(found)


class CallDuplicate(OfSuggestion):
    """Say that it is here already."""

    page_title = gettext_lazy("It is here already")
    yes = gettext_lazy("Yes, it is this one")
    form_class = DuplicateForm

    def form_kwargs(self) -> dict[str, Any]:
        is_doi = self.suggestion.scheme == "doi"
        return {"initial": {"record": self.suggestion.value if is_doi else ""}}

    def do(self, form: Any) -> str:
        suggestions.call_duplicate(self.suggestion, of=form.cleaned_data["record"], by=self.by, now=timezone.now())
        return _("The suggestion is noted as one that is here already.")


class SuggestionsItem(GuardedItem):
    """Suggestions, for those who may decide."""

    right = MAY_DECIDE


class SuggestionViewSet(ViewSet):
    """The addresses of suggestions."""

    name = "research_suggestions"
    url_prefix = "research/suggestions"
    icon = "mail"
    menu_label = TITLE
    menu_item_class = SuggestionsItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", Suggestions.as_view(), name="index"),
            path("<int:pk>/accept/", Accept.as_view(), name="accept"),
            path("<int:pk>/refuse/", Refuse.as_view(), name="refuse"),
            path("<int:pk>/duplicate/", CallDuplicate.as_view(), name="duplicate"),
        ]
