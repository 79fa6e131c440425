"""A search in words, for titles of feeds and letters."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from research_db.finding.criteria import ANY_YEAR, Criteria, written
from research_db.finding.vocabulary import Vocabulary


def in_words(criteria: Criteria, vocabulary: Vocabulary) -> str:
    """What is looked for: “walking”, Carers, not Video, 2015–2020. Where nothing is asked, everything."""
    return ", ".join(_parts(criteria, vocabulary)) or _("everything")


def _parts(criteria: Criteria, vocabulary: Vocabulary) -> Iterator[str]:
    if criteria.words:
        yield f"“{criteria.words}”"
    yield from (str(vocabulary.entries[code].label) for code in criteria.chosen)
    yield from (_("not %(term)s") % {"term": vocabulary.entries[code].label} for code in criteria.excluded)
    if criteria.years != ANY_YEAR:
        yield written(criteria.years).replace("..", "–")
