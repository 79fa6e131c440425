"""Parts of a record that every format has: names, numbers, dates, addresses, pages."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from research_db.formats import dates, identifiers, names
from research_db.formats.reading.found import Notes
from research_db.formats.record import Contributor, Identifier, Name, PartialDate
from research_db.formats.text import tidy

# More names than any publication has; a hostile file has a million.
MOST_NAMES = 10_000
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)


def contributors(texts: Iterable[str], role: str, notes: Notes, field: str = "") -> tuple[Contributor, ...]:
    """Everybody named, in order."""
    found = [Contributor(name, role) for name in map(names.parse, texts) if name]
    if len(found) > MOST_NAMES:
        notes.warn(_("It has more than 10,000 names. The rest of them were left out."), field)
    return tuple(found[:MOST_NAMES])


def groups(texts: Iterable[str]) -> tuple[Contributor, ...]:
    """Every organisation named in a field that is for them, in order: their names are one piece."""
    return tuple(Contributor(Name(literal=name)) for name in map(tidy, texts) if name)[:MOST_NAMES]


def date(texts: Iterable[str], notes: Notes, field: str = "") -> PartialDate | None:
    """The finest of several dates of one year; the first year wins. What is no date is told."""
    said = list(texts)
    found = [one for one in map(dates.parse, said) if one]
    if found:
        return max((one for one in found if one.year == found[0].year), key=_fineness)
    for text in said:
        if re.search(r"\w", text):
            notes.warn(_("“%(text)s” is no date with a year.") % {"text": text[:60]}, field)
    return None


def _fineness(date: PartialDate) -> int:
    return len(str(date))


def numbers(found: Iterable[Identifier | None]) -> tuple[Identifier, ...]:
    """Each number once, in order."""
    kept: dict[tuple[str, str], Identifier] = {}
    for one in found:
        if one:
            kept.setdefault((one.scheme, one.value), one)
    return tuple(kept.values())


def named_dois(texts: Iterable[str], notes: Notes, field: str) -> Iterator[Identifier]:
    """DOIs of a field that is for DOIs; what is none there is told."""
    for text in texts:
        found = identifiers.identifier("doi", text)
        if found:
            yield found
        else:
            notes.warn(_("“%(text)s” is no DOI.") % {"text": text[:80]}, field)


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Every web address, once, in order."""
    found = (one for text in texts for one in ADDRESS.findall(text))
    return tuple(dict.fromkeys(one.rstrip(".,;") for one in found))


def pages(first: str, last: str) -> str:
    """Pages from their first and last: “152-160”."""
    first, last = tidy(first), tidy(last)
    return f"{first}-{last}" if first and last and last != first and "-" not in first else first or last


def keywords(texts: Iterable[str], *, at: str = "\n") -> tuple[str, ...]:
    """Every keyword of these lists, once, in order."""
    return tuple(dict.fromkeys(word for text in texts for word in split(text, at=at)))


def split(text: str, *, at: str = ";") -> list[str]:
    """The parts of a list in one field, tidy."""
    return [part for part in map(tidy, text.split(at)) if part]
