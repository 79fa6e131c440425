"""Signposting (https://signposting.org): what programs are told of a record before they read its page."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.encoding import iri_to_uri

from research_db.domain import files, heads
from research_db.domain.reading import Reading, reading_of
from research_db.domain.telling import licence_address
from research_db.models import Publication

# Whoever is in between may refuse long headers.
MOST_AUTHORS = 20


def header(record: Publication) -> str:
    """The `Link` header of a record's page."""
    return ", ".join(_links(reading_of(record)))


def _links(facts: Reading) -> Iterator[str]:
    record = facts.record
    page = f"{settings.SITE_URL}{record.get_absolute_url()}"
    yield _link(facts.doi_address or page, "cite-as")
    yield _link("https://schema.org/AboutPage", "type")
    yield _link(f"https://schema.org/{heads.schema_type(record)}", "type")
    orcids = [one.orcid for one in facts.authors if one.orcid]
    yield from (_link(f"https://orcid.org/{orcid}", "author") for orcid in orcids[:MOST_AUTHORS])
    if address := licence_address(record.licence):
        yield _link(address, "license")
    for file in files.of_record(record):
        yield _link(f"{settings.SITE_URL}{file.address}", "describedby", file.media_type)


def _link(address: str, relation: str, media_type: str = "") -> str:
    type_of = f'; type="{media_type}"' if media_type else ""
    return f'<{iri_to_uri(address)}>; rel="{relation}"{type_of}'
