"""From a record as files have it to rows of the database, losing nothing.

What is longer than its column is cut there and kept whole in `Publication.extra`, with all that fits nowhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from network_site.base import bulk
from research_db.folding import folded
from research_db.formats.record import Contributor, Record
from research_db.models import Contribution, Identifier, Notice, Publication, SearchChange, Source, Term

# What a record and a publication call by the same name.
SHARED = (
    "title", "volume", "issue", "pages", "article_number", "publisher", "place", "edition", "language", "abstract",
    "licence", "open_access_url",
)  # fmt: skip
NAMED = ("family", "given", "suffix", "literal", "orcid")
SCHEMES = frozenset(Identifier.Scheme.values)
KINDS, ROLES = frozenset(Publication.Kind.values), frozenset(Contribution.Role.values)
LONGEST = {
    field.name: field.max_length
    for model in (Publication, Contribution)
    for field in model._meta.concrete_fields
    if field.max_length
}
# What is kept with the journal and among the addresses.
ELSEWHERE = frozenset({"issn", "url"})
TOO_LONG = "too-long:"
# Kinds that are a part of a book, whose ISBN they carry.
PARTS = frozenset({Publication.Kind.CHAPTER})


@dataclass(frozen=True)
class Draft:
    """A publication that is not yet in the database, with what belongs to it."""

    publication: Publication
    contributions: tuple[Contribution, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    source: Source | None = None
    keywords: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """The numbers that no other publication may have."""
        return numbers(self.identifiers)


def draft_of(record: Record) -> Draft:
    """A record as rows that are not written yet."""
    publication = Publication(kind=kind_of(record), keywords=list(record.keywords))
    extra: dict[str, list[str]] = {tag: list(values) for tag, values in record.extra.items()}
    for name in SHARED:
        _put(publication, name, getattr(record, name), extra)
    if record.date:
        publication.year, publication.month, publication.day = record.date.year, record.date.month, record.date.day
    _put(publication, "url", next(iter(record.urls), ""), extra)
    _put_elsewhere(record, extra)
    publication.extra = extra
    return Draft(
        publication,
        contributions=tuple(_contribution(place, one) for place, one in enumerate(record.contributors)),
        identifiers=tuple(identifiers_of(record)),
        source=_source(record),
        keywords=record.keywords,
    )


def _put_elsewhere(record: Record, extra: dict[str, list[str]]) -> None:
    """Keep what has no column."""
    if len(record.urls) > 1:
        extra["urls"] = list(record.urls[1:])
    if record.notes:
        extra["notes"] = list(record.notes)
    if record.online_date:
        extra["online-date"] = [str(record.online_date)]
    for one in record.identifiers:
        if one.scheme not in SCHEMES | ELSEWHERE:
            extra.setdefault(one.scheme, []).append(one.value)
    # One is the journal's, where the record names it.
    if others := issns(record)[1 if folded(record.container) else 0 :]:
        extra["issn"] = others


def kind_of(record: Record) -> str:
    """Its kind, of those the database knows."""
    return record.kind if record.kind in KINDS else Publication.Kind.OTHER


def _put(publication: Publication, name: str, value: str, extra: dict[str, list[str]]) -> None:
    most = LONGEST.get(name)
    if most and len(value) > most:
        extra[TOO_LONG + name] = [value]
        value = "" if name.endswith("url") else value[:most]
    setattr(publication, name, value)


def _contribution(place: int, one: Contributor) -> Contribution:
    cut = {name: (getattr(one.name, name) or "")[: LONGEST[name]] for name in NAMED}
    if cut["literal"] or not cut["family"]:
        whole = cut["literal"] or cut["given"] or "?"
        cut |= {"literal": whole, "family": "", "given": "", "suffix": ""}
    role = one.role if one.role in ROLES else Contribution.Role.AUTHOR
    return Contribution(sort_order=place, role=role, **cut)


def identifiers_of(record: Record) -> Iterator[Identifier]:
    """Its numbers as rows that are not written yet, each once; an ISBN of a chapter is that of its book."""
    is_part = kind_of(record) in PARTS
    for scheme, value in dict.fromkeys((one.scheme, one.value) for one in record.identifiers):
        if scheme in SCHEMES:
            yield Identifier(scheme=scheme, value=value, is_container=is_part and scheme == "isbn")


def issns(record: Record) -> list[str]:
    """The numbers of the journal, as the record has them."""
    return [one.value for one in record.identifiers if one.scheme == "issn"]


def numbers(identifiers: Iterable[Identifier]) -> list[tuple[str, str]]:
    """Those that no other publication may have."""
    return [(one.scheme, one.value) for one in identifiers if not one.is_container]


def _source(record: Record) -> Source | None:
    if not folded(record.container):
        return None
    return Source(
        key=Source.key_of(record.container),
        title=record.container[:500],
        short_title=record.container_short[:200],
        issn=next(iter(issns(record)), ""),
    )


def keep(drafts: Sequence[Draft], *, publishes: bool, origin: str = Publication.Origin.IMPORT) -> list[Publication]:
    """Write these, in a transaction of the caller's; a number that is taken raises IntegrityError.

    Args:
        drafts: what to write.
        publishes: show them to visitors at once, rather than keep them as drafts.
        origin: where they come from.
    """
    sources = kept_sources([draft.source for draft in drafts if draft.source])
    now = timezone.now()
    for draft in drafts:
        one = draft.publication
        one.origin, one.live, one.has_unpublished_changes = origin, publishes, not publishes
        one.first_published_at = one.last_published_at = now if publishes else None
        one.source = sources[draft.source.key] if draft.source else None
    written = Publication.objects.bulk_create([draft.publication for draft in drafts])
    bulk.insert(_belonging(drafts, "contributions"))
    bulk.insert(_belonging(drafts, "identifiers"))
    _tie_terms(drafts)
    SearchChange.note([one.pk for one in written])
    return written


def keep_one(record: Record, *, notices: Iterable[Notice] = (), origin: str) -> Publication:
    """Write a draft for editors to go on with, and notices about it; as `keep` otherwise."""
    made = keep([draft_of(record)], publishes=False, origin=origin)[0]
    for notice in notices:
        notice.publication = made
        notice.save()
    return made


def _belonging(drafts: Sequence[Draft], name: str) -> list[Any]:
    rows = []
    for draft in drafts:
        for row in getattr(draft, name):
            row.publication = draft.publication
            rows.append(row)
    return rows


def kept_sources(wanted: Iterable[Source]) -> dict[str, Source]:
    """The journals and books of these keys; those that are not here yet are written."""
    by_key = {source.key: source for source in wanted}
    Source.objects.bulk_create(by_key.values(), ignore_conflicts=True)
    return {source.key: source for source in Source.objects.filter(key__in=by_key)}


def _tie_terms(drafts: Sequence[Draft]) -> None:
    """Keywords that are names of terms become those terms."""
    if not any(draft.keywords for draft in drafts):
        return
    terms = term_by_name()
    through = Publication.terms.through
    ties = {
        (draft.publication.pk, terms[folded(word)])
        for draft in drafts
        for word in draft.keywords
        if folded(word) in terms
    }
    bulk.insert([through(publication_id=publication, term_id=term) for publication, term in sorted(ties)])


def term_by_name() -> dict[str, int]:
    """The number of each term by every folded name it has; of two with one name the first in the order of facets."""
    found: dict[str, int] = {}
    for term in Term.objects.filter(retired_into=None):
        for name in term.names:
            found.setdefault(folded(name), term.pk)
    return found
