"""A publication as files have it: what every export, citation and harvest is made from."""

from research_db.domain.drafts import NAMED, SHARED, TOO_LONG
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Contribution, Publication

# What a list must fetch beforehand so that each record asks nothing more.
NEEDED = ("contributions", "identifiers", "terms")
BACK = {"urls", "notes", "online-date"}


def record_of(publication: Publication) -> Record:
    """The record of a publication; three queries unless NEEDED is prefetched and `source` selected."""
    extra = dict(publication.extra)
    facts = {name: _whole(publication, name) for name in SHARED}
    return Record(
        kind=publication.kind,
        contributors=tuple(map(_contributor, publication.contributions.all())),
        container=publication.source.title if publication.source else "",
        container_short=publication.source.short_title if publication.source else "",
        date=PartialDate(publication.year, publication.month, publication.day) if publication.year else None,
        online_date=_date(extra.get("online-date")),
        keywords=tuple(publication.keywords),
        identifiers=tuple(_identifiers(publication)),
        urls=tuple(filter(None, [_whole(publication, "url"), *extra.get("urls", ())])),
        notes=tuple(extra.get("notes", ())),
        extra={tag: tuple(values) for tag, values in extra.items() if _is_of_file(tag)},
        **facts,
    )


def _is_of_file(tag: str) -> bool:
    """Whether a tag is the file's own, not one of ours for what a column could not take."""
    return tag not in BACK and not tag.startswith(TOO_LONG)


def _contributor(one: Contribution) -> Contributor:
    return Contributor(name=Name(**{name: getattr(one, name) for name in NAMED}), role=one.role)


def _whole(publication: Publication, name: str) -> str:
    """What stands in a column, or what was too long for it."""
    kept = publication.extra.get(TOO_LONG + name)
    return str(kept[0] if kept else getattr(publication, name))


def _identifiers(publication: Publication) -> list[Identifier]:
    found = [Identifier(scheme=one.scheme, value=one.value, raw=one.value) for one in publication.identifiers.all()]
    if publication.source and publication.source.issn:
        found.append(Identifier(scheme="issn", value=publication.source.issn, raw=publication.source.issn))
    return found


def _date(told: list[str] | None) -> PartialDate | None:
    """The date that was kept as text."""
    return PartialDate(*map(int, told[0].split("-"))) if told else None
