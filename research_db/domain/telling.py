"""A publication in words: who made it, when, and where it came out."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from research_db.formats.pages import in_full
from research_db.models import Contribution, Identifier, Notice, Publication

RESOLVERS = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "arxiv": "https://arxiv.org/abs/{}",
    "openalex": "https://openalex.org/{}",
    "handle": "https://hdl.handle.net/{}",
}
RANGE = re.compile(r"^\s*([A-Za-z]*\d+)\s*[-–—]+\s*([A-Za-z]*\d+)\s*$")
CREATIVE_COMMONS = re.compile(
    r"(?:cc|creative\s+commons)[\s-]+(by(?:-(?:nc|sa|nd)){0,2})[\s-]+(\d\.\d)(?:\s+(?:international|unported))?"
)
PUBLIC_DOMAIN = re.compile(r"cc-?\s*0(?:\s+1\.0)?")
# More than these are "and others" where there is one line for all.
MOST_NAMES = 3


def full_name(contribution: Contribution) -> str:
    """As one says it: given names first."""
    return contribution.literal or " ".join(
        filter(None, [contribution.given, contribution.family, contribution.suffix])
    )


def short_names(contributions: Iterable[Contribution]) -> str:
    """Family names in a line: “Okafor, Lindqvist and Price”, “Okafor and others”."""
    names = [one.literal or one.family for one in contributions]
    if len(names) > MOST_NAMES:
        return _("%(first)s and others") % {"first": names[0]}
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


def when(publication: Publication) -> str:
    """The date as well as it is known: “12 March 2021”, “March 2021”, “2021”; nothing where no year is."""
    month = str(MONTHS[publication.month]) if publication.month else ""
    return " ".join(str(part) for part in (publication.day, month, publication.year) if part)


def machine_when(publication: Publication) -> str:
    """The same for machines: 2021-03-12, 2021-03, 2021."""
    if not publication.year:
        return ""
    parts = [f"{publication.year:04}", *(f"{part:02}" for part in (publication.month, publication.day) if part)]
    return "-".join(parts)


def formal_date(publication: Publication) -> str:
    """As Google Scholar wants it: the whole day with slashes, or the year alone."""
    if publication.month and publication.day:
        return f"{publication.year}/{publication.month}/{publication.day}"
    return str(publication.year or "")


def slashed(day: date | None) -> str:
    """A day of ours in the same way."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def place_in_source(publication: Publication) -> str:
    """Volume, issue and pages: “12(3), 107–9”."""
    volume = publication.volume + (f"({publication.issue})" if publication.issue else "")
    pages = re.sub(r"(?<=\d)\s*-+\s*(?=\w)", "–", publication.pages or publication.article_number)
    return ", ".join(filter(None, [volume, pages]))


def published_by(publication: Publication) -> str:
    """Publisher and place, and which edition."""
    return ", ".join(filter(None, [publication.publisher, publication.place, publication.edition]))


def first_and_last_page(pages: str) -> tuple[str, str]:
    """The two ends of “107-9”, the last one written out: 107 and 109; a single page is the first."""
    found = RANGE.match(in_full(pages))
    return (found[1], found[2]) if found else (pages.strip(), "")


def address_of(identifier: Identifier) -> str:
    """Where the number leads; empty for an ISBN, which leads nowhere by itself."""
    return resolved(identifier.scheme, identifier.value)


def resolved(scheme: str, number: str) -> str:
    """The address at which a number of this scheme is looked up; empty where there is none.

    What means something else in an address, such as “#” in a DOI, is written as the DOI handbook has it.
    """
    return RESOLVERS.get(scheme, "").format(quote(number, safe="/:;(),+=@"))


def licence_address(licence: str) -> str:
    """Where a licence can be read: “CC BY-NC 4.0” is at creativecommons.org; empty where it names no known one."""
    plain = licence.strip().lower()
    if plain.startswith(("https://", "http://")):
        return licence.strip()
    if found := CREATIVE_COMMONS.fullmatch(plain):
        return f"https://creativecommons.org/licenses/{found[1]}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if PUBLIC_DOMAIN.fullmatch(plain) else ""


def notice_in_words(notice: Notice) -> str:
    """A notice in a line: “Retracted, 5 January 2022: Table 2 was wrong. https://example.org/notice”."""
    when = f", {date_format(notice.on, 'j F Y')}" if notice.on else ""
    words = " ".join(filter(None, [notice.words, notice.url]))
    return f"{notice.get_kind_display()}{when}" + (f": {words}" if words else "")
