"""Keeping the trees of terms: moving a term, and letting another take its place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from network_site.base.audit import record
from network_site.people.models import User
from research_db.domain.errors import ResearchError
from research_db.models import Facet, Publication, Term


@transaction.atomic
def move(term: Term, *, under: Term | None, by: User) -> None:
    """Make a term part of another one, or of none.

    Raises:
        ResearchError: the other is of another facet, is replaced, or is itself part of the term.
    """
    _alone_in(term.facet_id)
    term.parent = under
    _check(term)
    term.save(update_fields=["parent"])
    record("moved", subject=f"term:{term.pk}", by=by, under=under.slug if under else "")


@transaction.atomic
def replace(term: Term, *, into: Term, by: User) -> int:
    """Let another term take this one's place: publications, parts and names go over, and old links lead there.

    Returns:
        How many publications had it.

    Raises:
        ResearchError: the other is of another facet, is replaced itself, or is part of this one.
    """
    _alone_in(term.facet_id)
    term.retired_into = into
    _check(term)
    number = _hand_over_publications(term, into)
    _hand_over_drafts(term, into)
    term.children.update(parent=into)
    term.replaces.update(retired_into=into)
    into.synonyms = "\n".join(dict.fromkeys([*into.names[1:], *term.names]))
    # Saving tells the search of all that is found by the term, so it comes after everything went over.
    into.save(update_fields=["synonyms"])
    term.parent = None
    term.save(update_fields=["parent", "retired_into"])
    record("replaced", subject=f"term:{term.pk}", by=by, into=into.slug, publications=number)
    return number


def below(term: Term) -> list[int]:
    """The keys of everything that is part of it, at any depth."""
    rows = list(Term.objects.filter(facet=term.facet_id).values_list("pk", "parent"))
    found: list[int] = []
    level = {term.pk}
    while level := {pk for pk, parent in rows if parent in level} - set(found):
        found += sorted(level)
    return found


def _alone_in(facet: int) -> None:
    """Two people who move terms of one facet at once could close a circle that neither of them saw."""
    Facet.objects.select_for_update().get(pk=facet)


def _check(term: Term) -> None:
    try:
        term.clean()
    except ValidationError as error:
        raise ResearchError(" ".join(error.messages)) from error
    if term.retired_into and term.retired_into_id in below(term):
        raise ResearchError(
            _("“%(other)s” is part of this term. Move it elsewhere first.") % {"other": term.retired_into}
        )


def _hand_over_drafts(term: Term, into: Term) -> None:
    """In what is being written too: publishing it would bring the replaced term back."""
    written_last = Publication.objects.exclude(latest_revision=None).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=written_last).iterator():
        chosen = revision.content.get("terms", [])
        if term.pk in chosen:
            revision.content["terms"] = list(dict.fromkeys(into.pk if key == term.pk else key for key in chosen))
            revision.save(update_fields=["content"])


def _hand_over_publications(term: Term, into: Term) -> int:
    links = Publication.terms.through.objects
    old = list(links.filter(term=term).values_list("publication", flat=True))
    has_both = set(links.filter(term=into, publication__in=old).values_list("publication", flat=True))
    links.filter(term=term, publication__in=has_both).delete()
    links.filter(term=term).update(term=into)
    return len(old)
