"""From a record as files have it to rows of the database, losing nothing.

What is longer than its column is cut there and kept whole in `Publication.extra`, with all that fits nowhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse

from django.utils import timezone

from network_site.base import bulk
from network_site.base.bulk import Row
from research_db.folding import folded
from research_db.formats.record import Contributor, Record
from research_db.formats.record import Identifier as Named
from research_db.models import Contribution, Identifier, Notice, Publication, SearchChange, Source, Term
from research_db.models.publication import new_code

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
LONGEST_NUMBER = Identifier._meta.get_field("value").max_length or 0
# What has a row of its own, or is kept with the journal and among the addresses.
PLACED = SCHEMES | {"issn", "url"}
TOO_LONG = "too-long:"
# Kinds that are a part of a book, whose ISBN they carry.
PARTS = frozenset({Publication.Kind.CHAPTER})


@dataclass(frozen=True)
class Draft:
    """A publication that is not yet in the database, with what belongs to it: rows as `bulk.insert` takes them."""

    facts: Row
    contributions: tuple[Row, ...] = ()
    identifiers: tuple[Row, ...] = ()
    source: Row | None = None
    keywords: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key of its source; empty where it has none."""
        return self.source["key"] if self.source else ""

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """The numbers that no other publication may have."""
        return numbers(self.identifiers)


def draft_of(record: Record) -> Draft:
    """A record as rows that are not written yet."""
    extra: dict[str, list[str]] = {tag: list(values) for tag, values in record.extra.items()}
    source = _source(record)
    facts = {name: _fitting(name, getattr(record, name), extra) for name in SHARED}
    facts["url"] = _fitting("url", next(iter(record.urls), ""), extra)
    _put_elsewhere(record, extra, has_source=source is not None)
    return Draft(
        {
            **facts,
            **{part: getattr(record.date, part, None) for part in ("year", "month", "day")},
            "kind": kind_of(record),
            "keywords": list(record.keywords),
            "extra": extra,
        },
        contributions=tuple(_contribution(place, one) for place, one in enumerate(record.contributors)),
        identifiers=tuple(identifiers_of(record)),
        source=source,
        keywords=record.keywords,
    )


def _put_elsewhere(record: Record, extra: dict[str, list[str]], *, has_source: bool) -> None:
    """Keep what has no column."""
    if len(record.urls) > 1:
        extra["urls"] = list(record.urls[1:])
    if record.notes:
        extra["notes"] = list(record.notes)
    if record.online_date:
        extra["online-date"] = [str(record.online_date)]
    for one in filterfalse(_has_a_place, record.identifiers):
        extra.setdefault(one.scheme, []).append(one.value)
    # One is the journal's, where the record names it.
    if others := issns(record)[1 if has_source else 0 :]:
        extra["issn"] = others


def _has_a_place(one: Named) -> bool:
    """Whether a number has a row of its own, or is kept with the journal and among the addresses."""
    return one.scheme in PLACED and len(one.value) <= LONGEST_NUMBER


def kind_of(record: Record) -> str:
    """Its kind, of those the database knows."""
    return record.kind if record.kind in KINDS else Publication.Kind.OTHER


def _fitting(name: str, value: str, extra: dict[str, list[str]]) -> str:
    """What of a value its column has room for; the whole goes to `extra` where that is less."""
    most = LONGEST.get(name)
    if not most or len(value) <= most:
        return value
    extra[TOO_LONG + name] = [value]
    return "" if name.endswith("url") else value[:most]


def _contribution(place: int, one: Contributor) -> Row:
    cut = {name: (getattr(one.name, name) or "")[: LONGEST[name]] for name in NAMED}
    if cut["literal"] or not cut["family"]:
        whole = cut["literal"] or cut["given"] or "?"
        cut |= {"literal": whole, "family": "", "given": "", "suffix": ""}
    role = one.role if one.role in ROLES else Contribution.Role.AUTHOR
    return {"sort_order": place, "role": role, **cut}


def identifiers_of(record: Record) -> Iterator[Row]:
    """Its numbers as rows that are not written yet, each once; an ISBN of a chapter is that of its book."""
    is_part = kind_of(record) in PARTS
    for scheme, value in dict.fromkeys((one.scheme, one.value) for one in record.identifiers):
        if scheme in SCHEMES and len(value) <= LONGEST_NUMBER:
            yield {"scheme": scheme, "value": value, "is_container": is_part and scheme == "isbn"}


def issns(record: Record) -> list[str]:
    """The numbers of the journal, as the record has them."""
    return [one.value for one in record.identifiers if one.scheme == "issn"]


def numbers(identifiers: Iterable[Row]) -> list[tuple[str, str]]:
    """Those that no other publication may have."""
    return [(one["scheme"], one["value"]) for one in identifiers if not one["is_container"]]


def _source(record: Record) -> Row | None:
    key = Source.key_of(record.container)
    if not key:
        return None
    return {
        "key": key,
        "title": record.container[:500],
        "short_title": record.container_short[:200],
        "issn": next(iter(issns(record)), ""),
    }


def keep(drafts: Sequence[Draft], *, publishes: bool, origin: str = Publication.Origin.IMPORT) -> list[int]:
    """Write these, in a transaction of the caller's; a number that is taken raises IntegrityError.

    Args:
        drafts: what to write.
        publishes: show them to visitors at once, rather than keep them as drafts.
        origin: where they come from.

    Returns:
        The publications' numbers in the database.
    """
    sources = {"": None, **kept_sources(filter(None, (draft.source for draft in drafts)))}
    now = timezone.now() if publishes else None
    of_all = {
        "origin": origin,
        "live": publishes,
        "has_unpublished_changes": not publishes,
        "first_published_at": now,
        "last_published_at": now,
    }
    written = _written([{**draft.facts, "source_id": sources[draft.key], **of_all} for draft in drafts])
    bulk.insert(Contribution, _belonging(written, [draft.contributions for draft in drafts]))
    bulk.insert(Identifier, _belonging(written, [draft.identifiers for draft in drafts]))
    _tie_terms(written, [draft.keywords for draft in drafts])
    SearchChange.note(written)
    return written


def keep_one(record: Record, *, notices: Iterable[Notice] = (), origin: str) -> Publication:
    """Write a draft for editors to go on with, and notices about it; as `keep` otherwise."""
    (number,) = keep([draft_of(record)], publishes=False, origin=origin)
    made = Publication.objects.get(pk=number)
    for notice in notices:
        notice.publication = made
        notice.save()
    return made


def _written(rows: Sequence[Row]) -> list[int]:
    """The numbers that these publications get when they are written, in the same order."""
    codes = _free_codes(len(rows))
    bulk.insert(Publication, [{**row, "code": code} for row, code in zip(rows, codes, strict=True)])
    numbers = dict(Publication.objects.filter(code__in=codes).order_by().values_list("code", "pk"))
    return [numbers[code] for code in codes]


def _free_codes(count: int) -> list[str]:
    """So many codes that no publication has: of 50,000 drawn at random some come twice."""
    free: set[str] = set()
    while missing := count - len(free):
        drawn = {new_code() for _one in range(missing)}
        free |= drawn - set(Publication.objects.filter(code__in=drawn).order_by().values_list("code", flat=True))
    return list(free)


def _belonging(publications: Sequence[int], rows: Sequence[Iterable[Row]]) -> list[Row]:
    """The rows of each publication, with its number."""
    return [{**row, "publication_id": number} for number, own in zip(publications, rows, strict=True) for row in own]


def kept_sources(wanted: Iterable[Row]) -> dict[str, int]:
    """The numbers of the journals and books of these keys; those that are not here yet are written."""
    by_key = {source["key"]: source for source in wanted}
    Source.objects.bulk_create([Source(**source) for source in by_key.values()], ignore_conflicts=True)
    return dict(Source.objects.filter(key__in=by_key).values_list("key", "pk"))


def _tie_terms(publications: Sequence[int], keywords: Sequence[Sequence[str]]) -> None:
    """Keywords that are names of terms become those terms."""
    if not any(keywords):
        return
    terms = term_by_name()
    found = {word: terms.get(folded(word)) for word in set(chain.from_iterable(keywords))}
    ties = {
        (number, term) for number, words in zip(publications, keywords, strict=True) for word in words
        if (term := found[word])
    }  # fmt: skip
    bulk.insert(Publication.terms.through, [{"publication_id": one, "term_id": term} for one, term in sorted(ties)])


def term_by_name() -> dict[str, int]:
    """The number of each term by every folded name it has; of two with one name the first in the order of facets."""
    found: dict[str, int] = {}
    for term in Term.objects.filter(retired_into=None):
        for name in term.names:
            found.setdefault(folded(name), term.pk)
    return found
