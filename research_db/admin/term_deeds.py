"""Moving a term in its tree, and letting another take its place."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from network_site.editing.desk.pages import Deed, crumb
from research_db.domain.terms import below, move, replace
from research_db.models import Term

MAY_CHANGE = "research_db.change_term"


def others(term: Term) -> QuerySet[Term]:
    """Terms of the same facet that it could stand under."""
    in_use = Term.objects.filter(facet=term.facet_id, retired_into=None)
    return in_use.exclude(pk__in=[term.pk, *below(term)]).order_by("label")


class MoveForm(forms.Form):
    """Where to."""

    under = forms.ModelChoiceField(
        Term.objects.none(), required=False, label=_("Part of"), empty_label=_("Nothing: at the top")
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].queryset = others(term)  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """By what."""

    into = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Replace it with"),
        error_messages={"required": _("Choose the term that takes its place.")},
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others(term)  # type: ignore[attr-defined]


class TermDeed(Deed):
    """Something done with one term."""

    needs = (MAY_CHANGE,)
    header_icon = "tag"

    @cached_property
    def term(self) -> Term:
        """Which."""
        return get_object_or_404(Term.objects.select_related("facet"), pk=self.kwargs["pk"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"term": self.term}

    def back(self) -> str:
        return reverse("research_terms:list")

    def get_page_subtitle(self) -> str:
        """The term."""
        return self.term.label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        terms = crumb(_("Terms"), "research_terms:list")
        return [*super().get_breadcrumbs_items(), terms, crumb(self.page_title)]


class MoveTerm(TermDeed):
    """Under another term, or to the top."""

    page_title = _("Move a term")
    form_class = MoveForm
    yes = _("Move it")

    def sentences(self) -> list[Any]:
        return [_("Its parts go with it. Links to it go on working.")]

    def do(self, form: Any) -> Any:
        move(self.term, under=form.cleaned_data["under"], by=self.request.user)  # type: ignore[arg-type]
        return _("“%(term)s” was moved.") % {"term": self.term}


class ReplaceTerm(TermDeed):
    """By another term, which gets all it had."""

    page_title = _("Replace a term")
    form_class = ReplaceForm
    yes = _("Replace it")
    is_serious = True

    def sentences(self) -> list[Any]:
        return [
            _("The other term gets its publications, its parts and its names. Old links lead to the other term."),
            _("Nobody can choose the replaced term any more."),
        ]

    def do(self, form: Any) -> Any:
        into = form.cleaned_data["into"]
        number = replace(self.term, into=into, by=self.request.user)  # type: ignore[arg-type]
        said = _("“%(term)s” was replaced by “%(into)s”. Publications that had it: %(number)d.")
        return said % {"term": self.term, "into": into, "number": number}
