"""What the published rules of a style ask for and its CSL file leaves to whoever fills in an item."""

import re
from collections.abc import Callable
from typing import Any

from research_db.citing.engine import Style

Item = dict[str, Any]
# One place in an article that is no page: “e062951”.
ARTICLE_NUMBER = re.compile(r"[A-Za-z]+\d+")
GENRES = {"thesis": "Thesis", "report": "Report", "guideline": "Guideline"}
ROLES = ("author", "editor", "translator")
YOUNGER = frozenset({"jr", "sr"})
ORDINALS = {"II": "2nd", "III": "3rd", "IV": "4th"}
NUMBERED = frozenset({Style.APA, Style.HARVARD})


def fit(told: Item, kind: str, style: Style) -> Item:
    """The item as the style wants it.

    Args:
        told: an item in the words of CSL; it is changed.
        kind: what the record is.
        style: for which it is.
    """
    _name_its_kind(told, kind, style)
    for rule in (*EVERYWHERE, *RULES[style]):
        rule(told)
    return told


def _name_its_kind(told: Item, kind: str, style: Style) -> None:
    """A thesis says that it is one; the number of a report or a guideline what it numbers, if it is bare."""
    is_bare = " " not in told.get("number", " ")
    if kind == "thesis" or (is_bare and kind in GENRES and style in NUMBERED):
        told["genre"] = GENRES[kind]


def _site_once(told: Item) -> None:
    """The site of whoever wrote the page is not named again (APA 10.16; Citing Medicine 25)."""
    if told["type"] == "webpage" and told.get("container-title") == _organisation(told):
        told.pop("container-title", None)


def _organisation(told: Item) -> str:
    """The one organisation that wrote it."""
    authors = told.get("author", ())
    return authors[0].get("literal", "") if len(authors) == 1 else ""


def _edition_is_version(told: Item) -> None:
    """Data have versions (APA 10.9)."""
    if told["type"] == "dataset" and "edition" in told:
        told["version"] = re.sub(r"^version\s+", "", told.pop("edition"), flags=re.IGNORECASE)


def _suffixes(write: Callable[[str], str]) -> Callable[[Item], None]:
    """A rule that writes “Jr” in this way, wherever it stands behind a name."""

    def rule(told: Item) -> None:
        for name in (name for role in ROLES for name in told.get(role, ()) if "suffix" in name):
            name["suffix"] = write(name["suffix"].removesuffix("."))

    return rule


def _with_stop(suffix: str) -> str:
    return f"{suffix}." if suffix.lower() in YOUNGER else suffix


def _ordinal(suffix: str) -> str:
    return ORDINALS.get(suffix, suffix)


def _publisher_once(told: Item) -> None:
    """Whoever wrote it and published it is named once (APA 9.29)."""
    if told.get("publisher") == _organisation(told):
        told.pop("publisher", None)


def _thesis_is_unpublished(told: Item) -> None:
    """The university stands where a publisher does, for no repository is known (APA 10.6, example 64)."""
    if told["type"] == "thesis":
        told["type"] = "report"


def _proceedings_are_a_book(told: Item) -> None:
    """A paper in proceedings that a publisher brought out is a chapter, others an article (APA 10.5)."""
    if told["type"] == "paper-conference" and "publisher" in told and not {"volume", "issue"} & told.keys():
        told["type"] = "chapter"


def _server_publishes(told: Item) -> None:
    """The server of a preprint is its publisher (APA example 73)."""
    if told["type"] == "article" and "container-title" in told:
        told["publisher"] = told.pop("container-title")


def _server_contains(told: Item) -> None:
    """The server of a preprint stands where a journal does (Cite Them Right; AMA 3.11.4.1; Citing Medicine)."""
    if told["type"] == "article" and "publisher" in told:
        told.setdefault("container-title", told["publisher"])
        del told["publisher"]


def _repository_contains(told: Item) -> None:
    """The repository of data stands where a journal does (AMA 3.15)."""
    if told["type"] == "dataset" and "publisher" in told:
        told.setdefault("container-title", told.pop("publisher"))


def _has_article_number(told: Item) -> None:
    """The number of an article is called so, though its database has it among the pages (APA example 6)."""
    if told["type"] == "article-journal" and ARTICLE_NUMBER.fullmatch(told.get("page", "")):
        told.setdefault("number", told.pop("page"))


def _article_number_is_page(told: Item) -> None:
    """The number of an article stands where the pages do, which the file has no other place for."""
    if told["type"] == "article-journal" and "number" in told:
        told.setdefault("page", told.pop("number"))


def _is_named_in_brackets(told: Item) -> None:
    """A thesis and a preprint are called so after the title, in small letters (Citing Medicine 5 and 24)."""
    if told["type"] in {"thesis", "article"}:
        told["genre"] = {"thesis": "thesis", "article": "preprint"}[told["type"]]


def _is_no_preprint(told: Item) -> None:
    """An article of a journal of which neither volume nor pages are known is not taken for a preprint."""
    if told["type"] == "article-journal" and not {"volume", "page"} & told.keys():
        told["type"] = "article-magazine"


def _is_video(told: Item) -> None:
    """A video is called so in brackets (APA example 90)."""
    if told["type"] == "motion_picture":
        told["genre"] = "Video"


def _bare_number_is_named(told: Item) -> None:
    """A number that is no more than one is called a report's; others stand alone, “NG222” (AMA 3.13.2)."""
    if told["type"] == "report" and told.get("number", "").isdecimal():
        told["genre"] = GENRES["report"]


EVERYWHERE: tuple[Callable[[Item], None], ...] = (_site_once, _edition_is_version)
RULES: dict[Style, tuple[Callable[[Item], None], ...]] = {
    Style.APA: (
        _publisher_once, _thesis_is_unpublished, _proceedings_are_a_book, _server_publishes, _has_article_number,
        _is_video, _suffixes(_with_stop),
    ),
    Style.HARVARD: (_server_contains, _article_number_is_page, _is_no_preprint, _suffixes(_with_stop)),
    Style.AMA: (_server_contains, _repository_contains, _bare_number_is_named, _suffixes(str)),
    Style.VANCOUVER: (_server_contains, _is_named_in_brackets, _suffixes(_ordinal)),
}  # fmt: skip
