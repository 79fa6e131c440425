"""Steps on a thread: done is filled, now is ringed, next is open. Words say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Step:
    """One step and how far it is."""

    label: str
    state: str
    words: str
    url: str = ""


def steps(labels: Sequence[str | tuple[str, str]], *, current: int) -> list[Step]:
    """The steps of a task; `current` counts from 0, and past the end all are done."""
    made = []
    for i, entry in enumerate(labels):
        label, url = (entry, "") if not isinstance(entry, tuple) else entry
        state = "done" if i < current else "now" if i == current else "next"
        made.append(Step(label, state, _words(i, current, len(labels)), url if state == "done" else ""))
    return made


def _words(i: int, current: int, count: int) -> str:
    if i < current:
        return _("done")
    if i == current:
        return _("you are here")
    if i == current + 1:
        return _("next")
    return _("last") if i == count - 1 else _("later")
