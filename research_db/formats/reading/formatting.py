"""Formatting that programs leave in texts as HTML or JATS: a record keeps the words alone.

Only what surely is formatting goes: elements that have an end as well as a beginning, and spelled-out signs such as
“&amp;”. A lone “<b>” or “p < 0.05” says what it says.
"""

import re
from dataclasses import replace
from html import unescape
from typing import Any

from research_db.formats.reading.found import Read
from research_db.formats.record import Record
from research_db.formats.text import tidy, tidy_lines

MARK = re.compile(
    r"<(/?)(?:jats:|mml:)?(i|b|u|em|strong|sub|sup|sc|scp|span|font|italic|bold|math|m[inorst]\w{0,10}"
    r"|p|sec|title|div|h[1-6]|ul|ol|li)(?:\s[^<>]{0,200})?>",
    re.IGNORECASE,
)
BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
SIGN = re.compile(r"&(?:[a-z]{2,8}|[A-Z][a-z]{3,7}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
# After these a line ends.
BLOCKS = frozenset({"p", "sec", "title", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li"})
TEXTS = {**dict.fromkeys(("title", "container", "container_short", "publisher"), tidy), "abstract": tidy_lines}


def plain(found: Read) -> Read:
    """The same with the words of its record alone; a title that is nothing but formatting stays as it is."""
    record = found.record
    changed = _changed(record) if record else {}
    return replace(found, record=replace(record, **changed)) if record and changed else found


def _changed(record: Record) -> dict[str, Any]:
    """What has formatting, without it; most records have none, and files have 50,000."""
    told: dict[str, Any] = {
        name: tidied(words(text)) for name, tidied in TEXTS.items() if _may_have(text := getattr(record, name))
    }
    if any(map(_may_have, record.keywords)):
        told["keywords"] = tuple(dict.fromkeys(tidy(words(one)) for one in record.keywords))
    return {name: value for name, value in told.items() if value}


def _may_have(text: str) -> bool:
    return "<" in text or "&" in text


def words(text: str) -> str:
    """A text without its formatting."""
    if "<" in text:
        text = _without_marks(BREAK.sub("\n", text))
    return SIGN.sub(lambda sign: unescape(sign[0]), text) if "&" in text else text


def _without_marks(text: str) -> str:
    marks = [(name.lower(), bool(end)) for end, name in MARK.findall(text)]
    begun = {name for name, is_end in marks if not is_end}
    paired = begun & {name for name, is_end in marks if is_end}

    def without(mark: re.Match[str]) -> str:
        name = mark[2].lower()
        if name not in paired:
            return mark[0]
        return "\n" if mark[1] and name in BLOCKS else ""

    return MARK.sub(without, text)
