"""Filling a publication from what Crossref says of its DOI; what an editor wrote stays as it is."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network_site.people.models import User
from research_db.crossref import Crossref, Work
from research_db.domain.drafts import keep_one
from research_db.domain.errors import ResearchError
from research_db.domain.filling import fill
from research_db.models import Publication


def fill_from_doi(publication: Publication, doi: str, *, by: User, crossref: Crossref) -> list[str]:
    """Write a draft in which the gaps are filled; visitors see it once somebody publishes it.

    Args:
        publication: what to fill, as its newest draft has it.
        doi: in its one spelling.
        by: who asks.
        crossref: whom.

    Returns:
        The names of what was filled; none where nothing was missing, and then nothing is written.

    Raises:
        ResearchError: Crossref knows no such DOI, or cannot be asked.
    """
    work = _asked(doi, crossref)
    with transaction.atomic():
        newest = Publication.objects.select_for_update().get(pk=publication.pk).get_latest_revision_as_object()
        filled = list(fill(newest, work.record))
        has = {notice.kind for notice in newest.notices.all()}
        notices = [notice for notice in work.notices if notice.kind not in has]
        if notices:
            newest.notices.add(*notices)
            filled.append("notices")
        if filled:
            newest.save_revision(user=by)
    return filled


def draft_from_doi(doi: str, *, crossref: Crossref) -> Publication:
    """Begin a publication with what Crossref says of this DOI; a draft that nobody sees but editors.

    Raises:
        ResearchError: as above, or a record has one of its numbers.
    """
    work = _asked(doi, crossref)
    record = replace(work.record, title=work.record.title or doi)
    try:
        with transaction.atomic():
            return keep_one(record, notices=work.notices, origin=Publication.Origin.EDITOR)
    except IntegrityError as error:
        raise ResearchError(_("A record with this number is here already. Search for it in the list.")) from error


def _asked(doi: str, crossref: Crossref) -> Work:
    work = crossref.work(doi)
    if work is None:
        raise ResearchError(_("Crossref does not know this DOI. Check it, or fill it in by hand."))
    return work
