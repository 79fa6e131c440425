"""Filling a publication from its DOI, for editors."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network_site.editing.desk.pages import Deed, crumb
from network_site.people.models import User
from research_db import crossref
from research_db.crossref import Crossref
from research_db.domain.looking_up import draft_from_doi, fill_from_doi
from research_db.formats import identifiers
from research_db.models import Publication

MAY_FILL = "research_db.change_publication"
MAY_BEGIN = "research_db.add_publication"


class DoiForm(forms.Form):
    """Which DOI."""

    doi = forms.CharField(
        label=gettext_lazy("DOI"), help_text=gettext_lazy("Such as 10.1000/xyz, or its address."), max_length=300
    )

    def clean_doi(self) -> str:
        """The DOI in its one spelling."""
        doi = identifiers.normal("doi", self.cleaned_data["doi"])
        if not doi:
            raise forms.ValidationError(_("This is not a DOI. It begins with 10."))
        return doi


class OfDoi(Deed):
    """Asks for a DOI, and Crossref about it; where the site may not ask, there is no such page."""

    page_title = gettext_lazy("Fill in from a DOI")
    header_icon = "download"
    yes = gettext_lazy("Look it up")
    form_class = DoiForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not crossref.is_on():
            raise Http404


class Begin(OfDoi):
    """Begin a new publication with what Crossref knows of it."""

    needs = (MAY_BEGIN,)
    made: Publication | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = crumb(_("Publications"), "research_publications:list")
        return [*super().get_breadcrumbs_items(), listing, crumb(self.page_title)]

    def sentences(self) -> list[Any]:
        return [_("We ask Crossref what it knows of the DOI, and begin a draft with it. You go on from there.")]

    def do(self, form: Any) -> str:
        self.made = draft_from_doi(form.cleaned_data["doi"], crossref=Crossref())
        return _("A draft with what Crossref knows is ready. Read it, and add what it is about.")

    def back(self) -> str:
        edit, add = "research_publications:edit", "research_publications:add"
        return reverse(edit, args=[self.made.pk]) if self.made else reverse(add)


class LookUp(OfDoi):
    """Ask Crossref, and fill what is missing in a draft."""

    needs = (MAY_FILL,)

    @cached_property
    def publication(self) -> Publication:
        """The one the address names."""
        return get_object_or_404(Publication, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = crumb(_("Publications"), "research_publications:list")
        one = crumb(self.publication, "research_publications:edit", self.publication.pk)
        return [*super().get_breadcrumbs_items(), listing, one, crumb(self.page_title)]

    def sentences(self) -> list[Any]:
        return [
            _("We ask Crossref what it knows of the DOI, and fill in what is empty here. What is written stays."),
            _("It becomes a draft: nothing changes for visitors before somebody publishes it."),
        ]

    def form_kwargs(self) -> dict[str, Any]:
        known = self.publication.identifiers.filter(scheme="doi", is_container=False).first()
        return {"initial": {"doi": known.value if known else ""}}

    def do(self, form: Any) -> str:
        user: User = self.request.user  # type: ignore[assignment]
        filled = fill_from_doi(self.publication, form.cleaned_data["doi"], by=user, crossref=Crossref())
        return _("A draft with what was missing is ready.") if filled else _("Nothing was missing.")

    def back(self) -> str:
        return reverse("research_publications:edit", args=[self.publication.pk])
