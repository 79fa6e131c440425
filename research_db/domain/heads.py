"""What a record's page tells machines: Highwire and Dublin Core tags, COinS, schema.org."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from network_site.base.crumbs import Crumb
from research_db.domain.reading import Reading
from research_db.domain.telling import (
    address_of,
    first_and_last_page,
    formal_date,
    full_name,
    licence_address,
    machine_when,
    place_in_source,
    slashed,
)
from research_db.models import Contribution, Identifier, Publication

Kind = Publication.Kind
SEARCH = "/research/"
# How Highwire's tags call what a publication came out in.
SOURCE_TAGS = {
    Kind.CONFERENCE_PAPER: "citation_conference_title",
    Kind.CHAPTER: "citation_inbook_title",
    Kind.BOOK: "citation_series_title",
}
INSTITUTION_TAGS = {
    Kind.REPORT: "citation_technical_report_institution",
    Kind.GUIDELINE: "citation_technical_report_institution",
    Kind.POLICY: "citation_technical_report_institution",
    Kind.THESIS: "citation_dissertation_institution",
}
IDENTIFIER_TAGS = {
    "doi": "citation_doi",
    "pmid": "citation_pmid",
    "isbn": "citation_isbn",
    "arxiv": "citation_arxiv_id",
}
SCHEMA_TYPES = {
    Kind.BOOK: "Book",
    Kind.CHAPTER: "Chapter",
    Kind.REPORT: "Report",
    Kind.GUIDELINE: "Report",
    Kind.POLICY: "Report",
    Kind.THESIS: "Thesis",
    Kind.DATASET: "Dataset",
    Kind.WEBPAGE: "CreativeWork",
    Kind.VIDEO: "VideoObject",
    Kind.OTHER: "CreativeWork",
}
# What others than articles came out in.
WHOLE_TYPES = {Kind.CHAPTER: "Book", Kind.CONFERENCE_PAPER: "Book", Kind.BOOK: "BookSeries", Kind.WEBPAGE: "WebSite"}
# How a COinS span calls the family and the genre, the title, what it came out in, and who brought it out.
# Dissertations are a family without genres; a university stands where others have a publisher.
COINS_KEYS = {
    Kind.JOURNAL_ARTICLE: ("journal", "article", "rft.atitle", "rft.jtitle", "rft.pub"),
    Kind.BOOK: ("book", "book", "rft.btitle", "rft.jtitle", "rft.pub"),
    Kind.CHAPTER: ("book", "bookitem", "rft.atitle", "rft.btitle", "rft.pub"),
    Kind.REPORT: ("book", "report", "rft.btitle", "rft.jtitle", "rft.pub"),
    Kind.THESIS: ("dissertation", "", "rft.title", "rft.jtitle", "rft.inst"),
}
Tags = list[tuple[str, str]]


def way(titles: list[str]) -> list[Crumb]:
    """From home through the database; each further step is "title|address", the last a title alone."""
    steps = [Crumb(_("Home"), "/"), Crumb(_("Research"), SEARCH)]
    return steps + [Crumb(title.rpartition("|")[0] or title, title.rpartition("|")[2]) for title in titles]


def meta_tags(facts: Reading) -> Tags:
    """Highwire's tags, where Google Scholar would take them, and Dublin Core's; nothing is ever empty.

    Scholar wants a title, an author and a year at least, and drops a page that lacks one of them.
    """
    is_enough = bool(facts.authors and facts.record.year)
    tags = [*(highwire(facts) if is_enough else []), *dublin_core(facts)]
    return [(name, value) for name, value in tags if value]


def highwire(facts: Reading) -> Tags:
    """One tag a fact; authors one by one, each with their own ORCID behind."""
    record = facts.record
    first, last = first_and_last_page(record.pages)
    online = record.first_published_at.date() if record.first_published_at else None
    return [
        ("citation_title", record.title),
        *_authors(facts.authors),
        ("citation_publication_date", formal_date(record)),
        ("citation_online_date", slashed(online)),
        *_source(record),
        ("citation_volume", record.volume),
        ("citation_issue", record.issue),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        *(
            (IDENTIFIER_TAGS.get(one.scheme, ""), one.value)
            for one in facts.identifiers
            if one.scheme in IDENTIFIER_TAGS
        ),
        ("citation_language", record.language),
        ("citation_abstract", record.abstract),
        ("citation_keywords", "; ".join(record.keywords)),
        ("citation_abstract_html_url", _address(record)),
    ]


def _authors(authors: list[Contribution]) -> Tags:
    tags: Tags = []
    for one in authors:
        name = one.literal or ", ".join(filter(None, [one.family, one.given, one.suffix]))
        tags += [("citation_author", name), ("citation_author_orcid", one.orcid and f"https://orcid.org/{one.orcid}")]
    return tags


def _source(record: Publication) -> Tags:
    kind = Kind(record.kind)
    publisher = (INSTITUTION_TAGS.get(kind, "citation_publisher"), record.publisher)
    if record.source is None:
        return [publisher]
    named = (SOURCE_TAGS.get(kind, "citation_journal_title"), record.source.title)
    return [named, ("citation_issn", record.source.issn), publisher]


def dublin_core(facts: Reading) -> Tags:
    """The same in the fifteen elements that every library reads."""
    record = facts.record
    return [
        ("DC.title", record.title),
        *(("DC.creator", one.literal or str(one)) for one in facts.authors),
        *(("DC.contributor", one.literal or str(one)) for one in facts.others),
        ("DC.date", machine_when(record)),
        ("DC.type", str(Kind(record.kind).label)),
        ("DC.publisher", record.publisher),
        ("DC.source", _source_title(record)),
        *(("DC.identifier", address_of(one) or f"{one.scheme}:{one.value}") for one in facts.identifiers),
        ("DC.identifier", _address(record)),
        ("DC.language", record.language),
        ("DC.rights", record.licence),
        ("DC.description", record.abstract),
        *(("DC.subject", label) for label in _subjects(facts)),
    ]


def coins(facts: Reading) -> str:
    """The record as the title of a COinS span: an OpenURL without its beginning."""
    record = facts.record
    family, genre, title, source, publisher = COINS_KEYS.get(Kind(record.kind), COINS_KEYS[Kind.JOURNAL_ARTICLE])
    first, last = first_and_last_page(record.pages)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{family}"),
        ("rft.genre", genre),
        (title, record.title),
        (source, _source_title(record)),
        ("rft.issn", record.source.issn if record.source else ""),
        *(("rft.au", one.literal or full_name(one)) for one in facts.authors),
        ("rft.date", machine_when(record)),
        ("rft.volume", record.volume),
        ("rft.issue", record.issue),
        ("rft.spage", first),
        ("rft.epage", last),
        (publisher, record.publisher),
        ("rft_id", facts.doi and f"info:doi/{facts.doi}"),
        ("rft_id", _address(record)),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def scholarly_article(facts: Reading, *, url: str) -> dict[str, Any]:
    """The publication as schema.org's node; `url` is the page about it."""
    record = facts.record
    return {
        "@type": schema_type(record),
        "@id": f"{url}#publication",
        "name": record.title,
        "headline": record.title[:110],
        **_people(facts),
        "datePublished": machine_when(record),
        "abstract": record.abstract,
        "description": record.plain_summary,
        "inLanguage": record.language,
        "license": licence_address(record.licence) or record.licence,
        "isAccessibleForFree": True if record.open_access_url else None,
        **_numbers(facts.identifiers),
        "isPartOf": _named(WHOLE_TYPES.get(Kind(record.kind), "Periodical"), _source_title(record)),
        "pagination": record.pages,
        "publisher": _named("Organization", record.publisher),
        "keywords": _subjects(facts),
        "creativeWorkStatus": "Retracted" if facts.is_retracted else None,
        "url": url,
    }


def schema_type(record: Publication) -> str:
    """What schema.org calls its kind."""
    return SCHEMA_TYPES.get(Kind(record.kind), "ScholarlyArticle")


def _people(facts: Reading) -> dict[str, Any]:
    editors = [one for one in facts.others if one.role == Contribution.Role.EDITOR]
    return {"author": [_person(one) for one in facts.authors], "editor": [_person(one) for one in editors]}


def _numbers(identifiers: list[Identifier]) -> dict[str, Any]:
    return {
        "identifier": [{"@type": "PropertyValue", "propertyID": one.scheme, "value": one.value} for one in identifiers],
        "sameAs": [address for one in identifiers if (address := address_of(one)) and not one.is_container],
    }


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _source_title(record: Publication) -> str:
    return record.source.title if record.source else ""


def _subjects(facts: Reading) -> list[str]:
    return [term.label for subject in facts.subjects for term in subject.terms]


def _person(one: Contribution) -> dict[str, Any]:
    if one.literal:
        return {"@type": "Organization", "name": one.literal}
    same = {"sameAs": f"https://orcid.org/{one.orcid}"} if one.orcid else {}
    return {"@type": "Person", "name": full_name(one), "givenName": one.given, "familyName": one.family, **same}


def source_line(record: Publication) -> str:
    """Where it came out, in a line: “Journal of Invented Examples, 12(3), 107–9”."""
    return ", ".join(
        filter(None, [record.source.title if record.source else record.publisher, place_in_source(record)])
    )


def _address(record: Publication) -> str:
    return f"{settings.SITE_URL}{record.get_absolute_url()}"
