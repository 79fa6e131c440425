"""Making one record of two and two of one again, or saying that they are two."""

from collections.abc import Container
from contextlib import suppress
from copy import copy
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from network_site.base.audit import record
from network_site.base.errors import HouseError
from network_site.base.freshness import touch_words
from network_site.people.models import User
from research_db.domain.burying import BURIED, naming
from research_db.domain.drafts import TOO_LONG
from research_db.domain.exporting import record_of
from research_db.domain.filling import fill, save
from research_db.models import Appraisal, DuplicatePair, Identifier, Notice, Publication, Relation

Decision = DuplicatePair.Decision
# What editors write and files do not say: filled where it is empty.
WRITTEN = ("plain_summary", "open_access")
# What tells two notices, two appraisals or two relations of one publication apart.
STANDING: tuple[tuple[str, type[Any], tuple[str, ...]], ...] = (
    ("notices", Notice, ("kind", "on", "url", "words")),
    ("appraisals", Appraisal, ("tool", "judgement", "words", "by", "on")),
    ("relations", Relation, ("kind", "other_id")),
)


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
        CannotMerge: one of them is merged already, somebody is at work on one, or visitors would lose what they read.
    """
    kept, gone = _locked(kept, gone)
    _refuse(kept, gone)
    facts, before = record_of(gone), _before(kept, gone, by)
    Identifier.objects.filter(publication=gone).delete()
    _carry_over(kept, gone, filled=fill(kept, facts))
    kept.terms.add(*gone.terms.all())
    save(kept, by=by)
    before |= {"after": kept.latest_revision_id, **_lead_over(kept, gone)}
    gone.identifiers = []
    gone.live, gone.merged_into = False, kept
    gone.save()
    decide_pair(kept, gone, Decision.MERGED, by=by, before=before)
    record("merged", subject=f"publication:{kept.pk}", by=by, gone=gone.code)
    touch_words()


def _locked(kept: Publication, gone: Publication) -> tuple[Publication, Publication]:
    """The two as they are now, held until this is over; always the older first, so that nobody waits in a circle."""
    rows = Publication.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    now = {one.pk: one for one in rows}
    if len(now) < 2:  # noqa: PLR2004  two of two
        raise CannotMerge(_("One of the two is not here any more."))
    return now[kept.pk], now[gone.pk]


def _refuse(kept: Publication, gone: Publication) -> None:
    for one in (kept, gone):
        if one.merged_into_id or _is_at_work(one):
            raise CannotMerge(
                _("Somebody is working on “%(title)s”, or it is merged already. Look again.") % {"title": one.title}
            )
    if gone.live and not kept.live:
        raise CannotMerge(
            _("Visitors can read “%(title)s”, and the other they cannot. Keep this one, or publish the other first.")
            % {"title": gone.title}
        )


def _is_at_work(one: Publication) -> bool:
    """Whether somebody has begun something with it that would be lost, or would bring back what was before."""
    return bool(
        (one.live and one.has_unpublished_changes) or one.locked or one.current_workflow_state or one.scheduled_revision
    )


def _carry_over(kept: Publication, gone: Publication, *, filled: dict[str, Any]) -> None:
    """What no file says of a publication and what may stand beside what is there: nothing of it is lost."""
    for name in WRITTEN:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    kept.notes = "\n\n".join(dict.fromkeys(filter(None, [kept.notes, gone.notes])))
    kept.keywords = list(dict.fromkeys([*kept.keywords, *gone.keywords]))
    kept.extra = {**_fitting(gone.extra, filled), **kept.extra}
    _carry_standing(kept, gone)


def _fitting(extra: dict[str, Any], filled: Container[str]) -> dict[str, Any]:
    """What goes over of this; what was too long for a column goes with what is in the column."""
    return {
        tag: told for tag, told in extra.items() if tag.removeprefix(TOO_LONG) in filled or not tag.startswith(TOO_LONG)
    }


def _carry_standing(kept: Publication, gone: Publication) -> None:
    """Notices, appraisals and relations that the kept one has not."""
    for name, model, telling in STANDING:
        there = [_facts(one, telling) for one in getattr(kept, name).all()]
        for facts in (_facts(one, telling) for one in getattr(gone, name).all()):
            if facts not in there and facts.get("other_id") != kept.pk:
                getattr(kept, name).add(model(**facts))


def _facts(one: Any, telling: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in telling}


def _before(kept: Publication, gone: Publication, by: User) -> dict[str, Any]:
    """What is kept of both, for `take_apart`."""
    numbers = [[one.scheme, one.value, one.is_container] for one in gone.identifiers.all()]
    revision = kept.save_revision(user=by, clean=False, changed=False)
    return {"kept": revision.pk, "numbers": numbers, "live": gone.live}


def _lead_over(kept: Publication, gone: Publication) -> dict[str, Any]:
    """Whatever names the one that goes names the other; what named both names it once, and nothing names itself.

    Returns:
        The rows that name another now, and those that went, for `take_apart`.
    """
    moved: list[list[Any]] = []
    dropped: list[Any] = list(Relation.objects.filter(publication=gone, other=kept))
    Relation.objects.filter(publication=gone, other=kept).delete()
    for field in naming():
        rows = field.model._default_manager
        for row in list(rows.filter(**{field.name: gone})):
            try:
                with transaction.atomic():
                    rows.filter(pk=row.pk).update(**{field.name: kept})
                moved.append([field.model._meta.label, field.name, row.pk])
            except IntegrityError:
                dropped.append(copy(row))
                rows.filter(pk=row.pk).delete()
    return {"moved": moved, "dropped": serializers.serialize("python", dropped)}


@transaction.atomic
def take_apart(pair: DuplicatePair, *, by: User) -> None:
    """Make two again of what became one, as both were; what was done with others since stays.

    Args:
        pair: that was merged.
        by: who decides.

    Raises:
        CannotMerge: the record was changed since, or it is not known any more what was before.
    """
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    first, second = _locked(pair.first, pair.second)
    kept, gone = (first, second) if second.merged_into_id == first.pk else (second, first)
    before = pair.before
    if not before or gone.merged_into_id != kept.pk or kept.latest_revision_id != before["after"] or _is_at_work(kept):
        raise CannotMerge(
            _("“%(title)s” was changed since, so nothing is taken out of it by itself.") % {"title": kept.title}
        )
    Publication.objects.filter(pk=gone.pk).update(merged_into=None)
    save(Revision.objects.get(pk=before["kept"]).as_object(), by=by)
    _restore(Publication.objects.get(pk=gone.pk), kept, before)
    decide_pair(kept, gone, Decision.DIFFERENT, by=by, before={})
    record("taken apart", subject=f"publication:{kept.pk}", by=by, other=gone.code)
    touch_words()


def _restore(gone: Publication, kept: Publication, before: dict[str, Any]) -> None:
    gone.identifiers = [
        Identifier(scheme=scheme, value=value, is_container=is_container)
        for scheme, value, is_container in before["numbers"]
    ]
    gone.live = before["live"]
    gone.save()
    for label, field, number in before["moved"]:
        apps.get_model(label)._default_manager.filter(pk=number, **{field: kept}).update(**{field: gone})
    for row in serializers.deserialize("python", before["dropped"]):
        with suppress(IntegrityError), transaction.atomic():
            row.save()


def decide_pair(
    one: Publication, other: Publication, decision: str, *, by: User, before: dict[str, Any] | None = None
) -> None:
    """Write down what was decided about two records, whether anybody had asked or not."""
    first, second = sorted((one.pk, other.pk))
    DuplicatePair.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults={"decision": decision, "decided_at": timezone.now(), "decided_by": by, "before": before or {}},
    )


def keep_apart(one: Publication, other: Publication, *, by: User) -> None:
    """Say that they are two; nobody is asked about them again."""
    decide_pair(one, other, Decision.DIFFERENT, by=by)
    record("kept apart", subject=f"publication:{one.pk}", by=by, other=other.code)


@transaction.atomic
def ask_again(pair: DuplicatePair, *, by: User) -> None:
    """Take back that two are different: they are in the queue again.

    Args:
        pair: of which somebody said so.
        by: who asks.

    Raises:
        CannotMerge: nobody says so now, or one of the two is not here any more.
    """
    gone = Publication.objects.filter(BURIED)
    said = DuplicatePair.objects.filter(pk=pair.pk, decision=Decision.DIFFERENT)
    two = (
        said.filter(first__merged_into=None, second__merged_into=None).exclude(first__in=gone).exclude(second__in=gone)
    )
    if not two.update(decision=Decision.OPEN, decided_at=None, decided_by=None):
        raise CannotMerge(
            _("This cannot be asked again: one of the two is not here any more, or it was asked just now.")
        )
    record("asked again", subject=f"publication:{pair.first_id}", by=by, other=pair.second.code)
