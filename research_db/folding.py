"""Text as two people would call it the same: no case, no accents, no punctuation."""

import re
import unicodedata

NOT_WORDS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Small letters and figures with one space between words; “Ageing & Society” and “ageing and society” differ."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(NOT_WORDS.sub(" ", plain).split())
