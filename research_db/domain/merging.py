"""Making one record of two, or saying that they are two."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.base.freshness import touch_words
from network_site.people.models import User
from research_db.domain.exporting import record_of
from research_db.domain.filling import fill
from research_db.models import DuplicatePair, Identifier, Publication, ReadingListEntry, Relation

Decision = DuplicatePair.Decision


class CannotMerge(HouseError):
    """These two cannot become one now."""


@transaction.atomic
def merge(kept: Publication, gone: Publication, *, by: User) -> None:
    """Make one record of two: the kept one gets what it lacks, and everything that led to the other leads to it.

    Args:
        kept: stays, with what it says unchanged; its gaps are filled from the other.
        gone: is not shown any more, and its address leads to the kept one.
        by: who decides.

    Raises:
        CannotMerge: one of them is merged already, or somebody is working on one.
    """
    for one in (kept, gone):
        if one.merged_into_id or (one.live and one.has_unpublished_changes):
            raise CannotMerge(
                _("Somebody is working on “%(title)s”, or it is merged already. Look again.") % {"title": one.title}
            )
    facts = record_of(gone)
    numbers = list(Identifier.objects.filter(publication=gone))
    Identifier.objects.filter(pk__in=[number.pk for number in numbers]).delete()
    fill(kept, facts)
    kept.terms.add(*gone.terms.all())
    _save(kept, by)
    _lead_over(kept, gone)
    gone.identifiers = []
    gone.live, gone.merged_into = False, kept
    gone.save()
    decide_pair(kept, gone, Decision.MERGED, by=by)
    record("merged", subject=f"publication:{kept.pk}", by=by, gone=gone.code)
    touch_words()


def _save(kept: Publication, by: User) -> None:
    revision = kept.save_revision(user=by)
    if kept.live:
        revision.publish(user=by)
    else:
        kept.save()


def _lead_over(kept: Publication, gone: Publication) -> None:
    """Reading lists, relations and older mergers that named the one that goes name the other."""
    Publication.objects.filter(merged_into=gone).update(merged_into=kept)
    lists = ReadingListEntry.objects.filter(publication=kept).values("reading_list")
    ReadingListEntry.objects.filter(publication=gone).exclude(reading_list__in=lists).update(publication=kept)
    ReadingListEntry.objects.filter(publication=gone).delete()
    Relation.objects.filter(publication=gone, other=kept).delete()
    Relation.objects.filter(publication=kept, other=gone).delete()
    for relation in Relation.objects.filter(other=gone):
        if not Relation.objects.filter(publication=relation.publication, kind=relation.kind, other=kept).exists():
            Relation.objects.filter(pk=relation.pk).update(other=kept)


def decide_pair(one: Publication, other: Publication, decision: str, *, by: User) -> None:
    """Write down what was decided about two records, whether anybody had asked or not."""
    first, second = sorted((one.pk, other.pk))
    DuplicatePair.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults={"decision": decision, "decided_at": timezone.now(), "decided_by": by},
    )


def keep_apart(one: Publication, other: Publication, *, by: User) -> None:
    """Say that they are two; nobody is asked about them again."""
    decide_pair(one, other, Decision.DIFFERENT, by=by)
    record("kept apart", subject=f"publication:{one.pk}", by=by, other=other.code)
