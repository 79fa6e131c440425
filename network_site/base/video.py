"""The number of a YouTube video, out of any of the addresses people copy."""

import re
from urllib.parse import parse_qs, urlsplit

HOSTS = frozenset({"youtube.com", "youtu.be", "youtube-nocookie.com"})
NUMBER = re.compile(r"[A-Za-z0-9_-]{11}")
SHAPES = ("embed", "live", "shorts", "v")


def number(address: str) -> str:
    """The eleven characters that name the video; empty where the address is not one of a YouTube video."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if parts.scheme != "https" or host not in HOSTS:
        return ""
    found = _candidate(host, parts.path.strip("/").split("/"), parse_qs(parts.query).get("v", [""])[0])
    return found if NUMBER.fullmatch(found) else ""


def _candidate(host: str, path: list[str], v: str) -> str:
    if host == "youtu.be":
        return path[0]
    if path[0] in SHAPES and len(path) > 1:
        return path[1]
    return v if path == ["watch"] else ""


def watch_address(address: str) -> str:
    """Where the video can be watched; only ever a link, never loaded by our pages."""
    return f"https://www.youtube.com/watch?v={number(address)}"
