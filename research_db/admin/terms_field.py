"""Choosing terms: a tree of boxes to tick for each facet."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, ClassVar

from django import forms

from research_db.models import Term

Choice = tuple[int, str]


class TermTree(forms.CheckboxSelectMultiple):
    """Each facet folds away."""

    template_name = "research_db/admin/term_tree.html"

    class Media:
        """What shows that a facet can be opened."""

        css: ClassVar = {"all": ["research_db/admin.css"]}


class TermsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic only to mypy
    """Terms in use, under the headings of their facets, parts under what they are part of."""

    widget = TermTree

    def __init__(self, **facts: Any) -> None:
        super().__init__(queryset=Term.objects.filter(retired_into=None), **facts)

    def show_trees(self) -> None:
        """Ask for the terms once, for this form."""
        terms = list(
            Term.objects.filter(retired_into=None)
            .select_related("facet")
            .order_by("facet__order", "facet", "order", "label")
        )
        grouped = groupby(terms, key=lambda term: term.facet)
        self.choices = [(facet.label, list(indented(found))) for facet, found in grouped]


def indented(terms: Iterable[Term]) -> Iterator[Choice]:
    """Keys and labels of one facet's terms, the tree from top to bottom."""
    below: dict[int | None, list[Term]] = {}
    for term in terms:
        below.setdefault(term.parent_id, []).append(term)
    yield from _branch(below, None, depth=0)


def _branch(below: dict[int | None, list[Term]], top: int | None, *, depth: int) -> Iterator[Choice]:
    for term in below.get(top, ()):
        yield term.pk, "– " * depth + term.label
        yield from _branch(below, term.pk, depth=depth + 1)
