"""Pages as files print them, and in full."""

import re

SHORTENED = re.compile(r"^([A-Za-z]*)(\d+)\s*[-–]\s*([A-Za-z]*)(\d+)$")
# How many there are, as reports and PubMed's books say it.
NUMBER = re.compile(r"\d+\s*(?:pages|pp?\.?)", re.IGNORECASE)


def in_full(text: str) -> str:
    """A range whose last page was shortened, written out: “107-9” gives “107-109”, “e45-52” gives “e45-e52”.

    What is no range of two pages comes back as it was.
    """
    found = SHORTENED.match(text.strip())
    if not found:
        return text
    before, first, before_last, last = found.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{before}{first}-{before_last or before}{last}" if int(last) >= int(first) else text


def is_their_number(text: str) -> bool:
    """Whether this says how many pages there are, “96 pages” or “64 p.”, rather than which."""
    return bool(NUMBER.fullmatch(text.strip()))
