"""Text as every record keeps it."""

import unicodedata

# What turns the direction of all that follows is a control too: a title must not turn the line it stands in.
TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
CONTROLS = {code: None for code in (*range(32), *TURNING) if chr(code) not in "\t\n\r"}


def tidy(text: str) -> str:
    """Composed letters, no control characters, one space between words, on one line."""
    return " ".join(_clean(text).split())


def tidy_lines(text: str) -> str:
    """The same, but lines stay lines; empty ones go."""
    lines = (" ".join(line.split()) for line in _clean(text).splitlines())
    return "\n".join(filter(None, lines))


def whole(text: str) -> str:
    """Without what no file or database can hold: control characters, and halves of characters, which JSON can spell."""
    return text.translate(CONTROLS).encode("utf-8", "ignore").decode()


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", whole(text))
