"""Text as every record keeps it."""

import re
import unicodedata

CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
SPACES = re.compile(r"[^\S\n]+")


def tidy(text: str) -> str:
    """Composed letters, no control characters, one space between words, on one line."""
    return " ".join(_clean(text).split())


def tidy_lines(text: str) -> str:
    """The same, but lines stay lines; empty ones go."""
    lines = (SPACES.sub(" ", line).strip() for line in _clean(text).splitlines())
    return "\n".join(line for line in lines if line)


def _clean(text: str) -> str:
    # Halves of characters, which JSON can spell and no file can hold, are left out.
    whole = text.translate(CONTROLS).encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", whole)
