"""A publication in Dublin Core: what its page says of it to machines, and what only copies need."""

from collections.abc import Iterator

from django.utils.formats import date_format

from research_db.domain import heads
from research_db.domain.reading import Reading
from research_db.models import Notice, Publication

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


def notice_in_words(notice: Notice) -> str:
    """A notice in a line: “Retracted, 5 January 2022: Table 2 was wrong. https://example.org/notice”."""
    when = f", {date_format(notice.on, 'j F Y')}" if notice.on else ""
    words = " ".join(filter(None, [notice.words, notice.url]))
    return f"{notice.get_kind_display()}{when}" + (f": {words}" if words else "")


def _more(publication: Publication) -> Pairs:
    return [
        ("source", heads.source_line(publication)),
        ("description", publication.plain_summary),
        ("relation", publication.open_access_url),
        *(("subject", str(word)) for word in publication.keywords),
    ]
