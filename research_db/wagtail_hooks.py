"""The research database in the Wagtail admin."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from network_site.people.models import User
from research_db import crossref
from research_db.admin.bulk import AddTerms, Publish, RemoveTerms, Withdraw
from research_db.admin.look_up import MAY_FILL
from research_db.admin.term_deeds import MAY_CHANGE
from research_db.admin.viewsets import ResearchGroup
from research_db.domain.records import standing_for
from research_db.models import DuplicatePair, Publication, Term

register_snippet(ResearchGroup)
for action in (AddTerms, RemoveTerms, Publish, Withdraw):
    hooks.register("register_bulk_action", action)


@hooks.register("register_snippet_listing_buttons")
def deeds_of_a_term(snippet: Model, user: User, next_url: str | None = None) -> Iterator[Any]:
    """Move and replace, for those who may."""
    if isinstance(snippet, Term) and user.has_perm(MAY_CHANGE) and not snippet.retired_into_id:
        yield Button(_("Move"), url=reverse("research_terms:move", args=[snippet.pk]), priority=20)
        yield Button(_("Replace"), url=reverse("research_terms:replace", args=[snippet.pk]), priority=21)


@hooks.register("register_snippet_listing_buttons")
def fill_from_a_doi(snippet: Model, user: User, next_url: str | None = None) -> Iterator[Any]:
    """Look a publication up, where the site may ask the network."""
    if isinstance(snippet, Publication) and crossref.is_on() and user.has_perm(MAY_FILL):
        url = reverse("research_publications:look_up", args=[snippet.pk])
        yield Button(_("Fill in from a DOI"), url=url, icon_name="download", priority=30)


@hooks.register("before_edit_snippet")
def work_on_the_one_that_was_kept(request: HttpRequest, thing: Model) -> HttpResponseRedirect | None:
    """What became part of another record is only an address that leads there."""
    if not isinstance(thing, Publication) or thing.merged_into_id is None:
        return None
    kept = standing_for(thing)
    said = _("“%(name)s” became part of this record, which stands for both.") % {"name": thing}
    pair = DuplicatePair.objects.filter(Q(first=thing) | Q(second=thing), decision="merged").first()
    ways = [reverse("research_duplicates:pair", args=[pair.pk])] if pair else []
    messages.warning(request, said, buttons=[messages.button(way, _("Look at these two again")) for way in ways])
    return redirect("research_publications:edit", kept.pk)


@hooks.register("before_delete_snippet")
def keep_what_others_use(request: HttpRequest, things: Iterable[Model]) -> HttpResponseRedirect | None:
    """Published records are withdrawn, and terms in use are replaced: neither is deleted."""
    for thing in things:
        if isinstance(thing, Publication) and thing.first_published_at:
            said = _("“%(name)s” was published. Withdraw it instead: its address then says that it was.")
            return _back(request, said % {"name": thing}, "research_publications:list")
        if isinstance(thing, Term) and (Publication.objects.filter(terms=thing).exists() or thing.children.exists()):
            said = _("“%(name)s” is in use. Replace it with another term instead.")
            return _back(request, said % {"name": thing}, "research_terms:list")
    return None


def _back(request: HttpRequest, said: str, name: str) -> HttpResponseRedirect:
    messages.error(request, said)
    return redirect(name)
