"""Filling the gaps of a publication from another record of the same thing, and undoing it."""

from collections.abc import Mapping
from typing import Any

from network_site.base.bulk import Row
from network_site.people.models import User
from research_db.domain.drafts import SHARED, Draft, draft_of, kept_sources
from research_db.formats.record import Record
from research_db.models import Contribution, Identifier, Publication

FILLED = (*SHARED, "url", "year")


def fill(publication: Publication, record: Record) -> dict[str, Any]:
    """Give a publication what it lacks and the record has; nothing that is there is changed.

    Returns:
        What each changed field was before, for `unfill`; empty where there was nothing to fill.
    """
    draft = draft_of(record)
    before = _fill_columns(publication, draft.facts)
    if not publication.source and draft.source:
        before["source_id"] = None
        publication.source_id = kept_sources([draft.source])[draft.source["key"]]
    if not publication.contributions.exists() and draft.contributions:
        before["contributions"] = []
        publication.contributions = [Contribution(**one) for one in draft.contributions]
    _fill_numbers(publication, draft, before)
    return before


def _fill_columns(publication: Publication, facts: Row) -> dict[str, Any]:
    lacking = [name for name in FILLED if not getattr(publication, name) and facts[name]]
    if "year" in lacking:
        lacking += ["month", "day"]
    before = {name: getattr(publication, name) for name in lacking}
    for name in lacking:
        setattr(publication, name, facts[name])
    return before


def _fill_numbers(publication: Publication, draft: Draft, before: dict[str, Any]) -> None:
    has = {(one.scheme, one.value) for one in publication.identifiers.all()}
    taken = Identifier.taken(draft.numbers)
    rows = [Identifier(**one) for one in draft.identifiers]
    new = [one for one in rows if (one.scheme, one.value) not in has | taken]
    if new:
        before["identifiers"] = [[one.scheme, one.value] for one in new]
        publication.identifiers.add(*new)


def save(publication: Publication, *, by: User | None) -> None:
    """Save what was filled in or taken back as an editor would, so that revisions agree with what visitors see."""
    revision = publication.save_revision(user=by, clean=False)  # a file's address may be none
    if publication.live:
        revision.publish(user=by)
    else:
        publication.save()


def unfill(publication: Publication, before: Mapping[str, Any], record: Record) -> None:
    """Take back what `fill` gave, except what somebody changed since."""
    draft = draft_of(record)
    for name, value in before.items():
        if name == "contributions":
            publication.contributions = []
        elif name == "identifiers":
            _take_numbers(publication, {tuple(number) for number in value})
        elif name == "source_id" or getattr(publication, name) == draft.facts[name]:
            setattr(publication, name, value)


def _take_numbers(publication: Publication, gone: set[tuple[str, ...]]) -> None:
    publication.identifiers = [one for one in publication.identifiers.all() if (one.scheme, one.value) not in gone]
