"""Crossref's answer about a DOI: https://api.crossref.org/swagger-ui/index.html#/Works, the record of one work.

Asked only where `RESEARCH_LOOKUP` is on, never inside a transaction, and never for longer than some seconds.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from http.client import HTTPException
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from network_site.editing.links.asking import Connect, connect
from network_site.editing.links.network import Deadline
from research_db.domain.errors import ResearchError
from research_db.formats.reading import csl
from research_db.formats.record import Record
from research_db.models import Notice

HOST = "api.crossref.org"
SECONDS = 10
# Works with thousands of references are some hundred kilobytes.
MOST_BYTES = 4_000_000
FOUND, UNKNOWN = 200, 404
# What is taken of an answer, and what CSL calls it.
NAMES = {
    "short-container-title": "container-title-short", "publisher-location": "publisher-place",
    "article-number": "number", "edition-number": "edition",
}  # fmt: skip
TAKEN = frozenset(
    [
        *("type", "title", "container-title", "issued", "abstract", "DOI", "ISBN", "ISSN", "volume", "issue", "page"),
        *("publisher", "language", "author", "editor", "translator", *NAMES),
    ]
)
# What publishers call a notice about a work, in `updated-by` of the work itself.
NOTICES = {
    "retraction": Notice.Kind.RETRACTION,
    "withdrawal": Notice.Kind.RETRACTION,
    "removal": Notice.Kind.RETRACTION,
    "expression_of_concern": Notice.Kind.CONCERN,
    "correction": Notice.Kind.CORRECTION,
    "corrigendum": Notice.Kind.CORRECTION,
    "erratum": Notice.Kind.CORRECTION,
}
MARKUP = re.compile(r"<[^<>]{1,200}>")
PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|title)>")


@dataclass(frozen=True)
class Work:
    """A record, and the notices about it as rows that are not written yet."""

    record: Record
    notices: tuple[Notice, ...] = field(default=())


def is_on() -> bool:
    """Whether the site may ask."""
    return bool(settings.RESEARCH_LOOKUP)


class Crossref:
    """The service; `connect` opens a connection to a host, over TLS or not, until a deadline."""

    def __init__(self, connect: Connect = connect) -> None:
        self.connect = connect

    def work(self, doi: str) -> Work | None:
        """What Crossref knows of a DOI; None where it knows none.

        Raises:
            ResearchError: it cannot be reached, answers too late, or answers what nobody understands.
        """
        try:
            code, body = self._ask(doi)
            if code == UNKNOWN:
                return None
            if code != FOUND:
                raise HTTPException(f"Crossref answered {code}")  # noqa: TRY301  # one sentence for every failure
            return understand(json.loads(body)["message"])
        except (OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ResearchError(
                _("Crossref could not be asked just now. Try again later, or fill it in by hand.")
            ) from error

    def _ask(self, doi: str) -> tuple[int, bytes]:
        line = self.connect(HOST, True, Deadline.within(SECONDS))
        try:
            target = f"/works/{quote(doi, safe='')}?{urlencode({'mailto': settings.CONTACT_EMAIL})}"
            line.request("GET", target, headers={"Accept": "application/json", "Connection": "close"})
            answer = line.getresponse()
            return answer.status, answer.read(MOST_BYTES)
        finally:
            line.close()


def understand(message: Mapping[str, Any]) -> Work:
    """What an answer says."""
    item = {NAMES.get(name, name): value for name, value in message.items() if name in TAKEN}
    item["abstract"] = _plain(PARAGRAPH.sub("\n", str(message.get("abstract") or "")))
    record = csl.understand(item)
    record = replace(
        record,
        title=_plain(record.title),
        container=_plain(record.container),
        container_short=_plain(record.container_short),
        publisher=_plain(record.publisher),
    )
    return Work(record, tuple(_notices(message.get("updated-by"))))


def _plain(text: str) -> str:
    return unescape(MARKUP.sub("", text))


def _notices(updates: Any) -> Iterator[Notice]:
    for update in updates if isinstance(updates, list) else []:
        if kind := NOTICES.get(str(update.get("type", "")).lower()):
            doi = str(update.get("DOI") or "")
            url = f"https://doi.org/{quote(doi, safe='/')}"[:500] if doi else ""
            yield Notice(kind=kind, on=_day(update.get("updated")), url=url)


def _day(said: Any) -> date | None:
    parts: Any = said.get("date-parts") if isinstance(said, dict) else None
    try:
        return date(*parts[0])
    except (TypeError, ValueError, IndexError):
        return None
