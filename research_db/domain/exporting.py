"""A publication as files have it: what every export, citation and harvest is made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from network_site.base.gathering import grouped, in_chunks
from research_db.domain.drafts import NAMED, SHARED, TOO_LONG
from research_db.domain.reading import gravest_first
from research_db.domain.telling import notice_in_words
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Contribution, Notice, Publication, Source
from research_db.models import Identifier as Number

# What a list must fetch beforehand so that each record asks nothing more.
NEEDED = ("contributions", "identifiers", "terms")
# What files say of a publication, of whoever made it, and of its numbers.
SAID = ("pk", "kind", "year", "month", "day", "url", "keywords", "extra", "source_id", *SHARED)
SAID_OF_PEOPLE = ("publication_id", "role", *NAMED)
SAID_OF_NUMBERS = ("publication_id", "scheme", "value")
# So many records are in memory at once.
A_STEP = 500
BACK = {"urls", "notes", "online-date", "issn"}


def record_of(publication: Publication) -> Record:
    """The record of a publication; three queries unless NEEDED is prefetched and `source` selected."""
    people, numbers = publication.contributions.all(), publication.identifiers.all()
    return record_from(publication, publication.source, people, numbers)


def record_from(told: Any, source: Source | None, people: Iterable[Any], numbers: Iterable[Any]) -> Record:
    """A record from its rows, whether they were made into models or not."""
    extra = dict(told.extra)
    facts = {name: _whole(told, name) for name in SHARED}
    return Record(
        kind=told.kind,
        contributors=tuple(map(_contributor, people)),
        container=source.title if source else "",
        container_short=source.short_title if source else "",
        date=PartialDate(told.year, told.month, told.day) if told.year else None,
        online_date=_date(extra.get("online-date")),
        keywords=tuple(told.keywords),
        identifiers=tuple(_identifiers(numbers, source, extra.get("issn", ()))),
        urls=tuple(filter(None, [_whole(told, "url"), *extra.get("urls", ())])),
        notes=tuple(extra.get("notes", ())),
        extra={tag: tuple(values) for tag, values in extra.items() if _is_of_file(tag)},
        **facts,
    )


def records_of(numbers: Sequence[int]) -> Iterator[Record]:
    """The public records of these numbers in their order, read as they are taken; what is gone by then is left out.

    Rows are read as they are: made into models first they would cost five times as much.
    """
    for step in in_chunks(numbers, A_STEP):
        yield from _read(step)


def _read(step: Sequence[int]) -> Iterator[Record]:
    """Those of one step; five queries."""
    rows = Publication.objects.public().filter(pk__in=step).values_list(*SAID, named=True)
    told = {row.pk: row for row in rows}
    sources = Source.objects.in_bulk({row.source_id for row in told.values() if row.source_id})
    people = _by_publication(Contribution.objects.filter(publication__in=step).values_list(*SAID_OF_PEOPLE, named=True))
    numbers = _by_publication(Number.objects.filter(publication__in=step).values_list(*SAID_OF_NUMBERS, named=True))
    notices = _by_publication(Notice.objects.filter(publication__in=step))
    for row in (told[number] for number in step if number in told):
        record = record_from(row, sources.get(row.source_id), people[row.pk], numbers[row.pk])
        yield _warning(record, notices[row.pk])


def _warning(record: Record, notices: Sequence[Notice]) -> Record:
    """The record with retractions, concerns and corrections before its other notes: no format has a field for them."""
    if not notices:
        return record
    return replace(record, notes=tuple(dict.fromkeys([*map(notice_in_words, gravest_first(notices)), *record.notes])))


def _by_publication(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    return grouped((row.publication_id, row) for row in rows)


def _is_of_file(tag: str) -> bool:
    """Whether a tag is the file's own, not one of ours for what a column could not take."""
    return tag not in BACK and not tag.startswith(TOO_LONG)


def _contributor(one: Any) -> Contributor:
    return Contributor(name=Name(**{name: getattr(one, name) for name in NAMED}), role=one.role)


def _whole(told: Any, name: str) -> str:
    """What stands in a column, or what was too long for it."""
    kept = told.extra.get(TOO_LONG + name)
    return str(kept[0] if kept else getattr(told, name))


def _identifiers(numbers: Iterable[Any], source: Source | None, issns: Iterable[str]) -> Iterator[Identifier]:
    for one in numbers:
        yield Identifier(scheme=one.scheme, value=one.value, raw=one.value)
    of_journal = [source.issn] if source and source.issn else []
    for issn in dict.fromkeys([*of_journal, *issns]):
        yield Identifier(scheme="issn", value=issn, raw=issn)


def _date(told: list[str] | None) -> PartialDate | None:
    """The date that was kept as text."""
    return PartialDate(*map(int, told[0].split("-"))) if told else None
