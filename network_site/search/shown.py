"""How a result is shown: the part of its text where the words are, with the words marked; everything escaped."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils.safestring import SafeString

from network_site.search import analysis, kinds
from network_site.search.corpus import Held
from network_site.search.kinds import Words

SUMMARY = 260


@dataclass(frozen=True)
class Shown:
    """A result as the template draws it."""

    url: str
    title: SafeString
    text: SafeString
    line: SafeString
    kind: Words
    yarn: str
    published_on: date | None = None


def results(held: Iterable[Held], *, stems: frozenset[str], fragment: Callable[[str], str]) -> list[Shown]:
    """Results ready to be drawn.

    Args:
        held: the documents.
        stems: of the words to mark.
        fragment: gives the telling part of a text.
    """
    return [_result(one, stems=stems, fragment=fragment) for one in held]


def _result(held: Held, *, stems: frozenset[str], fragment: Callable[[str], str]) -> Shown:
    one, kind = held.document, kinds.named(held.kind)
    return Shown(
        url=one.url,
        title=marked(one.title, stems),
        text=marked(telling(one.summary, one.text, stems=stems, fragment=fragment), stems),
        line=marked(one.line, stems),
        kind=kind.one if kind else "",
        yarn=kind.yarn if kind else "teal",
        published_on=one.published_on,
    )


def telling(summary: str, text: str, *, stems: frozenset[str], fragment: Callable[[str], str]) -> str:
    """The summary if it has one of the words or the text has none, otherwise the part of the text that has most."""
    if summary and not stems.isdisjoint(analysis.stems(summary)):
        return shortened(summary)
    whole = " ".join(analysis.prepared(text).split())
    part = fragment(whole).strip()
    return with_signs(part, whole) if part else shortened(summary or whole)


def with_signs(part: str, whole: str) -> str:
    """The part with the signs that belong to its first and last words, and dots where something is left out."""
    start = whole.find(part)
    end = start + len(part)
    start = whole.rfind(" ", 0, start) + 1
    end = min(at for at in (whole.find(" ", end), len(whole)) if at >= 0)
    return f"{'… ' if start else ''}{whole[start:end]}{' …' if end < len(whole) else ''}"


def shortened(text: str) -> str:
    """At most so many characters, ending with a whole word."""
    if len(text) <= SUMMARY:
        return text
    return f"{text[:SUMMARY].rpartition(' ')[0] or text[:SUMMARY]} …"


def marked(text: str, stems: frozenset[str]) -> SafeString:
    """The text as HTML with the words of these stems in `<mark>`; neighbours share one."""
    whole = analysis.prepared(text)
    parts: list[str] = []
    at = 0
    for start, end in runs(whole, stems) if stems else ():
        parts += [escape(whole[at:start]), "<mark>", escape(whole[start:end]), "</mark>"]
        at = end
    return SafeString("".join([*parts, escape(whole[at:])]))  # every part of the text is escaped


def runs(text: str, stems: frozenset[str]) -> list[tuple[int, int]]:
    """From where to where words of these stems stand; words with only space between them are one run."""
    found: list[tuple[int, int]] = []
    for start, end in analysis.places(text, stems):
        if found and text[found[-1][1] : start].isspace():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
