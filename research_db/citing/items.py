"""Records as the items that citation styles speak of."""

import re
from typing import Any

from research_db.citing import rules
from research_db.citing.engine import Style
from research_db.citing.marks import hide
from research_db.formats import pages
from research_db.formats.record import Name, PartialDate, Record

# What each kind is to a style; guidelines and policies are cited as the reports of their publishers.
TYPES = {
    "journal-article": "article-journal", "review": "article-journal", "protocol": "article-journal",
    "report": "report", "guideline": "report", "policy": "report", "book": "book", "chapter": "chapter",
    "thesis": "thesis", "conference-paper": "paper-conference", "preprint": "article", "dataset": "dataset",
    "webpage": "webpage", "video": "motion_picture", "other": "document",
}  # fmt: skip
TEXTS = {
    "container-title": "container", "container-title-short": "container_short", "volume": "volume", "issue": "issue",
    "number": "article_number", "publisher": "publisher", "publisher-place": "place",
    "edition": "edition",
}  # fmt: skip
# Names in these scripts are written in one, the family first, and have no initials.
WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
ROLES = ("author", "editor", "translator")


def item(record: Record, key: str, style: Style) -> dict[str, Any]:
    """A record in the words of CSL, under this key, as a style wants it; what it does not say is left out."""
    told = {**_texts(record), "issued": _date(record.date), **{role: _people(record, role) for role in ROLES}}
    said = {"id": key, "type": TYPES[record.kind], **{name: value for name, value in told.items() if value}}
    return rules.fit(said, record.kind, style)


def _texts(record: Record) -> dict[str, str]:
    told = {name: getattr(record, field) for name, field in TEXTS.items()}
    told["title"] = record.title.removesuffix(".")
    told["page"] = "" if pages.is_their_number(record.pages) else pages.in_full(record.pages)
    told["DOI"] = next((one.value for one in record.identifiers if one.scheme == "doi"), "")
    told["URL"] = next(iter(record.urls), "")
    # Titles in other languages keep their small letters; English is what a style thinks a record is in.
    told["language"] = "" if record.language[:2].lower() == "en" else record.language[:2].lower()
    return {name: hide(text) for name, text in told.items()}


def _people(record: Record, role: str) -> list[dict[str, str]]:
    people = (_name(one.name) for one in record.contributors if one.role == role)
    return [name for name in people if name]


def _date(date: PartialDate | None) -> dict[str, Any]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]} if date else {}


def _name(name: Name) -> dict[str, str]:
    parts = {"family": hide(name.family), "given": hide(name.given), "suffix": hide(name.suffix)}
    whole = hide(name.literal)
    if not whole and (not parts["family"] or WITHOUT_SPACES.match(name.family)):
        whole = parts["family"] + parts["given"]
    return {part: value for part, value in ({"literal": whole} if whole else parts).items() if value}
