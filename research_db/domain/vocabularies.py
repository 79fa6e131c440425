"""The facets and terms the database starts with, kept in `research_db/vocabularies/terms.json`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from research_db.models import Facet, Term

FILE = Path(__file__).resolve().parents[1] / "vocabularies" / "terms.json"
Spec = dict[str, Any]


def content() -> list[Spec]:
    """The facets as the file has them, each with its terms and their parts."""
    found: list[Spec] = json.loads(FILE.read_text())
    return found


@transaction.atomic
def lay_out(facets: list[Spec]) -> int:
    """Add what is missing; what editors changed since stays as they left it.

    Returns:
        How many terms were added.
    """
    added = 0
    for order, spec in enumerate(facets):
        words = {"label": spec["label"], "help": spec["help"], "order": order}
        facet, _made = Facet.objects.get_or_create(key=spec["key"], defaults=words)
        added += _lay_out_terms(facet, spec["terms"])
    return added


def _lay_out_terms(facet: Facet, specs: list[Spec]) -> int:
    """Upper terms first, so that their parts can stand under them."""
    tops = _add(facet, ((spec, None) for spec in specs))
    known = {term.slug: term for term in facet.terms.all()}
    return tops + _add(facet, ((part, known[spec["slug"]]) for spec in specs for part in spec.get("parts", ())))


def _add(facet: Facet, specs: Iterator[tuple[Spec, Term | None]]) -> int:
    known = set(facet.terms.values_list("slug", flat=True))
    missing = [
        Term(
            facet=facet,
            parent=parent,
            slug=spec["slug"],
            label=spec["label"],
            definition=spec.get("means", ""),
            synonyms="\n".join(spec.get("also", ())),
            order=order,
        )
        for order, (spec, parent) in enumerate(specs)
        if spec["slug"] not in known
    ]
    return len(Term.objects.bulk_create(missing))
