"""The publications of a list in the order in which they last changed, withdrawn ones among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, F, Func, Min, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan

from network_site.base.gathering import grouped
from research_db.domain.reading import Reading, gravest_first, subjects_of
from research_db.harvest.refusing import Code, Refused
from research_db.harvest.sets import Sets
from research_db.harvest.tokens import Course, Place
from research_db.models import Contribution, Datestamp, Identifier, Notice, Publication, ReadingListEntry, Term

A_PAGE = 100
# What a header says of a publication, beside its sets.
HEAD = ("publication", "at", "publication__code", "publication__kind", "publication__live")
Around = TypeVar("Around", Contribution, Identifier, Notice)


@dataclass(frozen=True)
class Item:
    """A publication, when it last changed, its terms and its sets. What is no longer shown goes on being told of."""

    number: int
    code: str
    at: datetime
    is_deleted: bool
    terms: Sequence[int]
    sets: Sequence[str]

    @property
    def identifier(self) -> str:
        """Its name among all harvesters; never changed while the site keeps its address."""
        return f"{prefix()}{self.code}"


@dataclass(frozen=True)
class Page:
    """Some items of a list, how many the list has, and the course after them; None behind the last."""

    items: Sequence[Item]
    size: int
    next: Course | None


def prefix() -> str:
    """What every identifier begins with."""
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:"


def earliest() -> datetime | None:
    """The first moment any record has."""
    found: datetime | None = Datestamp.objects.aggregate(first=Min("at"))["first"]
    return found


def one(identifier: str) -> Item:
    """The item of an identifier.

    Raises:
        Refused: there is none, or it was never public.
    """
    code = identifier.removeprefix(prefix())
    is_ours = identifier.startswith(prefix()) and code.isascii() and code.isalnum()
    found = _items(Datestamp.objects.filter(publication__code=code), Sets()) if is_ours else []
    if not found:
        raise Refused(Code.NO_IDENTIFIER, "There is no such record, and there never was one.")
    return found[0]


def page(course: Course) -> Page:
    """The next items of a course; as many queries for one as for a hundred.

    Raises:
        Refused: nothing fits what was asked.
    """
    sets = Sets()
    chosen = sets.within(course.set) if course.set else Q()
    if chosen is None:
        raise Refused(Code.NO_RECORDS, "There is no such set. ListSets tells which there are.")
    rest = Datestamp.objects.filter(chosen, *_within(course))
    left = rest.count()
    if not left:
        raise Refused(Code.NO_RECORDS, "Nothing changed in that time, or nothing is in that set.")
    items = _items(rest.order_by("at", "publication_id")[:A_PAGE], sets)
    last, given = items[-1], course.cursor + len(items)
    following = replace(course, after=(last.at, last.number), cursor=given) if left > len(items) else None
    return Page(items, course.cursor + left, following)


def _within(course: Course) -> list[Q]:
    start, until = course.span
    found = [Q(at__gte=start)] if start else []
    if until:
        found.append(Q(at__lt=until))
    return [*found, _behind(course.after)] if course.after else found


def _behind(place: Place) -> Q:
    """What follows a place: one comparison of pairs, of which databases make one step in the index of pairs.

    Taken apart into a later moment, or the same and a higher number, it has them read all of one moment from its start.
    """
    at, number = place
    there = Value(at, output_field=DateTimeField()), Value(number, output_field=BigIntegerField())
    return Q(GreaterThan(_pair(F("at"), F("publication_id")), _pair(*there)))


def _pair(at: Combinable, number: Combinable) -> Func:
    return Func(at, number, function="", output_field=DateTimeField())


def _items(stamps: QuerySet[Datestamp], sets: Sets) -> list[Item]:
    """Three queries beside those of the sets: a list of headers needs nothing else of its publications."""
    rows = list(stamps.values_list(*HEAD))
    numbers = [number for number, *_others in rows]
    about = Publication.terms.through.objects.filter(publication__in=numbers)
    terms = grouped(about.values_list("publication", "term"))
    lists = grouped(_public_entries(numbers).values_list("publication", "reading_list__slug"))
    return [
        Item(number, code, at, not live, terms[number], sets.of(kind, terms[number], lists[number]))
        for number, at, code, kind, live in rows
    ]


def _public_entries(numbers: Sequence[int]) -> QuerySet[ReadingListEntry]:
    return ReadingListEntry.objects.filter(publication__in=numbers, reading_list__live=True)


def readings(items: Iterable[Item]) -> Mapping[int, Reading]:
    """What there is to read of those that are shown, by their numbers; five queries.

    Each table is read once and laid out here: asking each publication for its own costs as much again.
    """
    shown = {item.number: item for item in items if not item.is_deleted}
    records = Publication.objects.select_related("source").in_bulk(shown)
    people, numbers, notices = _around(Contribution, shown), _around(Identifier, shown), _around(Notice, shown)
    terms = Term.objects.select_related("facet").in_bulk({term for item in shown.values() for term in item.terms})
    found = {}
    for number, record in records.items():
        facts = found[number] = Reading(record)
        facts.contributions, facts.identifiers = people[number], numbers[number]
        facts.notices = gravest_first(notices[number])
        facts.subjects = subjects_of(map(terms.__getitem__, shown[number].terms))
    return found


def _around(model: type[Around], publications: Iterable[int]) -> Mapping[int, list[Around]]:
    rows = model._default_manager.filter(publication__in=list(publications))
    return grouped((row.publication_id, row) for row in rows)
