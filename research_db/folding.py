"""Text as two people would call it the same: no case, no accents, no punctuation."""

import re
import unicodedata
from itertools import filterfalse

NOT_WORDS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Small letters and figures with one space between words; “Ageing & Society” and “ageing and society” differ."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain)))
    return NOT_WORDS.sub(" ", plain).strip()
