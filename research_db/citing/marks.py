"""Signs that must come through a citation style unharmed, hidden in Unicode's private area while it works.

The processor knows nothing of apostrophes and quotations inside a title, and takes some tags in titles for its own.
Hidden signs are not touched by it, so one finished citation gives both the text and safe HTML.
"""

import html
import re

OPEN, CLOSE, APOSTROPHE, LESS, ITALIC, ROMAN = (chr(0xE000 + number) for number in range(6))
PRIVATE = re.compile("[\ue000-\uf8ff]")
# What opens a quotation, and what may close it.
CLOSERS = {"'": "'’", "‘": "'’", '"': '"”', "“": '"”'}
BEFORE_OPENING = ' ([{-–—/\u00a0"“‘' + OPEN
APOSTROPHES = str.maketrans(dict.fromkeys("'‘’", APOSTROPHE))
# A full stop is not set after a question or an exclamation, whatever closes in between.
SECOND_STOP = re.compile(rf"([?!][’”{ROMAN}]*)\.(?=[\s{ROMAN}]|$)")


def hide(text: str) -> str:
    """Text in which quotations, apostrophes and “<” are hidden; `shown` and `as_html` bring them back."""
    signs = list(PRIVATE.sub("", text).replace("<", LESS))
    opened: list[int] = []
    for at, sign in enumerate(signs):
        if sign in CLOSERS and _may_open(signs, at):
            opened.append(at)
        elif opened and sign in CLOSERS[signs[opened[-1]]] and not _next(signs, at).isalnum():
            signs[opened.pop()], signs[at] = OPEN, CLOSE
    return "".join(signs).translate(APOSTROPHES)


def _may_open(signs: list[str], at: int) -> bool:
    return (at == 0 or signs[at - 1] in BEFORE_OPENING) and bool(_next(signs, at).strip())


def _next(signs: list[str], at: int) -> str:
    return "".join(signs[at + 1 : at + 2])


def shown(text: str, *, is_british: bool) -> str:
    """The finished citation as plain text: quotations single and in them double, or in America the other way round."""
    return re.sub(f"[{ITALIC}{ROMAN}]", "", _revealed(text, is_british))


def as_html(text: str, *, is_british: bool) -> str:
    """The finished citation as HTML: everything escaped, italics as the only elements."""
    return html.escape(_revealed(text, is_british), quote=False).replace(ITALIC, "<i>").replace(ROMAN, "</i>")


def _revealed(text: str, is_british: bool) -> str:
    depth = 0 if is_british else 1
    told = []
    for sign in text:
        depth -= sign in {CLOSE, "’"}
        told.append({OPEN: "‘“"[depth % 2], CLOSE: "’”"[depth % 2], APOSTROPHE: "’", LESS: "<"}.get(sign, sign))
        depth += sign in {OPEN, "‘"}
    return SECOND_STOP.sub(r"\1", "".join(told)).strip()
