"""All that a record's page says, each thing asked once, however many there are of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from research_db.domain.reading_lists import by_title
from research_db.domain.telling import resolved
from research_db.models import (
    Appraisal,
    Contribution,
    Facet,
    Identifier,
    Notice,
    Publication,
    ReadingList,
    Relation,
    Term,
)

# A review may count hundreds of studies; a page shows so many, and the search has the others.
MOST_RELATED = 50
# What the page says of each of them.
NAMED = ("code", "title", "year")
Kind = Relation.Kind
GRAVITY = {kind: place for place, kind in enumerate(Notice.Kind.values)}
Dated = TypeVar("Dated", Notice, Appraisal)
# What stands before the other record, read from the first and read from the second.
FORWARD = {
    Kind.PREPRINT_OF: _("Later published as"),
    Kind.PROTOCOL_OF: _("The study it plans"),
    Kind.UPDATES: _("Brings up to date"),
    Kind.CORRECTS: _("Corrects"),
    Kind.RETRACTS: _("Takes back"),
    Kind.COMMENT_ON: _("Comments on"),
    Kind.PART_OF_REVIEW: _("Counted in the review"),
}
BACKWARD = {
    Kind.PREPRINT_OF: _("First shared as a preprint"),
    Kind.PROTOCOL_OF: _("Planned in"),
    Kind.UPDATES: _("Brought up to date by"),
    Kind.CORRECTS: _("Corrected by"),
    Kind.RETRACTS: _("Taken back by"),
    Kind.COMMENT_ON: _("Commented on by"),
    Kind.PART_OF_REVIEW: _("Studies it counts"),
}


@dataclass(frozen=True)
class Subject:
    """A facet and what this record is about in it."""

    facet: Facet
    terms: Sequence[Term]


@dataclass(frozen=True)
class Related:
    """Records that stand in one way to this one."""

    label: str
    records: Sequence[Publication]


@dataclass(frozen=True)
class Tie:
    """How another record stands to this one; `is_newer`: it is what to read instead of this one."""

    label: str
    other: Publication
    is_newer: bool


@dataclass
class Reading:
    """A record and everything round it; works for one that is being written too."""

    record: Publication

    @cached_property
    def contributions(self) -> list[Contribution]:
        """Everybody who made it, in the printed order."""
        return list(self.record.contributions.all().select_related("person"))

    @cached_property
    def authors(self) -> list[Contribution]:
        """Those who wrote it."""
        return [one for one in self.contributions if one.role == Contribution.Role.AUTHOR]

    @cached_property
    def others(self) -> list[Contribution]:
        """Those who edited or translated it."""
        return [one for one in self.contributions if one.role != Contribution.Role.AUTHOR]

    @cached_property
    def identifiers(self) -> list[Identifier]:
        """Its numbers and those of the book it is in."""
        return list(self.record.identifiers.all())

    @cached_property
    def doi(self) -> str:
        """Its own DOI, where it has one."""
        return next((one.value for one in self.identifiers if one.scheme == "doi" and not one.is_container), "")

    @property
    def doi_address(self) -> str:
        """Where its own DOI leads; empty where it has none."""
        return resolved("doi", self.doi) if self.doi else ""

    @cached_property
    def notices(self) -> list[Notice]:
        """The gravest first."""
        return gravest_first(self.record.notices.all())

    @property
    def is_retracted(self) -> bool:
        """Whether it was taken back."""
        return any(notice.kind == Notice.Kind.RETRACTION for notice in self.notices)

    @cached_property
    def appraisals(self) -> list[Appraisal]:
        """What others found of its quality, the newest first."""
        return newest_first(self.record.appraisals.all())

    @cached_property
    def subjects(self) -> list[Subject]:
        """What it is about, by facets in their order."""
        return subjects_of(self.record.terms.all().select_related("facet"))

    @property
    def related(self) -> list[Related]:
        """Other public records and how they stand to this one, read from both sides."""
        return list(_grouped(self._ties))

    @property
    def newer(self) -> list[Related]:
        """What to read instead: the review brought up to date, or what became of the preprint."""
        return list(_grouped(tie for tie in self._ties if tie.is_newer))

    @cached_property
    def _ties(self) -> list[Tie]:
        if not self.record.pk:
            return []
        ahead = Relation.objects.filter(publication=self.record, other__live=True).select_related("other")
        ahead = ahead.only("kind", *(f"other__{name}" for name in NAMED))
        back = Relation.objects.filter(other=self.record, publication__live=True).select_related("publication")
        back = back.only("kind", *(f"publication__{name}" for name in NAMED))
        ties = [
            Tie(str(FORWARD[Kind(one.kind)]), one.other, one.kind == Kind.PREPRINT_OF) for one in ahead[:MOST_RELATED]
        ]
        return ties + [
            Tie(str(BACKWARD[Kind(one.kind)]), one.publication, one.kind == Kind.UPDATES) for one in back[:MOST_RELATED]
        ]

    @cached_property
    def reading_lists(self) -> list[ReadingList]:
        """The public reading lists it is in."""
        if not self.record.pk:
            return []
        return by_title(ReadingList.objects.filter(live=True, entries__publication=self.record).order_by().distinct())


def subjects_of(terms: Iterable[Term]) -> list[Subject]:
    """Terms with their facets fetched, by facets in their order."""
    ordered = sorted(terms, key=lambda term: (term.facet.order, term.facet_id, term.order, term.label))
    return [Subject(facet, list(found)) for facet, found in groupby(ordered, key=lambda term: term.facet)]


def newest_first(dated: Iterable[Dated]) -> list[Dated]:
    """Notices or appraisals, the undated ones last: databases do not agree on where these belong."""
    return sorted(dated, key=lambda one: one.on or date.min, reverse=True)


def gravest_first(notices: Iterable[Notice]) -> list[Notice]:
    """Retractions, then concerns, then corrections; of each kind the newest first."""
    return sorted(newest_first(notices), key=lambda notice: GRAVITY[notice.kind])


def _grouped(ties: Iterable[Tie]) -> Iterable[Related]:
    by_label: dict[str, list[Publication]] = {}
    for tie in ties:
        by_label.setdefault(tie.label, []).append(tie.other)
    return (Related(label, found) for label, found in by_label.items())


def reading_of(record: Publication) -> Reading:
    """The one reading of this instance: its page, its head and its picture ask together."""
    found: Reading = record.__dict__.setdefault("_reading", Reading(record))
    return found
