"""A publication in Dublin Core: what its page says of it to machines, and what only copies need."""

from collections.abc import Iterator

from research_db.domain import heads
from research_db.domain.reading import Reading
from research_db.domain.telling import notice_in_words
from research_db.models import Publication

BEFORE = "DC."
RETRACTED = "Retracted Publication"  # as PubMed names the type
Pairs = list[tuple[str, str]]


def elements(facts: Reading) -> Pairs:
    """Names and values of what is read, none of them empty."""
    of_page = [(name.removeprefix(BEFORE), value) for name, value in heads.dublin_core(facts)]
    found = [*_warnings(facts), *of_page, *_more(facts.record)]
    return list(dict.fromkeys((name, value) for name, value in found if value))


def _warnings(facts: Reading) -> Iterator[tuple[str, str]]:
    """Notices come first, so that whoever shows one line of it shows that."""
    if facts.is_retracted:
        yield "type", RETRACTED
    for notice in facts.notices:
        yield "description", notice_in_words(notice)


def _more(publication: Publication) -> Pairs:
    return [
        ("source", heads.source_line(publication)),
        ("description", publication.plain_summary),
        ("relation", publication.open_access_url),
        *(("subject", str(word)) for word in publication.keywords),
    ]
