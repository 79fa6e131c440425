"""The publications of a list in the order in which they last changed, withdrawn ones among them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from research_db.harvest.refusing import Code, Refused
from research_db.harvest.sets import Sets
from research_db.harvest.tokens import Course
from research_db.models import Datestamp, Publication, ReadingListEntry

A_PAGE = 100
WITH = ("contributions", "identifiers", "terms__facet", "notices")


@dataclass(frozen=True)
class Item:
    """A publication, when it last changed, and its sets. A withdrawn or merged one goes on being told as deleted."""

    publication: Publication
    at: datetime
    sets: Sequence[str]

    @property
    def identifier(self) -> str:
        """Its name among all harvesters; never changed while the site keeps its address."""
        return f"{prefix()}{self.publication.code}"

    @property
    def is_deleted(self) -> bool:
        """Whether visitors may no longer read it."""
        return not self.publication.live


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
    found = _items(_every().filter(code=code), Sets()) if is_ours else []
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
    rest = _every().filter(chosen, *_within(course))
    left = rest.count()
    if not left:
        raise Refused(Code.NO_RECORDS, "Nothing changed in that time, or nothing is in that set.")
    items = _items(rest.order_by("datestamp__at", "pk")[:A_PAGE], sets)
    last, given = items[-1], course.cursor + len(items)
    following = replace(course, after=(last.at, last.publication.pk), cursor=given) if left > len(items) else None
    return Page(items, course.cursor + left, following)


def _every() -> QuerySet[Publication]:
    return Publication.objects.filter(datestamp__isnull=False)


def _within(course: Course) -> list[Q]:
    start, until = course.span
    found = [Q(datestamp__at__gte=start)] if start else []
    if until:
        found.append(Q(datestamp__at__lt=until))
    if course.after:
        at, number = course.after
        found.append(Q(datestamp__at__gt=at) | Q(datestamp__at=at, pk__gt=number))
    return found


def _items(found: QuerySet[Publication], sets: Sets) -> list[Item]:
    publications = list(found.select_related("source", "datestamp").prefetch_related(*WITH))
    lists = _lists([publication.pk for publication in publications])
    return [
        Item(
            publication,
            publication.datestamp.at,
            sets.of(publication.kind, [term.pk for term in publication.terms.all()], lists[publication.pk]),
        )
        for publication in publications
    ]


def _lists(publications: list[int]) -> Mapping[int, list[str]]:
    """The public reading lists of each."""
    entries = ReadingListEntry.objects.filter(publication__in=publications, reading_list__live=True)
    found: dict[int, list[str]] = defaultdict(list)
    for publication, slug in entries.values_list("publication", "reading_list__slug"):
        found[publication].append(slug)
    return found
