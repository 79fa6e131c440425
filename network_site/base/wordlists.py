"""The .po file of one language: brought up to the code, written, compiled. Only developers have polib."""

from collections.abc import Container, Iterable
from pathlib import Path

import polib

from network_site.base.words import Message, found_in, of_others, shared_files

WIDTH = 110


def read(file: Path) -> polib.POFile:
    """The list of words as it is kept."""
    return polib.pofile(str(file), wrapwidth=WIDTH)


def wanted() -> dict[Message, list[str]]:
    """Every message that has to be there, and where it stands."""
    return found_in(shared_files()) | {message: ["Django, allauth"] for message in sorted(of_others())}


def bring_up(catalogue: polib.POFile) -> list[str]:
    """Add what is new, drop what is gone, say where each stands; returns what changed, one line each."""
    messages = wanted()
    known = {Message(entry.msgid, entry.msgid_plural, entry.msgctxt or ""): entry for entry in catalogue}
    changes = _without("new", messages, known) + _without("gone", known, messages)
    entries = [known.get(message) or _entry(message) for message in messages]
    for entry, places in zip(entries, messages.values(), strict=True):
        entry.occurrences = [(place, "") for place in places]
    catalogue[:] = sorted(entries, key=lambda entry: (entry.occurrences, entry.msgid))
    return changes


def _without(word: str, messages: Iterable[Message], others: Container[Message]) -> list[str]:
    return [f"{word}: {message.words}" for message in messages if message not in others]


def _entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.words, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {}
    return entry


def write(catalogue: polib.POFile, file: Path) -> None:
    """Write the list and what is compiled from it."""
    catalogue.save(str(file))
    file.with_suffix(".mo").write_bytes(catalogue.to_binary())


def is_compiled(file: Path) -> bool:
    """Whether the compiled file says what the list says."""
    compiled = file.with_suffix(".mo")
    return compiled.exists() and compiled.read_bytes() == read(file).to_binary()
