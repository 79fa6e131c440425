"""A search in words, for titles of feeds and letters."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from research_db.finding.criteria import ANY_YEAR, Criteria, Years
from research_db.finding.vocabulary import Vocabulary


def in_words(criteria: Criteria, vocabulary: Vocabulary) -> str:
    """What is looked for: “walking”, Carers, not Video, 2015–2020. Where nothing is asked, everything."""
    return ", ".join(_parts(criteria, vocabulary)) or _("everything")


def _parts(criteria: Criteria, vocabulary: Vocabulary) -> Iterator[str]:
    if criteria.words:
        yield f"“{criteria.words}”"
    yield from (vocabulary.entries[code].label for code in criteria.chosen)
    yield from (_("not %(term)s") % {"term": vocabulary.entries[code].label} for code in criteria.excluded)
    if criteria.years != ANY_YEAR:
        yield years_in_words(criteria.years)


def years_in_words(years: Years) -> str:
    """2019, 2015–2020, from 2015 or to 1999; only for years that were asked for."""
    first, last = years
    if last is None:
        return _("from %(year)s") % {"year": first}
    if first is None:
        return _("to %(year)s") % {"year": last}
    return str(first) if first == last else f"{first}–{last}"
